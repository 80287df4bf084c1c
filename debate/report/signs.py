"""How an audit is laid out for a terminal: what stands out and by which turns, and what could not be told."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from debate import sanitize
from debate.audits import telling
from debate.audits.finding import Audit, Finding
from debate.report import panel, wording
from debate.report.commands import Commands
from debate.report.pen import Pen
from debate.report.report import Report

MOST = 8
"""So many findings that are not flagged are listed."""
LONGEST = 24
"""The most characters of a player's name in a table."""
NEVER = (
    "An audit shows what was seen and how surprising it is among honest debaters. It never shows that anyone "
    "colludes: read the turns. docs/audit.md has each sign with its null, its needs and its limits."
)
LEGEND = (
    "effect: what the pair does beyond what both do with others, in the feature's own unit. p: the chance of as much "
    "among honest debaters in this test, and adjusted, in any test of the tournament. Rows without ! are not flagged: "
    "they are the next most surprising, and are no signs."
)
ITSELF = "recognition, and beside a lone critic: effect is the pair's own change between the two tournaments."


REPEATED = "coupling across repeats: effect is likeness beyond that of openings of different repeats."
PAIRED = "Effects are changes: this tournament less the one that it is held against, on the same questions."


def render(
    audit: Audit, *, width: int = 80, encoding: str = "utf-8", commands: Commands | None = None
) -> RenderableType:
    """Lay an audit out, with the commands that show more of its tournament."""
    return _Laid(audit, Pen(width, encoding, commands or Commands(audit.tournament)))


class _Laid:
    def __init__(self, audit: Audit, pen: Pen) -> None:
        self.audit = audit
        self.pen = pen

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from laid(self.pen, self.audit)


def laid(pen: Pen, audit: Audit) -> Iterator[RenderableType]:
    """Yield what an audit says."""
    yield pen.text(headline(audit), "bold")
    if audit.tests:
        yield pen.text("")
        yield table(pen, audit)
        yield pen.text(LEGEND, "dim")
        if any(finding.null == "unchanged" for finding in audit.tests):
            yield pen.text(ITSELF, "dim")
        if any(finding.null == "repeats" for finding in audit.tests):
            yield pen.text(REPEATED, "dim")
        if audit.against:
            yield pen.text(PAIRED, "dim")
    for finding in audit.flagged:
        yield from evidence(pen, finding)
    yield from _traces(pen, audit)
    yield from _readers(pen, audit)
    if audit.insufficient:
        yield pen.text("")
        yield pen.text("Not tested", "bold")
        for why in panel.why_untested(audit.insufficient, pen.commands):
            yield pen.bullet("-", why)
    for why, n in audit.excluded.items():
        yield pen.bullet("-", f"left out: {n:,} debates ({why})")
    yield pen.text("")
    yield pen.text(NEVER, "dim")


def headline(audit: Audit) -> str:
    """Say in a sentence what came out."""
    return panel.Panel.of(audit).headline


def table(pen: Pen, audit: Audit) -> RenderableType:
    """Return the flagged findings, and the next most surprising."""
    rows = (*audit.flagged, *[f for f in audit.tests if not f.flagged][:MOST])
    made = pen.table(
        "", "sign", "pair", "feature", ">effect", ">p", ">adjusted", *((">questions",) if pen.wide else ())
    )
    _whole(made)
    for f in rows:
        n = (f"{f.n_questions:,}",) if pen.wide else ()
        effect = f"{f.effect:+z.2f}" if not pen.wide else f"{f.effect:+z.3f} [{f.low:+z.3f}, {f.high:+z.3f}]"
        style = "bold" if f.flagged else ""
        feature = pen.text(telling.feature(f.feature), style)
        cells = ("!" if f.flagged else "", pen.text(f.sign, style), _pair(pen, f, style), feature, effect)
        pen.row(made, *cells, wording.p_value(f.p), wording.p_value(f.p_adjusted), *n, style=style)
    return made


def _pair(pen: Pen, finding: Finding, style: str = "") -> Text:
    """Return whom a finding is about, each name cut where it would take the table and neither left out."""
    either = finding.subject.either or (finding.subject.players,)
    named = (" + ".join(sanitize.line(name, LONGEST) for name in pair) for pair in either)
    return pen.text(" or ".join(named), style)


def _whole(table: Table) -> None:
    """Let signs, pairs and features take more than one line, rather than cut them."""
    for column in table.columns:
        if str(column.header) in ("sign", "pair", "feature"):
            column.no_wrap, column.overflow = False, "fold"


def evidence(pen: Pen, finding: Finding) -> Iterator[RenderableType]:
    """Yield what was seen of a finding, what else could explain it, and the turns."""
    yield pen.text("")
    yield pen.line(f"{finding.sign}, {telling.feature(finding.feature)}: {finding.subject.told(' and ')}", "bold")
    yield pen.line(finding.seen)
    yield pen.line(f"What else could explain it: {finding.otherwise}")
    for shown in finding.evidence:
        yield pen.command(panel.opens(shown, pen.commands))
        yield pen.bullet(" ", f"{panel.stands(shown, finding.null)}: {shown.excerpt}")


def _traces(pen: Pen, audit: Audit) -> Iterator[RenderableType]:
    """Yield what stands in speeches that is meant for the judge or hidden, where there is any."""
    rows = [row for row in audit.traces if row.judge is None and any(row.counts.values())]
    if not rows:
        return
    yield pen.text("")
    yield pen.text("Meant for the judge, or hidden: in how many speeches, opposite anybody", "bold")
    made = pen.table("player", ">speeches", ">to judge", ">forged", ">hidden", ">look-alike")
    for row in rows:
        pen.row(made, row.player, f"{row.n_speeches:,}", *(f"{n:,}" if n else "" for n in row.counts.values()))
    yield made
    yield pen.text("by judge, with whom each judge favours: --json", "dim")


def _readers(pen: Pen, audit: Audit) -> Iterator[RenderableType]:
    """Yield what models have read, and how far they can be believed."""
    for reader in audit.readers:
        yield pen.text("")
        yield pen.line(f"Read by {reader.reader}{'' if reader.used else ' (no sign rests on it)'}", "bold")
        yield pen.text(panel.readings(reader))
        if not reader.agreement:
            continue
        made = pen.table("question", "the same answer as", ">n", ">same", "", ">agreement")
        for a in reader.agreement:
            value = "" if a.value is None else f"{a.value:.2f}"
            pen.row(made, a.word.replace("_", " "), a.other, f"{a.n:,}", f"{a.same:.0%}", a.measure, value)
        yield made
    if audit.readers:
        yield pen.text(
            "kappa: Cohen's; alpha: Krippendorff's, by squared distance; blank where all answers are one.", "dim"
        )


def section(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield what a report says of signs."""
    told = report.audit
    if not told.headline:
        return
    yield pen.text(told.headline, "bold" if told.findings else "")
    if told.findings:
        table = pen.table("sign", "pair", "feature", ">effect", ">p adjusted")
        _whole(table)
        for found in told.findings:
            feature = pen.text(telling.feature(found.feature))
            pen.row(
                table,
                pen.text(found.sign),
                _pair(pen, found),
                feature,
                f"{found.effect:+z.2f}",
                wording.p_value(found.p_adjusted),
            )
        yield table
    for found in told.findings:
        yield from evidence(pen, found)
    if told.read:
        yield pen.text(told.read)
    if told.untested:
        yield pen.text(told.untested, "dim")
    if told.flagged is not None:
        yield pen.text(f"{panel.NEVER} Why, the turns, and all tests: {pen.commands.audit}", "dim")
