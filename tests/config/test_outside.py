from __future__ import annotations

from pathlib import Path

import pytest

from debate import config
from debate.errors import ConfigError
from tests.config.test_loading import DEBATERS, HEAD, JUDGES, write


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with something outside of it."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "bank.jsonl").touch()
    inside = tmp_path / "home"
    (inside / "study" / "prompts").mkdir(parents=True)
    (inside / "study" / "mine.jsonl").touch()
    (inside / "shared.jsonl").touch()
    monkeypatch.chdir(inside)
    return inside


def loaded(head: str, tables: str = DEBATERS + JUDGES, **flags: object) -> list[str]:
    path = write(Path("study"), head + HEAD + tables)
    try:
        found, _ = config.load(path, flags)
    except ConfigError as exc:
        return list(exc.problems)
    return [*found.questions, *([found.prompts] if found.prompts else [])]


def test_paths_are_taken_from_the_folder_of_the_file(home: Path) -> None:
    """A study moves as a folder: its file names its banks and prompts from where it stands."""
    head = 'questions = ["mine.jsonl", "*.jsonl", "../shared.jsonl", "bundled"]\nprompts = "prompts"\n'
    assert loaded(head) == ["study/mine.jsonl", "study/*.jsonl", "study/../shared.jsonl", "bundled", "study/prompts"]


@pytest.mark.parametrize(
    "name", ["../../secret/bank.jsonl", "/etc/passwd", "../../secret/*.jsonl", "link.jsonl", "link*", "bundled/../x"]
)
def test_paths_that_lead_out_are_refused(home: Path, name: str) -> None:
    """G1: `..`, absolute paths and links out need a flag."""
    (home / "study" / "link.jsonl").symlink_to(home.parent / "secret" / "bank.jsonl")
    (problem,) = loaded(f'questions = ["{name}"]\n')
    assert problem.startswith("study/tournament.toml:1: questions[0]: ")
    assert "--allow-outside" in problem or "no bank" in problem


def test_paths_that_lead_out_can_be_allowed(home: Path) -> None:
    """G1: who knows the file may let it."""
    head = 'questions = ["../../secret/bank.jsonl"]\nprompts = "../../secret"\n'
    assert len(loaded(head)) == 2
    allowed = loaded(head, allow_outside=True)
    assert allowed == ["study/../../secret/bank.jsonl", "study/../../secret"]


def test_prompts_and_scripts_that_lead_out(home: Path) -> None:
    """G1: so do folders of prompts and scripted replies."""
    scripted = DEBATERS.replace("builtin/skimmer", "scripted//etc/replies.py") + JUDGES
    first, second = loaded('prompts = "/etc"\n', scripted)
    assert first == (
        'study/tournament.toml:9: debaters[1].model: "/etc/replies.py" lies outside the folder of this file; '
        "--allow-outside permits it"
    ) or first.startswith("study/tournament.toml:1: prompts")
    assert "debaters[1].model" in first + second


def test_what_is_typed_may_lie_anywhere(home: Path) -> None:
    """A flag is the user's own word."""
    bank = str(home.parent / "secret" / "bank.jsonl")
    assert loaded("", questions=[bank], prompts="/etc") == [bank, "/etc"]


def test_what_is_not_there_is_told(home: Path) -> None:
    """Missing prompts and banks are problems of the file."""
    assert loaded('questions = ["bundeld", "mien.jsonl"]\nprompts = "prompt"\n') == [
        'study/tournament.toml:1: questions[0]: no bank "study/bundeld" is there. Did you mean "bundled"?',
        'study/tournament.toml:1: questions[1]: no bank "study/mien.jsonl" is there; '
        "name a bundled bank, a file, a folder or a glob",
        'study/tournament.toml:2: prompts: there is no folder "study/prompt"',
    ]
