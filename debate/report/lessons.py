"""The transcripts that a report points at, with what was said and ruled in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from debate import quotes
from debate.domain import Debate, Judgment, Key, Turn
from debate.protocols import SILENT
from debate.report import sentences
from debate.report.report import Report
from debate.stats.instructive import Instructive
from debate.store import Store

MARKS = {"verified": "stands in the passage", "repaired": "stands there but for a slip", "unverified": "is not there"}


@dataclass(frozen=True)
class Lesson:
    """One transcript, and why it is shown."""

    found: Instructive
    debate: Debate
    judgments: tuple[Judgment, ...]
    key: Key

    @property
    def why(self) -> str:
        """What happened here, in a few words."""
        said = sentences.lesson(self.found)
        return said.replace("-", "\N{MINUS SIGN}") if self.found.amount < 0 else said

    @property
    def turns(self) -> Iterator[tuple[str, Turn]]:
        """Each speech with who spoke and for which answer."""
        for turn in self.debate.turns:
            if turn.kind in SILENT:
                continue
            seat = self.debate.match.seat(turn.seat)
            who = seat.player or seat.judge
            side = "" if seat.argues is None else f" for answer {seat.argues + 1}"
            yield f"Round {turn.round}, {who.name if who else turn.seat}{side}", turn

    @property
    def rulings(self) -> Iterator[tuple[str, tuple[float, ...]]]:
        """Each judge on the whole debate, with its belief in the right answer round by round and in the end."""
        right = self.key.correct
        for judgment in self.judgments:
            if right is not None and judgment.final and judgment.view == "full":
                beliefs = (*(belief.p[right] for belief in judgment.beliefs), judgment.final[right])
                yield judgment.judge, beliefs


def lessons(store: Store, name: str, report: Report) -> list[Lesson]:
    """Read the transcripts that a report points at, in its order."""
    keys = {key.question: key for key in store.keys(name)} if report.instructive else {}
    read = []
    for found in report.instructive:
        debate = store.debate(found.match, name)
        key = keys[debate.match.question.id]
        read.append(Lesson(found, debate, tuple(store.judgments(found.match, name)), key))
    return read


def runs(turn: Turn) -> Iterator[tuple[str, str, str]]:
    """Yield the runs of a speech: the text, the state of the quotation that it is, and what that state means."""
    for text, quote in quotes.segments(turn.text, turn.quotes):
        yield text, quote.status if quote else "", MARKS[quote.status] if quote else ""
