"""What can be asked of the bench book, and what a reader answers who misses a change of number."""

from __future__ import annotations

from collections.abc import Iterator

from debate.worlds.custody.shelves import Shelves
from debate.worlds.custody.state import Laboratory, Sample, Step
from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.teller import Teller
from debate.worlds.world import Asked

_TRIES = 30  # samples asked about


class Asker:
    """Makes questions about one laboratory."""

    def __init__(self, laboratory: Laboratory, almanac: Almanac, teller: Teller, dice: Dice) -> None:
        self._laboratory = laboratory
        self._almanac = almanac
        self._teller = teller
        self._dice = dice
        self._owners: dict[int, list[tuple[int, Sample]]] = {}
        for sample in laboratory.samples:
            for step, number in sample.numbers:
                self._owners.setdefault(number, []).append((step.number, sample))

    def questions(self) -> Iterator[Asked]:
        """Yield questions about samples of chance."""
        for sample in self._dice.sample(self._laboratory.samples, _TRIES):
            for reading in sample.readings:
                yield from self._which(sample, reading)
            for day in self._days(sample):
                yield from self._number(sample, day)
                yield from self._keeper(sample, day)
        yield from Shelves(self._laboratory, self._almanac, self._teller, self._dice).questions()

    def _days(self, sample: Sample) -> list[int]:
        last = sample.gone.day - 1 if sample.gone else self._laboratory.steps[-1].day
        days = sorted({step.day for step in self._laboratory.steps if sample.numbers[0][0].day <= step.day <= last})
        return self._dice.sample(days, 3)

    def _which(self, sample: Sample, reading: Step) -> Iterator[Asked]:
        """Ask which sample gave a reading; the lure had the number before, or has had it since."""
        lines = [step for step, _ in sample.numbers if step.number < reading.number]
        others = [
            (number, one) for number, one in self._owners[reading.vial] if one is not sample and number < reading.number
        ]
        if others:
            lure, temptation = max(others, key=lambda owner: owner[0])[1], 1.0
        else:
            lure, temptation = self._dice.pick([one for one in self._laboratory.samples if one is not sample]), 0.2
        rest = [one for one in self._laboratory.samples if one not in (sample, lure)]
        wrong = self._dice.sample(rest, 2)
        why = f"had the number {reading.vial} at another time" if others else "never had that number before"
        yield Asked(
            kind="origin",
            text=f"Which sample gave the reading of {reading.reading} micrograms of lead?",
            right=_capital(sample.matter),
            lure=_capital(lure.matter),
            others=tuple(_capital(one.matter) for one in wrong),
            evidence=self._teller.places([*(step.number for step in lines), reading.number]),
            hops=len(lines) + 1,
            temptation=temptation,
            reason=f"At the time number {reading.vial} was the {sample.matter}; the {lure.matter} {why}.",
        )

    def _number(self, sample: Sample, day: int) -> Iterator[Asked]:
        """Ask for the number of a sample; the lure is the one that it had before."""
        past = [(step, number) for step, number in sample.numbers if step.day <= day]
        if len(past) < 2 or past[-1][1] == past[-2][1]:
            return
        right, lure = past[-1][1], past[-2][1]
        wrong = [number for number in self._owners if number not in (right, lure)]
        if len(wrong) < 2:
            return
        date = self._almanac.full(day)
        yield Asked(
            kind="number",
            text=f"Which number did the {sample.matter} have at the end of {date}?",
            right=f"Number {right}",
            lure=f"Number {lure}",
            others=tuple(f"Number {number}" for number in self._dice.sample(wrong, 2)),
            evidence=self._teller.places([step.number for step, _ in past]),
            hops=len(past),
            temptation=0.3,
            reason=f"It had {lure} only until {self._almanac.full(past[-1][0].day)}, when it became {right}.",
        )

    def _keeper(self, sample: Sample, day: int) -> Iterator[Asked]:
        """Ask who has charge of a sample; the lure had it before."""
        keepers = [(step, person) for step, person in sample.keepers if step.day <= day]
        if len(keepers) < 2:
            return
        (last, right), lure = keepers[-1], keepers[-2][1]
        lines = [step for step, _ in sample.numbers if step.number < last.number]
        wrong = [person for person in self._laboratory.staff if person not in (right, lure)]
        yield Asked(
            kind="keeper",
            text=f"Who had charge of the {sample.matter} at the end of {self._almanac.full(day)}?",
            right=right,
            lure=lure,
            others=tuple(self._dice.sample(wrong, 2)),
            evidence=self._teller.places([*(step.number for step in lines), last.number]),
            hops=len(lines) + 1,
            temptation=0.6,
            reason=f"{right} signed for it on {self._almanac.full(last.day)}, when it was number {last.vial}; until "
            f"then {lure} had it.",
        )


def _capital(said: str) -> str:
    return said[0].upper() + said[1:]
