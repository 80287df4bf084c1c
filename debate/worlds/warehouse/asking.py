"""What can be asked of the stocks, and what a reader answers who misses a line of the book."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.teller import Teller
from debate.worlds.warehouse.entries import Entries
from debate.worlds.warehouse.reckoning import Reckoner, Stock, written
from debate.worlds.warehouse.state import Event, Good
from debate.worlds.world import Asked

_DAYS, _TRIES = 12, 40  # days looked at, and stocks or pairs of stocks


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
    yield from Entries(reckoner, stocks, way, almanac, teller, dice).questions(goods, days)


def _how_many(stock: Stock, way: int, almanac: Almanac, teller: Teller, dice: Dice) -> Iterator[Asked]:
    """Ask for a number; the lure errs upwards where `way` is 1."""
    numbers = written(stock.amount, stock.slips, way, dice)
    if numbers is None:
        return
    said, lure = numbers
    yield Asked(
        kind="stock",
        text=f"How many {stock.good.unit} of {stock.good.name} were in the warehouse at the close of "
        f"{almanac.full(stock.day)}?",
        right=said[0],
        lure=said[1],
        others=(said[2], said[3]),
        evidence=teller.places(stock.lines),
        hops=len(stock.lines),
        temptation=lure.temptation,
        reason=f"From the count before it the entries come to {said[0]}; {said[1]} is wrong because {lure.why}.",
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
