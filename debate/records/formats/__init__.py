"""Whose format is it? Each file here turns what somebody else published into records; none of them judges it."""

from debate.records.formats.sources import FORMATS, Item, guessed, items

__all__ = ["FORMATS", "Item", "guessed", "items"]
