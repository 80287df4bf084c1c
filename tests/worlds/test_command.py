"""Does `debate questions make` do what its help says, and refuse what cannot be done?"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from debate import questions
from debate.worlds import STRUCTURES, WORLDS
from docs import worlds
from tests.cli.driving import cli


def said(*flags: str) -> tuple[int, str, str]:
    """Return exit code, stdout and stderr of the command."""
    result = cli("questions", "make", *flags)
    return result.exit_code, result.stdout, result.stderr


def test_lines_are_streamed_to_stdout_and_nothing_else() -> None:
    """Every line is JSON; the worlds named take turns."""
    code, out, err = said("--world", "letters", "--world", "program", "--n", "9")
    assert (code, err) == (0, "")
    lines = [json.loads(line) for line in out.splitlines()]
    asked = [line["domain"] for line in lines if "text" in line]
    assert len(asked) == 9
    assert set(asked) == {"letters", "program"}


def test_a_file_is_written_and_can_be_read_as_a_bank(tmp_path: Path) -> None:
    """The same lines as on stdout; one message says how many and where."""
    path = tmp_path / "made.jsonl"
    code, out, err = said("--n", "12", "--seed", "3", "-o", str(path))
    assert (code, out) == (0, "")
    assert err.replace("\n", "").endswith("made.jsonl")
    assert path.read_text("utf-8") == said("--n", "12", "--seed", "3")[1]
    assert len(list(questions.read(path))) == 12


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--words", "499"], "'--words': Input should be greater than or equal to 500"),
        (["--words", "20001"], "'--words': Input should be less than or equal to 20000"),
        (["--difficulty", "1.5"], "'--difficulty'"),
        (["--n", "0"], "'--n'"),
        (["-o", "nowhere/made.jsonl"], 'there is no folder "nowhere"'),
        (["--world", "warehous"], 'there is no world "warehous". Did you mean "warehouse"?'),
        (["--world", "moon"], f'there is no world "moon"; there are: {", ".join(WORLDS)}'),
        (["--world", "vote"], "matched pairs, with --interest"),
        (["--interest", "--world", "letters"], f"there are: {', '.join(STRUCTURES)}"),
        (["--interest", "--words", "900"], "leave out --words, --difficulty and --each"),
    ],
)
def test_what_cannot_be_done_is_refused(flags: list[str], message: str) -> None:
    """In a sentence that says what there is, with exit code 2, before anything is written."""
    code, out, err = said(*flags)
    assert (code, out) == (2, "")
    assert message in err


def test_the_page_of_worlds_is_current() -> None:
    """Run `python -m docs.worlds` where this fails; every world has its section and every flag its line."""
    text = worlds.PAGE.read_text("utf-8")
    assert worlds.page(text) == text
    assert set(re.findall(r"^### (\w+)$", text, re.MULTILINE)) == set(WORLDS)
    assert set(re.findall(r"^\| `(--\w+)", text, re.MULTILINE)) == {
        *("--world", "--n", "--seed", "--words", "--difficulty", "--each", "--interest")
    }
