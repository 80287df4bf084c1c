from __future__ import annotations

from pathlib import Path

import pytest

from debate import questions
from debate.errors import ConfigError, InputError
from debate.paths import bundled
from tests.questions.banks import passage_line, question_line, write


def test_bundled_names_all_files_or_one() -> None:
    """`bundled` is every bundled file, `bundled/NAME` one of them."""
    everything = questions.files(["bundled"])
    assert everything == tuple(sorted(bundled("questions").glob("*.jsonl")))
    assert questions.files([f"bundled/{everything[0].stem}"]) == everything[:1]
    assert next(questions.bank(["bundled"])).key.correct is not None


def test_paths_folders_and_globs(tmp_path: Path) -> None:
    """A file, a folder and a glob mean files, each once, in a fixed order."""
    paths = [write(tmp_path, name=f"{name}.jsonl") for name in "cab"]
    write(tmp_path, name="notes.txt")
    everything = tuple(sorted(paths))
    assert questions.files([str(tmp_path)]) == everything
    assert questions.files([str(tmp_path / "*.jsonl")]) == everything
    assert questions.files([str(paths[0]), str(tmp_path / "[ab].jsonl"), str(tmp_path)]) == (paths[0], *everything[:2])


def test_relative_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative names start from the working folder."""
    write(tmp_path, name="mine.jsonl")
    monkeypatch.chdir(tmp_path)
    assert questions.files(["mine.jsonl", "*.jsonl"]) == (Path("mine.jsonl"),)


def test_unknown_names_are_told_together(tmp_path: Path) -> None:
    """G14: every unknown bank is named, with a suggestion where one is near."""
    with pytest.raises(ConfigError) as caught:
        questions.files(["bundeld", "bundled/nowhere", str(tmp_path / "*.jsonl")])
    first, second, third = caught.value.problems
    assert first == 'questions: no bank "bundeld" is there. Did you mean "bundled"?'
    assert '"bundled/nowhere"' in second
    assert third.endswith("; name a bundled bank, a file, a folder or a glob")


def test_banks_are_read_one_after_the_other(tmp_path: Path) -> None:
    """The questions of all files come as one stream."""
    first = write(tmp_path, passage_line(), question_line("a"), name="a.jsonl")
    second = write(tmp_path, question_line("b", passage=None), name="b.jsonl")
    assert [q.key.meta["name"] for q in questions.bank([str(second), str(first)])] == ["b", "a"]


def test_a_bank_that_repeats_itself_is_refused(tmp_path: Path) -> None:
    """G6: what only shows across lines and files is told before anything can be played."""
    first = write(tmp_path, passage_line(), question_line("a"), name="a.jsonl")
    second = write(tmp_path, question_line("a", passage=None, text="Where to?"), name="b.jsonl")
    with pytest.raises(InputError) as caught:
        list(questions.bank([str(first), str(second)]))
    assert caught.value.problems == (f"{second}:1: id: was given before, at {first}:2",)
    assert caught.value.exit_code == 7


def test_the_problems_of_all_banks_are_told_together(tmp_path: Path) -> None:
    """G7: the first bad line of the first file does not hide those of the second."""
    paths = [write(tmp_path, b"x", question_line("a"), name=f"{name}.jsonl") for name in "ab"]
    with pytest.raises(InputError) as caught:
        list(questions.bank([str(tmp_path)]))
    assert [problem.partition(": ")[0] for problem in caught.value.problems] == [
        f"{path}:{line}" for path in paths for line in (1, 2)
    ]
