"""What can be asked of the journal, and what comes out for a reader who overlooks a line of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from debate.worlds.dice import Dice
from debate.worlds.program.state import COLOURS, WHEEL, Mishap, Result, Run, execute
from debate.worlds.teller import Teller
from debate.worlds.world import Asked

_RUNS = 12  # looked at
_ALIKE = 2.0  # times as far off as its opposite a slip may be, so that neither way tells which answer is right

Reading: TypeAlias = Callable[[Run], Run]
"""How a reader misunderstands a run."""


class Slip(NamedTuple):
    """A misreading, how much speaks for it, and what it overlooks."""

    reading: Reading
    temptation: float
    why: str


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
        seen = [Seen(slip, execute(slip.reading(run)).values) for slip in _slips(run)]
        for colour in COLOURS:
            offs = [((one.values[colour] - result.values[colour]) % WHEEL, one.slip) for one in seen]
            found = _fair(offs, way, dice)
            if found is not None:
                yield _shown(run, colour, result, found, teller, dice)


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
    return execute(_without(mishap)(run)).values[colour] != right


def _slips(run: Run) -> Iterator[Slip]:
    for mishap in run.mishaps:
        what = f"the {mishap.colour} counter's being turned by hand" if mishap.colour else "the line left out"
        yield Slip(_without(mishap), 0.8, f"{what} is overlooked")
    for place, old in enumerate(run.before):
        if old is not None:
            yield Slip(_outdated(place), 1.0, f"line {old.number} is read as it was before it was changed")
    for line in run.program:
        yield Slip(_skipping(line.number), 0.4, f"line {line.number} is passed over")
    if run.passes > 1:
        yield Slip(lambda run: run._replace(passes=run.passes - 1), 0.5, "a pass is forgotten")
    yield Slip(lambda run: run._replace(passes=run.passes + 1), 0.2, "a pass too many is counted")


def _without(mishap: Mishap) -> Reading:
    return lambda run: run._replace(mishaps=tuple(one for one in run.mishaps if one != mishap))


def _outdated(place: int) -> Reading:
    def reading(run: Run) -> Run:
        old = run.before[place]
        assert old is not None
        return run._replace(program=(*run.program[:place], old, *run.program[place + 1 :]))

    return reading


def _skipping(number: int) -> Reading:
    return lambda run: run._replace(program=tuple(line for line in run.program if line.number != number))
