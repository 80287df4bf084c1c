"""What a command prints, and where: results on stdout, messages on stderr, and nothing that a terminal would obey.

Text from outside passes through `text` or `line` here; nothing in it is ever read as markup.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

WIDE = 100_000  # columns of a file or a pipe, so that nothing is cut or broken there
_PAGER = "-FRX"  # less: leave if it fits one screen, show colours, keep the screen


class Page:
    """Where one command prints."""

    def __init__(self, *, as_json: bool = False, quiet: bool = False) -> None:
        self.as_json = as_json
        self.quiet = quiet

    @cached_property
    def out(self) -> Console:
        """The console of results."""
        return console(sys.stdout)

    @cached_property
    def err(self) -> Console:
        """The console of messages."""
        return console(sys.stderr)

    def say(self, *parts: RenderableType) -> None:
        """Print a result for people."""
        if not self.as_json:
            for part in parts:
                self.out.print(self.text(part) if isinstance(part, str) else part, soft_wrap=isinstance(part, str))

    def note(self, message: str) -> None:
        """Print a message that is no result."""
        if not self.quiet:
            with suppress(OSError):  # nobody reads it any more
                self.err.print(text(message, self.err), soft_wrap=True)

    def data(self, schema: str, **values: Any) -> None:
        """Print a result for programs."""
        if self.as_json:
            sys.stdout.write(encoded({"schema": schema, **values}, indent=2) + "\n")

    def event(self, **values: Any) -> None:
        """Print one line of a stream for programs."""
        sys.stdout.write(encoded(values) + "\n")
        sys.stdout.flush()

    def text(self, said: str) -> Text:
        """Return text from anywhere as it may be printed."""
        return text(said, self.out)

    def line(self, said: str) -> Text:
        """Return text from anywhere on one line that fits a terminal."""
        return line(said, self.err, self.err.width)

    def table(self, *heads: str, rows: Iterable[Sequence[object]], right: Collection[str] = ()) -> None:
        """Print a table of single lines; the columns named in `right` are numbers."""
        from rich.table import Table

        table = Table(box=None, pad_edge=False, header_style="bold")
        for head in heads:
            table.add_column(self.text(head), justify="right" if head in right else "left", overflow="fold")
        for row in rows:
            table.add_row(*(line(str(cell), self.out) for cell in row))
        if self.out.is_terminal:
            self.say(table)
            return
        with self.out.capture() as captured:
            self.out.print(table)
        self.say(*(line.rstrip() for line in captured.get().splitlines()))

    @contextmanager
    def paged(self) -> Iterator[None]:
        """Show what is printed meanwhile in a pager, on a terminal."""
        if self.as_json or not (self.out.is_terminal and sys.stdin.isatty()) or self.out.is_dumb_terminal:
            yield
            return
        os.environ.setdefault("LESS", _PAGER)
        with self.out.pager(styles=not self.out.no_color):
            yield


def console(stream: IO[str]) -> Console:
    """Return a console on a stream that reads no markup and guesses nothing about the text."""
    from rich.console import Console

    width = None if stream.isatty() or os.environ.get("COLUMNS") else WIDE
    return Console(file=stream, markup=False, emoji=False, highlight=False, width=width)


def text(said: str, to: Console) -> Text:
    """Return text from anywhere, safe to print and in characters that the console can write."""
    from rich.text import Text

    from debate import sanitize

    return Text(sanitize.plain(said, to.encoding))


def line(said: str, to: Console, width: int | None = None) -> Text:
    """Return text from anywhere on one line."""
    from debate import sanitize

    return text(sanitize.line(said, width), to)


def encoded(value: Any, *, indent: int | None = None) -> str:
    """Return JSON in ASCII alone, without a control byte."""
    return json.dumps(value, indent=indent, allow_nan=False, default=_plain).replace("\x7f", "\\u007f")


def _plain(value: Any) -> Any:
    dump = getattr(value, "model_dump", None)
    return dump(mode="json") if dump else str(value)
