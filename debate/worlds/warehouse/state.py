"""What happens in a warehouse: goods come, go and spoil, are miscounted on paper and put right, and are counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from debate.worlds.dice import Dice
from debate.worlds.names import PLACES, SURNAMES

Kind: TypeAlias = Literal["in", "out", "back", "spoilt", "count", "refused", "corrected"]

SIGN: dict[Kind, int] = {"in": 1, "back": 1, "out": -1, "spoilt": -1}
"""What moves the stock, and which way."""
GOODS = (
    *(("barley", "sacks"), ("tar", "barrels"), ("lamp glass", "crates"), ("wool", "bales"), ("vinegar", "casks")),
    *(("rope", "coils"), ("white lead", "drums"), ("tea", "chests"), ("roofing slate", "stacks"), ("salt", "bags")),
    *(("linseed oil", "cans"), ("candles", "boxes"), ("sailcloth", "bolts"), ("soap", "cases"), ("flour", "tubs")),
    *(("copper wire", "reels"), ("newsprint", "rolls"), ("cider", "kegs"), ("dried fish", "bundles")),
)


class Good(NamedTuple):
    """A kind of goods and what it is counted in."""

    name: str
    unit: str


class Event(NamedTuple):
    """One thing that happened."""

    number: int
    day: int
    kind: Kind
    good: Good
    amount: int
    """How many there truly were."""
    entered: int
    """How many the book says on the day."""
    partner: str = ""
    like: int | None = None
    """The event that the book names instead of a number: as many as that one had."""
    corrects: int | None = None

    @property
    def change(self) -> int:
        """What it did to the stock."""
        return SIGN.get(self.kind, 0) * self.amount


class Temper(NamedTuple):
    """How tangled the matter is, from the dial."""

    moves: int
    errors: float
    likenesses: float
    refusals: float
    counts: float

    @classmethod
    def of(cls, difficulty: float) -> Temper:
        """Set the chances of each complication by the dial."""
        return cls(
            moves=4 + round(2 * difficulty),
            errors=0.02 + 0.14 * difficulty,
            likenesses=0.25 * difficulty,
            refusals=0.05 + 0.15 * difficulty,
            counts=0.35 - 0.25 * difficulty,
        )


@dataclass
class Warehouse:
    """A warehouse as it stands, and everything that happened in it."""

    goods: list[Good]
    partners: list[str]
    dice: Dice
    temper: Temper
    events: list[Event] = field(default_factory=list)
    stock: dict[Good, int] = field(default_factory=dict)
    _owed: list[tuple[int, Event]] = field(default_factory=list)

    @classmethod
    def opened(cls, dice: Dice, *, kinds: int, difficulty: float) -> Warehouse:
        """Return a warehouse whose stock nobody has counted yet."""
        goods = [Good(*pair) for pair in dice.sample(GOODS, kinds)]
        house = cls(goods, _partners(dice), dice, Temper.of(difficulty))
        house.stock = {good: dice.between(90, 380) for good in goods}
        return house

    def count_all(self, day: int) -> list[Event]:
        """Count every kind of goods before the first day's work."""
        return [self._happens(day, "count", good, self.stock[good]) for good in self.goods]

    def work(self, day: int) -> list[Event]:
        """Let a day happen: corrections that are due first, counts when the doors are shut."""
        happened = self.settle(day, everything=False)
        taken: set[tuple[Good, Kind]] = set()
        for _ in range(self.temper.moves):
            if (event := self._move(day, taken)) is not None:
                happened.append(event)
        counted = [good for good in self.goods if self.dice.flip(self.temper.counts)]
        return happened + [self._happens(day, "count", good, self.stock[good]) for good in counted]

    def settle(self, day: int, *, everything: bool = True) -> list[Event]:
        """Correct wrong entries: those whose time has come, or all."""
        due = [event for when, event in self._owed if everything or when <= day]
        self._owed = [owed for owed in self._owed if owed[1] not in due]
        return [self._correct(day, event) for event in due]

    def _move(self, day: int, taken: set[tuple[Good, Kind]]) -> Event | None:
        good, kind = self.dice.pick(self.goods), self._kind()
        if (good, kind) in taken or (kind == "refused" and (good, "out") in taken):
            return None
        taken.add((good, kind))
        like = self._like(good) if kind in ("in", "out") else None
        amount = like.amount if like else self.dice.between(11, 58)
        if SIGN.get(kind) == -1 and self.stock[good] - amount < 25:
            kind, like, amount = "in", None, self.dice.between(30, 70)
            if (good, kind) in taken:
                return None
            taken.add((good, kind))
        entered = amount
        if kind in ("in", "out") and like is None and self.dice.flip(self.temper.errors):
            entered = _slip(amount, self.dice)
        event = self._happens(day, kind, good, amount, entered, like=like.number if like else None)
        if entered != amount:
            self._owed.append((day + self.dice.between(1, 5), event))
        return event

    def _kind(self) -> Kind:
        if self.dice.flip(self.temper.refusals):
            return "refused"
        return self.dice.pick(("in", "in", "in", "out", "out", "out", "back", "spoilt"))

    def _like(self, good: Good) -> Event | None:
        """Return an event of another kind of goods whose number is rightly on the book."""
        if not self.dice.flip(self.temper.likenesses):
            return None
        near = [e for e in self.events[-30:] if e.kind in ("in", "out") and e.good != good and e.like is None]
        right = [e for e in near if e.entered == e.amount]
        return self.dice.pick(right) if right else None

    def _correct(self, day: int, event: Event) -> Event:
        number = len(self.events)
        corrected = event._replace(number=number, day=day, kind="corrected", corrects=event.number)
        self.events.append(corrected)
        return corrected

    def _happens(
        self, day: int, kind: Kind, good: Good, amount: int, entered: int | None = None, like: int | None = None
    ) -> Event:
        partner = self.dice.pick(self.partners)
        number = len(self.events)
        event = Event(number, day, kind, good, amount, amount if entered is None else entered, partner, like)
        self.events.append(event)
        self.stock[good] += event.change
        return event


def _partners(dice: Dice) -> list[str]:
    names = dice.sample(SURNAMES, 8)
    firms = [f"{one} & {other}" for one, other in zip(names[:2], names[2:4], strict=True)]
    people = [f"{dice.pick(('Mr', 'Mrs', 'Miss', 'Captain'))} {name}" for name in names[4:]]
    bodies = dice.sample(("the hospital", "the lifeboat station", "the parish", "the railway", "the school"), 2)
    return [*firms, *people, *bodies, *(f"the dealer at {place}" for place in dice.sample(PLACES, 2))]


def _slip(amount: int, dice: Dice) -> int:
    """Return a number that a tired hand writes for another: its figures exchanged, or a wrong ten."""
    exchanged = int(str(amount)[::-1])
    if exchanged != amount and exchanged > 10 and dice.flip():
        return exchanged
    return amount + 10 if amount < 22 or dice.flip() else amount - 10
