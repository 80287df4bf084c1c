"""What a report says: every number with its interval and its n, and what it is made of. Renderers only lay it out."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from debate.domain import JudgmentState, Value
from debate.report.panel import Panel
from debate.stats.accuracy import Bounds
from debate.stats.agreement import Agreement
from debate.stats.asd import ScoreDifference
from debate.stats.bias import Swaps
from debate.stats.calibration import Calibration
from debate.stats.comparisons import Comparison
from debate.stats.cost import Cost
from debate.stats.estimate import Measure, Unit
from debate.stats.evidence import Evidence
from debate.stats.head_to_head import Meeting
from debate.stats.instructive import Instructive
from debate.stats.paths import Paths
from debate.stats.pgr import Recovered
from debate.stats.ratings import Rating


class Group(Value):
    """What a row is about: the values of the keys it was grouped by; None where they vary within it."""

    protocol: str | None = None
    view: str | None = None
    agents: str | None = None
    judge: str | None = None
    judge_kind: str | None = None
    channel: str | None = None
    keys: dict[str, str | None] = {}
    """Further keys that were asked for."""


class Accuracy(Group):
    """How right the judges were."""

    accuracy: Measure
    probabilistic: Measure
    brier: Measure
    log_score: Measure
    ece: Measure
    judge_score: Measure
    bits_per_round: Measure
    ties: int
    invalid: dict[JudgmentState, int]
    right_side: Measure
    wrong_side: Measure
    accuracy_all: Measure
    bounds: Bounds
    n_judgments: int
    """All of them, valid or not."""


class Reliability(Group, Calibration):
    """How belief and outcome go together."""

    n_judgments: int


class Persuasion(Value):
    """How persuasive a player was, arguing right answers and wrong ones."""

    player: str
    protocol: str
    win_rate: Measure
    right_side: Measure
    wrong_side: Measure
    win_rate_gap: Measure
    judge_accuracy: Measure
    """How often judges of its debates were right."""
    mean_belief: Measure
    log_odds_per_round: Measure
    log_odds_gap: Measure
    log_odds_per_100_words: Measure


class Recovery(Recovered):
    """How much of the gap between naive and expert a protocol closes, for one judge."""

    protocol: str
    view: str
    agents: str | None = None
    judge: str


class Score(ScoreDifference):
    """What arguing the right answer gains under a protocol, before one judge."""

    protocol: str
    view: str
    agents: str | None = None
    judge: str


class Bias(Value):
    """What sways one judge besides the truth, over its rulings on whole debates between two sides."""

    judge: str
    position: Measure
    chose_first: Measure
    length: Measure
    chose_longer: Measure
    swaps: Swaps


class BeliefPath(Paths):
    """Where one judge's belief in the right answer went, round by round."""

    protocol: str
    agents: str | None = None
    judge: str


class Quoted(Evidence):
    """What debaters quoted, by protocol and kind of debaters."""

    protocol: str
    agents: str


class Solo(Value):
    """How often a player was right when it answered alone."""

    player: str
    passage: bool
    accuracy: Measure


class Failures(Value):
    """What was set aside or failed, by player and side."""

    player: str
    state: str
    side: Literal["right_side", "wrong_side", "unknown"]
    count: int


class Report(Value):
    """Everything that is reported of a tournament."""

    schema_: Literal["debate.report/1"] = Field(default="debate.report/1", alias="schema")
    version: str
    tournament: str
    where: dict[str, str] = {}
    by: tuple[str, ...]
    unit: Unit
    seed: int
    complete: float
    """The share of the planned matches that are done."""
    incomplete: tuple[str, ...] = ()
    """The protocols that have matches to come; comparisons leave them out."""
    matches: dict[str, int]
    models: dict[str, str] = {}
    """What each debater and judge of the tournament is."""
    excluded: dict[str, int] = {}
    """Judgments that do not count, by purpose."""
    n_questions: int
    n_debates: int
    """Matches in which somebody argued."""
    n_judgments: int
    headlines: tuple[str, ...] = ()
    """What came out, in sentences."""
    warnings: tuple[str, ...]
    accuracy: tuple[Accuracy, ...]
    comparisons: tuple[Comparison, ...]
    persuasion: tuple[Persuasion, ...]
    ratings: tuple[Rating, ...]
    rating_notes: tuple[str, ...]
    rating_reliability: float | None = None
    head_to_head: tuple[Meeting, ...] = ()
    rating_slope: Measure
    rating_slope_players: int = 0
    pgr: tuple[Recovery, ...]
    asd: tuple[Score, ...]
    calibration: tuple[Reliability, ...]
    belief_paths: tuple[BeliefPath, ...]
    agreement: Agreement
    bias: tuple[Bias, ...]
    solo: tuple[Solo, ...]
    failures: tuple[Failures, ...]
    evidence: tuple[Quoted, ...] = ()
    instructive: tuple[Instructive, ...] = ()
    cost: Cost
    audit: Panel = Panel()

    @property
    def partial(self) -> bool:
        """Whether matches are still to be played or judged."""
        return self.complete < 1
