"""What the documentation shows is what the program does."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import debate
from debate.cli import app
from debate.config import reference
from docs import generate

ROOT = Path(__file__).resolve().parent.parent


def test_the_output_in_the_readme_is_that_of_the_demo() -> None:
    """Run `make docs` where this fails."""
    text = generate.README.read_text("utf-8")
    assert generate.readme(text, generate.demo()) == text


def test_the_reference_of_the_tournament_file_is_current() -> None:
    """Run `make docs` where this fails."""
    assert generate.TOURNAMENT.read_text("utf-8") == reference()


def test_the_example_of_the_library_runs(tmp_path: Path) -> None:
    """As it stands in the README."""
    (code,) = re.findall(r"```python\n(.*?)```", generate.README.read_text("utf-8"), re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "debate full" in done.stdout


PAGES = (generate.README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
FENCED = re.compile(r"```(?:sh|console)\n(.*?)```", re.DOTALL)
LINE = re.compile(r"^(?:\$ )?(debate [^\n]+)$", re.MULTILINE)
INDENTED = re.compile(r"^ {4}(?:\$ )?(debate [^\n]+)$", re.MULTILINE)
TICKED = re.compile(r"`(debate [^`\n]+)`")


def commands(text: str) -> Iterator[str]:
    """Yield the commands that a page shows: fenced, indented, or in ticks."""
    fenced = "\n".join(FENCED.findall(text))
    for shown in (*LINE.findall(fenced), *INDENTED.findall(text), *TICKED.findall(text)):
        yield re.split(r" [#>|] ", shown)[0].strip()


def test_a_command_that_does_not_exist_would_be_seen() -> None:
    """The check below can fail."""
    assert list(commands("    debate run x --seed 1 > out\ntext `debate list`\n```sh\ndebate show m # one\n```")) == [
        "debate show m",
        "debate run x --seed 1",
        "debate list",
    ]
    with pytest.raises(AssertionError, match="no command"):
        understood("debate fly first")
    with pytest.raises(AssertionError, match="unknown option"):
        understood("debate judges status first --fast")
    understood("debate judge pack first --as j07 -o j07.pack")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_shows_exists_with_its_options(page: Path) -> None:
    """A reader who types what stands there is understood."""
    for shown in commands(page.read_text("utf-8")):
        understood(shown)


def understood(shown: str) -> None:
    """See that a command is one of the program's, and that it has the options."""
    words = [word for word in shlex.split(shown.replace("...", ""))[1:] if word != "debate"]
    found: Any = get_command(app)
    if words[:2] == ["judge", "pack"]:
        found, words = found.commands["judge pack"], words[2:]
    while words and words[0] in getattr(found, "commands", {}):
        found, words = found.commands[words[0]], words[1:]
    assert not hasattr(found, "commands") or not words or words[0].startswith("-"), f"no command in: {shown}"
    known = {option for parameter in found.params for option in (*parameter.opts, *parameter.secondary_opts)}
    options = {word.split("=")[0] for word in words if re.match(r"--?[a-z]", word)}
    assert options <= known | {"--help", "-h", "--version"}, f"unknown option in: {shown}"


def test_public_names_are_there_and_listed() -> None:
    """Every name in `__all__` can be imported, and nothing else is promised."""
    assert all(getattr(debate, name) is not None for name in debate.__all__)
    assert set(debate.__all__) == set(debate._HOME)
