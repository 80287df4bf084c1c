"""What does a researcher read of a debate? Its question, speeches and rulings as blocks of text, whoever draws them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rich.text import Text

from debate import quotes, sanitize
from debate.domain import Ballot, Debate, Judge, Judgment, Key, Posed, Quote, Speech, Turn, View
from debate.studies.wording import MARKS, who
from debate.transcript import ballot
from debate.wording.length import count

if TYPE_CHECKING:
    from debate.sent import Sent

LEGEND = "[v] stands in the passage, [~] stands there but for a slip, [x] does not"

Kind = Literal["title", "heading", "text", "verbatim"]
Run = tuple[str, str]
"""A run of text, and the mark of the quotation that it is, or nothing."""


@dataclass(frozen=True)
class Block:
    """A title, a heading, running text, or text that stands as it is."""

    kind: Kind
    runs: tuple[Run, ...]

    @classmethod
    def of(cls, kind: Kind, said: str) -> Block:
        """Make a block without quotations."""
        return cls(kind, ((said, ""),))


def blocks(
    debate: Debate, judgments: Sequence[Judgment], key: Key | None = None, *, private: bool = False
) -> Iterator[Block]:
    """Yield a debate with its judgments.

    Args:
        key: tells which answer is right.
        private: show what each seat wrote for itself.
    """
    yield from about(debate, key)
    for turn in debate.turns:
        yield from spoken(debate, turn, private=private)
    if any(turn.quotes for turn in debate.turns):
        yield Block.of("text", LEGEND)
    for judgment in judgments:
        yield from ruled(judgment, key)


def about(debate: Debate, key: Key | None = None) -> Iterator[Block]:
    """Yield what a debate is about, and who sits where."""
    match = debate.match
    yield Block.of("title", match.question.text)
    yield Block.of("text", f"{match.id}, {match.protocol.title}")
    yield Block.of("text", "\n".join(_answers(match.question, key)))
    seats = "\n".join(_seat(debate, seat.seat) for seat in match.seats)
    if seats:
        yield Block.of("text", seats)


def _answers(question: Posed, key: Key | None) -> Iterator[str]:
    for index, answer in enumerate(question.answers):
        right = "  (right)" if key and key.correct == index else ""
        yield f"answer {index + 1}: {answer}{right}"


def _seat(debate: Debate, name: str) -> str:
    seat = debate.match.seat(name)
    who = seat.player or seat.judge
    argues = "" if seat.argues is None else f", argues answer {seat.argues + 1}"
    return f"seat {name}: {who.name} ({who.model}){argues}" if who else f"seat {name}{argues}"


def spoken(debate: Debate, turn: Turn, *, private: bool = False) -> Iterator[Block]:
    """Yield a turn: who, how much, how it was found, and what was said."""
    seat = debate.match.seat(turn.seat)
    who = seat.player or seat.judge
    argues = "" if seat.argues is None else f" for answer {seat.argues + 1}"
    noticed = [*((turn.state,) if turn.state != "ok" else ()), *(("conceded",) if turn.conceded else ()), *turn.flags]
    flags = f" [{', '.join(noticed)}]" if noticed else ""
    size = f", {measured(turn.text, turn.quotes)}" if turn.text else ""
    yield Block.of("heading", f"round {turn.round}, {turn.kind}: {who.name if who else turn.seat}{argues}{size}{flags}")
    if private and turn.scratchpad:
        yield Block.of("verbatim", f"to itself: {turn.scratchpad}")
    yield from _said(turn.text, turn.quotes)
    if turn.says and turn.says.chose is not None:
        yield Block.of("text", f"chooses to argue for answer {turn.says.chose + 1}")
    if turn.says and turn.says.beliefs:
        yield Block.of("text", f"believes: {beliefs(turn.says.beliefs)}")


def measured(text: str, said: Sequence[Quote]) -> str:
    """Say how long a text is, how many of its quotations are in which state, and how much of it is hidden."""
    words = count(text)
    states = Counter(MARKS[quote.status] for quote in said)
    found = "".join(f", {states[mark]} {mark}" for mark in MARKS.values() if states[mark])
    unseen = sanitize.hidden(text)
    return f"{words} word{'' if words == 1 else 's'}{found}{f', {unseen} hidden characters' if unseen else ''}"


def _said(text: str, said: Sequence[Quote]) -> Iterator[Block]:
    runs = tuple((run, MARKS[quote.status] if quote else "") for run, quote in quotes.segments(text, said))
    if runs:
        yield Block("text", runs)


def ruled(judgment: Judgment, key: Key | None = None) -> Iterator[Block]:
    """Yield a ruling: whose, what was believed after each round, and why."""
    seen = judgment.view if judgment.hears is None else f"{judgment.view}, hears answer {judgment.hears + 1}"
    noticed = [
        *((judgment.state,) if judgment.state != "valid" else ()),
        *((judgment.purpose,) if judgment.purpose != "study" else ()),
        *((f"superseded: {judgment.superseded_by}",) if judgment.superseded_by else ()),
    ]
    flags = f" [{', '.join(noticed)}]" if noticed else ""
    yield Block.of("heading", f"judged by {judgment.judge}, {judgment.channel}, view {seen}{flags}")
    path = [f"after round {belief.after_round}: {beliefs(belief.p)}" for belief in judgment.beliefs]
    final = [f"final: {beliefs(judgment.final)}{verdict(judgment, key)}"] if judgment.final else []
    if path or final:
        yield Block.of("text", "\n".join((*path, *final)))
    if judgment.reason:
        yield Block.of("text", judgment.reason)


def beliefs(p: Iterable[float]) -> str:
    """Return a belief over the answers, in the bank's order."""
    return ", ".join(f"answer {index + 1} {belief:.2f}" for index, belief in enumerate(p))


def verdict(judgment: Judgment, key: Key | None) -> str:
    """Say whether a ruling is right, where that is known."""
    if key is None or key.correct is None or judgment.final is None:
        return ""
    right = judgment.final[key.correct]
    others = [p for index, p in enumerate(judgment.final) if index != key.correct]
    return " (tie)" if abs(right - max(others)) < 1e-9 else " (right)" if right > max(others) else " (wrong)"


def seen(debate: Debate, view: View, *, hears: int | None = None) -> tuple[Ballot, Iterator[Block]]:
    """Return what a judge of a view sees of a debate: letters for names, in the match's order of answers."""
    read = ballot(debate, Judge(name="reader", model="human/reader"), view=view, hears=hears)
    return read, _seen(read)


def _seen(read: Ballot) -> Iterator[Block]:
    yield Block.of("title", read.question.text)
    letters = zip("ABCDEFGH", read.shown, strict=False)
    yield Block.of("text", "\n".join(f"{letter}: {read.question.answers[answer]}" for letter, answer in letters))
    for speech in read.speeches:
        yield from _heard(read, speech)
    if any(speech.quotes for speech in read.speeches):
        yield Block.of("text", LEGEND)


def _heard(read: Ballot, speech: Speech) -> Iterator[Block]:
    size = measured(speech.text, speech.quotes)
    yield Block.of("heading", f"round {speech.round}, {speech.kind}: {who(read, speech.label)}, {size}")
    yield from (
        _said(speech.text, speech.quotes) if speech.text else (Block.of("text", "(nothing that this view shows)"),)
    )


def prompts(calls: Iterable[Sent]) -> Iterator[Block]:
    """Yield what was sent and what came back, call by call, with the proof that it is the same."""
    for sent in calls:
        call = sent.call
        proof = "as sent: the hash agrees" if sent.same else "NOT as sent: the stored hash is another"
        head = f"{call.where}, {call.purpose} {call.slot}, attempt {call.attempt}, {call.model} ({proof})"
        yield Block.of("heading", head)
        for message in sent.request.messages:
            yield Block.of("verbatim", f"--- {message.role}\n{message.text}")
        if call.reply:
            yield Block.of("verbatim", f"--- reply ({call.reply.completion.state})\n{call.reply.completion.text}")


def drawn(block: Block, encoding: str = "utf-8") -> Text:
    """Return a block for a terminal; marks are characters, so that nothing depends on colour."""
    style = {"title": "bold underline", "heading": "bold"}.get(block.kind, "")
    said = Text(style=style)
    for run, mark in block.runs:
        shown = sanitize.plain(run, encoding)
        said.append(f'"{shown}" {mark}' if mark else shown, style="italic" if mark else "")
    return said.append("\n" if block.kind in ("text", "verbatim") else "")
