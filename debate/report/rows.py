"""What each row of a report is about, and what it says: numbers with interval and n, or why there is none."""

from __future__ import annotations

from typing import Literal

from debate.domain import JudgmentState, Value
from debate.stats.accuracy import Bounds
from debate.stats.asd import ScoreDifference
from debate.stats.belief_paths import Paths
from debate.stats.bias import Swaps
from debate.stats.calibration import Calibration
from debate.stats.crossed import Crossed
from debate.stats.estimate import Measure
from debate.stats.evidence import Cited, Evidence
from debate.stats.helping import Helped
from debate.stats.market import Market
from debate.stats.open_role import Choices
from debate.stats.pgr import Recovered
from debate.stats.quorum import Quorum
from debate.stats.selective import Selective
from debate.stats.transfer import Transfer


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


class Varied(Group):
    """How right the judges were with other exclusions."""

    accuracy: Measure


class Exclusions(Value):
    """What comes out with, or without, the exclusions declared beforehand, where the report has it the other way."""

    rules: Literal["with", "without"]
    n_judgments: int
    """The rulings that the rules take out."""
    why: dict[str, int]
    """The same, by reason."""
    headlines: tuple[str, ...] = ()
    accuracy: tuple[Varied, ...] = ()


class People(Group, Crossed):
    """How right people were, with effects of who judged and of what was asked."""


class Transferred(Transfer):
    """How right a judge was on new questions under one arm, with and without reading about a similar one."""

    protocol: str
    view: str
    agents: str | None = None
    judge: str


class Reliability(Group, Calibration):
    """How belief and outcome go together."""

    selective: Selective = Selective()
    """How much would be wrong if the judge ruled only where it is surest."""
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


class Turned(Helped):
    """What an arm made of the naive rulings of its judge."""

    protocol: str
    view: str
    agents: str | None = None
    judge: str


class Pressure(Value):
    """What choosing the best of several speeches does, over the players that do so."""

    best_of: int
    players: tuple[str, ...]
    judge_accuracy: Measure
    win_rate_gap: Measure


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


class OpenRole(Choices):
    """What players chose to argue where they might, and what one judge made of it; of all where `player` is None."""

    protocol: str
    agents: str | None = None
    judge: str
    player: str | None = None


class Panelled(Quorum):
    """What the judges of a protocol ruled together, under one view."""

    protocol: str
    view: str
    agents: str | None = None
    quorum: int


class MarketMaking(Market):
    """How the market of one judge's seat went, by the rulings of one judge on the whole games."""

    protocol: str
    seat: str
    judge: str


class BeliefPath(Paths):
    """Where one judge's belief in the right answer went, round by round."""

    protocol: str
    agents: str | None = None
    judge: str


class Quoted(Evidence):
    """What debaters quoted, by protocol and kind of debaters."""

    protocol: str
    agents: str | None
    """None where nobody argues for an answer of their own, as in a market."""


class Decisive(Cited):
    """How much of the annotated evidence a player quoted under one protocol."""

    player: str
    protocol: str


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
