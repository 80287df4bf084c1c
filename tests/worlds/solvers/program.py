"""A second reader of the machine's journal: it reads the program as it then stood and works through it."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.worlds.solvers.reading import NUMBER, numbers, sentences, value

COUNTER = r"(red|blue|green|white)"
NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4}
TIMES = {"a single": 1, "two": 2, "three": 3, "four": 4}

Values = dict[str, int]


def instruction(sentence: str) -> tuple[int, Callable[[Values], None]] | None:
    """Return the number of a line of the program and what it does, or nothing where none is given."""
    start = re.match(rf"(?:By line|Line) ({NUMBER})", sentence)
    if not start:
        return None
    counters = re.findall(rf"\b{COUNTER}\b", sentence)
    amounts = numbers(re.sub(r"(?<!-)\bone\b", "", sentence[start.end() :]))
    return value(start[1]), meaning(sentence, counters, amounts)


def meaning(sentence: str, counters: list[str], amounts: list[int]) -> Callable[[Values], None]:
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


def answer(text: str, question: str, _answers: list[str]) -> str:
    """Return the answer that the text gives."""
    asked = re.search(rf"the {COUNTER} counter show at the end of run (\d+)", question)
    assert asked
    program: dict[int, Callable[[Values], None]] = {}
    for paragraph in text.split("\n\n"):
        told = sentences(paragraph)
        for sentence in told:
            if line := instruction(sentence):
                program[line[0]] = line[1]
        if told[0].endswith(f", run {asked[2]}."):
            return str(work(told[1:], program)[asked[1]])
    raise AssertionError(question)


def work(told: list[str], program: dict[int, Callable[[Values], None]]) -> Values:
    """Work through a run as its paragraph tells it."""
    now: Values = {}
    passes, skipped, turned = 0, set(), []
    for sentence in told:
        if len(re.findall(COUNTER, sentence)) == 4:
            now = {colour: int(n) for colour, n in re.findall(rf"{COUNTER} (?:to |at )?(\d+)", sentence)}
        elif count := re.search(r"\b(a single|two|three|four) pass(?:es)?\b", sentence):
            passes = TIMES[count[1]]
        elif nth := re.search(r"the (first|second|third|fourth) pass", sentence, re.IGNORECASE):
            at = NTH[nth[1].lower()]
            if line := re.search(rf"line ({NUMBER})", sentence):
                skipped.add((at, value(line[1])))
            elif hand := re.search(rf"{COUNTER} counter to ({NUMBER})", sentence):
                turned.append((at, hand[1], value(hand[2])))
    for at in range(1, passes + 1):
        now.update({colour: n for when, colour, n in turned if when == at})
        for number in sorted(program):
            if (at, number) not in skipped:
                program[number](now)
                now = {colour: shown % 60 for colour, shown in now.items()}
    return now
