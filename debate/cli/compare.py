"""`debate compare`: two tournaments, or two arms, on the questions that they share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from debate.cli import options as o
from debate.cli.page import Page
from debate.cli.selecting import Where
from debate.plural import count

if TYPE_CHECKING:
    from debate.report.comparing import Compared
    from debate.stats.estimate import Measure

Side = Annotated[str, typer.Argument(metavar="NAME[:ARM][@JUDGE]", help="A tournament, or one arm or judge of it.")]
Margin = Annotated[
    float | None, typer.Option(min=0, max=100, help="Also test that the difference is within so many points.")
]


def compare(
    a: Side,
    b: Side,
    where: Where = None,
    margin: Margin = None,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Compare how right judges were, paired on the questions that both sides played.

    p-values come from flipping signs over questions and are corrected by Holm's method over all rows. ARM is what a
    report calls it: debate, consultancy, "debate (quotes)".

    \b
    debate compare first second
    debate compare first:debate first:consultancy
    debate compare first:debate@haiku first:debate@jo --margin 5
    """
    from debate.report.comparing import comparing
    from debate.store import Store

    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, readonly=True) as store:
        found = comparing(store, a, b, only=where or (), margin=None if margin is None else margin / 100)
    page.data(**found.model_dump(mode="json", by_alias=True))
    for row in found.rows:
        page.say(f"{row.a}\n  minus {row.b}", *_told(row, margin), "")
    for warning in found.warnings:
        page.note(f"warning: {warning}")


def _told(row: Compared, margin: float | None) -> Iterator[str]:
    """Yield what one row says, indented below its names."""
    from debate.report import wording

    one, other = (f"{wording.percent(right)} of {_rests(right)}" for right in (row.accuracy_a, row.accuracy_b))
    yield f"  right in {one}"
    yield f"       and {other}"
    if row.difference.value is None:
        yield f"  difference: {row.difference.why}"
        return
    shared = count(row.n_questions, "shared question")
    means = " and ".join(f"{mean:.0%}" for mean in (row.mean_a, row.mean_b) if mean is not None)
    yield f"  on {shared} {means}: difference {wording.points(row.difference)} points"
    if row.effect_size is not None:
        yield f"  Cohen's h {_effect(row.effect_size, row.effect_low, row.effect_high)}"
    if row.difference_all is not None:
        yield f"  on all questions of each: difference {wording.points(row.difference_all)} points"
    yield f"  p {wording.p_value(row.p)}, {wording.p_value(row.p_adjusted)} after Holm ({row.test})"
    if margin is not None:
        yield f"  within {margin:g} points: p {wording.p_value(row.p_equivalent)} (two one-sided tests)"
    if row.mde is not None:
        yield f"  {100 * row.mde:.0f} points would have shown four times in five"
    for name, one, other in _beside(row):
        yield f"  {name}: {one}"
        yield f"{'and':>{len(name) + 3}} {other}"


def _rests(right: Measure) -> str:
    """Return what an accuracy rests on: 80 rulings on 55 questions."""
    if right.value is None:
        return "no ruling"
    return f"{count(right.n_judgments, 'ruling')} on {count(right.n_questions, 'question')}"


def _questions(measured: Measure) -> str:
    return "no question" if measured.value is None else count(measured.n_questions, "question")


def _effect(value: float, low: float | None, high: float | None) -> str:
    from debate.report import wording

    between = "" if low is None or high is None else f" [{wording.signed(low, 2)}, {wording.signed(high, 2)}]"
    return f"{wording.signed(value, 2)}{between}"


def _beside(row: Compared) -> Iterator[tuple[str, str, str]]:
    """Yield what each arm reaches in its own tournament, where both reach something."""
    from debate.report import wording

    if row.pgr_a and row.pgr_b and row.pgr_a.pgr.value is not None and row.pgr_b.pgr.value is not None:
        a, b = (f"{wording.number(pgr.pgr)} on {_questions(pgr.pgr)}" for pgr in (row.pgr_a, row.pgr_b))
        yield "gap recovered", a, b
    if row.asd_a and row.asd_b and row.asd_a.brier.value is not None and row.asd_b.brier.value is not None:
        a, b = (f"{wording.number(asd.brier)} on {_questions(asd.brier)}" for asd in (row.asd_a, row.asd_b))
        yield "score difference (Brier)", a, b
