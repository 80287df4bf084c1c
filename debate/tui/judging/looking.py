"""What of a transcript is on the screen: the speeches, the quotes or the passage, and where the reader is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from debate.studies.wording import who
from debate.tui import transcript
from debate.tui.judging.pane import Pane
from debate.tui.transcript import Block

if TYPE_CHECKING:
    from debate.tui.judging.reader import Reader

Shown: TypeAlias = Literal["transcript", "quotes", "passage"]


class Looking:
    """Where a reader looks."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.at: Shown = "transcript"
        self.hits: list[tuple[int, int, int]] = []
        self.here = -1
        self._speech: int | None = None
        self._seen = 0

    def show(self, blocks: list[Block]) -> None:
        """Fill the columns that there are."""
        reader, ballot = self.reader, self.reader.sitting.ballot()
        shown = {"transcript": blocks, "quotes": None, "passage": None}[self.at]
        if shown is None:
            shown = transcript.panel(ballot) if self.at == "quotes" else transcript.passage(ballot)
        other = reader.query_one("#other", Pane)
        beside = reader.has_class("three") and self.at == "transcript"
        reader.text.beside, other.beside = (other, reader.text) if beside else (None, None)
        reader.text.show(shown)
        if reader.has_class("two") or reader.has_class("three"):
            reader.query_one("#side", Pane).show(transcript.panel(ballot))
        if reader.has_class("three"):
            other.show(transcript.transcript(ballot, reader.session, side="B"))

    def turn(self) -> None:
        """Look at the quotes, then at the passage where there is one, then at the transcript again."""
        reads = self.reader.sitting.ballot().question.passage is not None
        order: list[Shown] = ["transcript", "quotes", *(["passage"] if reads else [])]  # type: ignore[list-item] # one of them
        self._look(order[(order.index(self.at) + 1) % len(order)])

    def home(self) -> bool:
        """Look at the transcript again; tell whether that was not so already."""
        away = self.at != "transcript"
        if away:
            self._look("transcript")
        return away

    def _look(self, at: Shown) -> None:
        self.at = at
        self.hits = []
        self.reader.text.highlight(())
        self.reader.draw()
        self.reader.text.go(0)
        if at == "transcript":
            self.to_round(self.reader.session.revealed)
        else:
            self.reader.note("Esc goes back to the transcript · / finds")

    def scroll(self, by: int) -> None:
        """Scroll the transcript, both sides of it together."""
        for pane in self.panes:
            pane.move(by)
        self._speech = None
        self.reader.call_after_refresh(lambda: self.seen)

    @property
    def seen(self) -> int:
        """How much of the transcript so far has been on the screen, in percent."""
        if self.at == "transcript" and self.reader.session.stage == "reading":
            self._seen = self.reader.text.seen
        return self._seen

    @property
    def panes(self) -> tuple[Pane, ...]:
        """The columns that hold the transcript."""
        other = (self.reader.query_one("#other", Pane),) if self.reader.has_class("three") else ()
        return (self.reader.text, *other)

    def to_round(self, number: int) -> None:
        """Go to the beginning of a round."""
        for pane in self.panes:
            found = next((n for n, block in enumerate(pane.blocks) if block.round == number), 0)
            pane.go(found)
        self._speech = None

    def to_speech(self, by: int) -> None:
        """Go to the next speech, or to the one before."""
        pane = self.reader.text
        heads = [n for n, block in enumerate(pane.blocks) if block.head]
        block, _ = pane.top
        if self._speech is not None:
            block = next((n for n in heads if pane.blocks[n].speech == self._speech), block)
        wanted = [n for n in heads if (n > block if by > 0 else n < block)]
        if not wanted:
            self.reader.note("this is the last speech so far" if by > 0 else "this is the first speech")
            return
        at = wanted[0] if by > 0 else wanted[-1]
        self._speech = pane.blocks[at].speech
        pane.go(at)

    @property
    def speech(self) -> int | None:
        """The speech that is being read: the one that was gone to, or the one at the top of the screen."""
        blocks = self.reader.text.blocks
        if self._speech is not None:
            return self._speech
        if self.at != "transcript" or not blocks:
            return None
        block, _ = self.reader.text.top
        return next((one.speech for one in blocks[block:] if one.speech is not None), None)

    def name_of(self, speech: int) -> str:
        """Return who made a speech."""
        ballot = self.reader.sitting.ballot()
        return next(f"{who(ballot, s.label)} in round {s.round}" for s in ballot.speeches if s.index == speech)

    def find(self, wanted: str | None) -> None:
        """Find words in what is shown, and go to the first place after the top of the screen."""
        if not wanted:
            return
        pane = self.reader.text
        self.hits = transcript.hits(pane.blocks, wanted)
        pane.highlight(self.hits)
        self.here = -1
        top = pane.top
        ahead = [n for n, (block, start, _) in enumerate(self.hits) if (block, start) >= top]
        if not self.hits:
            self.reader.note(f"not found: {wanted}")
            return
        self.here = (ahead[0] if ahead else 0) - 1
        self.hit(1)

    def hit(self, by: int) -> None:
        """Go to another place that was found."""
        if not self.hits:
            self.reader.note("nothing was looked for: / finds")
            return
        self.here = (self.here + by) % len(self.hits)
        block, start, _ = self.hits[self.here]
        self.reader.text.reveal(block, start)
        self.reader.note(f"{self.here + 1} of {len(self.hits)} · . next · , back")
