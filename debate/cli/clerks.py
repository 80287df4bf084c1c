"""What a judge's process has done by others: commands that may see what a judge may not, each a process of its own.

Only their JSON comes back: what a study asks, whose code is like another, and a right answer when it is due.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

from debate.domain import Study
from debate.tui.judging.clerk import Clerk


class DatabaseClerk:
    """The clerk of one judge at a database."""

    def __init__(self, name: str | None, code: str, db: str, *, play: bool = False) -> None:
        self._code, self._db, self._play = code, db, play
        self._run: subprocess.Popen[bytes] | None = None
        found = self._ask("terms", *([name] if name else []))
        self.tournament = str(found["tournament"])
        self.enrolled = bool(found["enrolled"])
        self.agreed = bool(found["agreed"])
        self.near: list[str] = list(found["near"])
        self.study = Study.model_validate(found["study"])

    def _ask(self, command: str, *words: str) -> dict[str, Any]:
        from debate.cli import ending

        line = [sys.executable, "-m", "debate", "judges", command, *words]
        line += ["--as", self._code, "--db", self._db, "--json"]
        ran = subprocess.run(line, stdout=subprocess.PIPE, text=True, check=False)
        if ran.returncode:
            ending.leave(ran.returncode)
        found: dict[str, Any] = json.loads(ran.stdout)
        return found

    def enrol(self) -> str:
        """Have the judge given their transcripts, and return the tournament."""
        if not self.enrolled:
            self._ask("enrol", self.tournament)
        return self.tournament

    def clerk(self, conditions: str, consent: str) -> Clerk:
        """Return what the judge's screens ask for."""
        return Clerk(told=self._told, seated=self._seated, right=self._right, conditions=conditions, consent=consent)

    def _told(self, sitting: int) -> int | None:
        answer = self._ask("answer", self.tournament, str(sitting))["answer"]
        return answer if isinstance(answer, int) else None

    def _right(self) -> int:
        return int(self._ask("enrol", self.tournament)["practised_right"])

    def _seated(self) -> None:
        self._ask("enrol", self.tournament)
        if self._play and (self._run is None or self._run.poll() is not None):
            line = [sys.executable, "-m", "debate", "judges", "play", self.tournament, "--db", self._db, "--quiet"]
            void = subprocess.DEVNULL
            self._run = subprocess.Popen(line, stdin=void, stdout=void, stderr=void)

    def debrief(self) -> list[tuple[str, str, str]]:
        """Return what is told at the end: of each transcript the question, and the right answer."""
        return [(asked, letter, answer) for asked, letter, answer in self._ask("debrief", self.tournament)["told"]]

    def close(self) -> None:
        """Let the run that was begun from here come to its end; it waits for nobody once the judge has left."""
        if self._run is not None:
            self._run.wait()


def conditions(*, plain: bool) -> str:
    """Return what is recorded of where somebody judges: the time zone, the version, and whether by prompts."""
    from debate import __version__

    return " ".join((time.strftime("%z"), f"debate {__version__}", *(("plain",) if plain else ())))
