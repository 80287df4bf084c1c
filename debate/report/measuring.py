"""From a database to a report: select, group, and measure each group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from debate import __version__
from debate.domain import Tournament
from debate.report import arms, headline, judges, players, spending, warning
from debate.report.excluding import exclusions
from debate.report.kinship import maker
from debate.report.report import Report
from debate.stats import agreement, cost
from debate.stats.bouts import Bouts
from debate.stats.debates import Debates
from debate.stats.estimate import Unit
from debate.stats.favour import favours
from debate.stats.head_to_head import head_to_head
from debate.stats.instructive import instructive
from debate.stats.learning import learning
from debate.stats.outcomes import Outcomes
from debate.stats.rating_slope import rating_slope
from debate.stats.ratings import ratings
from debate.stats.retest import retest
from debate.stats.risk import dishonest_risk
from debate.stats.selection import Selection
from debate.store import Store
from debate.store.outcomes import Snapshot, outcomes, snapshot

SEED = 0
"""Of every resample: the same data give the same numbers, wherever they were played."""
BY = ("protocol", "view", "agents", "judge")
TO_COME = ("open", "played", "waiting")
"""The states of matches that a run would go on with."""


def measure(
    store: Store,
    name: str,
    *,
    where: Sequence[str] = (),
    by: Sequence[str] = BY,
    unit: Unit = "question",
    partial: bool = False,
) -> Report:
    """Measure a tournament.

    Args:
        store: where it is.
        name: of the tournament.
        where: what is measured, as `stats.selection` reads it: `KEY=VALUE` or a condition; all of them hold.
        by: the keys whose combinations have rows of their own.
        unit: what counts once: a question, or, ignoring that questions repeat, a judgment.
        partial: compare arms that have matches to come, too.

    Raises:
        UsageError: there is no such tournament, the records have no such key, or a condition cannot be read.
    """
    asked = Selection.of(where)
    seen = snapshot(store, name, keys=(*asked.keys, *by))
    tournament = seen.tournament
    chosen = asked.chosen(seen.outcomes)
    report = _measured(tournament, seen, chosen, by=tuple(by), unit=unit, partial=partial)
    excluded = {purpose: n for purpose, n in chosen.purpose.counts.items() if n and purpose != "study"}
    only = tuple(one.text for one in asked.met)
    told = report.model_copy(update={"where": dict(asked.pairs), "only": only, "excluded": excluded})
    return told.model_copy(
        update={
            "headlines": tuple(headline.headlines(told)),
            "exclusions": tuple(exclusions(store, asked, told, partial=partial)),
            "warnings": tuple(warning.warnings(tournament, chosen.study, told)),
        }
    )


def running(store: Store, name: str) -> str:
    """Return the accuracy so far, on one line, for those who asked to peek."""
    found = outcomes(store, name).study.where(view="full")
    shares = (
        f"{keys['protocol']} {g.correct[g.scored].mean():.0%}"
        for keys, g in found.group(("protocol",))
        if g.scored.any()
    )
    return ", ".join(shares)


def _measured(
    tournament: Tournament, seen: Snapshot, everything: Outcomes, *, by: tuple[str, ...], unit: Unit, partial: bool
) -> Report:
    study = everything.study
    states: dict[str, int] = {state: n for state, n in seen.matches.items() if n}
    incomplete = tuple(_incomplete(study.debates))
    found = arms.arms(study)
    complete = tuple(arm for arm in found if partial or arm.protocol not in incomplete)
    whole = study.where(view="full")
    assigned = whole.assigned
    bouts = Bouts.of(assigned, unit)
    rated = ratings(bouts, seed=SEED)
    slope = rating_slope(bouts, seed=SEED)
    right, reliable = judges.measured(study, by=by, unit=unit, seed=SEED)
    argued = int(players.argued(study.debates).sum())
    spent = cost.cost(seen.spent, debates=argued, judgments=len(study), correct=int(study.correct.sum()))
    return Report(
        version=__version__,
        tournament=tournament.name,
        by=by,
        unit=unit,
        seed=SEED,
        complete=_share_done(states),
        incomplete=incomplete,
        matches=states,
        models=_models(tournament),
        n_questions=len(np.unique(study.debates.question.codes)),
        n_debates=argued,
        n_judgments=len(study),
        warnings=(),
        accuracy=right,
        people=tuple(judges.people(study, by=by)),
        comparisons=arms.compared(complete, seed=SEED),
        matched=tuple(spending.matches(complete, seen.outcomes, seen.spent, _models(tournament), seed=SEED)),
        proportions=arms.counted(complete) if unit == "judgment" else (),
        helped=tuple(arms.helped(complete)),
        pressure=tuple(players.pressed(study.assigned, {p.name: p.best_of for p in tournament.debaters}, unit=unit)),
        dishonest_risk=dishonest_risk(bouts, seed=SEED),
        persuasion=tuple(players.persuaded(study, unit=unit)),
        ratings=rated.rows,
        rating_notes=rated.notes,
        rating_reliability=rated.reliability,
        head_to_head=tuple(head_to_head(bouts, unit=unit)),
        rating_slope=slope.per_100_points,
        rating_slope_players=slope.n_players,
        pgr=tuple(arms.recovered(complete)),
        asd=tuple(arms.scores(found)),
        open_role=tuple(players.chose(found, unit=unit)),
        panels=tuple(judges.panelled(study, tournament.quorum, unit=unit)),
        market=tuple(judges.priced(study, unit=unit)),
        calibration=reliable,
        belief_paths=tuple(judges.moved(found, unit=unit)),
        agreement=agreement.agreement(whole),
        retest=retest(everything),
        learning=learning(study),
        transfer=tuple(judges.transferred(everything, seen.transfers, seed=SEED)),
        favours=favours(assigned, _makers(tournament)),
        bias=tuple(judges.swayed(study)),
        solo=tuple(players.alone(seen.answers, unit=unit)),
        failures=tuple(players.failed(study)),
        evidence=tuple(players.quoted(study, seen.quotes, unit=unit)),
        decisive=tuple(players.decisive(study, seen.quotes, unit=unit)),
        instructive=instructive(whole),
        cost=spent,
    )


def _models(tournament: Tournament) -> dict[str, str]:
    return {p.name: p.model for p in tournament.debaters} | {j.name: j.model for j in tournament.judges}


def _makers(tournament: Tournament) -> dict[str, str | None]:
    return {name: maker(model) for name, model in _models(tournament).items()}


def _share_done(states: Mapping[str, int]) -> float:
    total = sum(states.values())
    left = sum(states.get(state, 0) for state in TO_COME)
    return 1.0 if not total else 1 - left / total


def _incomplete(debates: Debates) -> Iterator[str]:
    """Yield the protocols that have matches to come."""
    left = debates.state.is_in(*TO_COME)
    yield from debates.protocol.take(left).present
