"""What can be asked of the book, and what a reader answers who misses a line of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.teller import Teller
from debate.worlds.warehouse.state import SIGN, Event, Good
from debate.worlds.world import Asked

_DAYS, _TRIES = 12, 40  # days looked at, and stocks or pairs of stocks


class Slip(NamedTuple):
    """A way to go wrong by one line: what it adds to the stock, and how much speaks for it."""

    off: int
    temptation: float
    why: str


class Stock(NamedTuple):
    """What there was of one kind of goods at the end of a day, and the lines that show it."""

    good: Good
    day: int
    amount: int
    lines: tuple[int, ...]
    slips: tuple[Slip, ...]


class Reckoner:
    """Works out stocks from a warehouse's events."""

    def __init__(self, events: list[Event], almanac: Almanac) -> None:
        self._events = events
        self._almanac = almanac
        self._corrections = {event.corrects: event for event in events if event.corrects is not None}
        self._of: dict[Good, list[Event]] = {}
        for event in events:
            self._of.setdefault(event.good, []).append(event)

    def stock(self, good: Good, day: int) -> Stock | None:
        """Return a stock at the close of a day, or nothing where it was counted that very day."""
        own = [event for event in self._of[good] if event.corrects is None]
        until = [event for event in own if event.day <= day]
        last = max(event.number for event in until if event.kind == "count")
        moves = [event for event in until if event.number > last and event.kind in SIGN]
        if not moves:
            return None
        lines, slips = [last], []
        for event in moves:
            lines.append(event.number)
            slips.append(self._slip(event))
            if event.like is not None:
                lines.append(event.like)
            if (correction := self._corrections.get(event.number)) is not None:
                lines.append(correction.number)
        refused = (event for event in until if event.number > last and event.kind == "refused")
        slips += [self._refused(event) for event in refused]
        later = next((event for event in own if event.day > day and event.kind in SIGN), None)
        if later is not None:
            slips.append(Slip(later.change, 0.2, f"what happened on {self._almanac.full(later.day)} came later"))
        slips += [
            self._other(event)
            for event in self._events
            if event.day == day and event.kind in SIGN and event.good != good
        ]
        amount = self._events[last].amount + sum(event.change for event in moves)
        return Stock(good, day, amount, tuple(dict.fromkeys(lines)), tuple(slips))

    def _slip(self, event: Event) -> Slip:
        day = self._almanac.full(event.day)
        if event.entered != event.amount:
            off = SIGN[event.kind] * (event.entered - event.amount)
            return Slip(off, 1.0, f"the entry of {day} was put right later")
        if event.like is not None:
            return Slip(-event.change, 0.5, f"the entry of {day} names another instead of a number")
        return Slip(-event.change, 0.1, f"the entry of {day} counts too")

    def _other(self, event: Event) -> Slip:
        return Slip(event.change, 0.1, f"one of the entries of {self._almanac.full(event.day)} is of {event.good.name}")

    def _refused(self, event: Event) -> Slip:
        way = event.number % 2 * 2 - 1  # a reader may take it for a delivery or for an issue
        return Slip(
            way * event.amount, 0.8, f"the {event.entered} of {self._almanac.full(event.day)} never moved the stock"
        )


def questions(
    events: list[Event], goods: list[Good], days: list[int], almanac: Almanac, teller: Teller, dice: Dice
) -> Iterator[Asked]:
    """Yield questions about stocks on days of chance."""
    reckoner = Reckoner(events, almanac)
    looked = dice.sample([(good, day) for day in dice.sample(days, _DAYS) for good in goods], _TRIES)
    stocks = [stock for good, day in looked if (stock := reckoner.stock(good, day)) is not None]
    way = 1 if dice.flip() else -1
    for stock in stocks:
        yield from _how_many(stock, way, almanac, teller, dice)
    for one, other in pairwise(stocks):
        yield from _which_more(one, reckoner.stock(other.good, one.day), almanac, teller)


def _how_many(stock: Stock, way: int, almanac: Almanac, teller: Teller, dice: Dice) -> Iterator[Asked]:
    """Ask for a number; the lure errs upwards where `way` is 1.

    There must be slips of both sorts, and a coin decides which way the two further answers are off: so no answer is
    likelier for being larger.
    """
    sorts = {sign: [slip for slip in stock.slips if slip.off * sign > 0] for sign in (1, -1)}
    if not sorts[1] or not sorts[-1]:
        return
    chosen = {sign: dice.pick(sort) for sign, sort in sorts.items()}
    right, lure, further = stock.amount, chosen[way], abs(dice.pick(stock.slips).off)
    if right + chosen[-1].off < further or further in (0, chosen[1].off, -chosen[-1].off):
        return
    further *= 1 if dice.flip() else -1
    written = [f"{right + off:,}" for off in (0, lure.off, further, lure.off + further)]
    if len({len(number) for number in written}) > 1:  # small stocks are rare, so the shorter number would be too
        return
    yield Asked(
        kind="stock",
        text=f"How many {stock.good.unit} of {stock.good.name} were in the warehouse at the close of "
        f"{almanac.full(stock.day)}?",
        right=written[0],
        lure=written[1],
        others=(written[2], written[3]),
        evidence=teller.places(stock.lines),
        hops=len(stock.lines),
        temptation=lure.temptation,
        reason=f"From the count before it the entries come to {written[0]}; {written[1]} is wrong because {lure.why}.",
    )


def _which_more(one: Stock, other: Stock | None, almanac: Almanac, teller: Teller) -> Iterator[Asked]:
    """Ask which stock was larger, where one slip turns it round."""
    if other is None or other.good == one.good or other.amount == one.amount:
        return
    more, less = (one, other) if one.amount > other.amount else (other, one)
    gap = more.amount - less.amount
    turns = [slip for slip in more.slips if slip.off < -gap] + [slip for slip in less.slips if slip.off > gap]
    if not turns:
        return
    slip = max(turns, key=lambda slip: slip.temptation)
    first, second = sorted((one.good, other.good))
    lines = {*one.lines, *other.lines}
    yield Asked(
        kind="comparison",
        text=f"Were there more {first.unit} of {first.name} or more {second.unit} of {second.name} in the warehouse "
        f"at the close of {almanac.full(one.day)}?",
        right=f"More {more.good.unit} of {more.good.name}",
        lure=f"More {less.good.unit} of {less.good.name}",
        others=(),
        evidence=teller.places(lines),
        hops=len(lines),
        temptation=slip.temptation,
        reason=f"There were {more.amount} of the {more.good.name} and {less.amount} of the {less.good.name}; "
        f"{slip.why}.",
    )
