"""Flat tables, from which a stranger computes what the report says in ten lines of their own."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from debate import records
from debate.report import measure
from debate.store import Store
from tests.cli.driving import ROOT, cli, read
from tests.records import rooms
from tests.records.rooms import believed, feedback, offline, room, said, spoke
from tests.records.test_exchange import exported, imported

GUIDE = ROOT / "docs" / "exchange.md"


def study(folder: Path) -> Path:
    """A database of twelve small rooms: debates and consultancies, right and wrong, a tie, live and offline."""
    held: dict[str, Any] = {}
    for number, p in enumerate((0.9, 0.8, 0.3, 0.5, 0.99, 0.7)):
        later = offline(Kim=("timed", [believed(1 - p / 2, judge="Kim", end=True)]))
        quoting = said("Ann", "It was ", (11, 20), " and ", (15, 24)), said("Bob", (2, 6), "No.")
        more = {"question": f"What was in it, {number}?", "correctAnswerIndex": number % 2}
        rounds = (spoke(*quoting), feedback(p), spoke(said("Ann", (13, 26))), feedback(1 - p / 3, end=True))
        held[f"debate-{number}"] = room(feedback(0.5), *rounds, later, **more)
        alone = {"Judge": "Jo", "Debater A": "GPT-4"}
        held[f"alone-{number}"] = room(
            feedback(0.6), spoke(said("GPT-4", "So.")), feedback(p, end=True), roles=alone, **more
        )
    db = folder / "study.db"
    imported(db, rooms.write(folder / "nyu", held), "--format", "nyu")
    return db


def told(db: Path, **where: str) -> Any:
    with Store.open(db, readonly=True) as store:
        return measure(store, "nyu", where=[f"{key}={value}" for key, value in where.items()], unit="judgment")


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return study(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="module")
def tables(db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables") / "csv"
    done = cli("export", "--db", db, "--format", "csv", "--out", folder, "--json")
    assert read(done) | {"file": ""} == {
        "schema": "debate.export/1",
        "tournament": "nyu",
        "file": "",
        "judgments": 18,
        "turns": 24,
        "matches": 12,
        "beliefs": 30,
    }
    return folder


def example() -> str:
    """The ten lines of the guide."""
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    return str(code)


def test_the_ten_lines_of_the_guide_give_the_report_s_numbers(db: Path, tables: Path) -> None:
    """Accuracy with its Wilson interval, by protocol, as the report has it."""
    assert len(example().strip().splitlines()) <= 10
    done = subprocess.run(
        [sys.executable, "-c", example()], cwd=tables, capture_output=True, text=True, check=True, timeout=60
    )
    found = {line.split()[0]: [float(number) for number in line.split()[1:]] for line in done.stdout.splitlines()}
    rows = told(db).accuracy
    assert {row.protocol for row in rows} == {"debate", "consultancy"}
    for row in told(db, channel="live").accuracy:
        right = row.accuracy
        values = [right.value, right.low, right.high]
        assert None not in values
        assert found[row.protocol] == pytest.approx([right.n_judgments, *values], abs=1e-6)


def test_other_numbers_of_the_report(db: Path, tables: Path) -> None:
    """Brier, judge score, bits per round, sides, rounds and quotes, each by its definition."""
    from math import log2

    rulings = [row for row in table(tables, "judgments") if row["channel"] == "live"]
    for row in told(db, channel="live").accuracy:
        mine = [r for r in rulings if r["protocol"] == row.protocol]
        p = [min(0.99, max(0.01, float(r["p_right"]))) for r in mine]
        rounds = [int(r["rounds"]) for r in mine]
        before = [float(r["p_right_before"]) for r in mine]
        assert row.brier.value == pytest.approx(sum((1 - float(r["p_right"])) ** 2 for r in mine) / len(mine))
        scores = [log2(x) - 0.05 * n for x, n in zip(p, rounds, strict=True)]
        assert row.judge_score.value == pytest.approx(sum(scores) / len(mine))
        bits = sum(log2(x / b) for x, b in zip(p, before, strict=True)) / sum(rounds)
        assert row.bits_per_round.value == pytest.approx(bits)
        if row.protocol == "consultancy":
            sided = [r for r in mine if r["argued_right"] == "1"]
            assert row.right_side.value == pytest.approx(sum(int(r["right"]) for r in sided) / len(sided))
    said, played = table(tables, "turns"), {row["record"]: row for row in table(tables, "matches")}
    for quoted in told(db).evidence:
        ours = {name for name, row in played.items() if row["protocol"] == quoted.protocol}
        rounds_played = sum(int(played[name]["rounds"]) for name in ours)
        for column, value in (("new_characters", quoted.new_per_round), ("quoted_characters", quoted.quoted_per_round)):
            total = sum(int(t[column]) for t in said if t["record"] in ours)
            assert value == pytest.approx(total / rounds_played)


def test_parquet_says_what_csv_says(db: Path, tables: Path, tmp_path: Path) -> None:
    """The same rows in the same order, with numbers that are numbers."""
    cli("export", "--db", db, "--format", "parquet", "--out", tmp_path / "pq")
    for name in ("judgments", "turns", "matches", "beliefs"):
        rows = pq.read_table(tmp_path / "pq" / f"{name}.parquet").to_pylist()
        plain = table(tables, name)
        assert [row["record"] for row in rows] == [row["record"] for row in plain]
        for row, cells in zip(rows, plain, strict=True):
            assert row.keys() == cells.keys()
            for key, value in row.items():
                assert cells[key].removeprefix("'") == ("" if value is None else str(value)), key


def test_selected_rulings_leave_alone(db: Path, tmp_path: Path) -> None:
    """`--where` means here what it means in a report; a key that is none is the user's mistake."""
    out = tmp_path / "t"
    cli("export", "--db", db, "--format", "csv", "--out", out, "--where", "person=Kim", "--where", "protocol=debate")
    assert {row["judge"] for row in table(out, "judgments")} == {"Kim"}
    assert len(table(out, "matches")) == 6
    cli("export", "--db", db, "--format", "csv", "--out", out, "--where", "wrong and confidence>.6")
    assert table(out, "judgments")
    assert all(row["right"] == "0" and float(row["confidence"]) > 0.6 for row in table(out, "judgments"))
    assert exported(db, tmp_path / "o.jsonl", "--where", "meta.included_in_paper=true") == b""
    done = cli("export", "--db", db, "--where", "jugde=Kim")
    assert (done.exit_code, "jugde" in done.stderr) == (2, True)
    done = cli("export", "--db", db, "--format", "csv")
    assert (done.exit_code, "--format csv needs --out FOLDER" in done.stderr) == (2, True)


def test_no_cell_is_run_as_a_formula(tmp_path: Path) -> None:
    """Texts of strangers are texts in a spreadsheet, too."""
    from tests.records.debates import plain, write

    line = plain()
    line["turns"][0]["text"] = '=HYPERLINK("http://example.org")\x1b[2J'
    imported(tmp_path / "a.db", write(tmp_path, line))
    cli("export", "--db", tmp_path / "a.db", "--format", "csv", "--out", tmp_path / "t")
    assert table(tmp_path / "t", "turns")[0]["text"] == '\'=HYPERLINK("http://example.org")'


def test_a_failed_export_leaves_the_old_tables(tmp_path: Path) -> None:
    """B3: all files take their place together with the last row, or none does."""
    from debate.records import tables as flat
    from tests.records.debates import plain

    (found,) = [records.record(*_one(plain()), tournament="t")]
    flat.write(tmp_path / "t", [found])
    before = {each.name: each.read_bytes() for each in (tmp_path / "t").iterdir()}
    with pytest.raises(KeyError):
        flat.write(tmp_path / "t", [found, {}])
    assert {each.name: each.read_bytes() for each in (tmp_path / "t").iterdir()} == before


def _one(line: dict[str, Any]) -> Any:
    from debate.records.reading import parse

    held = parse(json.loads(json.dumps(line)))
    assert isinstance(held, records.Imported)
    return held.debate, held.judgments, held.question.key


def test_parquet_columns_have_a_type_even_where_all_is_null(db: Path, tmp_path: Path) -> None:
    """H5: an export of rulings that all failed has the same schema as one of rulings that stand, and no NaN."""
    from tests.records.debates import plain, write

    failed = plain()
    for ruling in failed["judgments"]:
        ruling |= {"state": "refused", "final": None, "beliefs": []}
    imported(tmp_path / "f.db", write(tmp_path, failed))
    cli("export", "--db", tmp_path / "f.db", "--format", "parquet", "--out", tmp_path / "failed")
    cli("export", "--db", db, "--format", "parquet", "--out", tmp_path / "whole")
    for name in ("judgments", "turns", "matches", "beliefs"):
        bare, whole = (pq.read_table(tmp_path / folder / f"{name}.parquet") for folder in ("failed", "whole"))
        assert bare.schema.equals(whole.schema)
        assert not any(pa.types.is_null(field.type) for field in bare.schema)
        for column in (*bare.columns, *whole.columns):
            if pa.types.is_floating(column.type):
                assert not any(value != value for value in column.drop_null().to_pylist())
    rulings = pq.read_table(tmp_path / "failed" / "judgments.parquet")
    assert {rulings[name].null_count for name in ("right", "p_right", "confidence", "chosen")} == {rulings.num_rows}


def test_metrics_from_parquet_are_those_of_the_database(db: Path, tmp_path: Path) -> None:
    """H5, I13: accuracy, belief in the right answer and Brier scores, computed from the export alone."""
    cli("export", "--db", db, "--format", "parquet", "--out", tmp_path / "pq")
    rulings = pq.read_table(tmp_path / "pq" / "judgments.parquet").to_pylist()
    for row in told(db).accuracy:
        own = [r for r in rulings if (r["protocol"], r["agents"], r["channel"]) == (row.protocol, row.agents, "live")]
        if row.channel != "live":
            continue
        assert row.accuracy.value == pytest.approx(sum(r["right"] for r in own) / len(own))
        assert row.probabilistic.value == pytest.approx(sum(r["p_right"] for r in own) / len(own))
        assert row.brier.value == pytest.approx(sum((1 - r["p_right"]) ** 2 for r in own) / len(own))
