"""What comes out of other people's files: lines of a bank, questions left out, and every problem with its line."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from debate import intake
from debate.domain import Posed
from debate.domain.value import chance
from debate.errors import UsageError
from debate.questions.formats import making, saved, tables
from debate.questions.formats.cells import Cells, Missing, folded
from debate.questions.formats.draft import Draft, Drafted, Format, LeftOut, Settings
from debate.questions.formats.repeats import Repeats
from debate.questions.formats.sources import COMMON, FORMATS
from debate.questions.reading import Problem

Keeps: TypeAlias = Callable[[Posed], bool]
"""Whether a sound question on a passage is kept."""


class Came(NamedTuple):
    """What came of a row, or of one of the questions in it."""

    file: Path
    row: tables.Row
    said: making.Line | LeftOut | tuple[Problem, ...]


def convert(paths: Sequence[Path], form: str, settings: Settings) -> Iterator[Came]:
    """Yield what comes of every row of the files, in their order.

    Raises:
        UsageError: a setting is given that the format has no use for, or a dataset has several splits.
        InputError: a folder holds no saved dataset, or the file of wrong answers cannot be read.
    """
    known = FORMATS[form]
    if unused := _unused(known, settings):
        raise UsageError("\n".join(f"--{name.replace('_', '-')} means nothing for --format {form}" for name in unused))
    choice = None
    if settings.per_story is not None:
        choice = Choice(settings.per_story, settings.seed)
        for _ in _come(paths, form, settings, choice.offer):
            pass
    yield from _come(paths, form, settings, choice.keeps if choice else None, most=settings.per_story)


def _come(
    paths: Sequence[Path], form: str, settings: Settings, keeps: Keeps | None, most: int | None = None
) -> Iterator[Came]:
    with Repeats() as repeats:
        sieve = _Sieve(form, settings, repeats, keeps, most)
        for path in paths:
            for row, said in _read(path, FORMATS[form], settings):
                yield Came(path, row, said if isinstance(said, LeftOut) else sieve.come(path, row.line, said))


def _unused(known: Format, settings: Settings) -> list[str]:
    """Return the settings that are given and mean nothing for a format."""
    default = Settings()
    given = (field.name for field in fields(Settings) if getattr(settings, field.name) != getattr(default, field.name))
    return [name for name in given if name not in COMMON | known.takes]


def _read(path: Path, known: Format, settings: Settings) -> Iterator[tuple[tables.Row, Drafted]]:
    """Yield what a file gives, up to where it cannot be read."""
    if not path.is_file() and not path.is_dir():
        yield _whole("is no file that can be read twice; save it to one first")
        return
    try:
        yield from _drafts(path, known, settings)
    except OSError as exc:
        yield _whole(exc.strerror or str(exc))


def _whole(said: str) -> tuple[tables.Row, intake.Fault]:
    """Return a problem of the whole file."""
    fault = intake.Unreadable(said)
    return tables.Row(0, fault), fault


def _drafts(path: Path, known: Format, settings: Settings) -> Iterator[tuple[tables.Row, Drafted]]:
    """Yield what a format's reader makes of the rows of a file."""
    about = saved.about(path, settings.split) if path.is_dir() else saved.About()
    read = known.reader(path, settings)
    for row in tables.rows(path, header=known.header, encoding=settings.encoding, split=settings.split):
        if isinstance(row.cells, intake.Fault):
            yield row, row.cells
            continue
        try:
            for said in read(_named(row, row.cells, settings)):
                yield row, _with_rights(said, known, about, settings) if isinstance(said, Draft) else said
        except Missing as fault:
            if row.columns and folded(fault.name) not in map(folded, row.columns):
                yield _whole(f'has no column "{fault.name}"; it has {", ".join(row.columns)}')
                return
            yield row, fault
        except intake.Fault as fault:
            yield row, fault
            if isinstance(fault, intake.Unreadable):
                return


def _named(row: tables.Row, cells: dict[str, Any], settings: Settings) -> Cells:
    """Return cells under the names that the format knows them by; several columns become a list."""
    held = Cells(cells)
    if not settings.columns:
        return held
    renamed = {}
    for ours, theirs in settings.columns.items():
        several = "," in theirs and not held.has(theirs)
        parts = [part.strip() for part in theirs.split(",")] if several else [theirs]
        for part in parts:
            if row.columns and not held.has(part) and not held.has(part.partition(".")[0]):
                raise Missing(part, row.columns)
        renamed[ours] = [held.value(part) for part in parts] if several else held.value(theirs)
    return Cells(cells | renamed)


def _with_rights(draft: Draft, known: Format, about: saved.About, settings: Settings) -> Draft:
    """Return a draft with what was said of all of its file."""
    shares = (share for share in (settings.share, draft.share) if share is not None)
    return replace(
        draft,
        source=settings.source or draft.source or about.source or known.source,
        licence=settings.licence or draft.licence or about.licence or known.licence,
        domain=settings.domain or draft.domain,
        share=next(shares, known.share),
    )


class Choice:
    """Which questions of a passage are kept where it may have only so many: those whose hash with a seed is least.

    So another order of the file, or another file beside it, keeps the same ones.
    """

    def __init__(self, most: int, seed: int) -> None:
        self._most, self._seed = most, seed
        self._least: dict[str, list[int]] = {}

    def offer(self, posed: Posed) -> bool:
        """Take a question into the choice."""
        assert posed.passage
        least = self._least.setdefault(posed.passage.id, [])
        heapq.heappush(least, -chance(self._seed, "story", posed.id))  # the greatest is on top
        if len(least) > self._most:
            heapq.heappop(least)
        return True

    def keeps(self, posed: Posed) -> bool:
        """Tell whether a question is among the chosen, once all were offered."""
        assert posed.passage
        return -chance(self._seed, "story", posed.id) in self._least[posed.passage.id]


class _Sieve:
    """What is sound by itself, beside all before it, and chosen where one passage gives only so many questions."""

    def __init__(self, form: str, settings: Settings, repeats: Repeats, keeps: Keeps | None, most: int | None) -> None:
        self._form, self._repeats, self._keeps, self._most = form, repeats, keeps, most
        self._checks = making.Checks(odd=settings.odd)

    def come(self, path: Path, line: int, said: Draft | intake.Fault) -> making.Line | LeftOut | tuple[Problem, ...]:
        """Return the line that a draft makes, or why it makes none."""
        if isinstance(said, intake.Fault):
            return (Problem(file=str(path), line=line, message=str(said)),)
        value = making.line(said, self._form)
        question = self._checks.made(value)
        if not isinstance(question, list):
            fault = self._repeats.fault(question, f"{path}:{line}")
            if not fault and self._keeps and question.posed.passage and not self._keeps(question.posed):
                return LeftOut(f"beyond {self._most} of one story")
            question = [fault] if fault else question
        if isinstance(question, list):
            place = f"{said.place}." if said.place else ""
            return tuple(Problem(file=str(path), line=line, message=f"{place}{message}") for message in question)
        return value
