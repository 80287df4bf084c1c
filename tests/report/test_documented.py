"""The tables of docs/measuring.md name every number that the report defines, and none that it has not."""

from __future__ import annotations

import re
from pathlib import Path

from debate.report.appendix import PARTS
from debate.report.report import Report
from tests.report.test_appendix import numbers

PAGE = Path(__file__).resolve().parents[2] / "docs" / "measuring.md"
COMMANDS = ("debate ", "margin", "p_equivalent")
"""What is not of a report but of other commands."""
SAID = {"rating_notes", "matched.of"}
"""What is in words."""


def documented() -> set[str]:
    """Where the numbers of the tables stand in JSON; `.low` goes on from what was named before it."""
    tables = PAGE.read_text("utf-8").partition("## Judges")[2].partition("## From rooms")[0]
    rows = [line for line in tables.splitlines() if line.startswith("| ") and not line.startswith("| measure ")]
    found, root = set(), ""
    for row in rows:
        for path in re.findall(r"`([^`]*)`", row.rstrip(" |").rpartition("|")[2]):
            named = path.replace("[]", "")
            root = root if named.startswith(".") else named.split(".")[0]
            found.add(root + named if named.startswith(".") else named)
    return {path for path in found if not path.startswith(COMMANDS)} - SAID


def test_what_is_documented_is_in_a_report() -> None:
    """Every path of the tables is a number of the report, or what holds some."""
    held = {path.replace("[]", "") for path in numbers(Report)}
    unknown = {path for path in documented() if path not in held and not any(p.startswith(f"{path}.") for p in held)}
    assert not unknown


def test_what_a_report_defines_is_documented() -> None:
    """Every number with a definition is in the tables, by itself or with what holds it; exclusions have a paragraph."""
    named = documented()
    defined = {part.where(term).replace("[]", "") for part in PARTS for term in part.terms}
    missing = {path for path in defined if not any(path == one or path.startswith(f"{one}.") for one in named)}
    assert {path for path in missing if not path.startswith("exclusions.")} == set()
    assert "`exclusions[]`" in PAGE.read_text("utf-8")
