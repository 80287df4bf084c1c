"""The commands that a report or an audit names, as they are typed where its tournament is."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass

_STANDS_FOR = re.compile(r"\b(NAME|FILE)(-[a-z]+)?\b")


@dataclass(frozen=True)
class Commands:
    """What is typed to see more of a tournament."""

    tournament: str = "NAME"
    db: str = ""
    """The database; empty where it is the one that commands open unasked, or where the reader may not have it."""
    among: bool = False
    """Whether the database holds other tournaments, too, in which the same match may be."""

    def show(self, match: str, *, private: bool = False) -> str:
        """Return the command that opens a debate."""
        more = [*(["--private"] if private else []), *(["--in", self.tournament] if self.among else [])]
        return shlex.join(["debate", "show", match[:11], *more, *self._there])

    @property
    def audit(self) -> str:
        """The command that tells all of an audit."""
        return shlex.join(["debate", "audit", self.tournament, *self._there])

    def named(self, said: str) -> str:
        """Return a sentence with this tournament for NAME in the commands in it, and the database beside it."""
        return _STANDS_FOR.sub(self._stands, said)

    def _stands(self, found: re.Match[str]) -> str:
        word, beside = found[1], found[2] or ""
        name = f"{self.tournament if word == 'NAME' else word}{beside}"
        held_against = found.string[: found.start()].endswith("--against ")
        return shlex.join([name, *([] if held_against else self._there)])

    @property
    def _there(self) -> list[str]:
        return ["--db", self.db] if self.db else []
