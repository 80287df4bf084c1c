"""The diary of a branch line: when did a train arrive, and which coach was still to be had?"""

from __future__ import annotations

from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.railway.asking import Asker
from debate.worlds.railway.prose import Diary
from debate.worlds.railway.state import Line
from debate.worlds.world import Tale

_TITLES = ("Diary of the {place} Branch", "The {place} Line, Day by Day", "Notes from the {place} Branch")


class Railway:
    """A working timetable that is altered, and trains that lose and make up time."""

    name = "railway"
    genre = "diary"

    def tell(self, dice: Dice, *, words: int, difficulty: float) -> Tale:
        """Run trains day by day until the diary is as long as wanted."""
        almanac = Almanac(dice.below(7))
        line = Line.opened(dice, difficulty)
        diary = Diary(line, almanac, dice)
        day = dice.below(200)
        taken = 0
        while words - diary.teller.words > taken / 2:
            before = diary.teller.words
            altered = line.alter() if line.trains and dice.flip(0.1 + 0.3 * difficulty) else None
            diary.write(day, altered, line.work(day))
            day += 1
            taken = diary.teller.words - before
        asked = tuple(Asker(line, almanac, diary.teller, dice).questions())
        return Tale(dice.pick(_TITLES).format(place=line.stations[-1]), diary.teller.text, asked)
