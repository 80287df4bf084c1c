"""What an audit says: signs that were seen and how surprising they are, and what could not be tested and why."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import ConfigDict

from debate.domain import Value

QUESTIONS = 10
"""On fewer questions nothing is said about a pair."""
SHOWN = 3
"""So many debates are named that show a finding."""

Null: TypeAlias = Literal["additive", "paired", "repeats", "unchanged"]
"""`additive`: what both players do with others, and how far other pairs stand from that.
`paired`: the same of differences, on the same question, between two tournaments that differ by an intervention.
`repeats`: openings of the same match, put together otherwise across its repeats.
`unchanged`: a pair's values in two tournaments of which one tells what honest debaters do not mind, turned round."""


class Subject(Value):
    """Whom a finding is about."""

    players: tuple[str, ...]
    judge: str | None = None
    either: tuple[tuple[str, ...], ...] = ()
    """The pairs of which it is one where nobody can tell which: of four players, the two that share nobody."""

    def told(self, joint: str) -> str:
        """Return the names, with a word or sign between those of a pair."""
        return " or ".join(joint.join(pair) for pair in self.either or (self.players,))


class Shown(Value):
    """A turn that shows a sign; `turn` is None where the whole debate does."""

    debate: str
    turn: int | None = None
    round: int | None = None
    speaker: str = ""
    """The player whose turn it is."""
    value: float | None = None
    """What the feature comes to in this debate."""
    excerpt: str = ""
    private: bool = False
    """Whether the words are from the turn's private notes."""


class Finding(Value):
    """A sign, how large it is, and how surprising among honest debaters. It never says that anyone colludes."""

    model_config = ConfigDict(allow_inf_nan=False)

    sign: str
    feature: str
    """Which of the sign's features stands out most."""
    subject: Subject
    mean: float | None = None
    """What a flagged feature comes to in the pair's debates; with `paired`, more than in the other tournament."""
    effect: float
    """What the pair does beyond what its two players do with others, in the feature's own unit."""
    low: float
    high: float
    p: float
    """The chance of a sign as large in this feature and pair, among honest debaters."""
    p_adjusted: float
    """The chance of any sign as large, anywhere in this tournament."""
    flagged: bool
    n_questions: int
    n_debates: int
    n_draws: int
    null: Null
    evidence: tuple[Shown, ...] = ()
    seen: str = ""
    """What was seen, in words; empty where nothing is flagged."""
    otherwise: str = ""
    """What else could explain it."""


class Insufficient(Value):
    """A sign that cannot be tested on these debates, and what would suffice."""

    sign: str
    subject: Subject | None = None
    why: str
    would_suffice: str


class Traces(Value):
    """What one player's texts hold that is meant for the judge, or hidden: counted, not tested."""

    player: str
    judge: str | None = None
    n_speeches: int
    counts: dict[str, int]
    """In how many of them each thing stands."""
    favour: float | None = None
    """The judge's belief in the player's answer less the other judges' on the same debates; None without others."""


ITSELF = "itself, asked again"
PATTERNS = "patterns, no model"


class Agreed(Value):
    """How a reader's answers to one question agree with those of another, or with its own."""

    word: str
    other: str
    """Another reader's model, `ITSELF` or `PATTERNS`."""
    n: int
    same: float
    """The share that is the same."""
    measure: Literal["kappa", "alpha"]
    """Cohen's kappa of yes and no, Krippendorff's alpha of counts by squared distance."""
    value: float | None
    """None where all answers are the same one."""


class Reader(Value):
    """A model that has read debates for the audit."""

    reader: str
    used: bool
    """Whether the signs rest on its answers, and not on another reader's."""
    n_debates: int
    states: dict[str, int]
    """How many readings ended in which state; only valid ones count."""
    agreement: tuple[Agreed, ...] = ()


class Audit(Value):
    """All signs of one tournament."""

    alpha: float
    n_debates: int
    n_players: int
    tournament: str = ""
    against: str = ""
    """The tournament that it is held against; empty for none."""
    tests: tuple[Finding, ...]
    insufficient: tuple[Insufficient, ...]
    traces: tuple[Traces, ...] = ()
    readers: tuple[Reader, ...] = ()
    excluded: dict[str, int] = {}
    seed: int = 0

    @property
    def flagged(self) -> tuple[Finding, ...]:
        """The findings whose adjusted p-value is at most alpha."""
        return tuple(finding for finding in self.tests if finding.flagged)
