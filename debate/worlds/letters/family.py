"""A family of two generations, and what its members call each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from debate.worlds.dice import Dice
from debate.worlds.names import MEN, WOMEN


class Person(NamedTuple):
    """A member of the family."""

    name: str
    woman: bool


class Household(NamedTuple):
    """A couple with two children, the elder first; each household is stated in one sentence."""

    heir: Person
    spouse: Person
    children: tuple[Person, Person]


class Kin(NamedTuple):
    """What somebody calls somebody, without a name: "my mother" from one, "your mother" to another."""

    word: str
    person: Person
    household: int


class Family(NamedTuple):
    """The households of three sisters and brothers."""

    households: tuple[Household, ...]

    @classmethod
    def drawn(cls, dice: Dice) -> Family:
        """Return a family of chance; no two have the same name."""
        women, men = dice.shuffled(WOMEN), dice.shuffled(MEN)

        def person(woman: bool) -> Person:
            return Person((women if woman else men).pop(), woman)

        households = []
        for _ in range(3):
            woman = dice.flip()
            children = (person(dice.flip()), person(dice.flip()))
            households.append(Household(person(woman), person(not woman), children))
        return cls(tuple(households))

    @property
    def people(self) -> list[Person]:
        """Everybody."""
        return [one for house in self.households for one in (house.heir, house.spouse, *house.children)]

    def kin(self, of: Person) -> Iterator[Kin]:
        """Yield what a person calls the others of the same household."""
        at = next(
            place for place, house in enumerate(self.households) if of in (house.heir, house.spouse, *house.children)
        )
        house = self.households[at]
        elder, younger = house.children
        if of in house.children:
            for parent in (house.heir, house.spouse):
                yield Kin("mother" if parent.woman else "father", parent, at)
            other = younger if of == elder else elder
            age = "younger" if other == younger else "elder"
            yield Kin(f"{age} {'sister' if other.woman else 'brother'}", other, at)
        else:
            other = house.spouse if of == house.heir else house.heir
            yield Kin("wife" if other.woman else "husband", other, at)
            for age, child in (("elder", elder), ("younger", younger)):
                yield Kin(f"{age} {'daughter' if child.woman else 'son'}", child, at)
