"""What a report leaves out of its tables: every number that it has, with its definition, interval, n and method.

The terminal shows it for `--section`, the page below each table, Markdown at its end. All of them read it from here.
"""

from debate.report.appendix import agreeing, arguing, believing, comparing, games, judging, together
from debate.report.appendix.term import Line, Part, Term

PARTS: tuple[Part, ...] = (
    *judging.PARTS,
    *believing.PARTS,
    *agreeing.PARTS,
    *comparing.PARTS,
    *arguing.PARTS,
    *games.PARTS,
    *together.PARTS,
)

JSON_ONLY = {
    "schema": "which form of JSON it is",
    "accuracy[].ece": "the same as calibration[].ece",
}
"""What no other form of a report says, and why."""

__all__ = ["JSON_ONLY", "PARTS", "Line", "Part", "Term", "of"]


def of(section: str) -> tuple[Part, ...]:
    """Return the parts that belong to a section."""
    return tuple(part for part in PARTS if part.section == section)
