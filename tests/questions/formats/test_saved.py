from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from debate.errors import InputError, UsageError
from tests.cli.driving import PATIENCE_S, ROOT, cli
from tests.questions.formats.taking import got, right

ROWS = [
    {"question": "Which lamp burns longest?", "answers": ["oil", "gas"], "correct": 1, "kind": 0},
    {"question": "Which lamp burns shortest?", "answers": ["oil", "gas"], "correct": 0, "kind": 1},
    {"question": "Which lamp smokes?", "answers": ["oil", "gas"], "correct": 0, "kind": 1},
]
INFO = {
    "dataset_name": "lamps",
    "citation": "@misc{lamps}",
    "homepage": "https://example.org/lamps",
    "license": "CC0-1.0",
    "features": {"kind": {"names": ["indoors", "outdoors"], "_type": "ClassLabel"}},
}


def saved(folder: Path, rows: list[dict[str, Any]] = ROWS, **state: Any) -> Path:
    """Write a folder as `save_to_disk` does: streams of record batches, and two files about them."""
    folder.mkdir(parents=True)
    names = []
    for number, part in enumerate((rows[:2], rows[2:])):
        schema = pa.Table.from_pylist(part or ROWS).schema
        about = {b"huggingface": json.dumps({"info": {"features": INFO["features"]}}).encode()}
        names.append(f"data-{number:05}-of-00002.arrow")
        with (
            pa.OSFile(str(folder / names[-1]), "wb") as sink,
            pa.ipc.new_stream(sink, schema.with_metadata(about)) as out,
        ):
            out.write_table(pa.Table.from_pylist(part, schema=schema.with_metadata(about)))
    said = {"_data_files": [{"filename": name} for name in names], "_split": "train", **state}
    (folder / "state.json").write_text(json.dumps(said))
    (folder / "dataset_info.json").write_text(json.dumps(INFO))
    return folder


def test_a_saved_dataset_is_a_table_that_names_its_licence(tmp_path: Path) -> None:
    """Its files are read in their order; numbers that stand for classes become the names of these."""
    found, problems, _ = got(saved(tmp_path / "lamps"), "huggingface", columns={"domain": "kind"})
    assert problems == []
    assert [right(one) for one in found] == ["gas", "oil", "oil"]
    assert [one.key.domain for one in found] == ["indoors", "outdoors", "outdoors"]
    assert {one.key.licence for one in found} == {"CC0-1.0"}
    assert {one.key.source for one in found} == {"lamps; https://example.org/lamps; @misc{lamps}"}


def test_rows_are_counted_over_all_files(tmp_path: Path) -> None:
    """A problem names the folder and the row."""
    path = saved(tmp_path / "lamps", [*ROWS[:2], ROWS[2] | {"correct": 5}])
    assert got(path, "huggingface").problems == ["3: correct: 5 names none of the 2 answers"]


def test_any_format_may_be_a_saved_dataset(tmp_path: Path) -> None:
    """The columns of MMLU, saved; the dataset's own licence holds before the format's."""
    rows = [{"question": "6 times 7?", "subject": "sums", "choices": ["36", "42"], "answer": 1}] * 2
    (found,) = got(saved(tmp_path / "mmlu", rows), "mmlu").questions
    assert (right(found), found.key.domain, found.key.licence) == ("42", "sums", "CC0-1.0")


def test_one_split_of_several_is_chosen(tmp_path: Path) -> None:
    """By its name; without one that is said, and a wrong name is corrected."""
    saved(tmp_path / "lamps" / "train")
    saved(tmp_path / "lamps" / "test", ROWS[:1])
    (tmp_path / "lamps" / "dataset_dict.json").write_text('{"splits": ["train", "test"]}')
    assert len(got(tmp_path / "lamps", "huggingface", split="test").questions) == 1
    with pytest.raises(UsageError, match="has several splits, choose one with --split: train, test"):
        got(tmp_path / "lamps", "huggingface")
    with pytest.raises(UsageError, match=r'no split "tset"\. Did you mean "test"\?'):
        got(tmp_path / "lamps", "huggingface", split="tset")


def test_folders_that_are_no_dataset(tmp_path: Path) -> None:
    """G7: what is missing is named; a file outside the folder is not read."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="is not a dataset that `save_to_disk` wrote"):
        got(tmp_path / "empty", "huggingface")
    with pytest.raises(InputError, match="saved with an index beside the data"):
        got(saved(tmp_path / "old", _indices_data_files=[{"filename": "i.arrow"}]), "huggingface")
    with pytest.raises(InputError, match=r"\.\./\.\./passwd is not there|passwd is not there"):
        got(saved(tmp_path / "out", _data_files=[{"filename": "../../passwd"}]), "huggingface")


def test_a_file_that_is_cut_off_is_told(tmp_path: Path) -> None:
    """What comes before it is read."""
    path = saved(tmp_path / "lamps")
    last = path / "data-00001-of-00002.arrow"
    last.write_bytes(last.read_bytes()[:200])
    found, (problem,), _ = got(path, "huggingface")
    assert len(found) == 2
    assert problem.startswith('3: "data-00001-of-00002.arrow" cannot be read from here on: ')


OFFLINE = ["unshare", "--map-root-user", "--net"]
"""Runs a command without a network, where this system lets one do that."""


def apart(*command: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process that has no network, or, where that cannot be had, in one that does not ask."""
    alone = shutil.which("unshare") and subprocess.run([*OFFLINE, "true"], capture_output=True).returncode == 0
    called = [*(OFFLINE if alone else []), sys.executable, "-m", "debate", *command]
    return subprocess.run(called, capture_output=True, text=True, timeout=PATIENCE_S, cwd=ROOT)


def test_a_dataset_that_is_not_here_is_not_looked_for(tmp_path: Path) -> None:
    """G16: without a network an address is an error in words, at once, and what is here is read."""
    address, out = "https://example.org/datasets/lamps", str(tmp_path / "bank.jsonl")
    told = apart("questions", "import", address, "--format", "huggingface", "-o", out)
    assert told.returncode == 2
    assert "and nothing is downloaded: get it first" in told.stderr
    assert "Traceback" not in told.stderr
    here = apart("questions", "import", str(saved(tmp_path / "lamps")), "--format", "huggingface", "-o", out)
    assert (here.returncode, here.stderr.count("Traceback")) == (0, 0)
    assert len(Path(out).read_text("utf-8").splitlines()) >= len(ROWS)


def test_a_bank_that_is_an_address_is_told_from_a_wrong_name() -> None:
    """G16: the tournament that names it is refused before anything is spent."""
    refused = cli("plan", "--questions", "https://example.org/lamps.jsonl", "--debater", "builtin/advocate")
    assert refused.exit_code == 2
    assert "is an address, and nothing is downloaded here" in refused.stderr
