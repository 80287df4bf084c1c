"""A hotel detective's notes: who was where, and who was alone when something was taken?"""

from __future__ import annotations

from debate.worlds.alibis.asking import Asker
from debate.worlds.alibis.prose import USUAL, Notes, company
from debate.worlds.alibis.state import evening, guests
from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.names import PLACES
from debate.worlds.world import Tale

_TITLES = ("Notes on the Thefts at the {house}", "What Was Taken at the {house}", "The {house}: Some Evenings")


class Alibis:
    """Evenings in a hotel, told by everybody's account of themselves and by a clock that may be wrong."""

    name = "alibis"
    genre = "detective's notes"

    def tell(self, dice: Dice, *, words: int, difficulty: float) -> Tale:
        """Let as many evenings happen as there is room for."""
        house = f"{dice.pick(('Grand Hotel', 'Hotel Bristol', 'Royal Hotel', 'Station Hotel'))} at {dice.pick(PLACES)}"
        almanac = Almanac(dice.below(7))
        notes = Notes(house, almanac, dice)
        opening = notes.teller.words
        number = max(1, round((words - opening) / USUAL))
        everybody = guests(dice, company((words - opening) / number))
        day = dice.below(200)
        evenings = []
        for place in range(number):
            evenings.append(evening(dice, place, day, everybody, difficulty))
            notes.write(evenings[-1], words=opening + (words - opening) * (place + 1) // number)
            day += 1 + dice.below(2)
        asked = tuple(Asker(everybody, almanac, notes.teller, dice).questions(evenings))
        return Tale(dice.pick(_TITLES).format(house=house), notes.teller.text, asked)
