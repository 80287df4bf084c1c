"""What a tournament is expected to come to, line by line, and what of it is still to come."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from debate.domain import MatchState, Value, View
from debate.stats.power import Power


class Line(Value):
    """What one cell of the plan takes, to be played or to be judged under one view."""

    protocol: str
    cell: str
    judge: str | None = None
    """The judge that rules; None for the playing."""
    view: View | None = None
    matches: int = 0
    rulings: int = 0
    calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    likely_usd: float | None = None
    """None where a price is not known."""
    most_usd: float | None = None
    models: tuple[str, ...] = ()
    """The models that are called."""


class Model(Value):
    """What one model is called for, and what its tokens cost."""

    model: str
    calls: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    likely_usd: float | None
    most_usd: float | None
    paid: bool


class Left(Value):
    """What is still to be made of a plan."""

    matches: int
    """Those with a call to come."""
    likely_usd: float
    """Of the models whose price is known."""
    models: tuple[str, ...]
    """The models that are still called."""


class Forecast(Value):
    """What a whole tournament comes to."""

    questions: int
    passages: int
    """Different passages, and questions without one: the units of inference."""
    matches: int
    rulings: int
    calls: int
    lines: tuple[Line, ...]
    models: tuple[Model, ...]
    likely_usd: float
    """Of the models whose price is known."""
    most_usd: float
    unpriced: tuple[str, ...]
    power: Power | None
    """For the first protocol and its whole transcripts; None where nothing is judged."""

    @property
    def paid(self) -> bool:
        """Whether anything is paid for, as far as can be told."""
        return any(model.paid for model in self.models)

    def left(self, states: Mapping[MatchState, int], judged: Collection[str], *, retry_failed: bool = False) -> Left:
        """Return what is still to be made.

        Args:
            states: how many matches of the pinned plan are in which state; empty where nothing is pinned.
            judged: the names of the judges that have ruled on what is done.
            retry_failed: whether failed matches are played on.
        """
        new = max(0, self.matches - sum(states.values()))
        opened = new + states.get("open", 0) + (states.get("failed", 0) if retry_failed else 0)
        played = opened + states.get("played", 0)
        every = played + states.get("done", 0)
        whole = max(self.matches, 1)
        shares = [(line, _share(line, opened, played, every, judged) / whole) for line in self.lines if line.calls]
        fresh = any(line.judge and line.judge not in judged for line in self.lines)
        return Left(
            matches=every if fresh else played,
            likely_usd=sum(share * (line.likely_usd or 0.0) for line, share in shares),
            models=tuple(dict.fromkeys(_called(shares))),
        )


def _share(line: Line, opened: int, played: int, every: int, judged: Collection[str]) -> int:
    """Return on how many matches a line's calls are still made."""
    if line.judge is None:
        return opened
    return played if line.judge in judged else every


def _called(shares: list[tuple[Line, float]]) -> Iterator[str]:
    return (model for line, share in shares if share for model in line.models)
