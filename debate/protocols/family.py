"""What a protocol has to say for itself: who sits, what is due next, and what its parameters may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from debate.domain import Cue, Debate, Protocol, Value


def _nothing_wrong(_protocol: Protocol) -> tuple[str, ...]:
    return ()


def _itself(protocol: Protocol) -> tuple[Protocol, ...]:
    return (protocol,)


@dataclass(frozen=True)
class Family:
    """One kind of game. To add a protocol, write a file beside this one that makes a `FAMILY`."""

    name: str
    due: Callable[[Debate], tuple[Cue, ...]]
    """The cues that may be taken now, a pure function of the recorded turns; empty when the game is over."""
    seats: tuple[str, ...] = ()
    """The seats that players take."""
    role: str = ""
    """The template of its players, in the folder of `prompts/` that bears the protocol's name."""
    argued: bool = True
    """Whether players argue for answers."""
    reads: bool = True
    """Whether players see the passage under every setting."""
    sits: str = ""
    """The template of the judge's seat, where a judge always takes it; else one does where the game is interactive."""
    asked: bool = False
    """Whether the judge's seat may ask between its rounds, where the rules say `interactive`; with `asker.md`."""
    ordered: bool = False
    """Whether several speak in a round, in the `order` of the rules."""
    believed: bool = False
    """Whether players see what the judge's seat believes."""
    becomes: str = ""
    """The game that it is once the first seat has chosen what it argues; empty where the plan assigns the answers."""
    judged: bool = True
    """Whether judges rule on it."""
    judge_reads: bool = False
    """Whether its judges see the passage."""
    options: type[Value] = Value
    """What it takes besides, in the `options` of a tournament file; every field with a default."""
    check: Callable[[Protocol], tuple[str, ...]] = _nothing_wrong
    """What is wrong with the parameters, one sentence each."""
    variants: Callable[[Protocol], tuple[Protocol, ...]] = _itself
    """The games that one entry in a tournament file stands for."""


def first_open_beat(debate: Debate, schedule: Iterable[Cue]) -> tuple[Cue, ...]:
    """Return the cues of the earliest beat of `schedule` that have no turn yet."""
    said = {turn.index for turn in debate.turns}
    for _, beat in groupby(schedule, key=attrgetter("beat")):
        missing = tuple(cue for cue in beat if cue.index not in said)
        if missing:
            return missing
    return ()
