"""A debate and its judgments as blocks of text, and the three ways in which blocks are written."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from debate import quotes, sanitize
from debate.domain import Debate, Judgment, Key, Posed, Turn

if TYPE_CHECKING:
    from rich.text import Text

    from debate.sent import Sent

MARKS = {"verified": "[v]", "repaired": "[~]", "unverified": "[x]"}
LEGEND = "[v] stands in the passage, [~] stands there but for a slip, [x] does not"

_CSP = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = (
    "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:16px/1.5 system-ui,sans-serif;"
    "color-scheme:light dark}pre{white-space:pre-wrap;overflow-wrap:anywhere}q{font-style:italic}"
)
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~>:@$=])")

Run = tuple[str, str]
"""A run of text, and the mark of the quotation that it is, or nothing."""


@dataclass(frozen=True)
class Block:
    """A title, a heading, running text, or text that stands as it is."""

    kind: Literal["title", "heading", "text", "verbatim"]
    runs: tuple[Run, ...]

    @classmethod
    def of(cls, kind: Literal["title", "heading", "text", "verbatim"], said: str) -> Block:
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
    match = debate.match
    yield Block.of("title", match.question.text)
    yield Block.of("text", f"{match.id}, {match.protocol.title}")
    yield Block.of("text", "\n".join(_answers(match.question, key)))
    seats = "\n".join(_seat(debate, seat.seat) for seat in match.seats)
    if seats:
        yield Block.of("text", seats)
    for turn in debate.turns:
        yield from _turn(debate, turn, private=private)
    if any(turn.quotes for turn in debate.turns):
        yield Block.of("text", LEGEND)
    for judgment in judgments:
        yield from _judgment(judgment, key)


def _answers(question: Posed, key: Key | None) -> Iterator[str]:
    for index, answer in enumerate(question.answers):
        right = "  (right)" if key and key.correct == index else ""
        yield f"answer {index + 1}: {answer}{right}"


def _seat(debate: Debate, name: str) -> str:
    seat = debate.match.seat(name)
    who = seat.player or seat.judge
    argues = "" if seat.argues is None else f", argues answer {seat.argues + 1}"
    return f"seat {name}: {who.name} ({who.model}){argues}" if who else f"seat {name}{argues}"


def _turn(debate: Debate, turn: Turn, *, private: bool) -> Iterator[Block]:
    seat = debate.match.seat(turn.seat)
    who = seat.player or seat.judge
    argues = "" if seat.argues is None else f" for answer {seat.argues + 1}"
    noticed = [*((turn.state,) if turn.state != "ok" else ()), *(("conceded",) if turn.conceded else ()), *turn.flags]
    said = f" [{', '.join(noticed)}]" if noticed else ""
    yield Block.of("heading", f"round {turn.round}, {turn.kind}: {who.name if who else turn.seat}{argues}{said}")
    if private and turn.scratchpad:
        yield Block.of("verbatim", f"to itself: {turn.scratchpad}")
    runs = tuple((run, MARKS[quote.status] if quote else "") for run, quote in quotes.segments(turn.text, turn.quotes))
    if runs:
        yield Block("text", runs)
    if turn.says and turn.says.beliefs:
        yield Block.of("text", f"believes: {_beliefs(turn.says.beliefs)}")


def _judgment(judgment: Judgment, key: Key | None) -> Iterator[Block]:
    seen = judgment.view if judgment.hears is None else f"{judgment.view}, hears answer {judgment.hears + 1}"
    state = "" if judgment.state == "valid" else f" [{judgment.state}]"
    yield Block.of("heading", f"judged by {judgment.judge}, {judgment.channel}, view {seen}{state}")
    path = [f"after round {belief.after_round}: {_beliefs(belief.p)}" for belief in judgment.beliefs]
    final = [f"final: {_beliefs(judgment.final)}{_verdict(judgment, key)}"] if judgment.final else []
    if path or final:
        yield Block.of("text", "\n".join((*path, *final)))
    if judgment.reason:
        yield Block.of("text", judgment.reason)


def _beliefs(p: Iterable[float]) -> str:
    return ", ".join(f"answer {index + 1} {belief:.2f}" for index, belief in enumerate(p))


def _verdict(judgment: Judgment, key: Key | None) -> str:
    if key is None or key.correct is None or judgment.final is None:
        return ""
    right = judgment.final[key.correct]
    others = [p for index, p in enumerate(judgment.final) if index != key.correct]
    return " (tie)" if abs(right - max(others)) < 1e-9 else " (right)" if right > max(others) else " (wrong)"


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


def text(block: Block, encoding: str) -> Text:
    """Return a block for a terminal; marks are characters, so that nothing depends on colour."""
    from rich.text import Text

    style = {"title": "bold underline", "heading": "bold"}.get(block.kind, "")
    said = Text(style=style)
    for run, mark in block.runs:
        shown = sanitize.plain(run, encoding)
        said.append(f'"{shown}" {mark}' if mark else shown, style="italic" if mark else "")
    return said.append("\n" if block.kind in ("text", "verbatim") else "")


def markdown(block: Block) -> str:
    """Return a block as Markdown in which no text from outside means anything."""
    said = "".join(f'"{_inert(run)}" {_inert(mark)}' if mark else _inert(run) for run, mark in block.runs)
    if block.kind in ("title", "heading"):
        return f"{'#' if block.kind == 'title' else '##'} {' '.join(said.split())}\n"
    return "\n".join(f"> {line}  " if line.strip() else ">" for line in said.split("\n")) + "\n"


def _inert(said: str) -> str:
    return _SPECIAL.sub(r"\\\1", html.escape(sanitize.clean(said), quote=False))


def page(found: Iterable[Block], title: str) -> str:
    """Return blocks as one HTML page that needs nothing from elsewhere and runs nothing."""
    head = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f'content="{_CSP}"><title>{html.escape(sanitize.line(title))}</title><style>{_STYLE}</style>'
    )
    return "\n".join((head, *map(_element, found), "</html>\n"))


def _element(block: Block) -> str:
    tag = {"title": "h1", "heading": "h2", "text": "p", "verbatim": "pre"}[block.kind]
    said = "".join(
        f"<q>{_escaped(run, block)}</q> {html.escape(mark)}" if mark else _escaped(run, block)
        for run, mark in block.runs
    )
    return f"<{tag}>{said}</{tag}>"


def _escaped(run: str, block: Block) -> str:
    shown = html.escape(sanitize.clean(run))
    return shown if block.kind == "verbatim" else shown.replace("\n", "<br>")
