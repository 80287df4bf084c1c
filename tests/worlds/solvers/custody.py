"""A second reader of the bench book: it follows each vial from label to label."""

from __future__ import annotations

import re

from tests.worlds.solvers.reading import DATE, sentences

PERSON = r"(?:Dr|Mr|Miss) [A-Z]\w+"


class Shelf:
    """What the reader knows so far: what each number holds and who keeps it."""

    def __init__(self) -> None:
        self.holds: dict[str, str] = {}
        self.keeps: dict[str, str] = {}
        self.kept: dict[str, list[str]] = {}
        self.read: dict[str, str] = {}

    def follow(self, sentence: str, kept_numbers: frozenset[str] = frozenset()) -> None:
        """Take in one sentence of the book, but for an exchange of numbers that were kept."""
        vials = re.findall(r"(?<![.\d])\b\d\d\b(?!\.\d)", sentence)
        people = re.findall(PERSON, sentence)
        lead = re.search(r"(\d+\.\d) micrograms", sentence)
        matter = re.search(r"[a-z]+ (?:water|mud|melt) from [A-Z]\w+(?: [A-Z]\w+)?", sentence)
        if lead:
            self.read[lead[1]] = self.holds[vials[0]]
        elif matter:
            self.holds[vials[0]] = matter[0]
            self.keep(matter[0], people[0])
        elif re.search(r"changed over|exchanged|swapped", sentence):
            one, other = vials
            if kept_numbers == {one, other}:
                return
            self.holds[one], self.holds[other] = self.holds[other], self.holds[one]
        elif re.search("poured away|Down the sink", sentence):
            del self.holds[vials[0]]
        elif (
            re.search(r"given the number|over into|renumbered|from now on|is in|goes by|by another number", sentence)
            and len(vials) == 2
        ):
            one, other = vials
            assert other not in self.holds
            self.holds[other] = self.holds.pop(one)
        elif re.search(r"signed|charge of", sentence) and len(vials) == 1:
            self.keep(self.holds[vials[0]], people[0])

    def keep(self, matter: str, person: str) -> None:
        """Put a sample into somebody's charge."""
        self.keeps[matter] = person
        self.kept.setdefault(matter, []).append(person)


def answer(text: str, question: str, answers: list[str]) -> str:
    """Return the answer that the text gives."""
    shelf = Shelf()
    until = re.search(DATE, question)
    kept = re.search(r"If (\d+) and (\d+) had kept their numbers on", question)
    for paragraph in text.split("\n\n")[1:]:
        date, *told = sentences(paragraph)
        today = until is not None and date.rstrip(".") == until[0]
        for sentence in told:
            shelf.follow(sentence, frozenset(kept.groups()) if kept and today else frozenset())
        if today:
            break
    return found(question, answers, shelf)


def found(question: str, answers: list[str], shelf: Shelf) -> str:
    """Return the answer that a shelf gives."""
    said = {one[0].lower() + one[1:]: one for one in answers}
    if lead := re.search(r"(\d+\.\d) micrograms", question):
        return said[shelf.read[lead[1]]]
    if "highest reading" in question:
        return said[next(shelf.read[lead] for lead in sorted(shelf.read, key=float)[::-1] if shelf.read[lead] in said)]
    if "had no reading" in question:
        (never,) = set(said) - set(shelf.read.values())
        return said[never]
    if number := re.search(r"would have been (\d+) when", question):
        return said[shelf.holds[number[1]]]
    if person := re.search(rf"was ({PERSON}) in charge", question):
        (theirs,) = [one for one in said if shelf.keeps[one] == person[1]]
        return said[theirs]
    matter = re.search(r"the ([a-z]+ (?:water|mud|melt) from [A-Z]\w+(?: [A-Z]\w+)?) (?:have|at|just)", question)
    assert matter
    if before := re.search(rf"just before ({PERSON}) had it", question):
        return shelf.kept[matter[1]][shelf.kept[matter[1]].index(before[1]) - 1]
    if question.startswith("Who"):
        return shelf.keeps[matter[1]]
    return next(f"Number {vial}" for vial, held in shelf.holds.items() if held == matter[1])
