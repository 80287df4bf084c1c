"""What can be asked of several samples together: the most lead, none at all, whose charge, and an exchange undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from debate.worlds.custody.state import Laboratory, Sample, Step
from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.teller import Teller
from debate.worlds.world import Asked

_TRIES = 12  # questions tried of each kind
_READINGS = 6  # more of one sample would be a list and not a question
_LABELLING = ("logged", "renumbered", "exchanged", "poured")


class Shelves:
    """Makes questions that put samples side by side."""

    def __init__(self, laboratory: Laboratory, almanac: Almanac, teller: Teller, dice: Dice) -> None:
        self._laboratory = laboratory
        self._almanac = almanac
        self._teller = teller
        self._dice = dice

    def questions(self) -> Iterator[Asked]:
        """Yield questions about samples and days of chance."""
        days = sorted({step.day for step in self._laboratory.steps})
        for sample in self._dice.sample(self._laboratory.samples, _TRIES):
            yield from self._before(sample)
        for day in self._dice.sample(days, _TRIES):
            yield from self._most()
            yield from self._never(day)
            yield from self._charge(day)
        exchanges = [step for step in self._laboratory.steps if step.kind == "exchanged"]
        for step in self._dice.sample(exchanges, _TRIES):
            yield from self._undone(step)

    def _before(self, sample: Sample) -> Iterator[Asked]:
        """Ask who had a sample before somebody; the lure had it after."""
        people = [person for _, person in sample.keepers]
        places = [at for at in range(1, len(people)) if people.count(people[at]) == 1]
        if not places:
            return
        at = self._dice.pick(places)
        before, person = people[at - 1], people[at]
        after = people[at + 1] if at + 1 < len(people) and people[at + 1] != before else ""
        others = [one for one in self._laboratory.staff if one not in (before, person, after)]
        lure = after or self._dice.pick(others)
        steps = [*self._chain(sample, sample.keepers[at][0]), sample.keepers[at - 1][0]]
        yield self._asked(
            "before",
            f"Who had charge of the {sample.matter} just before {person} had it?",
            (before, lure),
            [one for one in others if one != lure],
            steps,
            temptation=0.6 if after else 0.2,
            reason=f"{person} had it of {before}, on {self._almanac.full(sample.keepers[at][0].day)}"
            f"{f'; {after} had it afterwards' if after else ''}.",
        )

    def _most(self) -> Iterator[Asked]:
        """Ask for the highest reading; the lure is the next highest."""
        measured = [sample for sample in self._laboratory.samples if 0 < len(sample.readings) <= _READINGS]
        four = self._dice.sample(measured, 4)
        if len(four) < 4:
            return
        best = {id(one): max(one.readings, key=lambda step: float(step.reading)) for one in four}
        right, lure, *others = sorted(four, key=lambda one: -float(best[id(one)].reading))
        yield self._asked(
            "highest",
            "Which of these samples gave the highest reading of lead?",
            (_capital(right.matter), _capital(lure.matter)),
            [_capital(one.matter) for one in others],
            [step for one in four for reading in one.readings for step in self._chain(one, reading)],
            temptation=0.5,
            reason=f"It once gave {best[id(right)].reading}, as number {best[id(right)].vial}; the {lure.matter} never "
            f"gave more than {best[id(lure)].reading}.",
        )

    def _never(self, day: int) -> Iterator[Asked]:
        """Ask for a sample without a reading; the lure was measured under another number than its first."""
        here = [sample for sample in self._laboratory.samples if sample.numbers[0][0].day <= day]
        read = {id(one): [step for step in one.readings if step.day <= day] for one in here}
        without = [sample for sample in here if not read[id(sample)]]
        measured = [sample for sample in here if read[id(sample)]]
        if not without or len(measured) < 3:
            return
        hidden = [one for one in measured if read[id(one)][0].vial != one.numbers[0][1]]
        right, lure = self._dice.pick(without), self._dice.pick(hidden or measured)
        others = self._dice.sample([one for one in measured if one is not lure], 2)
        steps = [step for one in (lure, *others) for step in self._chain(one, read[id(one)][0])]
        yield self._asked(
            "unmeasured",
            f"Of which of these samples had no reading of lead been taken by the end of {self._almanac.full(day)}?",
            (_capital(right.matter), _capital(lure.matter)),
            [_capital(one.matter) for one in others],
            [right.numbers[0][0], *steps],
            temptation=0.8 if hidden else 0.3,
            reason=f"No reading before that is of the {right.matter}; the {lure.matter} gave "
            f"{read[id(lure)][0].reading}, as number {read[id(lure)][0].vial}.",
        )

    def _charge(self, day: int) -> Iterator[Asked]:
        """Ask which sample somebody had; the lure had been in the same charge before."""
        keeps = {
            id(one): [(step, person) for step, person in one.keepers if step.day <= day]
            for one in self._laboratory.samples
            if one.numbers[0][0].day <= day and (one.gone is None or one.gone.day > day)
        }
        here = [one for one in self._laboratory.samples if id(one) in keeps]
        right = self._dice.pick(here)
        last, person = keeps[id(right)][-1]
        rest = [one for one in here if keeps[id(one)][-1][1] != person]
        once = [one for one in rest if any(had == person for _, had in keeps[id(one)])]
        if not once or len(rest) < 3:
            return
        lure = self._dice.pick(once)
        yield self._asked(
            "charge",
            f"Which of these samples was {person} in charge of at the end of {self._almanac.full(day)}?",
            (_capital(right.matter), _capital(lure.matter)),
            [_capital(one.matter) for one in self._dice.sample([one for one in rest if one is not lure], 2)],
            self._chain(right, last),
            temptation=0.6,
            reason=f"{person} signed for it as number {last.vial} and had it still; the {lure.matter} had gone to "
            f"{keeps[id(lure)][-1][1]}.",
        )

    def _undone(self, exchange: Step) -> Iterator[Asked]:
        """Ask what a number would have been but for an exchange; the lure is what it was."""
        touched = {exchange.vial, exchange.other}
        others = [step for step in self._laboratory.steps if step.day == exchange.day and step.kind in _LABELLING]
        later = [step for step in others if step.number > exchange.number and touched & {step.vial, step.other}]
        twice = [step for step in others if step.kind == "exchanged" and {step.vial, step.other} == touched]
        if later or len(twice) > 1:
            return
        was, now = self._holder(exchange.other, exchange), self._holder(exchange.vial, exchange)
        here = [one for one in self._laboratory.samples if self._there(one, exchange) and one not in (was, now)]
        if len(here) < 2:
            return
        yield self._asked(
            "counterfactual",
            f"If {exchange.vial} and {exchange.other} had kept their numbers on {self._almanac.full(exchange.day)}, "
            f"which sample would have been {exchange.other} when the day was over?",
            (_capital(was.matter), _capital(now.matter)),
            [_capital(one.matter) for one in self._dice.sample(here, 2)],
            self._chain(was, exchange),
            temptation=0.9,
            reason=f"The {was.matter} had that number until the exchange, which gave it to the {now.matter}.",
        )

    def _holder(self, vial: int, at: Step) -> Sample:
        """Return the sample that had a number just before an entry."""
        held = [one for one in self._laboratory.samples if self._there(one, at)]
        return next(one for one in held if [n for step, n in one.numbers if step.number < at.number][-1] == vial)

    def _there(self, sample: Sample, at: Step) -> bool:
        gone = sample.gone is not None and sample.gone.number < at.number
        return sample.numbers[0][0].number < at.number and not gone

    def _chain(self, sample: Sample, until: Step) -> list[Step]:
        """Return the entries that lead from a sample's first number to an entry, and that entry."""
        return [*(step for step, _ in sample.numbers if step.number < until.number), until]

    def _asked(
        self,
        kind: str,
        text: str,
        pair: tuple[str, str],
        others: Sequence[str],
        steps: Sequence[Step],
        *,
        temptation: float,
        reason: str,
    ) -> Asked:
        right, lure = pair
        evidence = self._teller.places([step.number for step in steps])
        wrong = tuple(self._dice.sample(others, 2))
        return Asked(kind, text, right, lure, wrong, evidence, len({*steps}), temptation, reason)


def _capital(said: str) -> str:
    return said[0].upper() + said[1:]
