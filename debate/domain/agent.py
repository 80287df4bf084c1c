"""Who plays and who rules: a name, a model, and every setting that makes it behave as it does."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field, JsonValue

from debate.domain.value import Agent, Value, View, canonical, digest


def agent(model: str) -> Agent:
    """Tell what kind of agent a model name means."""
    provider = model.partition("/")[0]
    return "builtin" if provider == "builtin" else "human" if provider == "human" else "model"


class Sampling(Value):
    """How a model is called; what is None is left to the endpoint."""

    model: str
    """`provider/model`, or `endpoint/model` for a table of `[endpoints]`."""
    temperature: float | None = Field(default=None, ge=0, le=2)
    """How much chance is in its words; not every model takes it."""
    max_output_tokens: int | None = Field(default=None, ge=1)
    """The most tokens of one reply."""
    reasoning: str | None = None
    """The effort of a reasoning model, in its endpoint's own word."""
    extra: dict[str, JsonValue] = {}
    """Further fields of the request body, sent as they are."""

    @cached_property
    def settings(self) -> str:
        """Every setting as canonical JSON."""
        return canonical(self)


class Player(Sampling):
    """A named debater. The name is part of it: a renamed player is another."""

    name: str
    """What reports call it."""
    best_of: int = Field(default=1, ge=1, le=64)
    """Candidates a turn; the one that `preference` likes best is spoken."""
    preference: str | None = None
    """The model that chooses among the candidates; none of the judges that rule."""
    refine: int = Field(default=0, ge=0, le=8)
    """How often a speech is criticised and rewritten before it is spoken."""
    critic: str | None = None
    """The model that criticises; the player's own where None."""
    scratchpad: bool = True
    """Whether it takes private notes before it speaks."""
    persona: str = ""
    """Who it is told to be."""
    instructions: str = ""
    """What it is told besides the rules."""

    @cached_property
    def digest(self) -> str:
        """The hash of the name and every setting."""
        return digest("d1", self)

    @property
    def kind(self) -> Agent:
        """What kind of agent plays."""
        return agent(self.model)


class Judge(Sampling):
    """A named ruler: a model, a built-in, or a human (`human/CODE`)."""

    name: str
    """What reports call it."""
    beliefs: Literal["final", "every-round"] = "final"
    """Whether it rules once, or on the transcript so far after every round as well."""
    orders: Literal["random", "both"] = "random"
    """Whether it sees the answers in one order by chance, or rules once in each."""
    samples: int = Field(default=1, ge=1, le=64)
    """How often it rules on each ballot."""
    views: tuple[View, ...] | None = None
    """The views it rules on; those of the tournament where None."""
    passage: bool = False
    """Whether it sees the passage under every protocol."""
    sits: bool = True
    """Whether it takes the judge's seat of games that have one, besides ruling on every transcript."""
    conversation: bool = False
    """Whether beliefs after each round come from one conversation instead of independent rulings."""
    logprobs: bool = False
    """Whether beliefs are read from the endpoint's log-probabilities of the answer labels."""
    principles: str = ""
    """By what it is told to judge."""
    instructions: str = ""
    """What it is told besides the rules."""

    @cached_property
    def digest(self) -> str:
        """The hash of the name and every setting."""
        return digest("j1", self)

    @property
    def kind(self) -> Agent:
        """What kind of agent rules."""
        return agent(self.model)
