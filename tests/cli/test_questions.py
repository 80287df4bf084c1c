"""Are banks read from where people keep them: packed, and through a pipe?"""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from debate.paths import bundled
from tests.cli.driving import PATIENCE_S, cli

BANK = (bundled("questions") / "closed-book.jsonl").read_bytes()


@pytest.mark.parametrize(("raw", "code"), [(BANK, 0), (gzip.compress(BANK), 0), (b"{}\n", 7)])
def test_what_comes_through_a_pipe_is_checked(raw: bytes, code: int) -> None:
    """Packed or not; a problem is told with its line."""
    command = [sys.executable, "-m", "debate", "questions", "check", "-"]
    ended = subprocess.run(command, input=raw, capture_output=True, timeout=PATIENCE_S)
    assert ended.returncode == code
    if code:
        assert b"/dev/stdin:1: id: is missing" in ended.stderr
    else:
        assert ended.stdout == b"1 file, nothing wrong\n"


def test_a_packed_bank_is_checked_and_counted(tmp_path: Path) -> None:
    """It holds what the plain one holds; nothing is said of what it has none of."""
    path = tmp_path / "bank.jsonl.gz"
    path.write_bytes(gzip.compress(BANK))
    assert cli("questions", "check", str(path)).exit_code == 0
    listed = cli("questions", "list", str(path))
    assert "74" in listed.stdout
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    assert "tags:" not in cli("questions", "list", str(empty)).stdout


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"PK\x03\x04rest", "is packed; unpack it first"),
        (gzip.compress(BANK)[:900], "the gzip stream is damaged or cut off"),
    ],
)
def test_what_cannot_be_unpacked_is_told(tmp_path: Path, raw: bytes, said: str) -> None:
    """In a sentence, with the exit code of bad data."""
    path = tmp_path / "bank.zip"
    path.write_bytes(raw)
    ended = cli("questions", "check", str(path))
    assert ended.exit_code == 7
    assert said in " ".join(ended.stderr.split())
