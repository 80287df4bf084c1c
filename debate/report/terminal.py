"""A report for a terminal: tables and bars that fit 80 columns, and say more where there are more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from debate import sanitize
from debate.report.report import Accuracy, Report
from debate.stats.estimate import Estimate, Measure

BAR = 20
FULL, PART, EMPTY = "━", "┄", "·"


def render(report: Report, *, width: int = 80) -> RenderableType:
    """Return a report as rich renders it, for so many columns."""
    return Group(*_sections(report, width))


def _sections(report: Report, width: int) -> Iterable[RenderableType]:
    yield Text(f"{sanitize.line(report.tournament)}", style="bold")
    counts = f"{report.n_debates:,} debates on {report.n_questions:,} questions, {report.n_judgments:,} judgments"
    states = ", ".join(f"{n:,} {state}" for state, n in report.matches.items())
    yield Text(f"{counts} ({states})")
    if report.where:
        yield Text("only where " + ", ".join(f"{k} = {sanitize.line(v)}" for k, v in report.where.items()))
    for warning in report.warnings:
        yield Text(f"! {sanitize.clean(warning)}", style="yellow")
    yield from _titled("Accuracy of the judges", _accuracy(report, width))
    yield from _titled("Persuasion: rulings won by players, by the side they argued", _persuasion(report))
    yield from _titled("Ratings (Elo scale, mean 1500)", _ratings(report))
    yield from _titled("Against the same judge's naive rulings, paired by question", _comparisons(report))
    yield from _titled("Gap between naive and expert that is recovered (PGR)", _recovered(report))
    yield from _titled("Answering alone", _solo(report))
    yield from _titled("Belief in the right answer, round by round", _paths(report))
    yield from _titled("Bias of the judges", _bias(report))
    yield from _titled("Set aside", _failures(report))
    yield from _titled("Cost", _cost(report))
    yield Text("Intervals are 95%, by question (or passage, where questions share one).", style="dim")


def _titled(title: str, table: Table | None) -> Iterable[RenderableType]:
    if table is not None and table.row_count:
        yield Text()
        yield Text(title, style="bold")
        yield table


def _table(*heads: str) -> Table:
    """Make a table; heads that begin with `>` are of numbers."""
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 1))
    for head in heads:
        right = head.startswith(">")
        table.add_column(head.lstrip(">"), justify="right" if right else "left", overflow="fold", no_wrap=right)
    return table


def _row(table: Table, *cells: object) -> None:
    table.add_row(*(Text(sanitize.line(str(cell))) for cell in cells))


def percent(measure: Measure) -> str:
    """Return a share with its interval."""
    if not isinstance(measure, Estimate):
        return "n/a"
    if measure.low is None or measure.high is None:
        return f"{measure.value:.0%}"
    return f"{measure.value:.0%} [{measure.low:.0%}, {measure.high:.0%}]"


def number(measure: Measure, digits: int = 2) -> str:
    """Return a number with its interval."""
    if not isinstance(measure, Estimate):
        return "n/a"
    if measure.low is None or measure.high is None:
        return f"{measure.value:.{digits}f}"
    return f"{measure.value:.{digits}f} [{measure.low:.{digits}f}, {measure.high:.{digits}f}]"


def bar(measure: Measure, width: int = BAR) -> str:
    """Draw a share: the value, and how far its interval reaches."""
    if not isinstance(measure, Estimate):
        return ""
    value, high = round(measure.value * width), round((measure.high or measure.value) * width)
    return (FULL * value + PART * (min(high, width) - value)).ljust(width, EMPTY)


def name(row: Accuracy) -> str:
    """Return what an arm is called."""
    shown = row.protocol or "all"
    return shown if row.view in (None, "full") else f"{shown} ({row.view})"


def order(rows: Sequence[Accuracy]) -> list[Accuracy]:
    """Put the controls at the ends: naive first, expert last."""
    place = {"naive": 0, "consultancy": 1, "debate": 2, "expert": 9}
    views = {None: 0, "full": 0, "quotes": 1, "opening": 2, "solo": 3, "double": 4}
    return sorted(
        rows, key=lambda r: (r.judge or "", place.get(r.protocol or "", 5), r.protocol or "", views.get(r.view, 9))
    )


def _accuracy(report: Report, width: int) -> Table:
    wide = width >= 110
    table = _table("judge", "protocol (view)", ">accuracy", "", ">n", *((">belief", ">Brier") if wide else ()))
    for row in order(report.accuracy):
        shown = row.accuracy
        n = f"{shown.n_judgments:,}/{shown.n_questions:,}q" if isinstance(shown, Estimate) else f"0/{row.n_judgments:,}"
        more = (percent(row.probabilistic), number(row.brier)) if wide else ()
        _row(table, row.judge, name(row), percent(row.accuracy), bar(row.accuracy, BAR if wide else 12), n, *more)
    return table


def _persuasion(report: Report) -> Table:
    table = _table("player", "protocol", ">arguing right", ">arguing wrong", ">difference")
    for row in report.persuasion:
        sides = percent(row.right_side), percent(row.wrong_side)
        _row(table, row.player, row.protocol, *sides, percent(row.win_rate_gap))
    return table


def _ratings(report: Report) -> Table:
    table = _table("player", "role", ">rating", ">n", "")
    rated = sorted(report.ratings, key=lambda r: (r.role, -(r.rating.value or 0)))
    for row in rated:
        if isinstance(row.rating, Estimate):
            _row(table, row.player, row.role.replace("_", " "), number(row.rating, 0), f"{row.n_comparisons:,}", "")
        elif row.role == "all":
            _row(table, row.player, row.role, "n/a", f"{row.n_comparisons:,}", row.rating.why)
    return table


def _comparisons(report: Report) -> Table:
    table = _table("arm", ">difference", ">p (Holm)", ">n")
    for row in report.comparisons:
        if row.b.startswith("naive"):
            p = "n/a" if row.p_adjusted is None else f"{row.p_adjusted:.3f}"
            _row(table, row.a, percent(row.difference), p, f"{row.n_questions:,}q")
    return table


def _recovered(report: Report) -> Table:
    table = _table("judge", "protocol (view)", ">PGR", ">gained", ">gap")
    for row in report.pgr:
        if isinstance(row.pgr, Estimate):
            shown = row.protocol if row.view == "full" else f"{row.protocol} ({row.view})"
            _row(table, row.judge, shown, number(row.pgr), percent(row.gained), percent(row.gap))
    return table


def _solo(report: Report) -> Table:
    table = _table("player", "passage", ">accuracy", ">n")
    for row in report.solo:
        n = f"{row.accuracy.n_questions:,}q" if isinstance(row.accuracy, Estimate) else "0"
        _row(table, row.player, "read" if row.passage else "not read", percent(row.accuracy), n)
    return table


def _paths(report: Report) -> Table:
    table = _table("protocol", "judge", ">round", ">belief", ">n")
    for row in report.belief_paths:
        _row(table, row.protocol, row.judge, row.after_round, f"{row.belief:.2f}", f"{row.n:,}")
    return table


def _bias(report: Report) -> Table:
    table = _table("judge", ">chose the first", ">chose the longer", ">position bias")
    for row in report.bias:
        _row(table, row.judge, percent(row.chose_first), percent(row.chose_longer), percent(row.position))
    return table


def _failures(report: Report) -> Table:
    table = _table("player", "state", "side", ">turns")
    for row in report.failures:
        _row(table, row.player, row.state, row.side.replace("_", " "), row.count)
    return table


def _cost(report: Report) -> Table:
    table = _table("calls", ">input", ">cached", ">output", ">cost", ">at most")
    cost = report.cost
    money = ["n/a" if usd is None else f"${usd:,.2f}" for usd in (cost.cost_usd, cost.cost_max_usd)]
    tokens = (f"{n:,}" for n in (cost.input_tokens, cost.cached_tokens, cost.output_tokens))
    _row(table, f"{cost.calls:,}" + (f" ({cost.failed_calls:,} failed)" if cost.failed_calls else ""), *tokens, *money)
    return table
