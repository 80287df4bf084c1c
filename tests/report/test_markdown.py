"""A report as Markdown."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path

import pytest

from debate.report import Report, markdown, measure
from debate.stats.estimate import NoData
from debate.store import Store
from tests import scripts
from tests.runs import played, spec


@pytest.fixture
async def report(tmp_path: Path) -> Report:
    with Store.open(tmp_path / "test.db", create=True) as store:
        await played(store, spec(tmp_path, asked=4, controls=("naive",)), scripts.cast(judge=scripts.always_first))
        return measure(store, "test")


def test_every_table_is_whole(report: Report) -> None:
    """Each row has as many cells as its head, and accuracy is there with its interval and n."""
    lines = markdown.render(report).splitlines()
    heads = [n for n, line in enumerate(lines) if line.startswith("|---")]
    assert heads
    for at in heads:
        wide = lines[at].count("|")
        rows = takewhile(lambda line: line.startswith("|"), lines[at - 1 :])
        assert {row.replace("\\|", "").count("|") for row in rows} == {wide}
    debate = next(line for line in lines if line.startswith("| debate |"))
    assert "50% [" in debate
    assert debate.rstrip("| ").endswith("| 4")


def test_what_cannot_be_told_says_why(report: Report) -> None:
    """Never a number in its place."""
    rows = tuple(row.model_copy(update={"accuracy": NoData(why="no ruling")}) for row in report.accuracy)
    assert "not estimable: no ruling" in markdown.render(report.model_copy(update={"accuracy": rows}))


@pytest.mark.parametrize("hostile", ["a|b", "<img src=x>", "[x](y)", "`c`", "line\nbreak\x1b[2J", "# head", "*b*"])
def test_no_name_is_markup(report: Report, hostile: str) -> None:
    """F: text from outside stays one cell, and is nothing but text."""
    said = markdown.text(hostile)
    assert "\n" not in said
    assert "\x1b" not in said
    assert "<" not in said
    for mark in "|[]`*":
        assert mark not in said.replace("\\" + mark, "")
    told = markdown.render(report.model_copy(update={"tournament": hostile}))
    assert told.startswith(f"# {said}\n")
