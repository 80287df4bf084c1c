"""What does a judge take along who has no database, and what do they bring back? Pure.

A pack holds Ballots and nothing else of the database: no key, no name, no other ruling. Its seal is made with the
secret of the database, so that what comes back is known to have been read as it was handed out.
"""

from __future__ import annotations

import hmac
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from debate.domain import Act, Ballot, Study, Value, digest

PACK: Literal["debate.pack/1"] = "debate.pack/1"
RESULT: Literal["debate.pack.result/1"] = "debate.pack.result/1"


class Held(Value):
    """One transcript in a pack, and what its judge had done before it was packed."""

    sitting: int
    ballot: Ballot
    acts: tuple[Act, ...] = ()


class Cover(Value):
    """Whose a pack is, of which study, and the hash of every transcript in it, by sitting."""

    tournament: str
    judge: str
    study: Study
    ballots: dict[int, str]
    practice: bool = False
    """Whether it is for practice: what counts comes in another, once it is known how practice turned out."""


class Pack(Value):
    """What is handed to one judge."""

    schema_: Literal["debate.pack/1"] = Field(default=PACK, alias="schema")
    cover: Cover
    seal: str
    held: tuple[Held, ...]


class Done(Value):
    """What was done at one transcript."""

    sitting: int
    match: str
    acts: tuple[Act, ...]
    at: tuple[Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")], ...]
    """When each act was done."""

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if len(self.at) != len(self.acts):
            raise ValueError("every act has its time")
        return self


class Result(Value):
    """What a judge brings back."""

    schema_: Literal["debate.pack.result/1"] = Field(default=RESULT, alias="schema")
    cover: Cover
    seal: str
    done: tuple[Done, ...]

    @model_validator(mode="after")
    def _once(self) -> Self:
        if len({one.sitting for one in self.done}) != len(self.done):
            raise ValueError("a transcript is in it twice")
        return self


def packed(
    tournament: str, judge: str, study: Study, held: tuple[Held, ...], secret: str, *, practice: bool = False
) -> Pack:
    """Return the pack of one judge, sealed."""
    ballots = {one.sitting: hashed(one.ballot) for one in held}
    cover = Cover(tournament=tournament, judge=judge, study=study, ballots=ballots, practice=practice)
    return Pack(cover=cover, seal=sealed(cover, secret), held=held)


READ = (
    *("prior", "beliefs", "min_rounds", "scoring", "penalty", "reason", "commit", "swing", "survey", "idle_s"),
    *("instructions", "consent", "withdrawal"),
)
"""What judges meet of a study. The rest is for those who plan it: which transcripts are checks, whom it excludes."""


def told(study: Study) -> Study:
    """Return a study as its judges may know it; there is no key in a pack, so that nothing is told after a ruling."""
    return Study(**{name: getattr(study, name) for name in READ}, feedback="never")


def sealed(cover: Cover, secret: str) -> str:
    """Return the seal that a database with this secret puts on a cover."""
    return hmac.new(secret.encode(), digest("pack1", cover).encode(), "sha256").hexdigest()


def genuine(cover: Cover, seal: str, secret: str) -> bool:
    """Tell whether a cover is as the database with this secret has sealed it."""
    return hmac.compare_digest(sealed(cover, secret), seal)


def whole(pack: Pack) -> bool:
    """Tell whether the transcripts in a pack are those that its cover names."""
    return pack.cover.ballots == {one.sitting: hashed(one.ballot) for one in pack.held}


def hashed(ballot: Ballot) -> str:
    """Return the hash by which a cover names a transcript."""
    return digest("b1", ballot)
