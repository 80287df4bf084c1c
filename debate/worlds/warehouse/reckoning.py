"""What was in store, which lines show it, and what comes out for a reader who misses one of them?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.warehouse.state import SIGN, Event, Good


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
    moves: tuple[Event, ...]
    """What moved it since it was last counted."""


class Reckoner:
    """Works out stocks from a warehouse's events."""

    def __init__(self, events: list[Event], almanac: Almanac) -> None:
        self.events = events
        self._almanac = almanac
        self.corrections = {event.corrects: event for event in events if event.corrects is not None}
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
        lines = [last, *self.lines(moves)]
        slips = [self._slip(event) for event in moves]
        refused = (event for event in until if event.number > last and event.kind == "refused")
        slips += [self._refused(event) for event in refused]
        later = next((event for event in own if event.day > day and event.kind in SIGN), None)
        if later is not None:
            slips.append(Slip(later.change, 0.2, f"what happened on {self._almanac.full(later.day)} came later"))
        slips += [
            self._other(event)
            for event in self.events
            if event.day == day and event.kind in SIGN and event.good != good
        ]
        amount = self.events[last].amount + sum(event.change for event in moves)
        return Stock(good, day, amount, tuple(dict.fromkeys(lines)), tuple(slips), tuple(moves))

    def lines(self, events: Iterable[Event], until: int | None = None) -> list[int]:
        """Return the entries of events with those that they refer to, and their corrections up to a day."""
        lines: list[int] = []
        for event in events:
            lines.append(event.number)
            if event.like is not None:
                lines.append(event.like)
            correction = self.corrections.get(event.number)
            if correction is not None and (until is None or correction.day <= until):
                lines.append(correction.number)
        return lines

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


def written(right: int, slips: Sequence[Slip], way: int, dice: Dice) -> tuple[list[str], Slip] | None:
    """Return four numbers, the right one and the lure first, and the slip that gives the lure.

    There must be slips of both sorts, and a coin decides which way the two further answers are off: so no answer is
    likelier for being larger.
    """
    sorts = {sign: [slip for slip in slips if slip.off * sign > 0] for sign in (1, -1)}
    if not sorts[1] or not sorts[-1]:
        return None
    chosen = {sign: dice.pick(sort) for sign, sort in sorts.items()}
    lure, further = chosen[way], abs(dice.pick(slips).off)
    if right + chosen[-1].off < further or further in (0, chosen[1].off, -chosen[-1].off):
        return None
    return (said, lure) if (said := beside(right, lure.off, further, dice)) else None


def beside(right: int, off: int, further: int, dice: Dice) -> list[str] | None:
    """Return a number, the same with `off` added, and both with `further` added or taken away, as a coin decides.

    There must be room below for both to be taken away, whichever it is.
    """
    if right - abs(off) - further < 0:
        return None
    further *= 1 if dice.flip() else -1
    said = [f"{right + step:,}" for step in (0, off, further, off + further)]
    if len({len(number) for number in said}) > 1:  # small stocks are rare, so the shorter number would be too
        return None
    return said
