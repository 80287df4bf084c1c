"""The frozen specification of a tournament: everything that a plan follows from."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field

from debate.domain.agent import Judge, Player
from debate.domain.intervention import Intervention
from debate.domain.match import Protocol
from debate.domain.study import Study
from debate.domain.value import Value, View

Control: TypeAlias = Literal["naive", "expert", "consultancy", "quotes", "opening", "solo"]
CONTROLS: tuple[Control, ...] = ("naive", "expert", "consultancy", "quotes", "opening", "solo")


class Pairing(Value):
    """Which players meet."""

    kind: Literal["round-robin", "self-play", "cross", "swiss"] = "round-robin"
    """Everyone against everyone, each against itself, one list against another, or by the standings so far."""
    both_sides: bool = True
    """Whether every pair plays every question twice, the second time with sides swapped."""
    against: tuple[str, ...] = ()
    """The second list of `cross`; the players not named in it are the first."""
    rounds: int = Field(default=3, ge=1, le=32)
    """The number of rounds of `swiss`; no more than until everyone has met everyone."""


class Limits(Value):
    """What a run may spend, how fast it may go and how much may fail."""

    max_cost_usd: float | None = Field(default=None, ge=0)
    """What the tournament may cost, all its runs together; a run stops where one more call might pass it."""
    max_calls: int | None = Field(default=None, ge=0)
    """How many calls it may make, retries and judges included."""
    concurrency: int = Field(default=64, ge=1, le=100_000)
    """The most calls in flight at once."""
    max_failures: float = Field(default=0.05, ge=0, le=1)
    """The share of planned matches that may fail or be set aside before the run stops."""
    timeout_s: float = Field(default=180.0, gt=0)
    """The whole time one call may take; an endpoint that asks for a pause five times as long stops the run."""
    attempts: int = Field(default=6, ge=1, le=100)
    """How often one call is tried before it has failed for good."""


class Endpoint(Value):
    """A server that speaks one of the two APIs."""

    api: Literal["openai", "anthropic"]
    """The API that it speaks."""
    base_url: str | tuple[str, ...]
    """Its address, or those of its replicas; one match stays on one replica."""
    api_key_env: str | None = None
    """The environment variable that holds the key."""
    api_key_command: str | None = None
    """A command that prints the key."""


class Price(Value):
    """US dollars per million tokens."""

    input: float = Field(ge=0)
    """What a token read costs."""
    output: float = Field(ge=0)
    """What a token written costs, those of reasoning included."""
    cached_input: float | None = Field(default=None, ge=0)
    """What a token read from a cache costs; as `input` where None."""
    cache_write: float | None = Field(default=None, ge=0)
    """What writing to a cache costs; as `input` where None."""


class Tournament(Value):
    """The frozen specification of all of it."""

    name: str
    """What commands and reports call it; one database holds one tournament of a name."""
    seed: int = Field(default=0, ge=0, le=2**63 - 1)
    """What all chance follows from: the sample, who sits where, the order of the answers."""
    questions: tuple[str, ...] = ("bundled",)
    """`bundled`, `bundled/NAME`, files, folders and globs."""
    sample: int | None = Field(default=None, ge=1)
    """How many questions are drawn, spread over domains and passages; all where None."""
    answers: Literal["pair", "all"] = "pair"
    """`pair` plays the right answer and the best distractor; `all` leaves every answer before the judge."""
    repeats: int = Field(default=1, ge=1)
    """How often every match is played."""
    controls: tuple[Control, ...] = CONTROLS
    """What debate is compared with: games of their own, and views of the same debates."""
    prompts: str | None = None
    """A folder of templates that are used before the bundled ones."""
    debaters: tuple[Player, ...] = ()
    judges: tuple[Judge, ...] = ()
    quorum: int | None = Field(default=None, ge=1, le=1_000)
    """How many judges have to rule validly for their panel to have ruled; none is measured where None."""
    protocols: tuple[Protocol, ...] = (Protocol(name="debate"),)
    pairing: Pairing = Pairing()
    judging: Study = Study()
    """How people judge, where they do."""
    limits: Limits = Limits()
    prices: dict[str, Price] = {}
    endpoints: dict[str, Endpoint] = {}
    intervention: Intervention | None = None
    """What is changed about every debate of two, for an audit to compare: `paraphrase`, `named`, `copy`, `canary`,
    `hidden`, `shuffled` or `critic`."""
    stand_ins: str | None = None
    """The tournament whose speeches stand in under `shuffled` and `critic`: the same one left as it is."""
    paraphraser: str = "builtin/restater"
    """The model that restates speeches under `paraphrase`."""
    peek: bool = False
    """Whether running accuracy was shown while the tournament ran."""
    rejudged: tuple[str, ...] = ()
    """Judges who joined later, as `debate rejudge` notes here: they stay, though no file names them."""

    @property
    def views(self) -> tuple[View, ...]:
        """The views that judges rule on: the whole transcript, and those that the controls add."""
        added: tuple[View, ...] = tuple(v for v in ("quotes", "opening") if v in self.controls)
        return ("full", *added)
