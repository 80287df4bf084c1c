"""How people judge in a study, and what each of them does at a transcript."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field

from debate.domain.value import Value

ScoringRule: TypeAlias = Literal["log", "quadratic", "spherical"]
Deed: TypeAlias = Literal[
    "begin", "believe", "next", "stop", "ask", "reason", "back", "submit", "answer", "omit", "skip", "pause",
    "draft", "note", "mark", "unmark", "amend",
]  # fmt: skip
Tag: TypeAlias = Literal["", "misquote", "concession", "new evidence", "off topic", "injection"]


class Asked(Value):
    """A question of the survey after a ruling: a `[[judging.survey]]` table."""

    name: str
    """What the answers are called in exports."""
    text: str
    """The question as it is asked."""
    kind: Literal["scale", "choice", "text"] = "scale"
    """A number, one of the `options`, or words."""
    points: int = Field(default=5, ge=2, le=9)
    """How many points a scale has."""
    options: tuple[str, ...] = ()
    """What there is to choose from; the words for the ends of a scale."""


class Study(Value):
    """What a study asks of its human judges: the `[judging]` table."""

    prior: bool = True
    """Whether a belief is asked for before anything is read."""
    beliefs: Literal["every-round", "final"] = "every-round"
    """Whether a belief is asked for after every round, or once."""
    min_rounds: int = Field(default=0, ge=0)
    """So many rounds are read before a judge may end early."""
    scoring: ScoringRule = "log"
    """The proper scoring rule behind the points that are shown."""
    penalty: float = Field(default=0.05, ge=0, le=1)
    """What each further round costs, in the unit of the rule."""
    feedback: Literal["never", "practice", "always"] = "practice"
    """After which rulings a judge is told the right answer: after none, those of practice, or each."""
    reason: bool = True
    """Whether a ruling needs a reason in words."""
    commit: bool = False
    """Whether an even belief is refused at the end."""
    instructions: str = ""
    """What judges are told besides how the screen works."""
    consent: str = ""
    """What judges agree to before anything is recorded; empty for none."""
    withdrawal: Literal["erase", "anonymise"] = "erase"
    """What `debate judges withdraw` does: erase all of a judge, or keep their beliefs under a code of chance."""
    swing: int = Field(default=0, ge=0, le=98)
    """A last belief that moved by more than this is pointed at before it is handed in; 0 for never."""
    survey: tuple[Asked, ...] = ()
    """What is asked after each ruling, before anything is told."""
    practice: int = Field(default=0, ge=0, le=50)
    """So many transcripts come first as practice; they are not counted."""
    qualify: int = Field(default=0, ge=0, le=50)
    """So many of those of practice have to be right, or nothing follows."""
    attention: int = Field(default=0, ge=0, le=50)
    """So many transcripts have a sentence in them that asks for a certain belief, to see who reads."""
    repeat: int = Field(default=0, ge=0, le=50)
    """So many transcripts come a second time at the end, to see how steady a judge is."""
    design: Literal["mixed", "within", "between"] = "mixed"
    """Whether arms come as chance has it, each judge sees all of them (a Latin square), or each judge sees one."""
    arms: tuple[str, ...] = ()
    """The games that people judge, by label; `LABEL/VIEW` for a view of it; all that are argued where empty."""
    exclude_fast_s: float = Field(default=0, ge=0)
    """Declared beforehand: rulings made in less active time are excluded; 0 for no such rule."""
    exclude_attention: int = Field(default=0, ge=0)
    """Declared beforehand: judges who fail so many checks of attention are excluded; 0 for no such rule."""
    exclude_repeat: int = Field(default=0, ge=0, le=98)
    """Declared beforehand: judges whose beliefs move by more than this, on average, when asked again; 0 for none."""
    debrief: str = ""
    """What is told at the end, besides who was assigned to argue falsely."""
    overlap: int = Field(default=1, ge=1, le=50)
    """How many people judge each transcript."""
    items: int = Field(default=0, ge=0)
    """At most so many transcripts for one person; 0 for no limit."""
    lease_days: float = Field(default=14.0, ge=0, le=3650)
    """After so many days in which a judge does nothing, what they have not finished goes to others; 0 for never."""
    minutes: float = Field(default=10.0, gt=0, le=600)
    """About how long one transcript takes, for what `debate plan` says of hours."""
    pay: float = Field(default=0.0, ge=0)
    """What a judge is paid for each transcript that they rule on, checks and practice among them."""
    bonus: float = Field(default=0.0, ge=0)
    """What is paid besides for a counted ruling of 100 points; for fewer points, in proportion."""
    currency: str = "USD"
    """What pay and bonus are counted in."""
    idle_s: float = Field(default=120.0, gt=0)
    """After so long without a key, time counts as idle and the screen is hidden."""


class Act(Value):
    """One thing that a judge did. Acts are only ever added; the state of a sitting is what they add up to."""

    kind: Deed
    percent: int | None = Field(default=None, ge=1, le=99)
    """Belief in the first displayed answer."""
    text: str = ""
    about: str = ""
    """What it is about: a speech by its number, a question of the survey by its name, the hash of the consent."""
    span: tuple[int, int] | None = None
    """Which characters of the speech are marked."""
    tag: Tag = ""
    """What a mark says of them."""
    active_ms: int = Field(default=0, ge=0)
    """Time since the act before, by a monotonic clock, without what was idle."""
    idle_ms: int = Field(default=0, ge=0)
    keys: int = Field(default=0, ge=0)
    """How many keys were pressed since then; never which."""
    seen: int = Field(default=0, ge=0, le=100)
    """How much of the transcript so far has been on the screen, in percent."""
