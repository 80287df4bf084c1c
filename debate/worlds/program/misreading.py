"""In which ways can a reader misunderstand a run?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from debate.worlds.numbers import spelled
from debate.worlds.program.prose import ORDINALS
from debate.worlds.program.state import Mishap, Run

Reading: TypeAlias = Callable[[Run], Run]
"""How a reader misunderstands a run."""


class Slip(NamedTuple):
    """A misreading, how much speaks for it, and what it overlooks."""

    reading: Reading
    temptation: float
    why: str


def slips(run: Run) -> Iterator[Slip]:
    """Yield what can be overlooked in a run, read as it was earlier, or miscounted."""
    for mishap in run.mishaps:
        yield Slip(without(mishap), 0.8, f"{happening(mishap)} is overlooked")
    for place, old in enumerate(run.before):
        if old is not None:
            yield Slip(_outdated(place), 1.0, f"line {spelled(old.number)} is read as it was before it was changed")
    for line in run.program:
        yield Slip(_skipping(line.number), 0.4, f"line {spelled(line.number)} is passed over on every pass")
    if run.passes > 1:
        yield Slip(lambda run: run._replace(passes=run.passes - 1), 0.5, "the last pass is forgotten")
    yield Slip(lambda run: run._replace(passes=run.passes + 1), 0.2, "one pass too many is made")


def happening(mishap: Mishap) -> str:
    """Return what a mishap is called."""
    nth = ORDINALS[mishap.at]
    if mishap.colour:
        return f"the {mishap.colour} counter's being turned by hand before the {nth} pass"
    return f"line {spelled(mishap.line)}'s being left out on the {nth} pass"


def without(mishap: Mishap) -> Reading:
    """Return the reading that overlooks a mishap."""
    return lambda run: run._replace(mishaps=tuple(one for one in run.mishaps if one != mishap))


def _outdated(place: int) -> Reading:
    def reading(run: Run) -> Run:
        old = run.before[place]
        assert old is not None
        return run._replace(program=(*run.program[:place], old, *run.program[place + 1 :]))

    return reading


def _skipping(number: int) -> Reading:
    return lambda run: run._replace(program=tuple(line for line in run.program if line.number != number))
