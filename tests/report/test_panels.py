"""What judges rule together, from the tournament file to every form of the report."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from debate.domain import Ask, Completion, Judge
from debate.report import Report, measure, page, terminal
from debate.report.tables import tables
from debate.stats.estimate import Estimate, NoData
from debate.store import Store
from tests import scripts
from tests.runs import played, spec

THREE = tuple(Judge(name=name, model=f"lab/{name}") for name in ("jo", "flo", "moe"))


def ruling(ask: Ask) -> str | Completion:
    """Jo rules on everything; the others only on the questions of the first volume."""
    if ask.voice.name == "jo" or "0th" in ask.source.question.text:
        return scripts.verdict(ask, (0.8, 0.2))
    return Completion(text="", state="refused")


async def reported(folder: Path, quorum: int | None) -> Report:
    with Store.open(folder / "test.db", create=True) as store:
        wanted = spec(folder, asked=4, judges=THREE, quorum=quorum)
        await played(store, wanted, scripts.cast(judge=ruling))
        return measure(store, "test")


async def test_two_of_three_fail_and_three_are_wanted(tmp_path: Path) -> None:
    """E23: the panel is `inconclusive`, in the JSON, the tables, the terminal and the page; no judge is filled in."""
    report = await reported(tmp_path, 3)
    (row,) = report.panels
    assert (row.protocol, row.quorum, row.inconclusive, row.n_panels) == ("debate", 3, 6, 8)
    assert isinstance(row.accuracy, Estimate)
    assert (row.accuracy.value, row.accuracy.n_questions, row.accuracy.n_judgments) == (1.0, 1, 2)
    assert tables(report)["panels"][0]["inconclusive"] == 6
    console = Console(width=80, record=True, file=StringIO())
    console.print(terminal.render(report, width=80))
    assert "Judges together" in console.export_text()
    assert "Judges together" in page.render(report)


@pytest.mark.parametrize(("quorum", "inconclusive"), [(1, 0), (2, 6), (None, None)])
async def test_a_smaller_quorum_is_met(tmp_path: Path, quorum: int | None, inconclusive: int | None) -> None:
    """One judge is a panel of one; where no quorum is asked for there is no panel."""
    found = (await reported(tmp_path, quorum)).panels
    assert [row.inconclusive for row in found] == ([] if inconclusive is None else [inconclusive])
    assert all(not isinstance(row.accuracy, NoData) for row in found)
