"""A laboratory's bench book: which sample was it, what was its number, who had it?"""

from __future__ import annotations

from debate.worlds.custody.asking import Asker
from debate.worlds.custody.prose import BenchBook
from debate.worlds.custody.state import Laboratory
from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.names import PLACES
from debate.worlds.world import Tale

_TITLES = ("Bench Book of the {place} Laboratory", "The Water Laboratory at {place}", "Lead in the Water of {place}")


class Custody:
    """Samples whose numbers change, are exchanged and are used again."""

    name = "custody"
    genre = "laboratory book"

    def tell(self, dice: Dice, *, words: int, difficulty: float) -> Tale:
        """Run a laboratory day by day until its book is as long as wanted."""
        almanac = Almanac(dice.below(7))
        laboratory = Laboratory.opened(dice, difficulty)
        book = BenchBook(almanac, laboratory.staff, dice)
        day = dice.below(300)
        while book.teller.words < words:
            if almanac.weekday(day) not in ("Saturday", "Sunday"):
                book.write(day, laboratory.work(day))
            day += 1
        asked = tuple(Asker(laboratory, almanac, book.teller, dice).questions())
        return Tale(dice.pick(_TITLES).format(place=dice.pick(PLACES)), book.teller.text, asked)
