"""Marking sentences by keys: choose one, say what it is, and it stands out from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from debate.domain import Tag
from debate.studies.session import allowed
from debate.tui import transcript

if TYPE_CHECKING:
    from debate.tui.reader import Reader

TAGS: tuple[Tag, ...] = get_args(Tag)


class Marking:
    """The sentence that is chosen, while a reader marks."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.on = False
        self.at = 0

    def begin(self) -> None:
        """Begin with the first sentence on the screen."""
        reader = self.reader
        if "mark" not in allowed(reader.session, reader.sitting.study) or not self._sentences():
            reader.note("there is nothing to mark here")
            return
        at = reader.text.top
        found = self._sentences()
        self.at = next((n for n, (block, s) in enumerate(found) if (block, s[0]) >= at), len(found) - 1)
        self.on = True
        self._show()

    def _sentences(self) -> list[tuple[int, tuple[int, int, int, int]]]:
        return list(transcript.sentences(self.reader.text.blocks))

    def _show(self) -> None:
        reader = self.reader
        block, (first, last, _, _) = self._sentences()[self.at]
        reader.text.highlight([(block, first, last)])
        reader.text.reveal(block, first)
        reader.show_keys()
        reader.note(" · ".join(f"{n} {tag}" for n, tag in enumerate(TAGS[1:], 1)))

    def move(self, by: int) -> None:
        """Choose another sentence."""
        self.at = min(max(self.at + by, 0), len(self._sentences()) - 1)
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
        number, (_, _, start, end) = self._sentences()[self.at]
        speech = reader.text.blocks[number].speech
        if kind == "mark":
            reader.do("mark", about=str(speech), span=(start, end), tag=tag)
        else:
            reader.do("unmark", about=str(speech), span=(start, end))
        self.end()

    def end(self) -> None:
        """Mark no more."""
        self.on = False
        self.reader.text.highlight(())
        self.reader.draw()
