"""Numbers as prose writes them: in words below a hundred, in figures from there."""

from __future__ import annotations

_ONES = (
    *("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def spelled(number: int) -> str:
    """Return a whole number from 0 on in words, or in figures from a hundred."""
    if number < len(_ONES):
        return _ONES[number]
    if number >= 100:
        return f"{number:,}"
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens]}-{_ONES[ones]}" if ones else _TENS[tens]
