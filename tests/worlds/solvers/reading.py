"""What every solver needs to read prose: sentences, numbers, dates. Nothing here comes from the worlds."""

from __future__ import annotations

import re

_SMALL = (
    *("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
UNITS = {word: number for number, word in enumerate(_SMALL)}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_TENS, _ONES = "|".join(TENS), "|".join(sorted(UNITS, key=len, reverse=True))
NUMBER = rf"(?:\b(?:{_TENS})(?:-(?:{_ONES}))?\b|\b(?:{_ONES})\b|\d[\d,]*)"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
DATE = rf"(?:{'|'.join(WEEKDAYS)}) \d+ (?:{'|'.join(MONTHS)})"


def value(said: str) -> int:
    """Return the number that a word or figures say."""
    said = said.lower().replace(",", "")
    if said.isdigit():
        return int(said)
    tens, _, ones = said.partition("-")
    return TENS.get(tens, 0) + UNITS.get(ones if tens in TENS else tens, 0)


def numbers(sentence: str) -> list[int]:
    """Return every number of a sentence, in order."""
    return [value(found) for found in re.findall(NUMBER, sentence, re.IGNORECASE)]


def sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph."""
    return re.split(r"(?<=[.!?])\s+(?=[\"“A-Z0-9])", paragraph)
