"""How numbers are written, in every form of a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from debate.plural import count
from debate.report.report import Report
from debate.report.rows import Exclusions
from debate.stats.cost import Cost
from debate.stats.estimate import Estimate, Measure, NoData
from debate.stats.instructive import Instructive

NONE = "n/a"
NAMED = 4
"""So many names are told of those that share a reason."""
_KINDS = {"human": "people", "model": "models", "builtin": "built-in judges"}
_BECAUSE = "not estimable, because"
_LESSONS = {
    "sure-and-wrong": "{judge} put {amount:.0%} on the wrong answer",
    "swung-late": "{judge} changed by {points:+.0f} points toward the right answer in the last round",
    "judges-split": "{judge} and {other} are {points:.0f} points apart",
}


def share(measure: Measure) -> str:
    """Return a share without its interval: 53%."""
    return f"{measure.value:.0%}" if isinstance(measure, Estimate) else NONE


def shares(measure: Measure) -> str:
    """Return the interval of a share: 47-59%."""
    if not isinstance(measure, Estimate) or measure.low is None or measure.high is None:
        return ""
    return f"{100 * measure.low:.0f}-{100 * measure.high:.0f}%"


def percent(measure: Measure) -> str:
    """Return a share with its interval: 53% [47, 59]."""
    if not isinstance(measure, Estimate) or measure.low is None or measure.high is None:
        return share(measure)
    return f"{measure.value:.0%} [{100 * measure.low:.0f}, {100 * measure.high:.0f}]"


def points(measure: Measure, *, digits: int = 0) -> str:
    """Return a difference of shares in points, with its interval: +11 [-9, +31]."""
    if not isinstance(measure, Estimate):
        return NONE
    value = signed(100 * measure.value, digits)
    if measure.low is None or measure.high is None:
        return value
    return f"{value} [{signed(100 * measure.low, digits)}, {signed(100 * measure.high, digits)}]"


def value(measure: Measure, digits: int = 2) -> str:
    """Return a number without its interval: 0.26."""
    return plain(measure.value, digits) if isinstance(measure, Estimate) else NONE


def number(measure: Measure, digits: int = 2) -> str:
    """Return a number with its interval: 0.26 [0.25, 0.27]."""
    if not isinstance(measure, Estimate):
        return NONE
    value = plain(measure.value, digits)
    if measure.low is None or measure.high is None:
        return value
    return f"{value} [{plain(measure.low, digits)}, {plain(measure.high, digits)}]"


def p_value(p: float | None) -> str:
    """Return a p-value, never as 0."""
    return NONE if p is None else "<0.001" if p < 0.001 else f"{p:.3f}"


def money(usd: float | None) -> str:
    """Return an amount; small ones keep two digits that say something."""
    if usd is None:
        return "unknown"
    return f"${usd:,.2f}" if usd >= 0.1 or usd == 0 else f"${usd:.2g}"


def questions(measure: Measure) -> str:
    """Return how many questions a number rests on."""
    return f"{measure.n_questions:,}" if isinstance(measure, Estimate) else "0"


def reason(why: str) -> str:
    """Return why there is no number: not estimable, because nobody ruled twice."""
    return why if why.startswith(_BECAUSE) else f"{_BECAUSE} {why}"


def lacking(measures: Iterable[tuple[str, Measure]]) -> Iterator[str]:
    """Yield, once for each reason, which of the numbers named are not there, or have no interval, and why."""
    reasons: dict[str, list[str]] = {}
    for name, measure in measures:
        if isinstance(measure, NoData):
            reasons.setdefault(reason(measure.why), []).append(name)
        elif measure.low is None and measure.why:
            reasons.setdefault(f"no interval; {measure.why}", []).append(name)
    for why, names in reasons.items():
        yield f"{listed(names)}: {why}"


def listed(names: Sequence[str]) -> str:
    """Return names in a row, a few of many."""
    more = f"; and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return "; ".join(names[:NAMED]) + more


def side(word: str) -> str:
    """Return `right_side` as it is read."""
    return word.replace("_", " ")


def made_of(report: Report) -> str:
    """Return how much a report rests on: 24 questions, 288 debates, 1,824 rulings."""
    counted = ((report.n_questions, "question"), (report.n_debates, "debate"), (report.n_judgments, "ruling"))
    return ", ".join(count(n, thing) for n, thing in counted)


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


def plain(value: float, digits: int) -> str:
    """Return a number with so many digits; what rounds to 0 has no sign."""
    rounded = f"{value:.{digits}f}"
    return rounded if float(rounded) else rounded.removeprefix("-")


def signed(value: float, digits: int = 0) -> str:
    """Return a number with its sign; what rounds to 0 has none."""
    rounded = plain(value, digits)
    return rounded if rounded.startswith("-") or not float(rounded) else f"+{rounded}"


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
    points = 100 * found.amount
    return _LESSONS[found.lesson].format(judge=found.judge, other=found.other, amount=found.amount, points=points)
