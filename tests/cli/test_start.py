"""How the command line starts: at once, and without what it does not need."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from debate import __version__
from debate.cli import app
from tests.cli.driving import ROOT, cli


def commands(group: Any, words: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield every command that help shows, with a dot between a group and its command."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*words, name))
        elif not command.hidden:
            yield ".".join((*words, *name.split(" ")))


COMMANDS = sorted(commands(get_command(app)))
HEAVY = {"pydantic", "sqlmodel", "sqlalchemy", "openai", "anthropic", "numpy", "scipy", "jinja2", "alembic", "rich"}


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    """`debate --help` starts at once: the command line imports typer and itself."""
    code = "import sys, debate.cli; print(*(name.partition('.')[0] for name in sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not HEAVY & set(found.stdout.split())


def test_help_prints_without_anything_heavy() -> None:
    """Not even the help itself loads what only commands need."""
    code = (
        "import sys, atexit, debate.cli\n"
        "atexit.register(lambda: print(*(name.partition('.')[0] for name in sys.modules)))\n"
        "sys.argv = ['debate', '--help']\n"
        "debate.cli.main()"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "debate demo" in found.stdout
    assert not HEAVY & set(found.stdout.splitlines()[-1].split())


def test_the_version_is_printed() -> None:
    """`--version` says which one this is."""
    assert cli("--version").stdout == f"debate {__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    """Help is a sentence and something to type."""
    words = name.split(".")
    help_ = cli(*words, "--help").stdout
    assert re.search(rf"^ +debate {' '.join(words)}", help_, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_the_common_flags(name: str) -> None:
    """A script may give `--db`, `--json`, `--quiet` and `--yes` to any of them."""
    help_ = cli(*name.split("."), "--help").stdout
    assert all(flag in help_ for flag in ("--db", "--json", "--quiet", "--yes"))


def test_a_line_of_help_fits_where_it_is_listed() -> None:
    """No command's one line is cut short in the list of commands."""
    assert "..." not in cli("--help").stdout.partition("Commands:")[2]


def test_without_a_command_the_help_is_shown() -> None:
    """Who types the bare name wants to know what there is."""
    shown = cli()
    assert shown.exit_code == 0
    assert "Commands:" in shown.stdout
