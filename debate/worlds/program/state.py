"""A machine with four counters, a program of a few lines that is changed now and then, and runs of it with mishaps."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from debate.worlds.dice import Dice

Verb: TypeAlias = Literal["add", "raise", "where", "differ", "copy", "exchange"]

COLOURS = ("red", "blue", "green", "white")
WHEEL = 60
"""A counter is a wheel of so many teeth, from 0 on; after the last comes 0 again."""


class Line(NamedTuple):
    """A line of the program as it was written at some time; `fact` names that statement."""

    fact: Hashable
    number: int
    verb: Verb
    on: str
    """The counter that it changes."""
    by: str = ""
    other: str = ""
    amount: int = 0
    above: int = 0


class Mishap(NamedTuple):
    """A line left out on one pass, or a counter turned by hand before one."""

    fact: Hashable
    at: int
    """The pass, from 0."""
    line: int = 0
    colour: str = ""
    value: int = 0


class Run(NamedTuple):
    """One run with all that decides its end."""

    number: int
    day: int
    program: tuple[Line, ...]
    before: tuple[Line | None, ...]
    """What each line was before it was last changed."""
    start: dict[str, int]
    passes: int
    mishaps: tuple[Mishap, ...]


class Result(NamedTuple):
    """What the counters show, and which statements each value rests on."""

    values: dict[str, int]
    grounds: dict[str, frozenset[Hashable]]


def execute(run: Run) -> Result:
    """Go through the lines, pass by pass."""
    values = dict(run.start)
    grounds: dict[str, frozenset[Hashable]] = dict.fromkeys(COLOURS, frozenset([(run.number, "start")]))
    for at in range(run.passes):
        for mishap in run.mishaps:
            if mishap.at == at and mishap.colour:
                values[mishap.colour] = mishap.value
                grounds[mishap.colour] = frozenset([mishap.fact])
        left_out = {mishap.line: mishap.fact for mishap in run.mishaps if mishap.at == at and mishap.line}
        for line in run.program:
            if line.number in left_out:
                for colour in (line.on, line.by) if line.verb == "exchange" else (line.on,):
                    grounds[colour] |= {left_out[line.number], line.fact}
            else:
                _obey(line, values, grounds)
    return Result(values, grounds)


def _obey(line: Line, values: dict[str, int], grounds: dict[str, frozenset[Hashable]]) -> None:
    on, by = line.on, line.by
    if line.verb == "exchange":
        values[on], values[by] = values[by], values[on]
        grounds[on], grounds[by] = grounds[by] | {line.fact}, grounds[on] | {line.fact}
        return
    if line.verb == "add":
        values[on] += values[by]
        grounds[on] |= grounds[by]
    elif line.verb == "raise":
        values[on] += line.amount
    elif line.verb == "where":
        values[on] += line.amount if values[by] > line.above else 0
        grounds[on] |= grounds[by]
    elif line.verb == "differ":
        values[on] = values[by] - values[line.other]
        grounds[on] = grounds[by] | grounds[line.other]
    else:
        values[on] = values[by]
        grounds[on] = grounds[by]
    values[on] %= WHEEL
    grounds[on] |= {line.fact}


@dataclass
class Machine:
    """The machine, its program as it stands, and the runs made so far."""

    dice: Dice
    difficulty: float
    program: list[Line] = field(default_factory=list)
    before: list[Line | None] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    changes: int = 0

    @classmethod
    def built(cls, dice: Dice, difficulty: float) -> Machine:
        """Return a machine with a program that has not run yet."""
        machine = cls(dice, difficulty)
        lines = 2 + round(3 * difficulty)
        verbs: list[Verb] = dice.shuffled(("add", "add", "raise", "where", "differ", "copy", "exchange"))
        for number in range(1, lines + 1):
            machine.program.append(machine._line(number, verbs[number - 1]))
            machine.before.append(None)
        return machine

    def change(self) -> Line:
        """Write one line anew."""
        place = self.dice.below(len(self.program))
        old = self.program[place]
        verbs: tuple[Verb, ...] = ("add", "raise", "where", "differ", "copy", "exchange")
        self.before[place] = old
        self.program[place] = self._line(old.number, self.dice.pick([verb for verb in verbs if verb != old.verb]))
        return self.program[place]

    def run(self, day: int) -> Run:
        """Make a run."""
        passes = 1 + round(2 * self.difficulty * self.dice.share() + 0.5 * self.difficulty)
        number = len(self.runs) + 1
        mishaps = [
            self._mishap(number, which, passes) for which in range(2) if self.dice.flip(0.25 + 0.5 * self.difficulty)
        ]
        distinct = {(mishap.at, mishap.line, mishap.colour): mishap for mishap in mishaps}
        start = {colour: self.dice.below(WHEEL) for colour in COLOURS}
        in_order = sorted(distinct.values(), key=lambda mishap: (mishap.at, mishap.line))
        run = Run(number, day, tuple(self.program), tuple(self.before), start, passes, tuple(in_order))
        self.runs.append(run)
        return run

    def _mishap(self, run: int, which: int, passes: int) -> Mishap:
        fact, at = (run, "mishap", which), self.dice.below(passes)
        if at and self.dice.flip():
            return Mishap(fact, at, colour=self.dice.pick(COLOURS), value=self.dice.below(WHEEL))
        return Mishap(fact, at, line=self.dice.pick(self.program).number)

    def _line(self, number: int, verb: Verb) -> Line:
        on, by, other = self.dice.sample(COLOURS, 3)
        self.changes += 1
        fact = ("line", self.changes)
        if verb == "raise":
            return Line(fact, number, verb, on, amount=self.dice.between(4, WHEEL - 4))
        if verb == "where":
            amount, above = self.dice.between(4, WHEEL - 4), self.dice.between(20, 40)
            return Line(fact, number, verb, on, by, amount=amount, above=above)
        return Line(fact, number, verb, on, by, other if verb == "differ" else "")
