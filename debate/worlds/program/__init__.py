"""The journal of a counting machine: what did a counter show when a run was over?"""

from __future__ import annotations

from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.names import PLACES, SURNAMES
from debate.worlds.program.asking import questions
from debate.worlds.program.prose import Journal
from debate.worlds.program.state import Machine
from debate.worlds.world import Tale

_TITLES = ("Journal of the Machine at {house}", "The Counting Machine of {house}", "Runs Made at {house}")


class Program:
    """A short program, changed now and then, and a record of runs in which not everything went by the program."""

    name = "program"
    genre = "journal"

    def tell(self, dice: Dice, *, words: int, difficulty: float) -> Tale:
        """Make runs until the journal is as long as wanted."""
        house = f"{dice.pick(PLACES)} {dice.pick(('Institute', 'Observatory', 'Mill', 'Hall'))}"
        people = [f"{dice.pick(('Mr', 'Mrs', 'Miss', 'Dr'))} {name}" for name in dice.sample(SURNAMES, 5)]
        journal = Journal(Almanac(dice.below(7)), people, house, dice)
        machine = Machine.built(dice, difficulty)
        journal.listing(machine.program)
        day = dice.below(250)
        while journal.teller.words < words:
            day += dice.below(2)
            if machine.runs and dice.flip(0.08 + 0.2 * difficulty):
                journal.change(day, machine.change())
            journal.run(machine.run(day))
        asked = tuple(questions(machine.runs, journal.teller, dice))
        return Tale(dice.pick(_TITLES).format(house=house), journal.teller.text, asked)
