"""A second reader of the family's letters: it puts the moves in order of their dates and follows each thing."""

from __future__ import annotations

import re
from typing import NamedTuple

from tests.worlds.solvers.reading import DATE, MONTHS, sentences

CAP = r"[A-Z]\w+"


class Moved(NamedTuple):
    when: int
    thing: str
    to: str
    beside: bool


def ordinal(date: str) -> int:
    """Return a number that orders dates within a year."""
    _, day, month = date.split()
    return 40 * MONTHS.index(month) + int(day)


def households(intro: str) -> dict[str, dict[str, str]]:
    """Return what each person calls the others: by word, the name."""
    called: dict[str, dict[str, str]] = {}
    patterns = (
        rf"({CAP}) was married to ({CAP}), and their children were ({CAP}) and, younger, ({CAP})",
        rf"({CAP}) and ({CAP}) were a couple with two children, of whom ({CAP}) was the elder and ({CAP})",
        rf"({CAP}) had two children by ({CAP}), first ({CAP}) and then ({CAP})",
    )
    for heir, spouse, elder, younger in (found for pattern in patterns for found in re.findall(pattern, intro)):
        for one, other in ((heir, spouse), (spouse, heir)):
            called[one] = {"spouse": other, "elder child": elder, "younger child": younger}
        called[elder] = {"parents": f"{heir} {spouse}", "younger sibling": younger}
        called[younger] = {"parents": f"{heir} {spouse}", "elder sibling": elder}
    return called


def kin(word: str, of: str, called: dict[str, dict[str, str]]) -> str:
    """Return who is meant by a word of kinship."""
    mine = called[of]
    if word in ("wife", "husband"):
        return mine["spouse"]
    if word in ("mother", "father"):
        one, other = mine["parents"].split()
        return one if is_woman(one) == (word == "mother") else other
    age, relation = word.split()
    return mine[f"{age} {'child' if relation in ('daughter', 'son') else 'sibling'}"]


WOMEN = {
    *("Agnes", "Beatrix", "Clara", "Dorothea", "Edith", "Flora", "Greta", "Harriet", "Ines", "Judith", "Katya"),
    *("Leonora", "Mabel", "Nadia", "Olive", "Philippa", "Rosalind", "Sabine", "Thea", "Ursula", "Vera", "Winifred"),
}


def is_woman(name: str) -> bool:
    """Return what a reader knows from a name."""
    return name in WOMEN


def read(text: str) -> tuple[dict[str, str], list[Moved]]:
    """Return who had what at the beginning, and every move in the order of days."""
    _, intro, *letters = text.split("\n\n")
    called = households(intro)
    start: dict[str, str] = dict(re.findall(rf"letter the (.+?) was with ({CAP})", intro))
    start |= {thing: who for who, thing in re.findall(rf"beginning ({CAP}) had the (.+?)\.", intro)}
    start |= {thing: who for who, thing in re.findall(rf"begin with ({CAP}) kept the (.+?)\.", intro)}
    moves: list[Moved] = []
    for letter in letters:
        heading, *told = sentences(letter)
        head = re.match(rf"({CAP}) to ({CAP}), ({DATE})", heading)
        assert head
        for sentence in told:
            moves += move(sentence, head[1], head[2], head[3], list(start), called)
    return start, sorted(moves, key=lambda one: one.when)


def move(
    sentence: str, writer: str, reader: str, today: str, things: list[str], called: dict[str, dict[str, str]]
) -> list[Moved]:
    """Return the move that a sentence tells of, if it does."""
    opening = re.match(rf"(?:On ({DATE})|Today|This morning|This very day) ", sentence)
    if not opening:
        return []
    when = ordinal(opening[1] or today)
    rest = sentence[opening.end() :].rstrip(".")
    named = sorted((thing for thing in things if f"the {thing}" in rest), key=lambda thing: rest.find(f"the {thing}"))
    if re.search(r"where one finds|whoever has|joined the", rest):
        return [Moved(when, named[0], named[1], beside=True)]
    if re.search(r"sent me|I had|I became", rest):
        return [Moved(when, named[0], writer, beside=False)]
    taker = re.search(r"(?:\bto|in favour of) (you\b(?! \w)|(?:my|your) [a-z]+(?: [a-z]+)?|[A-Z]\w+)", rest)
    assert taker, sentence
    to = taker[1]
    if to == "you":
        to = reader
    elif " " in to:
        whose, word = to.split(" ", 1)
        to = kin(word, writer if whose == "my" else reader, called)
    return [Moved(when, named[0], to, beside=False)]


def answer(text: str, question: str, answers: list[str]) -> str:
    """Return the answer that the text gives."""
    date = re.search(DATE, question)
    assert date
    holders, moves = read(text)
    for one in moves:
        if one.when <= ordinal(date[0]):
            holders[one.thing] = holders[one.to] if one.beside else one.to
    if asked := re.search(r"had the (.+) at the end", question):
        return holders[asked[1]]
    who = re.search(rf"did ({CAP}) have", question)
    assert who
    (found,) = [one for one in answers if holders[one.removeprefix("The ")] == who[1]]
    return found
