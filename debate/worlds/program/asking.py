"""What can be asked of the journal, and what comes out for a reader who overlooks a line of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from debate.worlds.dice import Dice
from debate.worlds.program.misreading import Slip, slips, without
from debate.worlds.program.reckoning import Reckoning
from debate.worlds.program.state import COLOURS, WHEEL, Mishap, Result, Run, execute
from debate.worlds.teller import Teller
from debate.worlds.world import Asked

_RUNS = 12  # looked at
_ALIKE = 2.0  # times as far off as its opposite a slip may be, so that neither way tells which answer is right

Off: TypeAlias = tuple[int, Slip]
"""How far forwards on the wheel a slip errs."""


class Seen(NamedTuple):
    """A slip, and what the counters show to a reader who makes it."""

    slip: Slip
    values: dict[str, int]


def questions(runs: list[Run], teller: Teller, dice: Dice) -> Iterator[Asked]:
    """Yield questions about the ends of runs of chance; in one passage all lures err the same way on the wheel."""
    way = 1 if dice.flip() else -1
    for run in dice.sample(runs, _RUNS):
        result = execute(run)
        seen = [Seen(slip, execute(slip.reading(run)).values) for slip in slips(run)]
        for colour in COLOURS:
            offs = [((one.values[colour] - result.values[colour]) % WHEEL, one.slip) for one in seen]
            found = _fair(offs, way, dice)
            if found is not None:
                yield _shown(run, colour, result, found, teller, dice)
    yield from Reckoning(runs, teller, dice, way).questions()


def _fair(offs: list[Off], way: int, dice: Dice) -> Off | None:
    """Return a slip forwards or backwards on the wheel, as `way` says, where there is one of like size either way."""
    forwards = [pair for pair in offs if 0 < pair[0] < WHEEL / 2]
    backwards = [pair for pair in offs if pair[0] > WHEEL / 2]
    if not forwards or not backwards:
        return None
    ahead = dice.pick(forwards)
    behind = min(backwards, key=lambda pair: abs(WHEEL - pair[0] - ahead[0]))
    less, more = sorted((ahead[0], WHEEL - behind[0]))
    return None if more > _ALIKE * less else ahead if way > 0 else behind


def _shown(run: Run, colour: str, result: Result, found: Off, teller: Teller, dice: Dice) -> Asked:
    """Ask what a counter shows; the two further answers are as far from each other as the first two."""
    right, (off, lure) = result.values[colour], found
    further = dice.pick([step for step in range(1, WHEEL) if step not in (off, WHEEL - off)])
    wrong = [(right + step) % WHEEL for step in (off, further, off + further)]
    facts = result.grounds[colour] | {mishap.fact for mishap in run.mishaps if _matters(run, mishap, colour, right)}
    if run.passes > 1:
        facts |= {(run.number, "passes")}
    return Asked(
        kind="counter",
        text=f"What did the {colour} counter show at the end of run {run.number}?",
        right=str(right),
        lure=str(wrong[0]),
        others=(str(wrong[1]), str(wrong[2])),
        evidence=teller.places(facts),
        hops=len(facts),
        temptation=lure.temptation,
        reason=f"Worked through as it was run it comes to {right}; {wrong[0]} comes out if {lure.why}.",
    )


def _matters(run: Run, mishap: Mishap, colour: str, right: int) -> bool:
    return execute(without(mishap)(run)).values[colour] != right
