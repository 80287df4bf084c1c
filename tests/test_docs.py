"""What the documentation shows is what the program does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import debate
from debate.config import reference
from docs import generate


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


def test_every_command_of_the_readme_exists() -> None:
    """The table names no command that `debate --help` does not."""
    named = set(re.findall(r"`debate (\w+)", generate.README.read_text("utf-8")))
    command = [sys.executable, "-c", "from debate.cli import main; main()", "--help"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert named <= set(re.findall(r"^  (\w+)  ", shown, re.MULTILINE))


def test_public_names_are_there_and_listed() -> None:
    """Every name in `__all__` can be imported, and nothing else is promised."""
    assert all(getattr(debate, name) is not None for name in debate.__all__)
    assert set(debate.__all__) == set(debate._HOME)
