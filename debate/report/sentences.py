"""What every form of a report says in sentences, beside its numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from debate.plural import count
from debate.report.arms import label
from debate.report.report import Report
from debate.report.rows import Exclusions
from debate.report.wording import listed, money, percent, points, reason
from debate.stats.cost import Cost
from debate.stats.estimate import Estimate, NoData
from debate.stats.instructive import Instructive
from debate.stats.rating_slope import FEW_PLAYERS

_KINDS = {"human": "people", "model": "models", "builtin": "built-in judges"}
_LESSONS = {
    "sure-and-wrong": "{judge} put {amount:.0%} on the wrong answer",
    "swung-late": "{judge} changed by {points:+.0f} points toward the right answer in the last round",
    "judges-split": "{judge} and {other} are {points:.0f} points apart",
}


def chosen(report: Report) -> str:
    """Return what a report was narrowed to; empty for everything."""
    return "; ".join((*(f"{key} = {value}" for key, value in report.where.items()), *report.only))


def exclusions(found: Exclusions) -> str:
    """Return which exclusions a set of headlines is with, or without."""
    why = ", ".join(f"{reason}: {n:,}" for reason, n in found.why.items())
    out = count(found.n_judgments, "ruling")
    if found.rules == "with":
        return f"With the exclusions declared beforehand, which would take out {out} ({why}):"
    return f"Without the exclusions declared beforehand, which took out {out} ({why}):"


def unrecovered(report: Report) -> Iterator[str]:
    """Yield why the gap that some arms recover cannot be told, each reason once."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for row in report.pgr:
        if isinstance(row.pgr, NoData):
            reasons.setdefault((row.judge, row.pgr.why), []).append(label(row.protocol, row.view, row.agents))
    of_judge = Counter(row.judge for row in report.pgr)
    for (judge, why), arms in reasons.items():
        which = "every arm" if 1 < len(arms) == of_judge[judge] else listed(arms)
        yield f"{judge}, {which}: {why}"


def persuaders(report: Report) -> Iterator[str]:
    """Yield what the strongest wrong arguments, and choosing among speeches, did to judges."""
    risk = report.dishonest_risk
    if isinstance(risk.accuracy, Estimate):
        right, n = percent(risk.accuracy), count(risk.accuracy.n_judgments, "ruling")
        best = f"the debater who argues wrong answers best (mostly {risk.chosen})"
        yield f"before {best} judges were right in {right} ({n})"
    for row in report.pressure:
        told = f"judges right in {percent(row.judge_accuracy)}, right less wrong side {points(row.win_rate_gap)} points"
        yield f"best of {row.best_of} ({', '.join(row.players)}): {told}"


def rating_notes(report: Report) -> Iterator[str]:
    """Yield what a reader must know of the ratings, and what else they tell."""
    reasons = [
        row.rating.why if row.role == "all" else f"by side: {row.rating.why}"
        for row in report.ratings
        if isinstance(row.rating, NoData)
    ]
    said = dict.fromkeys((*reasons, *report.rating_notes))
    yield from (
        why for why in said if why.removeprefix("by side: ") == why or why.removeprefix("by side: ") not in said
    )
    if report.rating_reliability is not None:
        rated = [row for row in report.ratings if row.role == "all" and isinstance(row.rating, Estimate)]
        yield f"split-half reliability {report.rating_reliability:.2f} ({count(len(rated), 'player')})"
    if isinstance(report.rating_slope, Estimate):
        slope = points(report.rating_slope, digits=1)
        few = "; too few to lean on" if report.rating_slope_players < FEW_PLAYERS else ""
        players = count(report.rating_slope_players, "player")
        yield f"accuracy changes by {slope} points per 100 points of rating (over {players}{few})"


def favours(report: Report) -> Iterator[str]:
    """Yield what judges give to debaters of their own maker."""
    for row in report.favours:
        if isinstance(row.favour, Estimate):
            yield f"{row.judge} gives debaters made by {row.maker} {points(row.favour)} points more than others do"
        else:
            yield f"whether {row.judge} favours debaters made by {row.maker} cannot be told: {row.favour.why}"


def agreement(report: Report) -> Iterator[str]:
    """Yield how far judges who read the same ruled alike: with each other, by kind, and each with itself."""
    found = report.agreement
    if found.why and isinstance(report.learning.change, Estimate):
        yield reason(found.why)
    if found.n_ballots:
        named = (("of beliefs", found.alpha_beliefs), ("AC1", found.ac1))
        said = [] if found.alpha is None else [f"alpha {_within(found.alpha, found.alpha_low, found.alpha_high)}"]
        said += [f"{name} {value:.2f}" for name, value in named if value is not None]
        n = f"{count(found.n_ballots, 'transcript')}, {count(found.n_judges, 'judge')}"
        yield f"{', '.join((f'alike in {found.raw or 0:.0%} of pairs', *said))} ({n})"
    if len(found.between) > 1:
        kinds = (
            f"{_kinds(*one.kinds)} in {one.raw:.0%} ({count(one.n_ballots, 'transcript')})" for one in found.between
        )
        yield f"alike: {', '.join(kinds)}"
    if isinstance(report.retest.same, Estimate) and isinstance(report.retest.moved, Estimate):
        again, moved = count(report.retest.same.n_judgments, "repeat"), points(report.retest.moved)
        yield f"read again, the same answer in {percent(report.retest.same)}, belief moved by {moved} points ({again})"
    if isinstance(report.learning.change, Estimate):
        people = count(report.learning.n_judges, "person", "people")
        change = points(report.learning.change)
        yield f"in the second half of their rulings people were {change} points more often right than before ({people})"


def _kinds(one: str, other: str) -> str:
    a, b = (_KINDS.get(kind, kind) for kind in (one, other))
    return f"{a} among themselves" if a == b else f"{a} with {b}"


def _within(value: float, low: float | None, high: float | None) -> str:
    return f"{value:.2f}" if low is None or high is None else f"{value:.2f} [{low:.2f}, {high:.2f}]"


def lesson(found: Instructive) -> str:
    """Return what happened in a transcript that is worth reading."""
    told = {"judge": found.judge, "other": found.other, "amount": found.amount, "points": 100 * found.amount}
    return _LESSONS[found.lesson].format(**told)


def cost(cost: Cost) -> Iterator[str]:
    """Yield what was used, and what it bought, in sentences."""
    failed = f" ({cost.failed_calls:,} failed)" if cost.failed_calls else ""
    tokens = f"{cost.input_tokens:,} tokens in, {cost.cached_tokens:,} of them cached, {cost.output_tokens:,} out"
    if not cost.calls:
        yield "No call was made or recorded, so that nothing is known of the cost."
        return
    yield f"{count(cost.calls, 'call')}{failed}: {tokens}."
    if cost.recorded_calls:
        yield f"{count(cost.recorded_calls, 'of them was', 'of them were')} made elsewhere, as imported records say."
    if cost.cost_usd is None:
        yield "What the calls cost is not known."
        return
    each = (
        (cost.per_debate_usd, "a debate"),
        (cost.per_judgment_usd, "a ruling"),
        (cost.per_correct_judgment_usd, "a correct ruling, all told"),
    )
    bought = "".join(f"; {money(usd)} {what}" for usd, what in each if usd)
    yield f"{money(cost.cost_usd)} spent, at most {money(cost.cost_max_usd)}{bought}."
    if cost.unpriced_calls:
        yield f"{count(cost.unpriced_calls, 'call has', 'calls have')} no known price."
