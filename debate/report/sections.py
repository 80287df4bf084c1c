"""The sections of a report for a terminal; one without anything in it yields nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import RenderableType

from debate.report import sentences, wording
from debate.report.arms import label
from debate.report.layout import about, ordered, reliable, said_and_right
from debate.report.pen import Pen
from debate.report.report import Report
from debate.report.rows import Accuracy, Bias, Group, Persuasion
from debate.stats.comparisons import Comparison
from debate.stats.estimate import Estimate, Measure

SHARES = ("0%", "50%", "100%")
ROLES = {"all": "overall", "right_side": "arguing right side", "wrong_side": "arguing wrong side"}


def accuracy(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield accuracy as a plot, arm by arm."""
    heads = ("", ">right", ">95%", ">n", *((">belief", ">Brier", ">ECE") if pen.wide else ()))
    rows = ordered(report.accuracy)
    told = [_accurate(pen, row) for row in rows]
    axis = pen.axis(pen.taken(heads, [*told, *((_judge(row),) for row in rows)]))
    table = pen.table(*heads[:3], axis.scale(*SHARES), *heads[3:])
    for judge, own in groupby(zip(rows, told, strict=True), key=lambda pair: _judge(pair[0])):
        pen.row(table, judge, style="bold")
        for row, cells in own:
            pen.row(table, *cells[:3], pen.whisker(axis, row.accuracy), *cells[3:])
    if table.row_count:
        yield table
    yield from pen.whys((f"{about(row)}, {row.judge or 'all judges'}", row.accuracy) for row in report.accuracy)


def _judge(row: Group) -> str:
    return f"judge {row.judge}" if row.judge else "all judges"


def _accurate(pen: Pen, row: Accuracy) -> tuple[str, ...]:
    """Return the cells of an accuracy: as many as there is room for."""
    told = wording.share(row.accuracy), wording.shares(row.accuracy), pen.n(row.accuracy)
    more = wording.share(row.probabilistic), wording.value(row.brier), wording.value(row.ece)
    return f"  {about(row)}", *told, *more[: 3 * pen.wide]


def comparisons(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield the paired differences, those of one judge from one arm together."""
    heads = ("", ">points", ">Holm p", ">questions", *((">p", ">h") if pen.wide else ()))
    cells = {c: _compared(pen, c) for c in report.comparisons}
    named = ((_before(c),) for c in report.comparisons)
    axis = pen.axis(pen.taken(heads, [*cells.values(), *named]), low=-0.5, high=0.5, middle=0.0)
    table = pen.table(*heads[:2], axis.scale("-50", "0", "+50"), *heads[2:])
    for judge, compared in groupby(report.comparisons, key=_before):
        pen.row(table, judge, style="bold")
        for (what, _), found in groupby(compared, key=_against):
            pen.row(table, f" {what}")
            for c in found:
                pen.row(table, *cells[c][:2], pen.whisker(axis, c.difference), *cells[c][2:])
    if table.row_count:
        yield table
    yield from pen.whys((f"{c.a} against {c.b}", c.difference) for c in report.comparisons)


def proportions(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield the differences of shares when every ruling counts once, with the tests of published tables."""
    table = pen.table("", ">points", ">95%", ">p", ">Yates", ">Fisher")
    for whole, rows in groupby(report.proportions, key=lambda row: row.b):
        name, _, judge = whole.rpartition(", ")
        pen.row(table, f"judge {judge}", style="bold")
        pen.row(table, f" minus {name}")
        for row in rows:
            between = f"{100 * row.low:+.0f} to {100 * row.high:+.0f}"
            ps = (wording.p_value(p) for p in (row.p, row.p_yates, row.p_fisher))
            pen.row(table, f"  {row.a.rpartition(', ')[0]}", f"{100 * row.difference:+.0f}", between, *ps)
    if table.row_count:
        yield table


def helped(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield what arms made of naive rulings."""
    table = pen.table("", ">turned right", ">turned wrong", ">questions")
    for judge, rows in groupby(report.helped, key=lambda row: row.judge):
        pen.row(table, f"judge {judge}", style="bold")
        for row in rows:
            n = f"{row.helped.n_questions:,}" if isinstance(row.helped, Estimate) else "0"
            arm = label(row.protocol, row.view, row.agents)
            pen.row(table, f"  {arm}", wording.percent(row.helped), wording.percent(row.harmed), n)
    if table.row_count:
        yield table


def recovered(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield the share of the gap that each arm closes."""
    table = pen.table("", ">PGR", ">gained", ">gap", ">questions")
    known = (row for row in report.pgr if isinstance(row.pgr, Estimate))
    for judge, rows in groupby(known, key=lambda row: row.judge):
        pen.row(table, f"judge {judge}", style="bold")
        for row in rows:
            shown = wording.number(row.pgr), wording.points(row.gained), wording.points(row.gap)
            arm = label(row.protocol, row.view, row.agents)
            pen.row(table, f"  {arm}", *shown, wording.questions(row.pgr))
    if table.row_count:
        yield table
    for sentence in sentences.unrecovered(report):
        yield pen.bullet(" ", sentence, "dim")


def scores(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield what arguing the right answer gains, by each score."""
    table = pen.table("", ">log", *((">Brier",) if pen.wide else ()), ">0/1", ">questions")
    for judge, rows in groupby(report.asd, key=lambda row: row.judge):
        known = [row for row in rows if isinstance(row.log, Estimate)]
        if known:
            pen.row(table, f"judge {judge}", style="bold")
        for row in known:
            scored = (row.log, row.brier, row.zero_one) if pen.wide else (row.log, row.zero_one)
            shown = (wording.number(score) for score in scored)
            pen.row(table, f"  {label(row.protocol, row.view, row.agents)}", *shown, wording.questions(row.log))
    if table.row_count:
        yield table


def persuasion(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield what players won arguing right and wrong answers."""
    heads = ("", ">right side", ">wrong side", ">difference", ">n")
    cells = {row: _persuaded(pen, row) for row in report.persuasion}
    axis = pen.axis(pen.taken(heads, [*cells.values(), *((row.protocol,) for row in report.persuasion)]))
    table = pen.table(*heads[:3], axis.scale("0", "50", "100%"), *heads[3:])
    for protocol, rows in groupby(report.persuasion, key=lambda row: row.protocol):
        pen.row(table, protocol, style="bold")
        for row in sorted(rows, key=lambda r: -(r.win_rate.value or 0)):
            plot = pen.dumbbell(axis, row.right_side, row.wrong_side)
            pen.row(table, *cells[row][:3], plot, *cells[row][3:])
    if table.row_count:
        yield table
    yield from pen.whys((f"difference of {row.player}, {row.protocol}", row.win_rate_gap) for row in report.persuasion)
    for sentence in sentences.persuaders(report):
        yield pen.bullet(" ", sentence, "dim")


def _persuaded(pen: Pen, row: Persuasion) -> tuple[str, ...]:
    say = wording.percent if pen.wide else wording.share
    sides = say(row.right_side), say(row.wrong_side)
    return f"  {row.player}", *sides, wording.points(row.win_rate_gap), pen.n(row.win_rate)


def ratings(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield the ratings, overall and by side."""
    known = [(row, row.rating) for row in report.ratings if isinstance(row.rating, Estimate)]
    ends = [end for _, r in known for end in (r.low, r.high, r.value) if end is not None] or [1500.0]
    low, high = 50 * (min(ends) // 50), 50 * (max(ends) // 50 + 1)
    heads = ("", ">rating", ">95%", ">rulings")
    cells = {row: _rated(row.player, r, row.n_comparisons) for row, r in known}
    axis = pen.axis(pen.taken(heads, [*cells.values(), (ROLES["wrong_side"],)]), low=low, high=high, middle=1500.0)
    table = pen.table(*heads[:3], axis.scale(f"{low:.0f}", "", f"{high:.0f}"), *heads[3:])
    placed = sorted(known, key=lambda pair: (pair[0].role, -pair[1].value))
    for role, rows in groupby(placed, key=lambda pair: pair[0].role):
        pen.row(table, ROLES[role], style="bold")
        for row, r in rows:
            pen.row(table, *cells[row][:3], pen.whisker(axis, r), *cells[row][3:])
    if table.row_count:
        yield table
    yield from pen.whys(((row.player, r) for row, r in known if row.role == "all"))
    for note in sentences.rating_notes(report):
        yield pen.bullet(" ", note, "dim")


def _rated(player: str, rating: Estimate, comparisons: int) -> tuple[str, ...]:
    between = "" if rating.low is None or rating.high is None else f"{rating.low:.0f}-{rating.high:.0f}"
    return f"  {player}", f"{rating.value:.0f}", between, f"{comparisons:,}"


def calibration(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield how confidence and truth go together, on whole debates."""
    table = pen.table("", ">says", ">is right", ">ECE", ">by chance", ">AUROC", ">slope", ">n")
    for judge, rows in groupby(reliable(report), key=lambda row: row.judge):
        pen.row(table, f"judge {judge}" if judge else "all judges", style="bold")
        for row in rows:
            says, right = (f"{share:.0%}" for share in said_and_right(row))
            shown = (wording.value(m) for m in (row.auroc, row.slope))
            chance = f"{row.ece_if_perfect_95:.2f}"
            pen.row(
                table,
                f"  {about(row)}",
                says,
                right,
                wording.value(row.ece),
                chance,
                *shown,
                f"{row.n_judgments:,}",
            )
    if table.row_count:
        yield table
    named = [(f"{about(row)}, {row.judge or 'all judges'}", row) for row in reliable(report)]
    yield from pen.whys((f"AUROC of {name}", row.auroc) for name, row in named)
    yield from pen.whys((f"slope of {name}", row.slope) for name, row in named)


def bias(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield what moves judges besides the truth."""
    both = any(isinstance(row.swaps.consistency, Estimate) for row in report.bias)
    more = (">same both ways",) if both else ()
    table = pen.table("judge", ">chose first", ">chose longer", ">position bias", *more, ">n")
    for row in report.bias:
        shares = wording.percent(row.chose_first), wording.percent(row.chose_longer)
        consistent = (wording.percent(row.swaps.consistency),) if both else ()
        pen.row(table, row.judge, *shares, wording.points(row.position), *consistent, pen.n(_shown(row)))
    if table.row_count:
        yield table
    yield from pen.whys((f"{row.judge}, displayed first", row.chose_first) for row in report.bias)
    yield from pen.whys((f"{row.judge}, longer", row.chose_longer) for row in report.bias)
    for sentence in sentences.favours(report):
        yield pen.bullet(" ", sentence, "dim")


def _shown(row: Bias) -> Measure:
    """Return the share that a row of biases has: people may have ruled without an order of answers."""
    return row.chose_first if isinstance(row.chose_first, Estimate) else row.chose_longer


def paths(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield mean beliefs after each round."""
    rounds = _spaced(sorted({step.after_round for row in report.belief_paths for step in row.steps}), pen.rounds)
    table = pen.table("", *(f">{'before' if r == 0 else r}" for r in rounds), ">swings", ">n")
    for judge, rows in groupby(report.belief_paths, key=lambda row: row.judge):
        pen.row(table, f"judge {judge}", style="bold")
        for row in rows:
            held = {step.after_round: wording.share(step.belief) for step in row.steps}
            beliefs = (held.get(r, "") for r in rounds)
            arm = label(row.protocol, None, row.agents)
            pen.row(table, f"  {arm}", *beliefs, wording.share(row.swings), pen.n(row.steps[-1].belief))
    if table.row_count:
        yield table


def _spaced(rounds: list[int], most: int) -> list[int]:
    """Return the rounds, or as many of them as there is room for: the first ones, and the last."""
    return rounds if len(rounds) <= most else [*rounds[: most - 1], rounds[-1]]


def quoted(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield how much of the passage debaters showed the judge, and whether what they quoted is there."""
    table = pen.table("", ">rounds", ">stand there", ">new a round", ">passage shown", ">debates")
    for row in report.evidence:
        if isinstance(row.verified, Estimate) and isinstance(row.rounds, Estimate):
            new = "" if row.new_per_round is None else f"{row.new_per_round:,.0f}"
            shown = f"{row.rounds.value:.1f}", wording.share(row.verified), new, wording.share(row.revealed)
            pen.row(table, label(row.protocol, None, row.agents), *shown, f"{row.n_debates:,}")
    if table.row_count:
        yield table


def agreement(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Yield how far judges who read the same ruled alike."""
    yield from (pen.bullet(" ", sentence) for sentence in sentences.agreement(report))


def _before(found: Comparison) -> str:
    return f"judge {found.b.rpartition(', ')[2]}"


def _compared(pen: Pen, found: Comparison) -> tuple[str, ...]:
    """Return the cells of a comparison: as many as there is room for."""
    arm = (found.b if _against(found)[1] else found.a).rpartition(", ")[0]
    more = wording.p_value(found.p), "" if found.effect_size is None else wording.signed(found.effect_size, 2)
    told = wording.points(found.difference), wording.p_value(found.p_adjusted), f"{found.n_questions:,}"
    return f"  {arm}", *told, *more[: 2 * pen.wide]


def _against(found: Comparison) -> tuple[str, bool]:
    """Return what a comparison is listed under, and whether it is its second arm that tells it from the rest."""
    a, b = (arm.rpartition(", ")[0] for arm in (found.a, found.b))
    return (f"minus {b}", False) if b == "naive" else (f"{a} minus", True)
