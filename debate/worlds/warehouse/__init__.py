"""A storekeeper's book: what was in store at the end of a day?"""

from __future__ import annotations

from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.names import MEN, PLACES
from debate.worlds.warehouse.asking import questions
from debate.worlds.warehouse.prose import Book
from debate.worlds.warehouse.state import Warehouse as House
from debate.worlds.world import Tale

_TITLES = ("The Storekeeper's Book, {place}", "Day Book of the {place} Warehouse", "Goods In and Out at {place}")


class Warehouse:
    """A warehouse ledger with counts, corrections and entries that refer to other entries."""

    name = "warehouse"
    genre = "ledger"

    def tell(self, dice: Dice, *, words: int, difficulty: float) -> Tale:
        """Run a warehouse day by day until its book is as long as wanted."""
        almanac = Almanac(dice.below(7))
        house = House.opened(dice, kinds=4 + (words > 600) + 2 * (words > 2_000), difficulty=difficulty)
        book = Book(almanac, dice.pick(MEN), house.partners, dice)
        day = dice.below(300)
        days: list[int] = []
        book.open(day, house.count_all(day))
        while not days or book.teller.words < words:
            if almanac.weekday(day) != "Sunday":
                book.write(day, house.work(day), house.events)
                days.append(day)
            day += 1
        if left := house.settle(day):
            book.write(day, left, house.events)
        asked = tuple(questions(house.events, house.goods, days, almanac, book.teller, dice))
        return Tale(dice.pick(_TITLES).format(place=dice.pick(PLACES)), book.teller.text, asked)
