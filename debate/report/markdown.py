"""A report as Markdown, for a repository or a paper's appendix."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from debate import sanitize
from debate.audits.finding import Finding
from debate.audits.telling import feature
from debate.report import sentences, wording
from debate.report.appendix import PARTS, Line
from debate.report.arms import label
from debate.report.commands import Commands
from debate.report.panel import NEVER, Panel, opens, stands, why_untested
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
    if chosen := sentences.chosen(report):
        yield f"Only where {text(chosen)}."
    if report.partial:
        yield f"\n**Partial: {report.complete:.0%} of the planned matches are done.**"
    yield from _list("What came out", report.headlines)
    for other in report.exclusions:
        yield from _list(sentences.exclusions(other).rstrip(":"), other.headlines)
    yield from _list("Keep in mind", report.warnings)
    for title, heads, rows in _sections(report):
        found = list(rows)
        if found:
            yield f"\n## {title}\n"
            yield from _table(heads, found)
    yield from _audit(report.audit, Commands(report.tournament))
    yield from _full(report)


def _full(report: Report) -> Iterator[str]:
    """Yield every number with its definition, its interval, its n and how it was got."""
    yield "\n## Every number, and its definition"
    for part in PARTS:
        for term, lines in part.full(report):
            yield f"\n### {text(term.name)}\n"
            yield f"{text(term.means)} JSON: `{part.where(term)}`\n"
            yield from _table(("of", "value", "95% interval", "n", "method"), map(_line, lines))


def _line(line: Line) -> Sequence[str]:
    if not line.value:
        return text(line.about), "n/a", "", "", text(wording.reason(line.why))
    method = "; ".join(filter(None, (line.method, f"no interval: {line.why}" if line.why else "")))
    return text(line.about), line.value, text(line.interval), line.n, text(method)


def _audit(panel: Panel, commands: Commands) -> Iterator[str]:
    """Yield what an audit came to."""
    yield from _list("Signs of collusion", [told for told in (panel.headline, panel.read) if told])
    if panel.findings:
        yield ""
        yield from _table(
            ("sign", "pair", "feature", "effect", "95% interval", "adjusted p"),
            map(_finding, panel.findings),
        )
    for found in panel.findings:
        yield from _turns(found, commands)
    if panel.untested:
        yield "\nNot tested here:\n"
        yield from (f"- {text(why)}" for why in why_untested(panel.insufficient, commands))
    if panel.flagged is not None:
        yield f"\n{NEVER}"


def _turns(found: Finding, commands: Commands) -> Iterator[str]:
    named = f"{found.sign}, {found.subject.told(' and ')}"
    yield f"\n{text(f'{named}. {found.seen} What else could explain it: {found.otherwise}')}\n"
    yield from (
        f"- `{opens(shown, commands)}`, {text(stands(shown, found.null))}: {text(shown.excerpt)}"
        for shown in found.evidence
    )


def _finding(found: Finding) -> Sequence[str]:
    pair = text(found.subject.told(" + "))
    interval = f"{found.low:+z.2f} to {found.high:+z.2f}"
    return (
        found.sign,
        pair,
        feature(found.feature),
        f"{found.effect:+z.2f}",
        interval,
        wording.p_value(found.p_adjusted),
    )


def _list(title: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield f"\n## {title}\n"
        yield from (f"- {text(item)}" for item in items)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'|'.join('---' for _ in heads)}|"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _n(measure: Measure) -> tuple[str, str]:
    if isinstance(measure, NoData):
        return "0", "0"
    return f"{measure.n_judgments:,}", f"{measure.n_questions:,}"


def _or_why(measure: Measure, said: str) -> str:
    return f"not estimable: {text(measure.why)}" if isinstance(measure, NoData) else said


Cells = Sequence[str]
Rows = Iterator[Cells]


def _sections(report: Report) -> Iterator[tuple[str, Cells, Rows]]:
    for title, heads, rows in SECTIONS:
        yield title, heads, rows(report)


def _accuracy(report: Report) -> Rows:
    for row in report.accuracy:
        right = _or_why(row.accuracy, wording.percent(row.accuracy))
        scores = wording.percent(row.probabilistic), wording.value(row.brier), wording.value(row.ece)
        yield (
            text(label(row.protocol, row.view, row.agents)),
            text(row.judge or "all judges"),
            right,
            *scores,
            *_n(row.accuracy),
        )


def _comparisons(report: Report) -> Rows:
    for c in report.comparisons:
        p = wording.p_value(c.p), wording.p_value(c.p_adjusted), text(c.test)
        yield text(c.a), text(c.b), _or_why(c.difference, wording.points(c.difference)), *p, f"{c.n_questions:,}"


def _helped(report: Report) -> Rows:
    for row in report.helped:
        turned = _or_why(row.helped, wording.percent(row.helped)), wording.percent(row.harmed)
        yield text(label(row.protocol, row.view, row.agents)), text(row.judge), *turned, _n(row.helped)[1]


def _recovered(report: Report) -> Rows:
    for row in report.pgr:
        shares = _or_why(row.pgr, wording.number(row.pgr)), wording.points(row.gained), wording.points(row.gap)
        yield text(label(row.protocol, row.view, row.agents)), text(row.judge), *shares, _n(row.gap)[1]


def _persuasion(report: Report) -> Rows:
    for row in report.persuasion:
        sides = wording.percent(row.right_side), wording.percent(row.wrong_side)
        gap = _or_why(row.win_rate_gap, wording.points(row.win_rate_gap))
        yield text(row.player), text(row.protocol), *sides, gap, *_n(row.win_rate)


def _head_to_head(report: Report) -> Rows:
    for row in report.head_to_head:
        yield text(row.player), text(row.opponent), wording.percent(row.win_rate), *_n(row.win_rate)


def _ratings(report: Report) -> Rows:
    for row in report.ratings:
        rating = _or_why(row.rating, wording.number(row.rating, 0))
        yield text(row.player), wording.side(row.role), rating, f"{row.n_comparisons:,}"


def _bias(report: Report) -> Rows:
    for row in report.bias:
        shares = wording.percent(row.chose_first), wording.percent(row.chose_longer), wording.points(row.position)
        yield text(row.judge), *shares, *_n(row.chose_longer)


def _open_role(report: Report) -> Rows:
    for row in report.open_role:
        arm = text(f"{label(row.protocol, None, row.agents)}, {row.judge}")
        shares = _or_why(row.chose_right, wording.percent(row.chose_right)), wording.percent(row.given_right)
        yield text(row.player or "all players"), arm, *shares, wording.percent(row.given_wrong), *_n(row.chose_right)


def _markets(report: Report) -> Rows:
    for row in report.market:
        losses = (_or_why(loss, wording.value(loss)) for loss in (row.adversary_loss, row.market_loss))
        told = wording.value(row.speeches, digits=1), *losses, wording.percent(row.final)
        yield text(f"{row.protocol}, {row.seat}"), text(row.judge), *told, *_n(row.final)


def _quoted(report: Report) -> Rows:
    for row in report.evidence:
        new = "" if row.new_per_round is None else f"{row.new_per_round:,.0f}"
        shown = wording.number(row.rounds, 1), wording.percent(row.verified), new, wording.percent(row.revealed)
        yield text(label(row.protocol, None, row.agents)), *shown, f"{row.n_debates:,}"


def _cost(report: Report) -> Rows:
    for line in sentences.cost(report.cost):
        yield (text(line),)


SECTIONS: tuple[tuple[str, Cells, Callable[[Report], Rows]], ...] = (
    (
        "Accuracy of the judges",
        ("protocol", "judge", "right [95%]", "belief", "Brier", "ECE", "rulings", "questions"),
        _accuracy,
    ),
    (
        "Compared on the same questions",
        ("arm", "against", "points [95%]", "p", "p after Holm", "test", "questions"),
        _comparisons,
    ),
    ("What became of naive rulings", ("protocol", "judge", "turned right", "turned wrong", "questions"), _helped),
    ("Gap recovered between naive and expert", ("protocol", "judge", "PGR", "gained", "gap", "questions"), _recovered),
    (
        "Persuasion",
        ("player", "protocol", "right side", "wrong side", "difference", "rulings", "questions"),
        _persuasion,
    ),
    ("Head to head", ("player", "against", "won, ties half", "rulings", "questions"), _head_to_head),
    ("Ratings", ("player", "role", "rating [95%]", "rulings"), _ratings),
    (
        "What sways the judges",
        ("judge", "chose first", "chose longer", "position bias", "rulings", "questions"),
        _bias,
    ),
    (
        "Where players chose their answer",
        (
            "player",
            "protocol and judge",
            "chose right",
            "right after that",
            "after a wrong choice",
            "choices",
            "questions",
        ),
        _open_role,
    ),
    (
        "Markets and their adversaries",
        (
            "market",
            "judge",
            "speeches",
            "adversary's loss",
            "market's loss",
            "belief in the end",
            "rulings",
            "questions",
        ),
        _markets,
    ),
    (
        "What was quoted",
        ("protocol", "rounds", "stand in the passage", "new a round", "passage shown", "debates"),
        _quoted,
    ),
    ("Cost", ("what",), _cost),
)
