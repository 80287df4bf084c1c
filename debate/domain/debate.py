"""What was said: cues, turns with their quotes, and the debate, which is the whole state of play."""

from __future__ import annotations

from functools import cached_property
from typing import Literal, TypeAlias

from pydantic import Field

from debate.domain.match import Match
from debate.domain.value import Beliefs, TurnState, Value, digest


class Cue(Value):
    """Whose turn it is to say what. It fixes the index of its turn, whatever arrives first."""

    index: int
    seat: str
    round: int
    beat: int
    """Turns of one beat are made without sight of each other."""
    kind: str = "argument"
    about: int | None = None
    """The index of the turn that this one answers."""


QuoteStatus: TypeAlias = Literal["verified", "repaired", "unverified"]


class Quote(Value):
    """A quotation in a turn, and where in the passage it stands.

    `start` and `end` count code points of the turn's text, `passage_start` and `passage_end` of the passage;
    the latter are None for an unverified quote.
    """

    start: int
    end: int
    passage_start: int | None = None
    passage_end: int | None = None
    status: QuoteStatus


class Says(Value):
    """What a turn says, parsed once when it was recorded."""

    beliefs: Beliefs | None = None
    question: str | None = None
    end: bool | None = None
    """The judge's seat has heard enough."""
    chose: int | None = Field(default=None, ge=0)
    """The answer that the seat has chosen to argue, in the bank's order; what it argues is so from here on."""


class Usage(Value):
    """Tokens and money; `input_tokens` includes those read from and written to a cache, `output_tokens` reasoning.

    `cost_usd` is None where the price is unknown; `cost_max_usd` counts attempts that may have been billed.
    """

    input_tokens: int = Field(default=0, ge=0)
    cached_tokens: int = Field(default=0, ge=0)
    cache_write_tokens: int = Field(default=0, ge=0)
    output_tokens: int = Field(default=0, ge=0)
    reasoning_tokens: int = Field(default=0, ge=0)
    cost_usd: float | None = None
    cost_max_usd: float | None = None
    calls: int = Field(default=0, ge=0)


class Turn(Value):
    """One recorded utterance. `scratchpad` is private to the seat that wrote it."""

    index: int
    seat: str
    round: int
    beat: int
    kind: str
    text: str
    about: int | None = None
    says: Says | None = None
    quotes: tuple[Quote, ...] = ()
    scratchpad: str = ""
    state: TurnState = "ok"
    conceded: bool = False
    flags: tuple[str, ...] = ()
    """What was noticed: `trimmed`, `named-itself`, `hidden-characters`, ..."""
    names: tuple[tuple[int, int], ...] = ()
    """Where the text names its own model, so that a blind view can mask it."""
    usage: Usage = Usage()


class Debate(Value):
    """A match and its turns so far, in the order of their indices: the whole state of play."""

    match: Match
    turns: tuple[Turn, ...] = ()

    def __add__(self, turn: Turn) -> Debate:
        """Return the debate with one more turn."""
        turns = tuple(sorted((*self.turns, turn), key=lambda t: t.index))
        chose = turn.says.chose if turn.says and turn.state == "ok" else None
        match = self.match if chose is None else self.match.taking(turn.seat, chose)
        return Debate.model_construct(match=match, turns=turns)

    @cached_property
    def digest(self) -> str:
        """The hash of the transcript, which every judgment of it carries."""
        heard = [
            [t.index, t.seat, t.text, t.state, *([] if t.says is None or t.says.chose is None else [t.says.chose])]
            for t in self.turns
        ]
        return digest("t1", [self.match.id, heard])

    @property
    def broken(self) -> Turn | None:
        """The first turn that is not `ok`: such a debate is set aside, not judged."""
        return next((turn for turn in self.turns if turn.state != "ok"), None)

    def by_beat(self, beat: int) -> tuple[Turn, ...]:
        """Return the turns of one beat."""
        return tuple(turn for turn in self.turns if turn.beat == beat)
