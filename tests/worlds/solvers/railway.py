"""A second reader of the branch's diary: it keeps the timetable in hand and follows the train."""

from __future__ import annotations

import re
from itertools import pairwise

from tests.worlds.solvers.reading import DATE, NUMBER, numbers, sentences, value

NAME = r"[A-Z]\w+(?: [A-Z]\w+)?"
TRAIN = rf"(\d+\.\d\d) from ({NAME})"


def minutes(time: str) -> int:
    """Return the minute of the day."""
    hours, past = time.split(".")
    return 60 * int(hours) + int(past)


def stretch(sentence: str) -> frozenset[str]:
    """Return the two ends of the stretch that a sentence speaks of."""
    ends = re.search(rf"[Ff]rom ({NAME}) to ({NAME})|[Bb]etween ({NAME}) and ({NAME})", sentence)
    assert ends, sentence
    return frozenset(end for end in ends.groups() if end)


def answer(text: str, question: str, _answers: list[str]) -> str:
    """Return the answer that the text gives."""
    opening, legs, *days = text.split("\n\n")
    order = re.search(rf"(?:north|order), (?:are|)[, ]*((?:{NAME}, )+{NAME} and {NAME})\.", opening)
    assert order
    stations = re.split(r", | and ", order[1])
    allowed = {stretch(sentence): numbers(sentence)[0] for sentence in sentences(legs)}
    date = re.search(DATE, question)
    assert date
    for paragraph in days:
        today, *told = sentences(paragraph)
        for sentence in told:
            if re.search(r"[Ff]rom today on|timetable is altered|notice has come", sentence):
                allowed[stretch(sentence)] = numbers(sentence)[0]
        if today.rstrip(".") == date[0]:
            return found(question, opening, told, stations, allowed)
    raise AssertionError(question)


def found(question: str, opening: str, told: list[str], stations: list[str], allowed: dict[frozenset[str], int]) -> str:
    """Return the answer, on the day itself."""
    if asked := re.search(rf"the {TRAIN} reach ({NAME}) on", question):
        at = arrival(asked[1], asked[2], asked[3], told, stations, allowed)
        return f"{at // 60}.{at % 60:02}"
    who = re.search(rf"did (\w+ \w+) take from ({NAME}) on", question)
    assert who
    (ride,) = [said for said in told if who[1] in said and "coach" in said]
    train = re.search(r"\d+\.\d\d", ride)
    assert train
    start = next(found[2] for said in told for found in re.finditer(TRAIN, said) if found[1] == train[0])
    at = arrival(train[0], start, who[2], told, stations, allowed)
    coaches = re.search(r"at (\d+), (\d+), (\d+) and (\d+) minutes past", opening)
    walk = re.search(rf"walk of ({NUMBER}) minutes|needs ({NUMBER}) minutes", opening)
    assert coaches
    assert walk
    at += value(walk[1] or walk[2])
    while at % 60 not in {int(past) for past in coaches.groups()}:
        at += 1
    return f"The {at // 60}.{at % 60:02} coach"


def arrival(
    leaves: str, start: str, end: str, told: list[str], stations: list[str], allowed: dict[frozenset[str], int]
) -> int:
    """Follow a train from its start to a station."""
    way = stations if stations[0] == start else stations[::-1]
    place = way.index(end)
    time = minutes(leaves) + sum(allowed[frozenset(pair)] for pair in pairwise(way[: place + 1]))
    for sentence in told:
        bare = re.sub(rf"\b{re.escape(leaves)}(?: from {start})?(?!\d)", "TRAIN", sentence)
        if "TRAIN" not in bare or re.search(r"\bcoach\b", sentence):
            continue
        number = next(value(n) for n in re.findall(rf"({NUMBER}) minutes", bare, re.IGNORECASE))
        if "late," in bare or "past its time" in bare:
            time += number
        elif stood := re.search(rf"[Aa]t ({NAME}) the TRAIN stood|over its time at ({NAME}),", bare):
            time += number if way.index(stood[1] or stood[2]) < place else 0
        else:
            first = min(way.index(one) for one in stretch(bare))
            sign = -1 if re.search(r"made up|gained|won", bare) else 1
            time += sign * number if first < place else 0
    return time
