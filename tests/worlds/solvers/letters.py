"""A second reader of the family's letters: it puts the moves in order of their dates and follows each thing."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from tests.worlds.solvers.reading import DATE, MONTHS, sentences

CAP = r"[A-Z]\w+"


class Moved(NamedTuple):
    when: int
    thing: str
    to: str
    beside: bool
    letter: int = 0
    reader: str = ""


class Stint(NamedTuple):
    since: int
    who: str
    reader: str


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
            told_of = move(sentence, head[1], head[2], head[3], list(start), called)
            moves += [one._replace(letter=ordinal(head[3]), reader=head[2]) for one in told_of]
    return start, sorted(moves, key=lambda one: one.when)


def move(
    sentence: str, writer: str, reader: str, today: str, things: list[str], called: dict[str, dict[str, str]]
) -> list[Moved]:
    """Return the move that a sentence tells of, if it does."""
    opening = re.match(
        rf"(?:On ({DATE})|Today|This morning|This very day|This afternoon|At noon|Before breakfast|Towards evening) ",
        sentence,
    )
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


def stints(start: dict[str, str], moves: list[Moved]) -> dict[str, list[Stint]]:
    """Return who had each thing in turn."""
    had = {thing: [Stint(0, who, "")] for thing, who in start.items()}
    for one in moves:
        had[one.thing].append(Stint(one.when, had[one.to][-1].who if one.beside else one.to, one.reader))
    return had


def days(since: int, until: int) -> int:
    """Return how many days lie between two ordinals of dates."""
    return sum(1 for at in range(since, until) if at % 40 in range(1, LENGTHS[at // 40] + 1))


LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def answer(text: str, question: str, answers: list[str]) -> str:
    """Return the answer that the text gives."""
    start, moves = read(text)
    dates = [ordinal(date) for date in re.findall(DATE, question)]
    if question.startswith("If the letter"):
        moves = [one for one in moves if one.letter != dates[0]]
    if dates:
        moves = [one for one in moves if one.when <= dates[-1]]
    had = stints(start, moves)
    now = {thing: turns[-1].who for thing, turns in had.items()}
    if asked := re.search(r"with whom .+ leave the (.+) at the end|^Who had the (.+) at the end", question):
        return now[asked[1] or asked[2]]
    if asked := re.search(rf"had the (.+) just before ({CAP}) had it", question):
        whose = [turn.who for turn in had[asked[1]]]
        return whose[whose.index(asked[2]) - 1]
    if asked := re.search(rf"tells how the (.+) came to ({CAP})\?", question):
        return next(turn.reader for turn in had[asked[1]] if turn.who == asked[2])
    if asked := re.search(r"kept the (.+) for the most days", question):
        turns = had[asked[1]][1:]
        kept = [(days(one.since, after.since), one.who) for one, after in pairwise(turns)]
        return max(one for one in kept if one[1] in answers)[1]
    if asked := re.search(r"had not had the (.+) at any time", question):
        (never,) = set(answers) - {turn.who for turn in had[asked[1]]}
        return never
    who = re.search(rf"did ({CAP}) have", question)
    whose_hands = re.search(r"same hands as the (.+) at the end", question)
    holder = who[1] if who else now[whose_hands[1]] if whose_hands else ""
    (found,) = [one for one in answers if now[one.removeprefix("The ")] == holder]
    return found
