"""What came out, in a few sentences that claim no more than the intervals allow."""

from __future__ import annotations

from collections.abc import Iterator

from debate.plural import count
from debate.report import wording
from debate.report.arms import label
from debate.report.report import Report
from debate.report.rows import Accuracy
from debate.stats.comparisons import Comparison
from debate.stats.estimate import Estimate
from debate.stats.outcomes import PEOPLE

SWAYED = 0.55
"""A choice that has nothing to do with the truth is worth a sentence when made surely more often than this."""
SHOWN = 0.05
CONTROLS = ("naive", "expert", "consultancy")


def headlines(report: Report) -> Iterator[str]:
    """Yield what a reader would ask first: did debate help the judge, and what else moved it?"""
    for judge in dict.fromkeys(row.judge for row in report.accuracy if row.judge):
        yield from _of_judge(report, judge)
    yield from _swayed(report)


def _of_judge(report: Report, judge: str) -> Iterator[str]:
    rows = {
        label(row.protocol, row.view, row.agents): row
        for row in report.accuracy
        if row.judge == judge and row.view == "full"
    }
    if "judge" not in report.by or "protocol" not in report.by:
        return
    for protocol, row in rows.items():
        if row.protocol in CONTROLS or not isinstance(row.accuracy, Estimate):
            continue
        beside = [
            f"{wording.percent(rows[control].accuracy)} {what}"
            for control, what in (("naive", "without one"), ("expert", "with the passage"))
            if control in rows and isinstance(rows[control].accuracy, Estimate)
        ]
        against = f", against {' and '.join(beside)}" if beside else ""
        verb = "were" if judge == PEOPLE else "was"
        yield f"{_begun(judge)} {verb} right in {_right(row)} of rulings on {protocol}{against} ({_made_of(row)})."
        compared = next(
            (c for c in report.comparisons if c.a == f"{protocol}, {judge}" and c.b == f"naive, {judge}"), None
        )
        if compared:
            yield _helped(compared, protocol, judge)
        else:
            yield from _against_consultancy(report, protocol, judge)


def _begun(judge: str) -> str:
    """Return a judge's name as a sentence begins with it."""
    return judge.capitalize() if judge == PEOPLE else judge


def _against_consultancy(report: Report, protocol: str, judge: str) -> Iterator[str]:
    """Yield how a debate came out beside a consultancy, where no naive ruling tells what it did."""
    other = protocol.replace("debate", "consultancy")
    for found in report.comparisons:
        if (found.a, found.b) == (f"{protocol}, {judge}", f"{other}, {judge}") and other != protocol:
            moved = f"{wording.points(found.difference)} points, p {_p(found.p_adjusted)} after Holm's correction"
            on = count(found.n_questions, "shared question")
            if found.p_adjusted is not None and isinstance(found.difference, Estimate):
                shown = "" if found.p_adjusted < SHOWN else f"; no difference is shown{_power(found)}"
                yield f"On {on} {protocol} less {other}: {moved}{shown}."


def _right(row: Accuracy) -> str:
    return wording.percent(row.accuracy)


def _made_of(row: Accuracy) -> str:
    assert isinstance(row.accuracy, Estimate)
    return count(row.accuracy.n_questions, "question")


def _helped(found: Comparison, protocol: str, judge: str) -> str:
    moved = f"{wording.points(found.difference)} points, p {_p(found.p_adjusted)} after Holm's correction"
    if not isinstance(found.difference, Estimate) or found.p_adjusted is None:
        return f"Whether {protocol} helped {judge} cannot be told."
    if found.p_adjusted < SHOWN:
        did = "helped" if found.difference.value > 0 else "misled"
        return f"On the same questions {protocol} {did} {judge}: {moved}."
    return f"That {protocol} helps or misleads {judge} is not shown: {moved}{_power(found)}."


def _p(p: float | None) -> str:
    shown = wording.p_value(p)
    return shown if shown.startswith("<") else f"= {shown}"


def _power(found: Comparison) -> str:
    return "" if found.mde is None else f"; {100 * found.mde:.0f} points would likely have shown"


def _swayed(report: Report) -> Iterator[str]:
    for row in report.bias:
        for measure, what in ((row.chose_first, "the answer displayed first"), (row.chose_longer, "the longer side")):
            if not isinstance(measure, Estimate) or measure.low is None or measure.high is None:
                continue
            if measure.low > SWAYED:
                yield f"{_begun(row.judge)} chose {what} in {wording.percent(measure)} of rulings, right or wrong."
            elif measure.high < 1 - SWAYED:
                other = "the answer displayed last" if what.endswith("first") else "the shorter side"
                rest = measure.model_copy(
                    update={"value": 1 - measure.value, "low": 1 - measure.high, "high": 1 - measure.low}
                )
                yield f"{_begun(row.judge)} chose {other} in {wording.percent(rest)} of rulings, right or wrong."
