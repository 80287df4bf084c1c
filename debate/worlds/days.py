"""Dates as people write them, in a year without a number."""

from __future__ import annotations

from typing import NamedTuple

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = {
    "January": 31,
    "February": 28,
    "March": 31,
    "April": 30,
    "May": 31,
    "June": 30,
    "July": 31,
    "August": 31,
    "September": 30,
    "October": 31,
    "November": 30,
    "December": 31,
}
_YEAR = sum(_MONTHS.values())


class Almanac(NamedTuple):
    """A year whose first of January falls on the weekday `first`."""

    first: int

    def weekday(self, day: int) -> str:
        """Return the weekday of the day that is so many days after the first of January."""
        return WEEKDAYS[(day + self.first) % 7]

    def date(self, day: int) -> str:
        """Return a date such as "14 March"."""
        day %= _YEAR
        for month, length in _MONTHS.items():
            if day < length:
                return f"{day + 1} {month}"
            day -= length
        raise AssertionError

    def full(self, day: int) -> str:
        """Return a date such as "Thursday 14 March"."""
        return f"{self.weekday(day)} {self.date(day)}"
