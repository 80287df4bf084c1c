"""The store: everything that a tournament is, kept in one database, read and written through this one value."""

from __future__ import annotations

import difflib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, select

from debate.domain import Debate, Failure, Judgment, Key, Limits, Match, MatchState, Question, Tournament
from debate.errors import UsageError
from debate.store import claims, finding, pin, queries
from debate.store.books import stamp
from debate.store.file.database import PATIENCE_S, Database, Notice
from debate.store.file.opening import open_database
from debate.store.reading import Reader
from debate.store.run import LEASE_S, Run
from debate.store.status import Pinned, Status, StoredCall, Summary
from debate.store.tables import TOURNAMENT


class Store:
    """A database of tournaments. Use it as a context manager, and do not fork while it is open."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._reader = Reader(database)

    @classmethod
    def open(
        cls,
        url: str | Path,
        *,
        create: bool = False,
        readonly: bool = False,
        patience_s: float = PATIENCE_S,
        notice: Notice | None = None,
    ) -> Self:
        """Open the database at a path or `sqlite:///PATH`.

        Args:
            url: where it is.
            create: make one if there is none.
            readonly: write nothing; a database that cannot be written is opened so in any case.
            patience_s: how long a lock or a full disk is waited for.
            notice: told, in whatever thread, why a write waits.
        """
        return cls(open_database(url, create=create, readonly=readonly, patience_s=patience_s, notice=notice))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self.database.close()

    def pin(
        self,
        tournament: Tournament,
        templates: Mapping[str, str],
        questions: Iterable[Question],
        matches: Iterable[Match],
    ) -> int:
        """Enter a tournament with its plan, or add to one, and return how many matches are new.

        What is pinned stays as it is: matches keep their state and the order in which their answers are shown.
        """
        with self.database.writing() as connection:
            key = pin.pin_tournament(connection, tournament, stamp(time.time()))
            pin.pin_templates(connection, tournament.name, key, templates)
            posed = pin.pin_questions(connection, key, questions)
            return pin.Matches(connection, key, posed).add(matches)

    def pinned(self, name: str) -> Pinned | None:
        """Return a tournament as it was pinned, or None if there is none of that name."""
        with self.database.reading() as connection:
            row = connection.execute(select(TOURNAMENT).where(TOURNAMENT.c.name == name)).one_or_none()
            return None if row is None else queries.pinned(connection, row)

    def tournaments(self) -> tuple[Summary, ...]:
        """Return every tournament with what was played and spent, oldest first."""
        with self.database.reading() as connection:
            rows = connection.execute(select(TOURNAMENT).order_by(TOURNAMENT.c.id)).all()
            return tuple(queries.summary(connection, row) for row in rows)

    def status(self, name: str) -> Status:
        """Return how a tournament stands."""
        with self.database.reading() as connection:
            row = connection.execute(select(TOURNAMENT).where(TOURNAMENT.c.id == self._tournament(connection, name)))
            return queries.status(connection, row.one(), now=time.time())

    def find(self, prefix: str, name: str | None = None) -> str:
        """Return the id of the one match, of all tournaments or of one, whose id begins with `prefix`."""
        with self.database.reading() as connection:
            return finding.find(connection, prefix, name)

    def debate(self, match_id: str, name: str | None = None) -> Debate:
        """Return a match and its turns so far."""
        with self.database.reading() as connection:
            return self._one(connection, match_id, name)[0]

    def judgments(self, match_id: str, name: str | None = None) -> tuple[Judgment, ...]:
        """Return the judgments of a match, in the order in which they were recorded."""
        with self.database.reading() as connection:
            return self._one(connection, match_id, name)[1]

    def failures(self, match_id: str, name: str | None = None) -> tuple[Failure, ...]:
        """Return what failed for good in a match and was not retried since."""
        with self.database.reading() as connection:
            return queries.failures(connection, finding.ordinal(connection, match_id, name), match_id)

    def calls(self, match_id: str, name: str | None = None) -> tuple[StoredCall, ...]:
        """Return every call of a match with everything stored about it, in the order in which they were made."""
        with self.database.reading() as connection:
            return queries.calls(connection, finding.ordinal(connection, match_id, name), match_id)

    def audit_calls(self, name: str) -> Iterator[StoredCall]:
        """Yield the calls that audits of a tournament have made, in the order in which they were made."""
        with self.database.reading() as connection:
            yield from queries.audit_calls(connection, self._tournament(connection, name))

    def debates(self, name: str) -> Iterator[tuple[Debate, tuple[Judgment, ...]]]:
        """Yield every debate of a tournament with its judgments, in the order of the plan, as of one moment."""
        with self.database.reading() as connection:
            for ordinals in queries.ordinals(connection, self._tournament(connection, name)):
                yield from self._reader.debates(connection, ordinals)

    def keys(self, name: str) -> Iterator[Key]:
        """Yield the answer keys of a tournament in the order of its bank, or of first appearance where it was imported.

        For measuring and for researchers, never for who plays or judges.
        """
        with self.database.reading() as connection:
            yield from queries.keys(connection, self._tournament(connection, name))

    def question_texts(self, name: str) -> dict[str, str]:
        """Return the words of every question of a tournament, by its id."""
        with self.database.reading() as connection:
            return queries.question_texts(connection, self._tournament(connection, name))

    def failed_rulings(self, name: str) -> list[str]:
        """Return the ids of the matches in which a ruling failed and was not made since."""
        with self.database.reading() as connection:
            return queries.failed_rulings(connection, self._tournament(connection, name))

    def reopen(self, name: str, match_ids: Iterable[str] | None, to: MatchState) -> int:
        """Set matches back to be played on, and return how many there were.

        Args:
            name: the tournament.
            match_ids: the matches; None for every one that is done (to be judged again) or failed (to be played on).
            to: `played` to be judged, or `open` to be played.
        """
        with self.database.writing() as connection:
            key, now = self._tournament(connection, name), time.time()
            claims.free(connection, key, 0, now=now, at=stamp(now))  # an audit that was killed has claimed what is done
            return queries.reopen(connection, key, match_ids, to)

    def run(
        self,
        name: str,
        *,
        limits: Limits | None = None,
        lease_s: float = LEASE_S,
        clock: Callable[[], float] = time.time,
    ) -> Run:
        """Return a run of a tournament, to be entered with `async with`; its caps are those of `limits`, if given."""
        with self.database.reading() as connection:
            key = self._tournament(connection, name)
            if limits is None:
                spec = connection.scalars(select(TOURNAMENT.c.spec).where(TOURNAMENT.c.id == key)).one()
                limits = Tournament.model_validate(json.loads(spec)).limits
        return Run(self.database, self._reader, key, limits, lease_s=lease_s, clock=clock)

    def _one(self, connection: Connection, match_id: str, name: str | None) -> tuple[Debate, tuple[Judgment, ...]]:
        ordinal = finding.ordinal(connection, match_id, name)
        return next(self._reader.debates(connection, [ordinal]))

    def _tournament(self, connection: Connection, name: str) -> int:
        """Return the key of a tournament."""
        known = dict(connection.execute(select(TOURNAMENT.c.name, TOURNAMENT.c.id)).all())
        if name in known:
            return int(known[name])
        near = difflib.get_close_matches(name, known, 1)
        hint = f' Did you mean "{near[0]}"?' if near else f" There are: {', '.join(known)}." if known else ""
        raise UsageError(f'"{self.database.path}" holds no tournament "{name}".{hint}')
