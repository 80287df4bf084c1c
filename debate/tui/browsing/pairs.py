"""Two debates, or two judges, held against each other in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from debate.tui.browsing.beside import Pair
from debate.tui.browsing.blocks import Block
from debate.tui.browsing.paper import Asking, Paper
from debate.tui.browsing.text import Part, Reading

PAIR_KEYS = ". , difference · n p part · Tab both, one, other · / find · ? help · q back"
PAIR_HELP = """  . ,              the next or the previous part that differs
  n p              the next or the previous part
  Tab              both, one of them, the other
  /                find words; then . and , go by what was found
  q, Esc           back"""


class Comparison(Paper):
    """Two of something, part by part."""

    keys, help = PAIR_KEYS, PAIR_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"step({by})") for key, by in (("n", 1), ("p", -1))),
        *(Binding(key, f"differ({by})") for key, by in (("full_stop", 1), ("comma", -1))),
        Binding("tab", "side", priority=True),
    ]

    def __init__(self, what: str, pairs: Sequence[Pair], preface: Sequence[Block] = ()) -> None:
        super().__init__()
        self.what = what
        self.pairs = pairs
        self.preface = [(preface, None)] if preface else []
        self.side = 0
        self.words = ""

    def on_mount(self) -> None:
        """Show them."""
        self.query_one(Reading).focus()
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        """Show both, or one of them."""
        one, other = self.pairs[0].names
        self.head(f"{self.what} · {('both', 'one', 'the other')[self.side]} · {one} | {other}")
        self.query_one(Reading).show([*self.preface, *map(self._part, self.pairs)])

    def _part(self, pair: Pair) -> Part:
        one, other = (
            [Block.of("title", f"{pair.heading}: {name}{'' if pair.differs else ' (the same)'}"), *blocks]
            for name, blocks in zip(pair.names, (pair.left, pair.right), strict=True)
        )
        return ((one, other), (one, None), (other, None))[self.side]

    def action_side(self) -> None:
        """Show both, one, or the other."""
        self.side = (self.side + 1) % 3
        self.draw()

    def action_step(self, by: int) -> None:
        """Go to another part."""
        self.query_one(Reading).step(by)

    def action_differ(self, by: int) -> None:
        """Go to another part that differs, or by what was found."""
        reading = self.query_one(Reading)
        if self.words:
            at, of = reading.find(self.words, by)
            self.note(f"{at} of {of}: {self.words}" if of else f"nowhere: {self.words}")
        elif not reading.step(by, only=self._differing()):
            self.note("no other difference on this side")

    def _differing(self) -> set[int]:
        return {n for n, pair in enumerate(self.pairs, len(self.preface)) if pair.differs}

    def action_find(self) -> None:
        """Ask for words to find in the text."""

        def asked(words: str | None) -> None:
            self.words = words or ""
            if words:
                self.action_differ(1)

        self.app.push_screen(Asking("Find in both", "Enter finds; then . and ,; nothing goes by differences"), asked)
