"""Marking sentences by keys: choose one, say what it is, and it stands out from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from debate.domain import Tag
from debate.studies.session import allowed
from debate.tui import transcript
from debate.tui.transcript import Sentence

if TYPE_CHECKING:
    from debate.tui.judging.reader import Reader

TAGS: tuple[Tag, ...] = get_args(Tag)


class Marking:
    """The sentence that is chosen, while a reader marks."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.on = False
        self.at = 0
        self.found: list[Sentence] = []

    def begin(self) -> None:
        """Begin with the first sentence on the screen."""
        reader = self.reader
        found = list(transcript.sentences(reader.text.blocks))
        if "mark" not in allowed(reader.session, reader.sitting.study) or not found:
            reader.note("there is nothing to mark here")
            return
        self.found = found
        top, character = reader.text.top
        blocks = reader.text.blocks
        ahead = (n for n, one in enumerate(found) if (one.block, blocks[one.block].at(one.end)) > (top, character))
        self.at = next(ahead, len(found) - 1)
        self.on = True
        self._show()

    def _show(self) -> None:
        reader, one = self.reader, self.found[self.at]
        block = reader.text.blocks[one.block]
        first, last = block.at(one.start), block.at(one.end)
        reader.text.highlight([(one.block, first, last)])
        reader.text.reveal(one.block, first)
        reader.show_keys()
        kinds = (f"[{n} {tag}]" if tag == self._tag else f"{n} {tag}" for n, tag in enumerate(TAGS[1:], 1))
        reader.note(" · ".join(kinds))

    @property
    def _tag(self) -> Tag:
        """What the chosen sentence was marked as, if it was."""
        one = self.found[self.at]
        about = (self.reader.text.blocks[one.block].speech, (one.start, one.end))
        return next((mark.tag for mark in self.reader.session.marks if (mark.speech, mark.span) == about), "")

    def move(self, by: int) -> None:
        """Choose another sentence."""
        self.at = min(max(self.at + by, 0), len(self.found) - 1)
        self._show()

    def tag(self, digit: int) -> None:
        """Mark the sentence as what a digit stands for."""
        if 1 <= digit < len(TAGS):
            self._do("mark", TAGS[digit])

    def remove(self) -> None:
        """Take the mark away."""
        self._do("unmark", "")

    def take(self) -> None:
        """Mark the sentence without saying what it is."""
        self._do("mark", "")

    def _do(self, kind: str, tag: Tag) -> None:
        reader = self.reader
        block, start, end = self.found[self.at]
        speech = reader.text.blocks[block].speech
        if kind == "mark":
            reader.do("mark", about=str(speech), span=(start, end), tag=tag)
        else:
            reader.do("unmark", about=str(speech), span=(start, end))
        said = f"marked{' as ' if tag else ''}{tag}" if kind == "mark" else "not marked any more"
        self.end()
        reader.note(said)

    def end(self) -> None:
        """Mark no more."""
        self.on = False
        self.reader.text.highlight(())
        self.reader.draw()
