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
        self.read: dict[str, str] = {}

    def follow(self, sentence: str) -> None:
        """Take in one sentence of the book."""
        vials = re.findall(r"(?<![.\d])\b\d\d\b(?!\.\d)", sentence)
        people = re.findall(PERSON, sentence)
        lead = re.search(r"(\d+\.\d) micrograms", sentence)
        matter = re.search(r"[a-z]+ (?:water|mud|melt) from [A-Z]\w+(?: [A-Z]\w+)?", sentence)
        if lead:
            self.read[lead[1]] = self.holds[vials[0]]
        elif matter:
            self.holds[vials[0]] = matter[0]
            self.keeps[matter[0]] = people[0]
        elif re.search(r"changed over|exchanged|swapped", sentence):
            one, other = vials
            self.holds[one], self.holds[other] = self.holds[other], self.holds[one]
        elif re.search("poured away|Down the sink", sentence):
            del self.holds[vials[0]]
        elif re.search(r"given the number|over into|renumbered|from now on|is in", sentence) and len(vials) == 2:
            one, other = vials
            assert other not in self.holds
            self.holds[other] = self.holds.pop(one)
        elif re.search(r"signed|charge of", sentence) and len(vials) == 1:
            self.keeps[self.holds[vials[0]]] = people[0]


def answer(text: str, question: str, answers: list[str]) -> str:
    """Return the answer that the text gives."""
    shelf = Shelf()
    until = re.search(DATE, question)
    for paragraph in text.split("\n\n")[1:]:
        date, *told = sentences(paragraph)
        for sentence in told:
            shelf.follow(sentence)
        if until and date.rstrip(".") == until[0]:
            break
    if lead := re.search(r"(\d+\.\d) micrograms", question):
        return next(one for one in answers if one.lower() == shelf.read[lead[1]].lower())
    matter = re.search(r"the ([a-z]+ (?:water|mud|melt) from [A-Z]\w+(?: [A-Z]\w+)?) (?:have|at)", question)
    assert matter
    if question.startswith("Who"):
        return shelf.keeps[matter[1]]
    return next(f"Number {vial}" for vial, held in shelf.holds.items() if held == matter[1])
