"""What can be asked of the entries: sums, what was known when, what if, which was wrong, and who never dealt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.teller import Teller
from debate.worlds.warehouse.reckoning import Reckoner, Slip, Stock, beside
from debate.worlds.warehouse.state import Event, Good, Kind
from debate.worlds.world import Asked

_SPANS = 8  # of days, tried
_PASSED: dict[Kind, str] = {"in": "delivered to", "out": "issued from"}
_KEPT: dict[Kind, str] = {
    "in": "had been delivered to the warehouse",
    "out": "had been issued from the warehouse",
    "back": "had been returned to the warehouse",
    "spoilt": "had spoiled in the warehouse",
}


class Entries:
    """Makes questions about one book; numbers err upwards in it, or downwards, as `way` says."""

    def __init__(
        self, reckoner: Reckoner, stocks: list[Stock], way: int, almanac: Almanac, teller: Teller, dice: Dice
    ) -> None:
        self._reckoner = reckoner
        self._stocks = stocks
        self._way = way
        self._almanac = almanac
        self._teller = teller
        self._dice = dice

    def questions(self, goods: list[Good], days: list[int]) -> Iterator[Asked]:
        """Yield questions about stocks and goods of chance."""
        for stock in self._stocks:
            yield from self._known(stock)
            yield from self._without(stock)
        for good in goods:
            own = [event for event in self._reckoner.events if event.good == good and event.corrects is None]
            yield from self._mistaken(good, own)
            yield from self._nothing(good, own)
        for _ in range(_SPANS):
            one, other = self._dice.sample(goods, 2)
            first = self._dice.below(len(days))
            last = min(len(days) - 1, first + self._dice.between(2, 6))
            yield from self._flows((one, other), self._dice.pick(tuple(_PASSED)), days[first], days[last])

    def _known(self, stock: Stock) -> Iterator[Asked]:
        """Ask for a stock as far as the book then told it; the lure is what there was."""
        unknown = [
            event
            for event in stock.moves
            if (put := self._reckoner.corrections.get(event.number)) is not None and put.day > stock.day
        ]
        off = sum(event.change - event.change // event.amount * event.entered for event in unknown)
        if off * self._way <= 0:
            return
        further = abs(self._dice.pick(stock.slips).off)
        said = beside(stock.amount - off, off, further, self._dice)
        if said is None or further in (0, abs(off)):
            return
        date = self._almanac.full(stock.day)
        lines = {stock.lines[0], *self._reckoner.lines(stock.moves, stock.day)}
        yield self._numbers(
            "known",
            f"How many {stock.good.unit} of {stock.good.name} were in the warehouse at the close of {date}, for all "
            "that anybody could have told from the book on that evening?",
            said,
            lines,
            temptation=0.9,
            reason=f"What was written by then comes to {said[0]}; the correction that makes it {said[1]} came later.",
        )

    def _without(self, stock: Stock) -> Iterator[Asked]:
        """Ask for a stock if one entry's goods had never moved; the lure is what there was."""
        moves = [event for event in stock.moves if event.change * self._way > 0]
        if not moves:
            return
        event, further = self._dice.pick(moves), abs(self._dice.pick(stock.slips).off)
        said = beside(stock.amount - event.change, event.change, further, self._dice)
        if said is None or further in (0, event.amount):
            return
        then, close = self._almanac.full(event.day), self._almanac.full(stock.day)
        yield self._numbers(
            "counterfactual",
            f"If no {stock.good.name} {_KEPT[event.kind]} on {then}, and all else had gone as it did, how many "
            f"{stock.good.unit} would there have been at the close of {close}?",
            said,
            set(stock.lines),
            temptation=0.7,
            reason=f"There were {said[1]}; without the {event.amount} of that day there would have been {said[0]}.",
        )

    def _flows(self, goods: tuple[Good, Good], kind: Kind, first: int, last: int) -> Iterator[Asked]:
        """Ask of which of two kinds of goods more went one way over several days, where one slip turns it round."""
        flows = {good: self._flow(good, kind, first, last) for good in goods}
        more, less = sorted(goods, key=lambda good: -sum(event.amount for event in flows[good]))
        gap = sum(event.amount for event in flows[more]) - sum(event.amount for event in flows[less])
        slips = [Slip(event.amount, 0.3, "leaves out an entry") for event in flows[more]]
        slips += [Slip(event.amount - event.entered, 1.0, "overlooks a correction") for event in flows[more]]
        slips += [Slip(event.entered - event.amount, 1.0, "overlooks a correction") for event in flows[less]]
        slips += [
            Slip(event.amount, 0.8, "counts what came to nothing") for event in self._flow(less, "refused", first, last)
        ]
        turning = [slip for slip in slips if slip.off > gap]
        if not gap or not turning or not flows[less]:
            return
        slip = max(turning, key=lambda slip: slip.temptation)
        lines = set(self._reckoner.lines([*flows[more], *flows[less]]))
        one, other = goods
        yield Asked(
            kind="flow",
            text=f"Were more {one.unit} of {one.name} or more {other.unit} of {other.name} {_PASSED[kind]} the "
            f"warehouse from {self._almanac.full(first)} to {self._almanac.full(last)}, both days included, leaving "
            "aside what was returned or spoiled?",
            right=f"More {more.unit} of {more.name}",
            lure=f"More {less.unit} of {less.name}",
            others=(),
            evidence=self._teller.places(lines),
            hops=len(lines),
            temptation=slip.temptation,
            reason=f"Of the {more.name} there were {sum(event.amount for event in flows[more])} and of the {less.name} "
            f"{sum(event.amount for event in flows[less])}; it turns round for a reader who {slip.why}.",
        )

    def _flow(self, good: Good, kind: Kind, first: int, last: int) -> list[Event]:
        own = [event for event in self._reckoner.events if event.good == good and event.corrects is None]
        return [event for event in own if event.kind == kind and first <= event.day <= last]

    def _mistaken(self, good: Good, own: list[Event]) -> Iterator[Asked]:
        """Ask on which day the book was wrong; the lure is another day, which no statement makes likelier."""
        moved = [event for event in own if event.kind in _PASSED]
        wrong = {event.day for event in moved if event.entered != event.amount}
        sound = {event.day for event in moved} - wrong
        if not wrong or len(sound) < 3:
            return
        right = self._dice.pick(sorted(wrong))
        lure, *others = self._dice.sample(sorted(sound), 3)
        dates = [self._almanac.full(day) for day in (right, lure, *others)]
        (event,) = [event for event in moved if event.day == right and event.entered != event.amount][:1]
        yield Asked(
            kind="mistaken",
            text=f"For which of these days did the book at first give a number of {good.unit} of {good.name} that was "
            "wrong?",
            right=dates[0],
            lure=dates[1],
            others=tuple(dates[2:]),
            evidence=self._teller.places([event.number, self._reckoner.corrections[event.number].number]),
            hops=2,
            temptation=0.5,
            reason=f"The {event.entered} of {dates[0]} were {event.amount}; the entries of {dates[1]} were right.",
        )

    def _nothing(self, good: Good, own: list[Event]) -> Iterator[Asked]:
        """Ask with whom nothing came of it; the lure's entry gives no number."""
        dealt: dict[str, Event] = {}
        for event in own:
            if event.kind in ("in", "out", "back") and (event.partner not in dealt or event.like is not None):
                dealt[event.partner] = event
        refused = {event.partner: event for event in own if event.kind == "refused" and event.partner not in dealt}
        if not refused or len(dealt) < 3:
            return
        right = self._dice.pick(sorted(refused))
        vague = sorted(partner for partner, event in dealt.items() if event.like is not None)
        lure = self._dice.pick(vague or sorted(dealt))
        others = self._dice.sample(sorted(set(dealt) - {lure}), 2)
        lines = [refused[right].number, *(dealt[partner].number for partner in (lure, *others))]
        yield Asked(
            kind="nothing",
            text=f"Between which of these and the warehouse did no {good.name} ever change hands, for all that is said "
            "of it?",
            right=_capital(right),
            lure=_capital(lure),
            others=tuple(map(_capital, others)),
            evidence=self._teller.places(lines),
            hops=len(lines),
            temptation=0.5,
            reason=f"Nothing came of what is said of {right} on {self._almanac.full(refused[right].day)}; with {lure} "
            f"some did on {self._almanac.full(dealt[lure].day)}.",
        )

    def _numbers(
        self, kind: str, text: str, said: Sequence[str], lines: set[int], *, temptation: float, reason: str
    ) -> Asked:
        right, lure, *others = said
        return Asked(kind, text, right, lure, tuple(others), self._teller.places(lines), len(lines), temptation, reason)


def _capital(said: str) -> str:
    return said[0].upper() + said[1:]
