"""A second reader of the branch's diary: it keeps the timetable in hand and follows the train."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

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


def answer(text: str, question: str, answers: list[str]) -> str:
    """Return the answer that the text gives."""
    if ends := re.search(rf"more minutes between ({NAME}) and ({NAME}), from arrival", question):
        return longer(text, question, answers, ends.groups())
    found: list[str] = []
    follow(text, question, lambda day: found.append(day.answer(question, answers)))
    return found[0]


def longer(text: str, question: str, answers: list[str], ends: tuple[str, ...]) -> str:
    """Return the train of two that took longer between two stations."""
    took: dict[str, int] = {}

    def time(day: Day) -> None:
        for leaves, start, date in re.findall(rf"{TRAIN} on ({DATE})", question):
            if date == day.date:
                first, last = (arrival(leaves, start, end, *day.line) for end in ends)
                took[f"The {leaves} from {start}"] = abs(last - first)

    follow(text, question, time)
    return max(answers, key=lambda one: took[one])


def follow(text: str, question: str, look: Callable[[Day], object]) -> None:
    """Read the diary, and look at the days that the question names, with the timetable as it then was."""
    opening, legs, *days = text.split("\n\n")
    order = re.search(rf"(?:north|order), (?:are|)[, ]*((?:{NAME}, )+{NAME} and {NAME})\.", opening)
    assert order
    stations = re.split(r", | and ", order[1])
    allowed = {stretch(sentence): numbers(sentence)[0] for sentence in sentences(legs)}
    old: Legs = {}
    for paragraph in days:
        today, *told = sentences(paragraph)
        for sentence in told:
            if re.search(r"[Ff]rom today on|timetable is altered|notice has come", sentence):
                old[stretch(sentence)] = allowed[stretch(sentence)]
                allowed[stretch(sentence)] = numbers(sentence)[0]
        if f" {today.rstrip('.')}" in f" {question}" and re.search(rf"{today.rstrip('.')}\b", question):
            look(Day(today.rstrip("."), opening, told, stations, dict(allowed), dict(old)))


Legs = dict[frozenset[str], int]


class Day(NamedTuple):
    date: str
    opening: str
    told: list[str]
    stations: list[str]
    allowed: Legs
    old: Legs

    @property
    def line(self) -> tuple[list[str], list[str], Legs]:
        return self.told, self.stations, self.allowed

    def answer(self, question: str, answers: list[str]) -> str:
        return found(question, answers, self.opening, self.told, self.stations, self.allowed, self.old)


def found(
    question: str,
    answers: list[str],
    opening: str,
    told: list[str],
    stations: list[str],
    allowed: dict[frozenset[str], int],
    old: dict[frozenset[str], int],
) -> str:
    """Return the answer, on the day itself."""

    if "did the timetable allow" in question:
        return str(allowed[stretch(question)])
    if who := re.search(rf"did (\w+ \w+) (?:take|stand).*? (?:from|at) ({NAME}) on", question):
        (ride,) = [said for said in told if who[1] in said and "coach" in said]
        time = re.search(r"\d+\.\d\d", ride)
        assert time
        begins = next(found[2] for said in told for found in re.finditer(TRAIN, said) if found[1] == time[0])
        at = arrival(time[0], begins, who[2], told, stations, allowed)
        return coach(at, opening, waited="stand" in question)
    train = re.search(TRAIN, question)
    assert train
    leaves, start = train.groups()

    def came(end: str, without: frozenset[str] = frozenset()) -> int:
        return arrival(leaves, start, end, told, stations, allowed, without)

    if reached := re.search(rf"would it have reached ({NAME})\?", question):
        kept = re.search(rf"between ({NAME}) and ({NAME}) on|(kept) at ({NAME}) on|started (in time)", question)
        assert kept
        return clock(came(reached[1], frozenset(one for one in kept.groups() if one)))
    if "furthest behind" in question:
        return max(answers, key=lambda end: came(end) - due(leaves, start, end, stations, allowed))
    asked = re.search(rf"reach(?:ed)? ({NAME}) (?:at (\d+\.\d\d) )?on", question)
    assert asked
    if not asked[2]:
        return clock(came(asked[1]))
    off = minutes(asked[2]) - came(asked[1])
    (right,) = [one for one in answers if worth(one, allowed, old) == off]
    return right


def clock(at: int) -> str:
    """Return a time as it is written."""
    return f"{at // 60}.{at % 60:02}"


def coach(at: int, opening: str, *, waited: bool) -> str:
    """Return the first coach after an arrival, or the wait for it."""
    coaches = re.search(r"at (\d+), (\d+), (\d+) and (\d+) minutes past", opening)
    walk = re.search(rf"walk of ({NUMBER}) minutes|needs ({NUMBER}) minutes", opening)
    assert coaches
    assert walk
    ready = at = at + value(walk[1] or walk[2])
    while at % 60 not in {int(past) for past in coaches.groups()}:
        at += 1
    return str(at - ready) if waited else f"The {clock(at)} coach"


def worth(mistake: str, allowed: dict[frozenset[str], int], old: dict[frozenset[str], int]) -> int:
    """Return by how many minutes a mistake makes an arrival later."""
    if mistake.startswith("The old minutes"):
        return old[stretch(mistake)] - allowed[stretch(mistake)]
    count = re.match(r"The (\d+) minutes (lost|gained)", mistake)
    size = (int(count[1]) if count[2] == "lost" else -int(count[1])) if count else allowed[stretch(mistake)]
    return -size if mistake.endswith("left out") else size


def due(leaves: str, start: str, end: str, stations: list[str], allowed: dict[frozenset[str], int]) -> int:
    """Return when a train should come to a station."""
    way = stations if stations[0] == start else stations[::-1]
    return minutes(leaves) + sum(allowed[frozenset(pair)] for pair in pairwise(way[: way.index(end) + 1]))


def arrival(
    leaves: str,
    start: str,
    end: str,
    told: list[str],
    stations: list[str],
    allowed: dict[frozenset[str], int],
    without: frozenset[str] = frozenset(),
) -> int:
    """Follow a train from its start to a station, leaving out what it lost and gained at one place."""
    way = stations if stations[0] == start else stations[::-1]
    place = way.index(end)
    time = due(leaves, start, end, stations, allowed)
    for sentence in told:
        bare = re.sub(rf"\b{re.escape(leaves)}(?: from {start})?(?!\d)", "TRAIN", sentence)
        if "TRAIN" not in bare or re.search(r"\bcoach\b", sentence):
            continue
        number = next(value(n) for n in re.findall(rf"({NUMBER}) minutes", bare, re.IGNORECASE))
        if "late," in bare or "past its time" in bare:
            time += 0 if "in time" in without else number
        elif stood := re.search(rf"[Aa]t ({NAME}) the TRAIN stood|over its time at ({NAME}),", bare):
            at = stood[1] or stood[2]
            time += number if way.index(at) < place and {"kept", at} != without else 0
        elif stretch(bare) != without:
            first = min(way.index(one) for one in stretch(bare))
            sign = -1 if re.search(r"made up|gained|won", bare) else 1
            time += sign * number if first < place else 0
    return time
