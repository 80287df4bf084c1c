"""What happens to samples in a laboratory: they come in, change numbers and keepers, are measured and go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from debate.worlds.dice import Dice
from debate.worlds.names import PLACES, SURNAMES

Kind: TypeAlias = Literal["logged", "renumbered", "exchanged", "handed", "measured", "poured"]

MATTER = (
    "well water",
    "rain water",
    "river mud",
    "snow melt",
    "pond water",
    "tap water",
    "ditch water",
    "spring water",
)
_SHELF = 8  # samples in the laboratory at a time


class Step(NamedTuple):
    """One entry of the bench book; `vial` and `other` are numbers as they were before it."""

    number: int
    day: int
    kind: Kind
    vial: int
    other: int = 0
    """The new number, or that of the vial that numbers are exchanged with."""
    person: str = ""
    reading: str = ""
    matter: str = ""


@dataclass
class Sample:
    """A sample with its past: which number it had from which entry on, and which keeper."""

    matter: str
    numbers: list[tuple[Step, int]] = field(default_factory=list)
    keepers: list[tuple[Step, str]] = field(default_factory=list)
    readings: list[Step] = field(default_factory=list)
    gone: Step | None = None

    @property
    def vial(self) -> int:
        """The number that it has now."""
        return self.numbers[-1][1]

    @property
    def keeper(self) -> str:
        """Who has it now."""
        return self.keepers[-1][1]


@dataclass
class Laboratory:
    """A laboratory as it stands, with all that its bench book says."""

    dice: Dice
    staff: list[str]
    unused: list[str]
    renumbering: float
    steps: list[Step] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    _readings: set[str] = field(default_factory=set)

    @classmethod
    def opened(cls, dice: Dice, difficulty: float) -> Laboratory:
        """Return a laboratory without samples."""
        staff = [f"{dice.pick(('Dr', 'Mr', 'Miss'))} {name}" for name in dice.sample(SURNAMES, 6)]
        unused = dice.shuffled([f"{matter} from {place}" for matter in MATTER for place in PLACES])
        return cls(dice, staff, unused, renumbering=0.15 + 0.4 * difficulty)

    @property
    def here(self) -> list[Sample]:
        """The samples that have not been poured away."""
        return [sample for sample in self.samples if sample.gone is None]

    def work(self, day: int) -> list[Step]:
        """Let a day happen."""
        first = len(self.steps)
        while len(self.here) < _SHELF - self.dice.below(3) and self.unused:
            self._log(day)
        for _ in range(self.dice.between(4, 6)):
            self._act(day)
        return self.steps[first:]

    def _act(self, day: int) -> None:
        sample = self.dice.pick(self.here)
        if self.dice.flip(self.renumbering):
            if self.dice.flip(0.4):
                self._exchange(day, sample)
            else:
                self._renumber(day, sample)
        elif self.dice.flip(0.5):
            self._hand(day, sample)
        elif len(sample.numbers) > 1 + self.dice.below(6) and sample.readings and self.unused:
            sample.gone = self._step(day, "poured", sample.vial)
        else:
            self._measure(day, sample)

    def _log(self, day: int) -> None:
        sample = Sample(self.unused.pop())
        step = self._step(day, "logged", self._free(), person=self.dice.pick(self.staff), matter=sample.matter)
        sample.numbers.append((step, step.vial))
        sample.keepers.append((step, step.person))
        self.samples.append(sample)

    def _renumber(self, day: int, sample: Sample) -> None:
        step = self._step(day, "renumbered", sample.vial, self._free(), self.dice.pick(self.staff))
        sample.numbers.append((step, step.other))

    def _exchange(self, day: int, sample: Sample) -> None:
        other = self.dice.pick([one for one in self.here if one is not sample])
        step = self._step(day, "exchanged", sample.vial, other.vial, self.dice.pick(self.staff))
        sample.numbers.append((step, step.other))
        other.numbers.append((step, step.vial))

    def _hand(self, day: int, sample: Sample) -> None:
        person = self.dice.pick([one for one in self.staff if one != sample.keeper])
        sample.keepers.append((self._step(day, "handed", sample.vial, person=person), person))

    def _measure(self, day: int, sample: Sample) -> None:
        reading = f"{self.dice.between(11, 999) / 10:.1f}"
        if reading not in self._readings:
            self._readings.add(reading)
            sample.readings.append(
                self._step(day, "measured", sample.vial, person=self.dice.pick(self.staff), reading=reading)
            )

    def _free(self) -> int:
        """Return a number that no vial has, likely one that another has had."""
        taken = {sample.vial for sample in self.here}
        return self.dice.pick([number for number in range(11, 11 + 2 * _SHELF) if number not in taken])

    def _step(
        self, day: int, kind: Kind, vial: int, other: int = 0, person: str = "", reading: str = "", matter: str = ""
    ) -> Step:
        step = Step(len(self.steps), day, kind, vial, other, person, reading, matter)
        self.steps.append(step)
        return step
