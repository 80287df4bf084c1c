"""What does a format's reader make of a row: a question in the bank's words, or why there is none?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from debate import intake
from debate.domain import chance
from debate.questions.formats.cells import Cells
from debate.questions.formats.tables import Header, named


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A question as a format gives it, not yet checked; the names are those of the bank."""

    text: str
    answers: tuple[str, ...]
    correct: int | None
    distractor: int | None = None
    passage: str = ""
    """The text that debaters read; empty where the question has none."""
    title: str = ""
    flaws: tuple[tuple[int, int], ...] = ()
    difficulty: float | None = None
    domain: str = ""
    tags: tuple[str, ...] = ()
    reason: str = ""
    source: str = ""
    licence: str = ""
    share: bool | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)
    """What else is known, by name; kept with the answer key."""
    place: str = ""
    """Where in its row it stands, where a row holds several."""


@dataclass(frozen=True)
class LeftOut:
    """A sound question that a filter keeps out, and why."""

    why: str


Drafted: TypeAlias = Draft | LeftOut | intake.Fault


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What was asked for; a value that is not the default is refused where the format has no use for it."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Our names to the file's; several columns of the file stand with commas between them."""
    keep: tuple[str, ...] = ()
    correct: Literal["auto", "index", "letter", "text", "none"] = "auto"
    count_from: int = 0
    encoding: str = "utf-8"
    split: str = ""

    difficulty: Literal["any", "hard", "easy"] = "any"
    answerable: float | None = None
    context: float | None = None
    untimed: float | None = None
    speed: float | None = None
    tempting: float | None = None
    agreed: bool = False
    per_story: int | None = None
    seed: int = 0

    wrong: Path | None = None
    perturb: int | None = None
    unreliable: bool = False

    source: str = ""
    licence: str = ""
    domain: str = ""
    share: bool | None = None
    odd: bool = False
    """Take texts that are not what they look like: decoded wrongly, with letters of another script."""


@dataclass(frozen=True)
class Mixed:
    """Answers in the order that they are kept in, with the places of the right one and of the best distractor."""

    answers: tuple[str, ...]
    correct: int | None
    distractor: int | None


def mixed(text: str, right: str, wrong: Iterable[str], tempting: str | None = None) -> Mixed:
    """Return the right answer among the wrong ones, in an order that chance decides by their content.

    So the right one stands nowhere more often. `tempting` is the wrong one that is the best distractor.
    """
    held = [right, *wrong]
    order = sorted(range(len(held)), key=lambda place: chance("answers", text, held[place], place))
    place = held.index(tempting, 1) if tempting is not None else None
    return Mixed(tuple(held[i] for i in order), order.index(0), None if place is None else order.index(place))


Reader: TypeAlias = Callable[[Cells], Iterator[Drafted]]
"""What makes questions of a row; it raises `intake.Fault` where the row cannot be read."""


class Format(NamedTuple):
    """A published format: who reads its rows, which settings mean something to it, what holds by default."""

    reader: Callable[[Path, Settings], Reader]
    takes: frozenset[str] = frozenset()
    header: Header = named
    source: str = ""
    licence: str = ""
    share: bool = True


def letter(value: str, answers: Sequence[str]) -> int | None:
    """Return the place of the answer that a letter names, None where it is no letter or names none."""
    said = value.strip().rstrip(".)").lstrip("(").upper()
    place = ord(said) - ord("A") if len(said) == 1 else -1
    return place if 0 <= place < len(answers) else None
