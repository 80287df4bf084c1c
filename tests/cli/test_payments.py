"""`debate judges payments` and what `debate plan` says of people, as a researcher meets them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from debate.domain import Study
from debate.studies.scoring import points
from tests.cli.driving import cli, read, small
from tests.cli.judged import ANSWERS, rows, sat, study, written

PAY = 'pay = 2.5\nbonus = 1.0\ncurrency = "EUR"\nminutes = 20'


def test_payments_are_a_table_with_reasons(tmp_path: Path) -> None:
    """What was judged, at how much, and the bonus for its points; the same in JSON and in a file."""
    database = study(tmp_path, 2, judging=PAY)
    sat(database, *ANSWERS)
    (final,) = rows(database, "SELECT json_extract(final, '$[' || correct || ']') FROM judgment JOIN match ON "
                    "match.ordinal = judgment.match JOIN answer_key USING (question) WHERE kind = 'human'")  # fmt: skip
    earned = points(Study(), final[0], 2, 2)
    shown = cli("judges", "payments", "people", "--db", database)
    assert shown.exit_code == 0
    (row,) = csv.DictReader(io.StringIO(shown.stdout))
    assert row["code"] == "j07"
    assert float(row["amount"]) == pytest.approx(2.5 + earned / 100, abs=0.006)
    assert row["currency"] == "EUR"
    assert row["reason"].startswith("1 transcript at 2.50; bonus")
    (same,) = read(cli("judges", "payments", "--json", "--db", database))["payments"]
    assert same["reason"] == row["reason"]
    file = tmp_path / "payments.csv"
    assert cli("judges", "payments", "--db", database, "-o", file).exit_code == 0
    assert file.read_text() == shown.stdout
    why = ("--why", "fast")
    assert cli("judges", "invalidate", "people", "--as", "j07", *why, "--db", database).exit_code == 0
    (later,) = read(cli("judges", "payments", "--json", "--db", database))["payments"]
    assert (later["amount"], later["reason"]) == (2.5, "1 transcript at 2.50, 1 of them not counted")


def test_a_study_without_pay_says_so(tmp_path: Path) -> None:
    """The table is there, and a sentence on stderr."""
    database = study(tmp_path, 1)
    sat(database, *ANSWERS)
    shown = cli("judges", "payments", "--db", database)
    assert "j07,0.00,USD,1 transcript at 0.00" in shown.stdout
    assert "neither pay nor bonus" in shown.stderr


def test_a_plan_without_people_says_nothing_of_them(tmp_path: Path) -> None:
    """The file has no settings for judges."""
    small(tmp_path)
    assert "people:" not in cli("plan", tmp_path / "tournament.toml").stdout


def test_a_plan_says_what_it_asks_of_people(tmp_path: Path) -> None:
    """Judges, hours and pay, where the file speaks of judging; nothing where it does not."""
    written(tmp_path, 2, judging=f"{PAY}\noverlap = 3\nitems = 1")
    plan = cli("plan", tmp_path / "tournament.toml")
    assert "people: 6 judges reading 1 each, 6 rulings that count, 2.0 hours in all" in plan.stdout
    assert "pay 15.00 EUR, with bonuses at most 21.00" in plan.stdout
    people = read(cli("plan", tmp_path / "tournament.toml", "--json"))["people"]
    assert (people["judges"], people["pay"]) == (6, 15.0)
