"""A family's letters: who had the barometer?"""

from __future__ import annotations

from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.letters.asking import Asker
from debate.worlds.letters.prose import Box
from debate.worlds.letters.state import Circle
from debate.worlds.names import PLACES
from debate.worlds.teller import Teller
from debate.worlds.world import Tale

_TITLES = ("Letters from {place}", "A Box of Letters, {place}", "The {place} Letters")
_LAST = 60  # words left, when a letter may be the last and has to tell everything


class Letters:
    """Letters that tell who was given what, out of order, by kinship and by reference to other things."""

    name = "letters"
    genre = "letters"

    def tell(self, dice: Dice, *, words: int, difficulty: float) -> Tale:
        """Let things go round a family, and print as many letters as are wanted."""
        almanac = Almanac(dice.below(7))
        circle = Circle.opened(dice, difficulty, things=5 + (words > 1_500))
        box = Box(circle, almanac, dice)
        day = dice.below(60)
        pages: list[Teller] = []
        left = words - box.teller.words
        while left > 0:
            pages.append(box.letter(circle.write(day, last=left < _LAST)))
            left -= pages[-1].words
            day += 1
        if circle.untold:
            pages.append(box.letter(circle.write(day, last=True)))
        order = _disordered(len(pages), difficulty, dice)
        for place in order:
            box.teller.add(pages[place])
        printed = {letter: place for place, letter in enumerate(order)}
        asked = tuple(Asker(circle, printed, almanac, box.teller, dice).questions())
        return Tale(dice.pick(_TITLES).format(place=dice.pick(PLACES)), box.teller.text, asked)


def _disordered(number: int, difficulty: float, dice: Dice) -> list[int]:
    """Return the letters in the order of print: the harder, the further they lie from their places."""
    reach = 1 + difficulty * number / 2
    return sorted(range(number), key=lambda letter: letter + reach * dice.share())
