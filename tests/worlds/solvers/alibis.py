"""A second reader of the detective's notes: it puts everybody into rooms, half hour by half hour."""

from __future__ import annotations

import re

from tests.worlds.solvers.reading import DATE, NUMBER, sentences, value

GUEST = r"(?:Mr|Mrs|Miss|Colonel|Canon|Lady) [A-Z]\w+"
ROOMS = r"(library|conservatory|billiard room|card room|music room|smoking room|winter garden|lounge)"
HOURS = {"eight": 480, "nine": 540, "ten": 600}
HOUR = r"((?:half past )?(?:eight|nine|ten))"

Rooms = dict[str, dict[int, str]]
"""By guest and half hour, a room or the guest who was in the same one."""


def minute(hour: str) -> int:
    """Return the minute of an hour in words."""
    return HOURS[hour.split()[-1]] + (30 if "half" in hour else 0)


def shown(time: str) -> int:
    """Return the minute that a clock shows."""
    hours, past = time.split(".")
    return 60 * int(hours) + int(past)


def evening(text: str, date: str) -> list[str]:
    """Return the sentences of one evening."""
    told: list[str] = []
    for sentence in sentences(text.replace("\n\n", " ")):
        if re.fullmatch(DATE + r"\.", sentence):
            told = []
            if sentence == f"{date}.":
                found = told
        told.append(sentence)
    return found


def placed(told: list[str]) -> Rooms:
    """Return who was where."""
    rooms: Rooms = {}
    guest, end = "", 0
    for sentence in told:
        hours = [minute(hour) for hour in re.findall(HOUR + r"\b", sentence)]
        names = re.findall(GUEST, sentence)
        room = re.search(ROOMS, sentence)
        if not hours or "clock" in sentence:
            continue
        if len(hours) == 2:
            guest, *others = names
            start, end = hours
        else:
            others, start, end = names, end, hours[0]
        for at in range(start, end, 30):
            rooms.setdefault(guest, {})[at] = room[1] if room else others[-1]
    return rooms


def where(guest: str, at: int, rooms: Rooms) -> str:
    """Return the room of a guest, through the company that is named."""
    found = rooms[guest][at]
    return where(found, at, rooms) if found in rooms else found


def truth(told: list[str]) -> tuple[int, int]:
    """Return the minute that the clock showed at the theft, and the true one."""
    time = next(found[1] for one in told[:5] if (found := re.search(r"(\d+\.\d\d)", one)))
    wrong = next((f for one in told[:5] if (f := re.search(rf"({NUMBER}) minutes (fast|slow)", one))), None)
    at = shown(time)
    return at, at + value(wrong[1]) * (-1 if wrong[2] == "fast" else 1) if wrong else at


def answer(text: str, question: str, answers: list[str]) -> str:
    """Return the answer that the text gives."""
    date = re.search(DATE, question)
    assert date
    told = evening(text, date[0])
    rooms = placed(told)
    by_clock, true = truth(told)
    if "by a right clock" in question:
        return f"{true // 60}.{true % 60:02}"
    if left := re.search(rf"did ({GUEST}) go from the {ROOMS}", question):
        stays = [where(left[1], at, rooms) for at in range(480, 600, 30)]
        return f"The {stays[stays.index(left[2]) + 1]}"
    asked = re.search(r" at (\d+\.\d\d) on", question)
    at = (shown(asked[1]) if asked else by_clock if question.startswith("If ") else true) // 30 * 30
    all_rooms = {guest: where(guest, at, rooms) for guest in rooms}
    if question.startswith("In which room was"):
        named = re.search(GUEST, question)
        assert named
        return f"The {all_rooms[named[0]]}"
    if "was nobody of the company" in question:
        (empty,) = [one for one in answers if one.removeprefix("The ") not in all_rooms.values()]
        return empty
    if named := re.search(rf"same room as ({GUEST})|say where ({GUEST}) was", question):
        (found,) = [one for one in answers if all_rooms[one] == all_rooms[named[1] or named[2]]]
        return found
    (alone,) = [guest for guest, room in all_rooms.items() if list(all_rooms.values()).count(room) == 1]
    return alone
