"""A tournament as a log of Inspect: its own reader opens it, and it comes back as what it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from debate import records
from tests.cli.driving import cli
from tests.records.test_exchange import exported, imported
from tests.records.test_tables import study


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return study(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="module")
def log(db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "study.eval"
    assert cli("export", "--db", db, "--format", "inspect", "--out", path).exit_code == 0
    return path


def test_inspect_reads_it(log: Path) -> None:
    """Every debate is a sample with its transcript, and every judge a score; accuracies are of the rulings."""
    from inspect_ai.log import read_eval_log, read_eval_log_sample_summaries

    found = read_eval_log(str(log))
    assert (found.status, found.eval.task) == ("success", "nyu")
    assert found.samples is not None
    assert len(found.samples) == 12
    sample = next(s for s in found.samples if s.metadata["protocol"] == "debate" and s.target == "A")
    assert sample.choices == ["Herring was in it", "Sand was in it"]
    assert sample.scores is not None
    assert set(sample.scores) == {"Jo", "Kim"}
    assert {score.value for score in sample.scores.values()} <= {"C", "I"}
    assert [message.role for message in sample.messages] == ["user", "assistant", "assistant", "assistant"]
    assert found.results is not None
    scored = {score.name: score.metrics["accuracy"].value for score in found.results.scores}
    right = [s.scores["Kim"].value == "C" for s in found.samples if s.scores and "Kim" in s.scores]
    assert scored["Kim"] == pytest.approx(sum(right) / len(right))
    assert len(read_eval_log_sample_summaries(str(log))) == 12


def test_it_comes_back_as_it_was(db: Path, log: Path, tmp_path: Path) -> None:
    """The records inside are whole, also after Inspect has written the log anew; the same records, the same bytes."""
    from inspect_ai.log import read_eval_log, write_eval_log

    first = sorted(exported(db, tmp_path / "a.jsonl").splitlines())
    write_eval_log(read_eval_log(str(log)), str(tmp_path / "again.eval"))
    for name, path in (("one", log), ("two", tmp_path / "again.eval")):
        assert imported(tmp_path / f"{name}.db", path)["nyu"]["debates"] == 12
        assert sorted(exported(tmp_path / f"{name}.db", tmp_path / "b.jsonl").splitlines()) == first
    cli("export", "--db", db, "--format", "inspect", "--out", tmp_path / "same.eval")
    assert (tmp_path / "same.eval").read_bytes() == log.read_bytes()


def test_without_answers_nothing_is_right_or_wrong(db: Path, tmp_path: Path) -> None:
    """H11: a log that leaves without its keys has targets and scores without value."""
    from inspect_ai.log import read_eval_log

    path = tmp_path / "hidden.eval"
    cli("export", "--db", db, "--format", "inspect", "--out", path, "--without-answers")
    found = read_eval_log(str(path))
    assert {sample.target for sample in found.samples or ()} == {""}
    assert {score.value for sample in found.samples or () for score in (sample.scores or {}).values()} == {"N"}
    assert {one.question.key.correct for one in records.read(path)} == {None}
