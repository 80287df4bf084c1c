"""The further sections of a report for a terminal: panels, games of other rules, answers alone, failures, cost."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import RenderableType

from debate.report import sentences, wording
from debate.report.arms import label
from debate.report.pen import Pen
from debate.report.report import Report
from debate.report.sections import SHARES


def transfer(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield what reading about a question brought on a similar one."""
    table = pen.table("", ">after", ">without", ">points", ">p", ">questions")
    for judge, rows in groupby(report.transfer, key=lambda row: row.judge):
        pen.row(table, f"judge {judge}", style="bold")
        for row in rows:
            shown = wording.share(row.after), wording.share(row.without), wording.points(row.gain)
            arm = label(row.protocol, row.view, row.agents)
            pen.row(table, f"  {arm}", *shown, wording.p_value(row.p), f"{row.n_questions:,}")
    if table.row_count:
        yield table
    yield from pen.whys((f"{row.protocol}, {row.judge}", row.gain) for row in report.transfer)


def chosen(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield what players chose to argue, and what judges made of it."""
    table = pen.table("", ">chose right", ">after right", ">after wrong", ">n")
    for judge, own in groupby(report.open_role, key=lambda row: row.judge):
        pen.row(table, f"judge {judge}", style="bold")
        for arm, rows in groupby(own, key=lambda row: label(row.protocol, None, row.agents)):
            pen.row(table, f" {arm}")
            for row in rows:
                shown = (wording.percent(share) for share in (row.chose_right, row.given_right, row.given_wrong))
                pen.row(table, f"  {row.player or 'all players'}", *shown, pen.n(row.chose_right))
    if table.row_count:
        yield table


def panels(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield how right panels were, and how many of them had too few votes to rule."""
    table = pen.table("", ">right", ">quorum", ">inconclusive", ">tied", ">panels")
    for row in report.panels:
        counts = (f"{n:,}" for n in (row.quorum, row.inconclusive, row.ties, row.n_panels))
        pen.row(table, label(row.protocol, row.view, row.agents), wording.percent(row.accuracy), *counts)
    if table.row_count:
        yield table
    yield from pen.whys((label(row.protocol, row.view, row.agents), row.accuracy) for row in report.panels)


def markets(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield what each market came to: its losses, and the belief in the right answer of who read it all."""
    table = pen.table("", ">speeches", ">adversary", ">market", ">in the end", ">n")
    for game, seats in groupby(report.market, key=lambda row: row.protocol):
        pen.row(table, game, style="bold")
        for seat, rows in groupby(seats, key=lambda row: row.seat):
            pen.row(table, f" {seat} at the seat")
            for row in rows:
                losses = (wording.value(loss) for loss in (row.adversary_loss, row.market_loss))
                shown = wording.value(row.speeches, digits=1), *losses, wording.share(row.final)
                pen.row(table, f"  judge {row.judge}", *shown, pen.n(row.final))
    if table.row_count:
        yield table


def solo(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield what players knew without an opponent."""
    heads, names = ("", ">right", ">95%", ">n"), {False: "without the passage", True: "with the passage"}
    cells = {
        row: (f"  {row.player}", wording.share(row.accuracy), wording.shares(row.accuracy), pen.n(row.accuracy))
        for row in report.solo
    }
    axis = pen.axis(pen.taken(heads, [*cells.values(), (names[False],)]))
    table = pen.table(*heads[:3], axis.scale(*SHARES), *heads[3:])
    for passage, rows in groupby(sorted(report.solo, key=lambda r: r.passage), key=lambda r: r.passage):
        pen.row(table, names[passage], style="bold")
        for row in rows:
            pen.row(table, *cells[row][:3], pen.whisker(axis, row.accuracy), *cells[row][3:])
    if table.row_count:
        yield table


def failures(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield the turns that could not be used."""
    table = pen.table("player", "turn", "argued as", ">debates")
    for row in report.failures:
        pen.row(table, row.player, row.state, wording.side(row.side), f"{row.count:,}")
    if table.row_count:
        yield table


def transcripts(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield which transcripts are worth reading, and why."""
    table = pen.table("", "")
    for found in report.instructive:
        table.add_row(pen.line(pen.commands.show(found.match)), pen.line(sentences.lesson(found)))
    if table.row_count:
        table.show_header = False
        yield table


def cost(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield what was used, and what it bought."""
    yield from (pen.line(sentence) for sentence in sentences.cost(report.cost))
