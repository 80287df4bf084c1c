"""What is played: the rules of a game, who sits where and argues what, and the identity of a match."""

from __future__ import annotations

from functools import cached_property
from typing import Literal, TypeAlias

from pydantic import Field, JsonValue

from debate.domain.agent import Judge, Player
from debate.domain.question import Posed
from debate.domain.value import Value, digest

Order: TypeAlias = Literal["simultaneous", "sequential", "mixed"]


class Protocol(Value):
    """The rules of a game as data; `debate.protocols` knows what each name means."""

    name: str
    """`debate`, `consultancy`, ...: which game it is."""
    rounds: int = Field(default=3, ge=0, le=64)
    """How often each seat speaks."""
    order: Order = "simultaneous"
    """Where both seats speak: together in a round, one after the other, or together at first and then in turn."""
    words: int = Field(default=150, ge=10, le=20_000)
    """The word limit of one speech."""
    interactive: bool = False
    """Whether the judge's seat asks a question between rounds and may end early."""
    passage: bool = False
    """Whether the one who answers sees the passage (`solo`)."""
    label: str = ""
    """What reports call it, where two protocols of one name are played."""
    options: dict[str, JsonValue] = {}
    """What one family of games takes besides."""

    @property
    def title(self) -> str:
        """The name that reports and records use."""
        return self.label or self.name

    @cached_property
    def digest(self) -> str:
        """The hash of the rules; the label is not one of them."""
        return digest("r1", self.model_copy(update={"label": ""}))


class Seat(Value):
    """A place in a match, who sits there, and the answer argued from it: assigned by the plan, or chosen by a turn."""

    seat: str
    player: Player | None = None
    judge: Judge | None = None
    argues: int | None = Field(default=None, ge=0)


class Match(Value):
    """One question x protocol x seating x repeat.

    `shown` is the order in which players read the answers; it is no part of the identity.
    `prompts` is the hash of the templates that the players' prompts are made from.
    """

    id: str
    question: Posed
    protocol: Protocol
    seats: tuple[Seat, ...] = ()
    repeat: int = Field(default=0, ge=0)
    shown: tuple[int, ...] = ()
    prompts: str = ""
    arm: str = ""
    """The intervention that this match is played under; empty for none."""

    def seat(self, name: str) -> Seat:
        """Return the seat of that name."""
        return next(seat for seat in self.seats if seat.seat == name)

    def taking(self, name: str, answer: int) -> Match:
        """Return the match once a seat has chosen the answer that it argues; the other player argues the other one."""
        other = (answer + 1) % len(self.question.answers)
        argued = {seat.seat: answer if seat.seat == name else other for seat in self.seats if seat.player}
        seats = tuple(s.model_copy(update={"argues": argued[s.seat]}) if s.seat in argued else s for s in self.seats)
        return self.model_copy(update={"seats": seats})


def partner_id(match: Match, argues: int) -> str:
    """Return the id of the match that differs in nothing but the answer that its one player argues."""
    seats = tuple(s if s.argues is None else s.model_copy(update={"argues": argues}) for s in match.seats)
    return match_id(match.question.id, match.protocol, seats, match.repeat, match.prompts, match.arm)


def match_id(question: str, protocol: Protocol, seats: tuple[Seat, ...], repeat: int, prompts: str, arm: str) -> str:
    """Return the versioned content hash of a match; the question is held by its own hash."""
    sitting = [
        [s.seat, s.player.digest if s.player else None, s.judge.digest if s.judge else None, s.argues] for s in seats
    ]
    return digest("m1", [question, protocol.digest, sitting, repeat, prompts, *([arm] if arm else [])])
