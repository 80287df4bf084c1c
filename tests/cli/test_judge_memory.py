"""What the process that a judge reads in holds: its memory is searched, while a transcript is on its screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.cli.driving import Terminal, cli
from tests.cli.seen import Seen, sitting_down
from tests.tui.studied import SECRET_JUDGE, SECRET_PLAYERS, rows, study

READ = "Two crates held sand."
SECRETS = (
    *(*SECRET_PLAYERS, SECRET_JUDGE, "sentinel-domain", "sentinel-reason"),
    *("sentinel-scratchpad", "sentinel-ruling"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A study of debates with private notes, played by and ruled on by models with names, and an answer key."""
    key = {"domain": "sentinel-domain", "reason": "sentinel-reason"}
    return study(tmp_path, 2, key=key, ruling="sentinel-ruling")


@contextmanager
def from_database(path: Path, *words: str) -> Iterator[tuple[Terminal, Path]]:
    """Judge at a database, on a terminal."""
    with sitting_down(path, *words) as terminal:
        yield terminal, path


@contextmanager
def from_pack(path: Path, *words: str) -> Iterator[tuple[Terminal, Path]]:
    """Judge from a pack, on a terminal, in a folder that holds nothing else."""
    away = path.parent / "away"
    away.mkdir()
    assert cli("judge", "pack", "test", "--as", "j07", "-o", away / "j07.pack", "--db", path).exit_code == 0
    line = ("judge", "--from", away / "j07.pack", "--as", "j07", *words)
    with Terminal(*line, cwd=away, size=(80, 24)) as terminal:
        yield terminal, away / "j07.pack.state"


def on_the_screen(terminal: Terminal, path: Path) -> None:
    """Read both rounds on the full screen, to the last belief."""
    seen = Seen(terminal)
    seen.shows("2 to do")
    seen.press("\r")
    seen.shows("transcript 1 of 2")
    for keys, acts in (("\r", 1), ("60\r", 3), ("\r", 4), ("70\r", 6)):
        seen.press(keys)
        terminal.until(partial(_done, path, acts))
    seen.shows("The mate saw it.")


def by_prompts(terminal: Terminal, path: Path) -> None:
    """Read both rounds by plain prompts, to the last belief."""
    for answer in ("", "60", "", "70", ""):
        terminal.press(f"{answer}\n".encode())
    terminal.until(lambda: "The mate saw it." in terminal.text)


def _done(path: Path, acts: int) -> bool:
    return len(rows(path, "SELECT * FROM act WHERE kind <> 'draft'")) >= acts


@pytest.mark.parametrize("where", [from_database, from_pack])
@pytest.mark.parametrize(("words", "reads"), [((), on_the_screen), (("--plain",), by_prompts)])
def test_no_key_no_name_and_no_private_note_is_in_the_process_that_a_judge_reads_in(
    path: Path,
    where: Callable[..., AbstractContextManager[tuple[Terminal, Path]]],
    words: tuple[str, ...],
    reads: Callable[..., None],
) -> None:
    """I7: neither as bytes nor as wide characters; and at a database no file of it is open."""
    with where(path, *words) as (terminal, state):
        reads(terminal, state)
        memory = _memory(terminal.process.pid)
        opened = _opened(terminal.process.pid)
    assert READ.encode() in memory, "what was read is found, so the search works"
    for word in SECRETS:
        for kind in ("utf-8", "utf-16-le", "utf-32-le"):
            assert word.encode(kind) not in memory, word
    assert not any(name.startswith(str(path)) for name in opened)


def test_the_secrets_that_are_searched_for_are_in_the_database(path: Path) -> None:
    """So that a search that finds none says something."""
    held = b"".join(file.read_bytes() for file in path.parent.glob("debates.db*"))
    assert [word for word in SECRETS if word.encode() not in held] == []


def _memory(pid: int) -> bytes:
    """Everything that a process can write to."""
    found = []
    with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, mode = line.split()[:2]
            if not mode.startswith("rw") or line.endswith(("[vvar]", "[vsyscall]")):
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            memory.seek(start)
            found.append(memory.read(end - start))
    return b"".join(found)


def _opened(pid: int) -> list[str]:
    """The files that a process has open."""
    return [str(entry.readlink()) for entry in Path(f"/proc/{pid}/fd").iterdir()]
