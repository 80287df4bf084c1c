"""Where could a reader be misled? What a report says before its numbers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from debate.domain import Tournament
from debate.plural import count
from debate.report.arms import arms, label
from debate.report.kinship import maker
from debate.report.report import Report
from debate.stats.outcomes import Outcomes
from debate.stats.sample import renumbered

FEW = 20
"""With fewer questions or passages, an interval says more than its middle."""
UNEQUAL = 0.9
"""Arms that share less than this of all their questions are not set beside each other without a word."""


def warnings(tournament: Tournament, study: Outcomes, report: Report) -> Iterator[str]:
    """Yield what a reader has to know."""
    yield from _incomplete(report)
    yield from _made_of(tournament, study, report)
    yield from _missing(report)
    yield from _kin(tournament)
    if _undeclared(tournament, study):
        yield "No exclusions of people were declared beforehand, here or in what was imported: all valid rulings count."
    if tournament.peek:
        yield "Running accuracy was shown while this tournament ran."
    if any(player.kind == "builtin" for player in tournament.debaters):
        yield "The built-in players are heuristics, not language models: these numbers say nothing about any model."


def _incomplete(report: Report) -> Iterator[str]:
    total = sum(report.matches.values())
    if report.partial:
        done = round(report.complete * total)
        yield f"Partial: {done:,} of {total:,} matches are done; what is missing may not be like what is there."
        if not report.comparisons:
            yield f"Arms with matches to come are not compared: {', '.join(report.incomplete)}."
    bad = report.matches.get("failed", 0) + report.matches.get("set-aside", 0)
    if bad:
        yield f"{bad:,} of {total:,} matches failed or were set aside and are not judged; refusals may tell something."
    if not report.n_judgments:
        yield "Nothing has been judged yet, so no accuracy can be told."


def _made_of(tournament: Tournament, study: Outcomes, report: Report) -> Iterator[str]:
    if report.unit == "judgment":
        yield "Each judgment counts once: the intervals ignore that questions repeat, and are too narrow."
    clusters = len(np.unique(study.debates.cluster.codes))
    if 0 < clusters < FEW:
        independent = count(clusters, "independent question")
        yield f"Few questions: intervals rest on {independent}; questions on one passage count as one."
    played = set(study.debates.rules.present)
    if "debate" in played:
        yield from (said for control, said in _HELD.items() if control not in played | set(tournament.controls))
    yield from _unequal(study)
    if any("players never met" in note for note in report.rating_notes):
        yield "Some players never met, directly or through others: there is no single ranking."


_HELD = {
    "naive": "No naive control: whether debate helped the judge cannot be told.",
    "expert": "No expert control: how near debate comes to reading the passage cannot be told.",
}


def _unequal(study: Outcomes) -> Iterator[str]:
    """Yield the judges whose arms were judged on different questions."""
    asked: dict[str, dict[str, set[int]]] = {}
    for arm in arms(study):
        if arm.rulings.scored.any():
            codes = arm.rulings.debates.question.codes[arm.rulings.debate[arm.rulings.scored]]
            asked.setdefault(arm.judge, {})[arm.name] = set(renumbered(codes)[0].tolist())
    for judge, sets in asked.items():
        every, shared = set.union(*sets.values()), set.intersection(*sets.values())
        if len(shared) < UNEQUAL * len(every):
            few = min(sets, key=lambda name: len(sets[name]))
            part = f"{few}: {len(sets[few]):,} of {len(every):,}"
            yield f"The arms of {judge} were judged on different questions ({part}); comparisons use shared ones."


def _missing(report: Report) -> Iterator[str]:
    ties = sum(row.ties for row in report.accuracy)
    if ties:
        yield f"{count(ties, 'ruling is a tie', 'rulings are ties')}: they count as not correct."
    invalid = sum(sum(row.invalid.values()) for row in report.accuracy)
    if invalid:
        yield f"{invalid:,} of {report.n_judgments:,} rulings are not valid; they are counted apart, not as wrong."
    lopsided = [
        f"{label(row.protocol, row.view, row.agents)}, {row.judge}" for row in report.accuracy if row.bounds.lopsided
    ]
    if lopsided:
        yield f"Rulings are missing more often on one side than on the other: {'; '.join(lopsided)}."


def _undeclared(tournament: Tournament, study: Outcomes) -> bool:
    """Whether people ruled, and no rule says whose rulings are left out."""
    rules = tournament.judging
    declared = rules.exclude_attention, rules.exclude_fast_s, rules.exclude_repeat
    return "human" in study.judge_kind.present and not any(declared)


def _kin(tournament: Tournament) -> Iterator[str]:
    """Yield judges that were made by the maker of a debater."""
    for judge in tournament.judges:
        mine = maker(judge.model)
        kin = [player.name for player in tournament.debaters if mine and maker(player.model) == mine]
        if kin:
            yield f"The judge {judge.name} and {', '.join(kin)} were made by {mine}: a judge may favour its own kind."
