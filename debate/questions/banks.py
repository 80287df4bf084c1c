"""The questions of the banks that a tournament names, as one stream."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from debate import intake
from debate.domain import Question
from debate.errors import ConfigError
from debate.questions.reading import read


def bank(names: Sequence[str]) -> Iterator[Question]:
    """Yield the questions of every bank named: `bundled`, `bundled/NAME`, files, folders and globs."""
    for path in files(names):
        yield from read(path)


def files(names: Sequence[str]) -> tuple[Path, ...]:
    """Return the files that the names mean, each once, in the order of the names and then of the alphabet."""
    meant = {name: intake.banks(name) for name in names}
    problems = [f"questions: {intake.unknown_bank(name)}" for name, paths in meant.items() if not paths]
    if problems:
        raise ConfigError(problems)
    found: dict[Path, Path] = {}
    for path in chain.from_iterable(meant.values()):
        found.setdefault(path.resolve(), path)
    return tuple(found.values())
