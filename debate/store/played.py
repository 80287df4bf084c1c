"""One debate with everything that is known of it: what leaves a database, and what it takes in."""

from __future__ import annotations

from typing import Any

from debate.domain import Debate, Failure, Judge, Judgment, MatchState, Question, Tournament, Value, canonical, digest
from debate.store.status import StoredCall


class Played(Value):
    """One debate with its judgments and its key, and where it comes from."""

    source: str
    """The tournament that it was played in."""
    record: str
    """Its id there."""
    question: Question
    debate: Debate
    state: MatchState = "done"
    judgments: tuple[Judgment, ...] = ()
    judges: dict[str, Judge] = {}
    """Who ruled, by name, as far as their settings are known."""
    calls: tuple[StoredCall, ...] = ()
    at: dict[str, str] = {}
    """When, by `turn:INDEX` or the id of a judgment."""
    failures: tuple[Failure, ...] = ()
    """What failed for good, retried or not."""
    planned: Tournament | None = None
    """What its tournament was planned with, where that is known."""
    meta: dict[str, Any] = {}

    @property
    def done(self) -> bool:
        """Whether it was played to its end."""
        return self.state == "done"

    @property
    def content(self) -> str:
        """The hash of what was said and ruled, by whom and when: two records that say the same have the same."""
        match = self.debate.match
        said = [canonical(turn) for turn in self.debate.turns]
        ruled = [canonical(judgment) for judgment in self.judgments]
        return digest("rec2", [match.id, self.question.posed.id, self.question.key.correct, said, ruled, self.at])
