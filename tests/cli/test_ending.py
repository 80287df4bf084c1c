"""How commands end: a sentence, the right exit code, and neither a traceback nor a key."""

from __future__ import annotations

import os
import shlex
import sqlite3
import subprocess
from pathlib import Path

import pytest

from debate.cli import ending
from tests.cli.driving import ROOT, cli, command, environ, process, read, small

SENTINEL = "sk-live-4f9d8c7b6a5e4d3c2b1a0f9e8d7c6b5a"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has a folder of its own, and no keys."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(("OPENAI_", "ANTHROPIC_", "DEBATE_"))]:
        monkeypatch.delenv(name)


def test_every_mistake_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    """G14: three mistakes are three lines on stderr, exit 2, and no database."""
    file = small(tmp_path, more='max_failure = 1\n[[judges]]\nname = "jo"\nmodel = "opnai/gpt-5"\n')
    ended = cli("run")
    assert ended.exit_code == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith("3 problems:")
    assert 'Did you mean "openai"?' in ended.stderr
    assert file.name in ended.stderr
    assert not Path("debate.db").exists()


def test_without_a_file_it_is_said_what_to_do() -> None:
    """Nothing here and nothing typed: the next step is named."""
    ended = cli("run")
    assert ended.exit_code == 2
    assert "debate init" in ended.stderr


def test_a_bank_with_mistakes_is_exit_7(tmp_path: Path) -> None:
    """G7: the bank's problems are listed with their lines."""
    small(tmp_path)
    (tmp_path / "bank.jsonl").write_text('{"id": "q", "text": "", "answers": ["a", "a"], "correct": 3}\n')
    ended = cli("run")
    assert ended.exit_code == 7
    assert "bank.jsonl:1:" in ended.stderr
    assert not Path("debate.db").exists() or not cli("list", "--json").stdout.count('"small"')


def test_a_missing_key_is_exit_5_before_anything_is_pinned() -> None:
    """C5: no key, no call, and no plan that would have to be undone."""
    ended = cli("run", "--debater", "openai/gpt-5", "--judge", "builtin/naive", "--debater", "builtin/bluffer", "--yes")
    assert ended.exit_code == 5
    assert "OPENAI_API_KEY" in ended.stderr
    assert read(cli("list", "--json"))["tournaments"] == []


def test_every_missing_key_is_named_at_once() -> None:
    """C5: nobody has to start as often as there are keys."""
    ended = cli(
        "run",
        "--debater",
        "openai/gpt-5",
        "--debater",
        "anthropic/claude-opus-4-7",
        "--judge",
        "j=openai/gpt-5",
        "--yes",
    )
    assert ended.exit_code == 5
    assert [name for name in ("OPENAI", "ANTHROPIC") if ended.stderr.count(f'"{name}_API_KEY"') == 1] == [
        "OPENAI",
        "ANTHROPIC",
    ]


def test_an_endpoint_that_is_not_there_is_told_before_anything_is_pinned(tmp_path: Path) -> None:
    """C15: nothing listens; nothing is retried for long, nothing planned."""
    lab = '[endpoints.lab]\napi = "openai"\nbase_url = "http://127.0.0.1:9/v1"\n'
    small(tmp_path, more=f'[[judges]]\nname = "eve"\nmodel = "lab/x"\n{lab}')
    ended = cli("run")
    assert ended.exit_code == 2
    assert "127.0.0.1:9" in ended.stderr
    assert read(cli("list", "--json"))["tournaments"] == []


def test_a_changed_plan_lists_what_changed_and_how_to_fork(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """K4, G11: the differences, and the command that starts another tournament beside it."""
    file = small(tmp_path)
    cli("run")
    file.write_text(file.read_text().replace("seed = 1", "seed = 2"))
    monkeypatch.setattr("sys.argv", ["debate", "run", "tournament.toml"])
    ended = cli("run", "tournament.toml")
    assert ended.exit_code == 2
    assert "seed: 1 is now 2" in ended.stderr
    assert "debate run tournament.toml --name NEW" in ended.stderr
    assert cli("run", "--name", "other").exit_code == 0


def test_a_file_that_is_no_database_is_exit_6(tmp_path: Path) -> None:
    """B11: a damaged database is told, not overwritten."""
    small(tmp_path)
    (tmp_path / "debate.db").write_bytes(b"not a database at all" * 100)
    ended = cli("run")
    assert ended.exit_code == 6
    assert "damaged" in ended.stderr
    assert (tmp_path / "debate.db").read_bytes() == b"not a database at all" * 100


def test_a_newer_database_is_exit_6(tmp_path: Path) -> None:
    """B16: a schema from the future is left alone."""
    small(tmp_path)
    cli("run")
    with sqlite3.connect("debate.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = 'm999'")
    raw.close()
    for line in (("run",), ("list",), ("report",)):
        ended = cli(*line)
        assert ended.exit_code == 6
        assert "newer" in ended.stderr


def test_a_wrong_flag_is_exit_2() -> None:
    """What was typed wrong is repeated, with where to look."""
    ended = cli("list", "--jsn")
    assert ended.exit_code == 2
    assert "--jsn" in ended.stderr
    assert "debate list --help" in ended.stderr


def test_a_wrong_flag_cannot_reach_the_terminal() -> None:
    """F1: not even what was typed is written back raw."""
    ended = cli("list", "--\x1b]52;c;aGk=\x07")
    assert ended.exit_code == 2
    assert "\x1b" not in ended.stderr


def test_a_closed_pipe_is_silent(tmp_path: Path) -> None:
    """A8: `debate list | head -1` says nothing of pipes."""
    small(tmp_path)
    cli("run")
    script = 'import sys; from debate.cli import main; sys.argv = ["debate", "export", "small"]; main()'
    line = ["bash", "-c", f"{command()[0]} -c '{script}' | true; exit ${{PIPESTATUS[0]}}"]
    ended = subprocess.run(line, cwd=tmp_path, env=environ(), capture_output=True, text=True, check=False)
    assert ended.returncode in (0, ending.PIPE)
    assert ended.stderr == ""


def test_streams_that_are_closed_are_no_bug(tmp_path: Path) -> None:
    """What is started without them has nobody to tell, and ends as it would; a file never takes their number."""
    line = f"exec {shlex.join(command('--version'))} <&- >&- 2>&-"
    assert subprocess.run(["sh", "-c", line], cwd=tmp_path, env=environ(), check=False).returncode == 0


def test_a_full_disk_under_what_is_printed_is_no_bug(tmp_path: Path) -> None:
    """B3: whoever sends a list to a full disk is told that it is full."""
    small(tmp_path)
    cli("run")
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [*command(), "list"],
            cwd=tmp_path,
            env=environ(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ended.returncode == 1
    assert ended.stderr == "error: what is printed could not be read or written: No space left on device\n"


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """B3: an export that does not fit changes nothing and says so."""
    small(tmp_path)
    cli("run")
    ended = cli("export", "small", "--out", "/dev/full")
    assert ended.exit_code == 1
    assert "no room left" in ended.stderr
    assert Path("/dev/full").is_char_device()


BUG = """
import sys
from debate.cli import page
def broken(*args, **more):
    key = "{key}"
    raise KeyError(key)
page.Page.data = broken
from debate.cli import main
sys.argv = ["debate", "models"]
main()
"""


def test_a_bug_shows_neither_traceback_nor_locals(tmp_path: Path) -> None:
    """F14, J1: one line that says where, and no key that a variable held."""
    script = BUG.format(key=SENTINEL)
    line = [command()[0], "-c", script]
    ended = subprocess.run(line, cwd=ROOT, env=environ(), capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "internal error: KeyError at models.py:" in ended.stderr
    assert SENTINEL not in ended.stderr


def test_a_traceback_can_be_asked_for() -> None:
    """DEBATE_TRACEBACK=1 is for those who report a bug, or mend it."""
    line = [command()[0], "-c", BUG.format(key="x")]
    ended = subprocess.run(
        line, cwd=ROOT, env=environ(DEBATE_TRACEBACK="1"), capture_output=True, text=True, check=False
    )
    assert "Traceback" in ended.stderr


def test_a_key_in_the_environment_is_never_shown(tmp_path: Path) -> None:
    """J1: whatever goes wrong, the key is in no output and in no file."""
    file = small(tmp_path, more='[[judges]]\nname = "eve"\nmodel = "openai/gpt-5"\n')
    where = {"OPENAI_API_KEY": SENTINEL, "OPENAI_BASE_URL": f"http://user:{SENTINEL}@127.0.0.1:9/v1"}
    for line in (("run", "--yes"), ("doctor",)):
        ended = process(*line, cwd=tmp_path, DEBATE_TRACEBACK="1", **where)
        assert SENTINEL not in ended.stdout + ended.stderr
    for kept in tmp_path.iterdir():
        assert SENTINEL.encode() not in kept.read_bytes()
    assert file.exists()


def test_the_command_that_was_typed_comes_back_with_other_flags(monkeypatch: pytest.MonkeyPatch) -> None:
    """How to go on is something to paste, quoted as a shell wants it."""
    monkeypatch.setattr("sys.argv", ["debate", "run", "my file.toml", "--name=old", "--name", "older", "--yes"])
    assert ending.command(name="new") == "debate run 'my file.toml' --yes --name new"
    assert ending.command() == "debate run 'my file.toml' --name=old --name older --yes"
