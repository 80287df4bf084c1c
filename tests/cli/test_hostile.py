"""Whatever players, judges, banks and errors say, a terminal shows it and obeys none of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.driving import Terminal, cli, process, small
from tests.cli.hostile import HOSTILE, dangerous
from tests.questions.banks import passage_line, question_line, write


@pytest.fixture
def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A finished tournament in which everything that can be said is hostile."""
    monkeypatch.chdir(tmp_path)
    small(tmp_path)
    storable = "".join(c for c in HOSTILE if c in "\t\n" or " " <= c < "\x7f" or c >= "\xa0")
    write(
        tmp_path,
        passage_line(text=storable),
        question_line(text=storable, answers=[f"one {storable}", f"two {storable}"]),
    )
    monkeypatch.setenv("SAID", HOSTILE.replace("\x00", ""))
    assert cli("run", "--quiet").exit_code == 0
    return tmp_path


def first(folder: Path) -> str:
    from debate.store import Store

    with Store.open(folder / "debate.db", readonly=True) as store:
        return next(store.debates("small"))[0].match.id


COMMANDS = [
    "show MATCH",
    "show MATCH --prompts",
    "show MATCH --private",
    "show MATCH --markdown",
    "show MATCH --html -",
]
COMMANDS += [
    "show MATCH --html -",
    "show MATCH --json",
    "export small",
    "status",
    "list",
    "report",
    "plan",
    "questions list bank.jsonl",
]


@pytest.mark.parametrize("line", COMMANDS)
def test_nothing_on_the_terminal_is_obeyed(played: Path, line: str) -> None:
    """F1, F2, F4, F5: on a real terminal, every command of every kind of text."""
    words = line.replace("MATCH", first(played)).split()
    with Terminal(*words, cwd=played) as shown:
        assert shown.end() == 0, shown.text
    assert dangerous(shown.text) == []
    assert "MarkupError" not in shown.text


def test_markup_is_shown_as_it_was_written(played: Path) -> None:
    """F5: brackets and colons are text."""
    shown = process("show", first(played), cwd=played).stdout
    assert "[/bad] [link=http://evil.example]x[/link] [red]x [@click=app.quit]y[/] :smile:" in shown


def test_a_run_shows_hostile_errors_safely(tmp_path: Path) -> None:
    """F1: what a script raises reaches the display of a run, and its messages, cleaned."""
    small(tmp_path)
    (tmp_path / "players.py").write_text(f"def speak(ask): raise ValueError({HOSTILE!r})\n")
    with Terminal("run", cwd=tmp_path) as run:
        assert run.end() == 2
    assert "players.py:1: ValueError" in run.text
    assert dangerous(run.text) == []


def test_a_hostile_file_name_is_shown_safely(tmp_path: Path) -> None:
    """F1: a file's name is text from outside too."""
    name = "evil\x1b]52;c;aa\x07\u202e.toml"
    (tmp_path / name).write_text("name = ")
    with Terminal("plan", name, cwd=tmp_path) as shown:
        assert shown.end() == 2
    assert dangerous(shown.text) == []


def test_a_page_runs_nothing(played: Path) -> None:
    """H1: no tag of theirs is left in the HTML, and the page permits no script."""
    shown = process("show", first(played), "--html", "-", cwd=played).stdout
    assert "<script" not in shown
    assert "<img" not in shown
    assert "default-src 'none'" in shown


def test_markdown_means_nothing(played: Path) -> None:
    """H1: no link, no emphasis and no tag comes out of a speech."""
    shown = process("show", first(played), "--markdown", cwd=played).stdout
    assert "<script" not in shown
    assert "](javascript" not in shown
    assert "\\*\\*bold\\*\\*" in shown


def test_json_keeps_the_text_as_it_was(played: Path) -> None:
    """What is cleaned for the eye is whole for programs, in ASCII alone."""
    shown = process("show", first(played), "--json", cwd=played).stdout
    assert shown.isascii()
    assert "\x1b]52;c;aGFja2Vk\x07" in json.loads(shown)["turns"][0]["text"]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_of_few_characters_gets_those_it_has(played: Path, encoding: str) -> None:
    """F10: nothing fails for want of a character."""
    for line in (("show", first(played)), ("report",), ("plan",)):
        ended = process(*line, cwd=played, PYTHONIOENCODING=encoding)
        assert ended.returncode == 0, ended.stderr
