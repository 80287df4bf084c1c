"""How numbers are written, in every form of a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from debate.plural import count
from debate.report.report import Report
from debate.stats.estimate import Estimate, Measure, NoData

NONE = "n/a"
NAMED = 4
"""So many names are told of those that share a reason."""
_BECAUSE = "not estimable, because"


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


def plain(value: float, digits: int) -> str:
    """Return a number with so many digits; what rounds to 0 has no sign."""
    rounded = f"{value:.{digits}f}"
    return rounded if float(rounded) else rounded.removeprefix("-")


def signed(value: float, digits: int = 0) -> str:
    """Return a number with its sign; what rounds to 0 has none."""
    rounded = plain(value, digits)
    return rounded if rounded.startswith("-") or not float(rounded) else f"+{rounded}"
