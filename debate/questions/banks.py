"""The questions of the banks that a tournament names, as one stream."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from debate import intake
from debate.domain import Question
from debate.errors import ConfigError, InputError
from debate.questions.checking import check
from debate.questions.ledger import Ledger
from debate.questions.reading import scan


def bank(names: Sequence[str]) -> Iterator[Question]:
    """Yield the questions of every bank named: `bundled`, `bundled/NAME`, files, folders and globs.

    Raises:
        ConfigError: a name means no file.
        InputError: with every problem of all files; what only shows across lines after the last question.
    """
    paths = files(names)
    with Ledger() as ledger:
        for path in paths:
            for found in scan(path):
                if found.problems:
                    raise InputError(map(str, check(paths)))
                if found.question is not None:
                    ledger.add(path, found.line, found.question)
                    yield found.question
        if any(ledger.problems()):
            raise InputError(map(str, check(paths)))


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
