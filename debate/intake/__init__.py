"""What other people hand in: which files, which text, which JSON, and every fault named by its place."""

from debate.intake.banks import banks, unknown_bank
from debate.intake.faults import Loc, near, place, problems, shown, told
from debate.intake.packed import unpacked
from debate.intake.text import DEPTH, LINE, Fault, Readable, Unreadable, decode, deeper, lines, parse

__all__ = [
    "DEPTH",
    "LINE",
    "Fault",
    "Loc",
    "Readable",
    "Unreadable",
    "banks",
    "decode",
    "deeper",
    "lines",
    "near",
    "parse",
    "place",
    "problems",
    "shown",
    "told",
    "unknown_bank",
    "unpacked",
]
