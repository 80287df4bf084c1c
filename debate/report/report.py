"""What a report says: every number with its interval and its n, and what it is made of. Renderers only lay it out."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from debate.domain import Value
from debate.report.panel import Panel
from debate.report.rows import (
    Accuracy,
    BeliefPath,
    Bias,
    Decisive,
    Exclusions,
    Failures,
    MarketMaking,
    OpenRole,
    Panelled,
    People,
    Persuasion,
    Pressure,
    Quoted,
    Recovery,
    Reliability,
    Score,
    Solo,
    Transferred,
    Turned,
)
from debate.stats.agreement import Agreement
from debate.stats.comparisons import Comparison
from debate.stats.cost import Cost
from debate.stats.equal_cost import Matched
from debate.stats.estimate import Measure, Unit
from debate.stats.favour import Favour
from debate.stats.head_to_head import Meeting
from debate.stats.instructive import Instructive
from debate.stats.learning import Learning
from debate.stats.proportions import Proportions
from debate.stats.ratings import Rating
from debate.stats.retest import Retest
from debate.stats.risk import Risk


class Report(Value):
    """Everything that is reported of a tournament."""

    schema_: Literal["debate.report/1"] = Field(default="debate.report/1", alias="schema")
    version: str
    tournament: str
    where: dict[str, str] = {}
    only: tuple[str, ...] = ()
    """Further conditions on what is measured, in words."""
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
    exclusions: tuple[Exclusions, ...] = ()
    """The same with and without the exclusions that were declared beforehand; empty where they take nothing out."""
    warnings: tuple[str, ...]
    accuracy: tuple[Accuracy, ...]
    people: tuple[People, ...] = ()
    """Accuracy of human judges with crossed effects, beside `accuracy`."""
    comparisons: tuple[Comparison, ...]
    matched: tuple[Matched, ...] = ()
    """The same at equal tokens and at equal cost."""
    proportions: tuple[Proportions, ...] = ()
    """Where every judgment counts once: the tests of published tables."""
    helped: tuple[Turned, ...] = ()
    persuasion: tuple[Persuasion, ...]
    pressure: tuple[Pressure, ...] = ()
    dishonest_risk: Risk
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
    retest: Retest
    learning: Learning
    """Of people, over the order of their rulings."""
    transfer: tuple[Transferred, ...] = ()
    """Of people and models, on the questions that a bank says are similar to another."""
    open_role: tuple[OpenRole, ...] = ()
    """Of the protocols in which a player chooses what it argues."""
    panels: tuple[Panelled, ...] = ()
    """What judges ruled together, where the tournament says how many of them have to."""
    market: tuple[MarketMaking, ...] = ()
    """Of the games in which an adversary moves a market."""
    bias: tuple[Bias, ...]
    favours: tuple[Favour, ...] = ()
    solo: tuple[Solo, ...]
    failures: tuple[Failures, ...]
    evidence: tuple[Quoted, ...] = ()
    decisive: tuple[Decisive, ...] = ()
    instructive: tuple[Instructive, ...] = ()
    cost: Cost
    audit: Panel = Panel()

    @property
    def partial(self) -> bool:
        """Whether matches are still to be played or judged."""
        return self.complete < 1
