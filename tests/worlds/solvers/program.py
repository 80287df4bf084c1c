"""A second reader of the machine's journal: it reads the program as it then stood and works through it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from tests.worlds.solvers.reading import NUMBER, numbers, sentences, value

COUNTER = r"(red|blue|green|white)"
NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4}
TIMES = {"a single": 1, "two": 2, "three": 3, "four": 4}

Values = dict[str, int]
Line = Callable[[Values], None]
Program = dict[int, Line]


def instruction(sentence: str) -> tuple[int, Line] | None:
    """Return the number of a line of the program and what it does, or nothing where none is given."""
    start = re.match(rf"(?:By line|Line) ({NUMBER})", sentence)
    if not start:
        return None
    counters = re.findall(rf"\b{COUNTER}\b", sentence)
    return value(start[1]), meaning(sentence, counters, amounts(sentence[start.end() :]))


def amounts(sentence: str) -> list[int]:
    """Return the numbers of a sentence in which "one" is a counter."""
    return numbers(re.sub(r"(?<!-)\bone\b", "", sentence))


def meaning(sentence: str, counters: list[str], amounts: list[int]) -> Line:
    """Return what a line does."""

    def obey(now: Values) -> None:
        first = counters[0]
        if "exchanges" in sentence or "trade" in sentence:
            now[first], now[counters[1]] = now[counters[1]], now[first]
        elif "turns it back" in sentence or " less " in sentence:
            now[first] = now[counters[1]] - now[counters[2]]
        elif "copies" in sentence:
            now[counters[1]] = now[first]
        elif "makes" in sentence:
            now[first] = now[counters[1]]
        elif "looks at" in sentence:
            now[counters[1]] += amounts[1] if now[first] > amounts[0] else 0
        elif "more than" in sentence:
            now[first] += amounts[0] if now[counters[1]] > amounts[1] else 0
        elif "what is on" in sentence:
            now[counters[1]] += now[first]
        elif "whatever" in sentence:
            now[first] += now[counters[1]]
        else:
            now[first] += amounts[0]

    return obey


class Ran(NamedTuple):
    """A run as its paragraph tells it."""

    start: Values
    passes: int
    skipped: set[tuple[int, int]]
    turned: list[tuple[int, str, int]]

    def end(self, program: Program) -> Values:
        """Work through it."""
        now = dict(self.start)
        for at in range(1, self.passes + 1):
            now.update({colour: n for when, colour, n in self.turned if when == at})
            for number in sorted(program):
                if (at, number) not in self.skipped:
                    program[number](now)
                    now = {colour: shown % 60 for colour, shown in now.items()}
        return now


def answer(text: str, question: str, answers: list[str]) -> str:
    """Return the answer that the text gives."""
    runs = re.findall(r"run (\d+)", question)
    program: Program = {}
    old: Program = {}
    ends: dict[str, Values] = {}
    for paragraph in text.split("\n\n"):
        told = sentences(paragraph)
        for sentence in told:
            if line := instruction(sentence):
                if line[0] in program:
                    old[line[0]] = program[line[0]]
                program[line[0]] = line[1]
        now = re.search(r", run (\d+)\.$", told[0])
        if now and now[1] in runs:
            ran = run(told[1:])
            ends[now[1]] = ran.end(program)
            if len(runs) == 1:
                return found(question, answers, ran, program, old)
    colour = re.search(COUNTER, question)
    assert colour
    return f"At the end of run {max(runs, key=lambda one: ends[one][colour[1]])}"


def found(question: str, answers: list[str], ran: Ran, program: Program, old: Program) -> str:
    """Return the answer about one run."""
    colours = re.findall(COUNTER, question)
    end = ran.end(program)
    if question.startswith("Which counter showed the most"):
        return f"The {max(end, key=lambda colour: end[colour])} one"
    if asked := re.search(rf"line ({NUMBER}) of the program when", question):
        right = program[value(asked[1])]
        (same,) = [one for one in answers if alike(right, meaning(one, re.findall(COUNTER, one), amounts(one)))]
        return same
    if asked := re.search(rf"If line ({NUMBER}) had been left out on every", question):
        short = ran.end({number: line for number, line in program.items() if number != value(asked[1])})
        unmoved = "what it did" in question
        (only,) = [colour for colour in end if (end[colour] == short[colour]) == unmoved]
        return f"The {only} one"
    if "one mistake" in question:
        shown = re.search(r"showed (\d+) at", question)
        assert shown
        (made,) = [one for one in answers if mistaken(one, ran, program, old)[colours[0]] == int(shown[1])]
        return made
    if question.startswith("Without "):
        return str(mistaken(question.removeprefix("Without "), ran, program, old)[colours[-1]])
    return str(end[colours[0]])


def mistaken(why: str, ran: Ran, program: Program, old: Program) -> Values:
    """Return what comes out for somebody who makes a mistake."""
    nth = next((NTH[word] for word in re.findall(r"the (first|second|third|fourth) pass", why)), 0)
    line = next((value(number) for number in re.findall(rf"[Ll]ine ({NUMBER})", why)), 0)
    if "by hand" in why:
        colour = re.findall(COUNTER, why)[0]
        return ran._replace(turned=[one for one in ran.turned if one[:2] != (nth, colour)]).end(program)
    if "left out" in why:
        return ran._replace(skipped=ran.skipped - {(nth, line)}).end(program)
    if "before it was changed" in why:
        return ran.end(program | {line: old[line]})
    if "passed over" in why:
        return ran.end({number: what for number, what in program.items() if number != line})
    return ran._replace(passes=ran.passes + (1 if "too many" in why else -1)).end(program)


def alike(one: Line, other: Line) -> bool:
    """Whether two lines do the same to counters that differ in everything."""
    for base in (3, 17, 41, 52):
        first = {colour: (base * (at + 1)) % 60 for at, colour in enumerate(("red", "blue", "green", "white"))}
        second = dict(first)
        one(first)
        other(second)
        if first != second:
            return False
    return True


def run(told: list[str]) -> Ran:
    """Read a run."""
    ran = Ran({}, 0, set(), [])
    for sentence in told:
        if len(re.findall(COUNTER, sentence)) == 4:
            ran.start.update({colour: int(n) for colour, n in re.findall(rf"{COUNTER} (?:to |at )?(\d+)", sentence)})
        elif count := re.search(r"\b(a single|two|three|four) pass(?:es)?\b", sentence, re.IGNORECASE):
            ran = ran._replace(passes=TIMES[count[1].lower()])
        elif nth := re.search(r"the (first|second|third|fourth) pass", sentence, re.IGNORECASE):
            at = NTH[nth[1].lower()]
            if line := re.search(rf"line ({NUMBER})", sentence):
                ran.skipped.add((at, value(line[1])))
            elif hand := re.search(rf"{COUNTER} counter to ({NUMBER})", sentence):
                ran.turned.append((at, hand[1], value(hand[2])))
    return ran
