"""A report as CSV tables: every number with its interval and its n, in columns that a spreadsheet may open."""

from __future__ import annotations

import csv
import io
from operator import attrgetter
from pathlib import Path

import pytest

from debate.report import Report, measure
from debate.report.appendix import PARTS
from debate.report.tables import as_csv, tables
from debate.stats.estimate import Estimate, NoData
from debate.store import Store
from tests import scripts
from tests.runs import played, spec


@pytest.fixture
async def report(tmp_path: Path) -> Report:
    with Store.open(tmp_path / "test.db", create=True) as store:
        await played(store, spec(tmp_path, asked=4, controls=("naive",)), scripts.cast(judge=scripts.always_first))
        return measure(store, "test")


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_accuracy_comes_back_from_its_file(report: Report) -> None:
    """The value, both ends and the counts read back are those of the report, to the last bit."""
    rows = read(as_csv(tables(report)["accuracy"]))
    assert len(rows) == len(report.accuracy)
    for row, told in zip(rows, report.accuracy, strict=True):
        assert row["protocol"] == told.protocol
        assert isinstance(told.accuracy, Estimate)
        assert float(row["accuracy"]) == told.accuracy.value
        assert (float(row["accuracy_low"]), float(row["accuracy_high"])) == (told.accuracy.low, told.accuracy.high)
        assert int(row["accuracy_n_questions"]) == told.accuracy.n_questions


def test_what_is_not_known_is_empty_and_says_why(report: Report) -> None:
    """No number, and the reason beside it."""
    unknown = report.accuracy[0].model_copy(update={"accuracy": NoData(why="nothing there")})
    (row,) = read(as_csv(tables(report.model_copy(update={"accuracy": (unknown,)}))["accuracy"]))
    assert (row["accuracy"], row["accuracy_why"]) == ("", "nothing there")


def test_rows_within_rows_are_tables_of_their_own(report: Report) -> None:
    """The bins of a calibration name the row they belong to."""
    found = tables(report)
    bins = found["calibration_bins"]
    assert sum(len(row.bins) for row in report.calibration) == len(bins)
    assert {int(str(row["row"])) for row in bins} <= set(range(len(report.calibration)))


def test_every_number_of_a_report_is_in_a_table(report: Report) -> None:
    """What the appendix tells, and what it is told of, is in some cell as it was measured."""
    cells = {cell for rows in tables(report).values() for row in rows for cell in row.values()}
    known = 0
    for part in PARTS:
        for _, row in part.rows(report):
            for term in part.terms:
                held = attrgetter(term.path)(row)
                values = held.values() if isinstance(held, dict) else (getattr(held, "value", held),)
                known += len([value for value in values if value is not None])
                assert all(value is None or value in cells for value in values), part.where(term)
    assert known > 100
    assert set(report.headlines) <= cells


def test_no_cell_is_a_formula() -> None:
    """F: text that a spreadsheet would run begins with a quote, and control characters are gone."""
    (row,) = read(as_csv([{"name": "=cmd()\x1b[2J", "n": -1}]))
    assert row["name"].startswith("'=")
    assert "\x1b" not in row["name"]
    assert row["n"] == "-1"
