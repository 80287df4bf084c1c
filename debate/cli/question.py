"""One question of a bank in full: what is asked, which answer is right and why, and the passage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from debate.cli.page import Page

if TYPE_CHECKING:
    from debate.domain import Key, Posed, Question, Span

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def show(page: Page, files: Iterable[Path], wanted: str) -> None:
    """Print the question that a name in a bank, an id, or the beginning of one means, in a pager on a terminal."""
    file, question = _found(files, wanted)
    page.data("debate.questions.question/1", file=str(file), **question.model_dump(mode="json"))
    if page.as_json:
        return
    with page.paged():
        for paragraph in _paragraphs(file, question):
            page.say(page.text(paragraph))


def _found(files: Iterable[Path], wanted: str) -> tuple[Path, Question]:
    from debate import questions
    from debate.errors import UsageError

    near: list[tuple[Path, Question]] = []
    for file in files:
        for question in questions.read(file):
            names = (str(question.key.meta["name"]), question.posed.id)
            if wanted in names:
                return file, question
            if any(name.startswith(wanted) for name in names) and len(near) < 2:
                near.append((file, question))
    if not near:
        raise UsageError(f'no question "{wanted}" is there; `debate questions list BANK` counts those that are')
    if len(near) > 1:
        raise UsageError(
            f'"{wanted}" begins the names of several questions, such as {_name(near[0][1])} and {_name(near[1][1])}'
        )
    return near[0]


def _name(question: Question) -> str:
    return f'"{question.key.meta["name"]}"'


def _paragraphs(file: Path, question: Question) -> Iterator[str]:
    posed, key = question.posed, question.key
    yield f"{key.meta['name']}  {posed.id}  {file}"
    yield from _about(key)
    yield f"\n{posed.text}\n"
    for place, answer in enumerate(posed.answers):
        yield f"  {_LETTERS[place]}  {answer}{_mark(key, place)}"
    if key.correct is None:
        yield "\nno answer is known to be right"
    if key.reason:
        yield f"\nwhy: {key.reason}"
    for name, spans in (("evidence", key.evidence), ("flaw", key.flaws)):
        yield from _quoted(name, spans, posed)
    if posed.passage:
        yield f"\n{posed.passage.title or 'passage'}, {len(posed.passage.text.split()):,} words\n"
        yield posed.passage.text


def _about(key: Key) -> Iterator[str]:
    """Yield what is known of a question, a line for each kind of it."""
    kinds = {
        "domain": key.domain,
        "difficulty": "" if key.difficulty is None else f"{key.difficulty:.2f}",
        "tags": ", ".join(key.tags),
        "source": key.source,
        "licence": key.licence,
        "share": "" if key.share else "no; exports leave out its texts",
    }
    yield from (f"{name}: {said}" for name, said in kinds.items() if said)


def _mark(key: Key, place: int) -> str:
    marks = {key.distractor: "  [best distractor]", key.correct: "  [right]"}
    return marks.get(place, "")


def _quoted(name: str, spans: tuple[Span, ...], posed: Posed) -> Iterator[str]:
    for span in spans:
        assert posed.passage is not None  # a bank with places and no passage is refused
        yield f'\n{name} ({span.start} to {span.end}): "{posed.passage.text[span.start : span.end]}"'
