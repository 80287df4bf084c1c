"""What can be asked of runs besides their ends: what if, which most, what does not matter, and who went wrong where."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from itertools import pairwise

from debate.worlds.dice import Dice
from debate.worlds.numbers import spelled
from debate.worlds.program.misreading import happening, slips, without
from debate.worlds.program.prose import meaning
from debate.worlds.program.state import COLOURS, WHEEL, Line, Result, Run, execute
from debate.worlds.teller import Teller
from debate.worlds.world import Asked

_RUNS = 6  # looked at


class Reckoning:
    """Makes questions for which a run is worked through more than once; `way` is that of the passage's lures."""

    def __init__(self, runs: list[Run], teller: Teller, dice: Dice, way: int) -> None:
        self._runs = runs
        self._teller = teller
        self._dice = dice
        self._way = way

    def questions(self) -> Iterator[Asked]:
        """Yield questions about runs of chance."""
        looked = [(run, execute(run)) for run in self._dice.sample(self._runs, _RUNS)]
        for run, result in looked:
            yield from self._without(run, result)
            yield from self._most(run, result)
            yield from self._alone(run, result)
            yield from self._version()
            yield from self._mistaken(run, result)
        for one, other in pairwise(looked):
            yield from self._which_run(one, other)

    def _without(self, run: Run, result: Result) -> Iterator[Asked]:
        """Ask what would have come out but for a mishap; the lure is what did."""
        cases = [(mishap, colour) for mishap in run.mishaps for colour in COLOURS]
        for mishap, colour in self._dice.shuffled(cases):
            changed = execute(without(mishap)(run))
            right, lure = changed.values[colour], result.values[colour]
            off = (lure - right) % WHEEL
            if not off or off == WHEEL // 2 or (off < WHEEL / 2) != (self._way > 0):
                continue
            further = self._dice.pick([step for step in range(1, WHEEL) if step not in (off, WHEEL - off)])
            facts = self._facts(run, changed, [colour]) | {mishap.fact}
            yield Asked(
                kind="counterfactual",
                text=f"Without {happening(mishap)}, what would the {colour} counter have shown at the end of run "
                f"{run.number}?",
                right=str(right),
                lure=str(lure),
                others=tuple(str((right + step) % WHEEL) for step in (further, off + further)),
                evidence=self._teller.places(facts),
                hops=len(facts),
                temptation=0.9,
                reason=f"Worked through without it the counter comes to {right}; as it was run it came to {lure}.",
            )
            return

    def _most(self, run: Run, result: Result) -> Iterator[Asked]:
        """Ask for the highest counter; the lure is the highest for a reader who slips."""
        first, second = sorted(COLOURS, key=lambda colour: -result.values[colour])[:2]
        if result.values[first] == result.values[second]:
            return
        for slip in self._dice.shuffled(list(slips(run))):
            read = execute(slip.reading(run)).values
            lure = max(COLOURS, key=lambda colour: read[colour])
            if lure != first:
                break
        else:
            return
        facts = self._facts(run, result, COLOURS)
        yield Asked(
            kind="largest",
            text=f"Which counter showed the most at the end of run {run.number}?",
            right=f"The {first} one",
            lure=f"The {lure} one",
            others=tuple(f"The {colour} one" for colour in COLOURS if colour not in (first, lure)),
            evidence=self._teller.places(facts),
            hops=len(facts),
            temptation=slip.temptation,
            reason=f"It showed {result.values[first]} and the {lure} one {result.values[lure]}; the {lure} one comes "
            f"out highest if {slip.why}.",
        )

    def _alone(self, run: Run, result: Result) -> Iterator[Asked]:
        """Ask which one counter a line does not matter to, or matters to."""
        for line in self._dice.shuffled(run.program):
            short = execute(run._replace(program=tuple(one for one in run.program if one != line)))
            same = [colour for colour in COLOURS if short.values[colour] == result.values[colour]]
            changed = [colour for colour in COLOURS if colour not in same]
            if len(same) == 1 or len(changed) == 1:
                break
        else:
            return
        (right,), others = (same, changed) if len(same) == 1 else (changed, same)
        lure, *rest = self._dice.shuffled(others)
        facts = self._facts(run, result, COLOURS) | {line.fact}
        shows = "what it did show" if len(same) == 1 else "something else than it did show"
        yield Asked(
            kind="dependence",
            text=f"If line {spelled(line.number)} had been left out on every pass of run {run.number}, one counter "
            f"alone would have shown {shows} at the end. Which?",
            right=f"The {right} one",
            lure=f"The {lure} one",
            others=tuple(f"The {colour} one" for colour in rest),
            evidence=self._teller.places(facts),
            hops=len(facts),
            temptation=0.4,
            reason=f"The {right} one comes to {result.values[right]} with that line and {short.values[right]} without; "
            f"the {lure} one to {result.values[lure]} and {short.values[lure]}.",
        )

    def _version(self) -> Iterator[Asked]:
        """Ask for a line of the program as it stood; the lure is the same line of another time."""
        versions: dict[int, list[Line]] = {}
        for line in dict.fromkeys(line for one in self._runs for line in one.program):
            versions.setdefault(line.number, []).append(line)
        changed = [lines for lines in versions.values() if len(lines) > 1]
        if not changed:
            return
        line, lure = self._dice.sample(self._dice.pick(changed), 2)
        run = self._dice.pick([one for one in self._runs if line in one.program])
        rest = sorted({meaning(one) for one in run.program if one != line} - {meaning(line), meaning(lure)})
        if meaning(line) == meaning(lure) or len(rest) < 2:
            return
        earlier = versions[line.number].index(lure) < versions[line.number].index(line)
        yield Asked(
            kind="version",
            text=f"What was line {spelled(line.number)} of the program when run {run.number} was made?",
            right=meaning(line),
            lure=meaning(lure),
            others=tuple(self._dice.sample(rest, 2)),
            evidence=self._teller.places([line.fact]),
            hops=1,
            temptation=0.9 if earlier else 0.4,
            reason=f"That is how it stood then; the other is the same line {'earlier' if earlier else 'later'}.",
        )

    def _mistaken(self, run: Run, result: Result) -> Iterator[Asked]:
        """Ask which one mistake gives a wrong result; any of the answers could have been made."""
        colour = self._dice.pick(COLOURS)
        right_value = result.values[colour]
        made = {execute(slip.reading(run)).values[colour]: slip for slip in self._dice.shuffled(list(slips(run)))}
        made.pop(right_value, None)
        if len(made) < 3:
            return
        (value, right), (other, lure), *rest = self._dice.sample(list(made.items()), 4)
        facts = self._facts(run, result, [colour])
        yield Asked(
            kind="mistake",
            text=f"Somebody worked out from this journal that the {colour} counter showed {value} at the end of run "
            f"{run.number}, and made one mistake. Which?",
            right=_capital(right.why),
            lure=_capital(lure.why),
            others=tuple(_capital(slip.why) for _, slip in rest),
            evidence=self._teller.places(facts),
            hops=len(facts),
            temptation=lure.temptation,
            reason=f"It comes to {right_value}; {value} comes out if {right.why}, and {other} if {lure.why}.",
        )

    def _which_run(self, one: tuple[Run, Result], other: tuple[Run, Result]) -> Iterator[Asked]:
        """Ask in which of two runs a counter ended higher, where one slip turns it round."""
        colour = self._dice.pick(COLOURS)
        (high, most), (low, least) = sorted((one, other), key=lambda pair: -pair[1].values[colour])
        if most.values[colour] == least.values[colour]:
            return
        turning = [slip for slip in slips(high) if execute(slip.reading(high)).values[colour] < least.values[colour]]
        turning += [slip for slip in slips(low) if execute(slip.reading(low)).values[colour] > most.values[colour]]
        if not turning:
            return
        slip = self._dice.pick(turning)
        first, second = sorted((high.number, low.number))
        facts = self._facts(high, most, [colour]) | self._facts(low, least, [colour])
        yield Asked(
            kind="comparison",
            text=f"Did the {colour} counter show more at the end of run {first} or at the end of run {second}?",
            right=f"At the end of run {high.number}",
            lure=f"At the end of run {low.number}",
            others=(),
            evidence=self._teller.places(facts),
            hops=len(facts),
            temptation=slip.temptation,
            reason=f"It came to {most.values[colour]} in run {high.number} and {least.values[colour]} in run "
            f"{low.number}; it is the other way round if {slip.why}.",
        )

    def _facts(self, run: Run, result: Result, colours: Iterable[str]) -> set[Hashable]:
        facts: set[Hashable] = {fact for colour in colours for fact in result.grounds[colour]}
        return facts | {(run.number, "passes")} | {mishap.fact for mishap in run.mishaps}


def _capital(said: str) -> str:
    return said[0].upper() + said[1:]
