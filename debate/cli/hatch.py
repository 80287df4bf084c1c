"""The hatch between a judge and the database: ballots come out and acts go in, and nothing else passes.

SQLite reads whole pages, and beside a speech on its page stand the private notes of whoever made it. So the process
that a judge reads in opens no database: another one does, under the guard of `store/studies/blind.py`, and passes
through it, as lines of JSON, what the judge's screens ask for.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from types import TracebackType
from typing import IO, Any, Self, TextIO, TypeVar

from pydantic import TypeAdapter, validate_call
from pydantic_core import to_jsonable_python

from debate import errors
from debate.domain import Act, Ballot, Judgment, Study
from debate.studies.assigning import Purpose
from debate.studies.sight import Awaited, Place, Sight

T = TypeVar("T")
STUDY, PLACES, BALLOT = TypeAdapter(Study), TypeAdapter(tuple[Place, ...]), TypeAdapter(Ballot)
ACTS, IDENTITY = TypeAdapter(tuple[Act, ...]), TypeAdapter(tuple[str, str])
NUMBER, YES, TEXT, NOTHING = TypeAdapter(int), TypeAdapter(bool), TypeAdapter(str), TypeAdapter(type(None))
AWAITED: TypeAdapter[Awaited] = TypeAdapter(Awaited)
PURPOSE: TypeAdapter[Purpose] = TypeAdapter(Purpose)
PASSED = frozenset(name for name, held in vars(Sight).items() if callable(held) and not name.startswith("_"))
GONE = "the process that reads the database for you has ended{}; begin again, everything that you did is stored"


class Hatch:
    """A judge's view of a database that another process holds."""

    def __init__(self, judge: str, words: list[str]) -> None:
        """Start the process that `words` name, away from the keys that interrupt this one."""
        self.judge = judge
        self._other = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="ascii",
            errors="backslashreplace",
            start_new_session=True,
        )

    @classmethod
    def open(cls, judge: str, db: str) -> Self:
        """Open the hatch to a database."""
        line = [sys.executable, "-m", "debate", "judges", "hatch", "--as", judge, "--db", db]
        return cls(judge, line)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            _pipe(self._other.stdin).close()
        self._other.wait()
        _pipe(self._other.stdout).close()
        _pipe(self._other.stderr).close()

    def _ask(self, said: TypeAdapter[T], name: str, *given: Any, **named: Any) -> T:
        asked = {"do": name, "with": to_jsonable_python(given), "named": named}
        try:
            print(json.dumps(asked), file=_pipe(self._other.stdin), flush=True)
            line = _pipe(self._other.stdout).readline()
        except OSError as exc:
            raise self._gone() from exc
        if not line.endswith("\n"):
            raise self._gone()
        answer = json.loads(line)
        if "error" in answer:
            raise _ERRORS.get(answer["error"], errors.DebateError)(answer["said"])
        return said.validate_python(answer["ok"])

    def _gone(self) -> errors.StoreError:
        """Say that the other process is no more, with the last that it said of why."""
        self._other.kill()
        last = _pipe(self._other.stderr).read().strip().rpartition("\n")[2]
        return errors.StoreError(GONE.format(f" ({last})" if last else ""))

    def study(self, tournament: str) -> Study:
        """Return what a tournament asks of its judges."""
        return self._ask(STUDY, "study", tournament)

    def queue(self, tournament: str) -> tuple[Place, ...]:
        """Return the judge's sittings in their order."""
        return self._ask(PLACES, "queue", tournament)

    def ballot(self, sitting: int, round: int) -> Ballot:
        """Return what may be seen of a sitting's debate up to a round."""
        return self._ask(BALLOT, "ballot", sitting, round)

    def rounds(self, sitting: int) -> int:
        """Return how many rounds there are, or may come to be."""
        return self._ask(NUMBER, "rounds", sitting)

    def live(self, sitting: int) -> bool:
        """Tell whether the judge sits in the debate."""
        return self._ask(YES, "live", sitting)

    def awaited(self, sitting: int, round: int) -> Awaited:
        """Say what has to come before a round can be read."""
        return self._ask(AWAITED, "awaited", sitting, round)

    def agreed(self, consent: str) -> bool:
        """Tell whether this judge has agreed to a text, known by its hash."""
        return self._ask(YES, "agreed", consent)

    def instructed(self, sitting: int) -> bool:
        """Tell whether this judge has begun another transcript before."""
        return self._ask(YES, "instructed", sitting)

    def purpose(self, sitting: int) -> Purpose:
        """Return what a sitting is for."""
        return self._ask(PURPOSE, "purpose", sitting)

    def locked(self, sitting: int) -> str:
        """Say why a ruling that was handed in cannot be corrected any more; nothing where it can."""
        return self._ask(TEXT, "locked", sitting)

    def acts(self, sitting: int) -> tuple[Act, ...]:
        """Return what was done in a sitting."""
        return self._ask(ACTS, "acts", sitting)

    def take(self, sitting: int) -> None:
        """Take a sitting up, or keep it."""
        self._ask(NOTHING, "take", sitting)

    def release(self, sitting: int) -> None:
        """Give a sitting back; what was done in it stays."""
        self._ask(NOTHING, "release", sitting)

    def renew(self, sitting: int) -> None:
        """Hold a sitting for a while longer."""
        self._ask(NOTHING, "renew", sitting)

    def add(self, sitting: int, number: int, act: Act) -> None:
        """Write an act down; it is durable when this returns."""
        self._ask(NOTHING, "add", sitting, number, act)

    def finish(
        self, sitting: int, number: int, act: Act, judgment: Judgment | None, why: str = "", *, skipped: bool = False
    ) -> None:
        """Write the last act down, together with the judgment that it makes."""
        self._ask(NOTHING, "finish", sitting, number, act, judgment, why, skipped=skipped)

    def identity(self, sitting: int, correction: int = 0) -> tuple[str, str]:
        """Return the id of the match and of the judgment that a sitting makes."""
        return self._ask(IDENTITY, "identity", sitting, correction)


_ERRORS: dict[str, type[errors.DebateError]] = {
    one.__name__: one for one in (errors.UsageError, errors.StoreError, errors.StoreFull)
}


def _pipe(end: IO[str] | None) -> IO[str]:
    assert end is not None, "both ends were asked for"
    return end


def serve(sight: Sight, asked: Iterable[str], out: TextIO) -> None:
    """Pass through what is asked for, a line for each line, until nobody asks any more."""
    for line in asked:
        try:
            said = {"ok": to_jsonable_python(_done(sight, **_read(line)))}
        except errors.DebateError as exc:
            said = {"error": type(exc).__name__, "said": str(exc)}
        print(json.dumps(said), file=out, flush=True)


def _read(line: str) -> dict[str, Any]:
    asked = json.loads(line)
    return {"name": asked["do"], "given": asked["with"], "named": asked["named"]}


def _done(sight: Sight, name: str, given: list[Any], named: dict[str, Any]) -> Any:
    if name not in PASSED:
        raise errors.UsageError(f'"{name}" does not pass through the hatch')
    return validate_call(getattr(sight, name))(*given, **named)
