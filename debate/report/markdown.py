"""A report as Markdown, for a repository or a paper's appendix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from debate import sanitize
from debate.audits.finding import Finding
from debate.report import wording
from debate.report.arms import label
from debate.report.panel import Panel
from debate.report.report import Report
from debate.stats.estimate import Measure, NoData

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~])")


def render(report: Report) -> str:
    """Return the report as Markdown."""
    return "\n".join(_lines(report)) + "\n"


def text(said: str) -> str:
    """Return text from anywhere on one line, with nothing in it that Markdown or HTML would obey."""
    return _SPECIAL.sub(r"\\\1", sanitize.line(said)).replace("\\<", "&lt;").replace("\\>", "&gt;")


def _lines(report: Report) -> Iterator[str]:
    yield f"# {text(report.tournament)}"
    yield ""
    yield f"{wording.made_of(report)}. Version {report.version}, seed {report.seed}, counted by {report.unit}."
    if chosen := wording.chosen(report):
        yield f"Only where {text(chosen)}."
    if report.partial:
        yield f"\n**Partial: {report.complete:.0%} of the planned matches are done.**"
    yield from _list("What came out", report.headlines)
    yield from _list("Keep in mind", report.warnings)
    for title, heads, rows in _sections(report):
        found = list(rows)
        if found:
            yield f"\n## {title}\n"
            yield from _table(heads, found)
    yield from _audit(report.audit)


def _audit(panel: Panel) -> Iterator[str]:
    """Yield what an audit came to."""
    yield from _list("Signs of collusion", [told for told in (panel.headline, panel.untested) if told])
    if panel.findings:
        yield ""
        yield from _table(
            ("sign", "pair", "feature", "effect", "95% interval", "adjusted p"),
            map(_finding, panel.findings),
        )


def _finding(found: Finding) -> Sequence[str]:
    pair = text(" + ".join(found.subject.players))
    interval = f"{found.low:+.2f} to {found.high:+.2f}"
    return found.sign, pair, found.feature, f"{found.effect:+.2f}", interval, wording.p_value(found.p_adjusted)


def _list(title: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield f"\n## {title}\n"
        yield from (f"- {text(item)}" for item in items)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'|'.join('---' for _ in heads)}|"
    yield from (f"| {' | '.join(row)} |" for row in rows)


Section = tuple[str, Sequence[str], Iterator[Sequence[str]]]


def _sections(report: Report) -> Iterator[Section]:
    yield (
        "Accuracy of the judges",
        ("protocol", "debaters", "judge", "right [95%]", "belief", "Brier", "ECE", "rulings", "questions"),
        (
            (
                text(label(row.protocol, row.view)),
                text(row.agents or ""),
                text(row.judge or "all judges"),
                _or_why(row.accuracy, wording.percent(row.accuracy)),
                wording.percent(row.probabilistic),
                wording.value(row.brier),
                wording.value(row.ece),
                *_n(row.accuracy),
            )
            for row in report.accuracy
        ),
    )
    yield (
        "Compared on the same questions",
        ("arm", "against", "points [95%]", "p", "p after Holm", "test", "questions"),
        (
            (
                text(c.a),
                text(c.b),
                _or_why(c.difference, wording.points(c.difference)),
                wording.p_value(c.p),
                wording.p_value(c.p_adjusted),
                text(c.test),
                f"{c.n_questions:,}",
            )
            for c in report.comparisons
        ),
    )
    yield (
        "Persuasion",
        ("player", "protocol", "right side", "wrong side", "difference", "rulings", "questions"),
        (
            (
                text(row.player),
                text(row.protocol),
                wording.percent(row.right_side),
                wording.percent(row.wrong_side),
                _or_why(row.win_rate_gap, wording.points(row.win_rate_gap)),
                *_n(row.win_rate),
            )
            for row in report.persuasion
        ),
    )
    yield (
        "Ratings",
        ("player", "role", "rating [95%]", "rulings"),
        (
            (
                text(row.player),
                wording.side(row.role),
                _or_why(row.rating, wording.number(row.rating, 0)),
                f"{row.n_comparisons:,}",
            )
            for row in report.ratings
        ),
    )
    yield (
        "Gap recovered between naive and expert",
        ("protocol", "judge", "PGR [95%]", "gained", "gap"),
        (
            (
                text(label(row.protocol, row.view)),
                text(row.judge),
                _or_why(row.pgr, wording.number(row.pgr)),
                wording.points(row.gained),
                wording.points(row.gap),
            )
            for row in report.pgr
        ),
    )
    yield (
        "What sways the judges",
        ("judge", "chose first", "chose longer", "position bias", "rulings", "questions"),
        (
            (
                text(row.judge),
                wording.percent(row.chose_first),
                wording.percent(row.chose_longer),
                wording.points(row.position),
                *_n(row.position),
            )
            for row in report.bias
        ),
    )
    yield "Cost", ("what",), ((text(line),) for line in wording.cost(report.cost))


def _n(measure: Measure) -> tuple[str, str]:
    if isinstance(measure, NoData):
        return "0", "0"
    return f"{measure.n_judgments:,}", f"{measure.n_questions:,}"


def _or_why(measure: Measure, said: str) -> str:
    return f"not estimable: {text(measure.why)}" if isinstance(measure, NoData) else said
