"""What is told of how a person judges from their rulings: how steady, how like others, and what excludes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from debate.domain import Study

TIE = 1e-9
"""Beliefs closer than this are equal."""


@dataclass(frozen=True)
class Ruling:
    """One ruling of one person."""

    judge: str
    purpose: str
    ballot: tuple[int, str]
    """What was read: a match, by its number, under a view."""
    match: str
    sitting: int | None
    shown: tuple[int, ...]
    final: tuple[float, ...]
    active_s: float | None
    stands: bool
    """Whether no later one stands in its place."""

    @property
    def counts(self) -> bool:
        """Whether it is one that the study asks for, not practice, a check or a repeat."""
        return self.stands and self.purpose == "study"

    @property
    def leans(self) -> int:
        """The answer that is believed more; -1 for neither."""
        return -1 if abs(self.final[0] - self.final[1]) < TIE else int(self.final[1] > self.final[0])

    @property
    def percent(self) -> int:
        """The belief in the answer that was displayed first."""
        return round(100 * self.final[self.shown[0]])


def moved(mine: Sequence[Ruling]) -> float | None:
    """Return by how many points of belief somebody differs from themselves when asked again, on average."""
    first = {ruling.ballot: ruling.percent for ruling in mine if ruling.purpose == "study"}
    again = [r for r in mine if r.purpose == "repeat" and r.ballot in first]
    return sum(abs(r.percent - first[r.ballot]) for r in again) / len(again) if again else None


def agrees(judge: str, rulings: Sequence[Ruling]) -> float | None:
    """Return the share of other people's rulings on the same transcripts that lean as a judge's do."""
    by_ballot: defaultdict[tuple[int, str], list[Ruling]] = defaultdict(list)
    for ruling in rulings:
        if ruling.counts:
            by_ballot[ruling.ballot].append(ruling)
    same = [
        own.leans == other.leans
        for together in by_ballot.values()
        for own in together
        if own.judge == judge
        for other in together
        if other.judge != judge
    ]
    return sum(same) / len(same) if same else None


def excluded(study: Study, failed: int, moved: float | None) -> Iterator[str]:
    """Yield the rules, declared beforehand, by which all of a judge is excluded.

    Args:
        study: the rules.
        failed: how many checks of attention the judge failed.
        moved: by how many points they moved when asked again.
    """
    if study.exclude_attention and failed >= study.exclude_attention:
        yield f"failed {failed} checks of attention"
    if study.exclude_repeat and moved is not None and moved > study.exclude_repeat:
        yield f"moved by {moved:.0f} points when asked again"
