"""Which files does a bank's name mean: a bundled bank, a path, a folder or a glob?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from debate import intake
from debate.domain import Question
from debate.errors import ConfigError
from debate.paths import bundled
from debate.questions.reading import read

_GLOB = frozenset("*?[")


def bank(names: Sequence[str]) -> Iterator[Question]:
    """Yield the questions of every bank named: `bundled`, `bundled/NAME`, files, folders and globs."""
    for path in files(names):
        yield from read(path)


def files(names: Sequence[str]) -> tuple[Path, ...]:
    """Return the files that the names mean, each once, in the order of the names and then of the alphabet."""
    problems: list[str] = []
    found: dict[Path, Path] = {}
    for name in names:
        meant = _meant(name)
        if not meant:
            problems.append(f'questions: no bank "{name}" is there{_hint(name)}')
        for path in meant:
            found.setdefault(path.resolve(), path)
    if problems:
        raise ConfigError(problems)
    return tuple(found.values())


def _meant(name: str) -> list[Path]:
    first, _, rest = name.partition("/")
    if first == "bundled":
        folder = bundled("questions")
        return sorted(folder.glob("*.jsonl")) if not rest else _present(folder / f"{rest.removesuffix('.jsonl')}.jsonl")
    path = Path(name).expanduser()
    if path.is_dir():
        return sorted(path.glob("*.jsonl"))
    if path.is_file() or not _GLOB & set(name):
        return _present(path)
    pattern = str(path.relative_to(path.anchor))
    return sorted(one for one in Path(path.anchor).glob(pattern) if one.is_file())


def _present(path: Path) -> list[Path]:
    return [path] if path.is_file() else []


def _hint(name: str) -> str:
    known = ["bundled", *(f"bundled/{path.stem}" for path in bundled("questions").glob("*.jsonl"))]
    return intake.near(name, known) or "; name a bundled bank, a file, a folder or a glob"
