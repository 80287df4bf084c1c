"""What can a judge's screens see and do? Transcripts as ballots, their own sittings, and acts that they add.

Whoever has a database at hand gives this view of it, and so does whoever has it passed through by another process.
"""

from __future__ import annotations

from typing import Literal, Protocol, TypeAlias

from debate.domain import Act, Ballot, Judgment, Study, Value
from debate.studies.assigning import Purpose

CHARACTERS_A_MINUTE = 1_100
"""How fast an argument is read with care: about 200 words a minute."""
Awaited: TypeAlias = Literal["", "speeches", "run", "never"]
"""What a round waits for: its speeches, which are being made; somebody to play on; what has failed; or nothing."""


RELEASED = "released"
"""How a sitting stands that was given back: a skipped one in which its judge did not skip."""


class Place(Value):
    """One sitting in a judge's queue."""

    id: int
    tournament: str
    state: str
    begun: bool
    question: str
    purpose: Purpose = "study"
    characters: int = 0
    """How long the transcript is."""

    @property
    def todo(self) -> bool:
        """Whether it can be worked on."""
        return self.state in ("open", "live")

    @property
    def minutes(self) -> int:
        """About how long it takes to read and to think about."""
        return 2 + round(self.characters / CHARACTERS_A_MINUTE)


class Sight(Protocol):
    """A judge's view of their transcripts."""

    judge: str

    def study(self, tournament: str) -> Study:
        """Return what a tournament asks of its judges."""
        ...

    def queue(self, tournament: str) -> tuple[Place, ...]:
        """Return the judge's sittings in their order."""
        ...

    def ballot(self, sitting: int, round: int) -> Ballot:
        """Return what may be seen of a sitting's debate up to a round."""
        ...

    def rounds(self, sitting: int) -> int:
        """Return how many rounds there are, or may come to be."""
        ...

    def live(self, sitting: int) -> bool:
        """Tell whether the judge sits in the debate."""
        ...

    def awaited(self, sitting: int, round: int) -> Awaited:
        """Say what has to come before a round can be read."""
        ...

    def agreed(self, consent: str) -> bool:
        """Tell whether this judge has agreed to a text, known by its hash."""
        ...

    def instructed(self, sitting: int) -> bool:
        """Tell whether this judge has begun another transcript before."""
        ...

    def purpose(self, sitting: int) -> Purpose:
        """Return what a sitting is for."""
        ...

    def locked(self, sitting: int) -> str:
        """Say why a ruling that was handed in cannot be corrected any more; nothing where it can."""
        ...

    def acts(self, sitting: int) -> tuple[Act, ...]:
        """Return what was done in a sitting."""
        ...

    def take(self, sitting: int) -> None:
        """Take a sitting up, or keep it."""
        ...

    def release(self, sitting: int) -> None:
        """Give a sitting back; what was done in it stays."""
        ...

    def renew(self, sitting: int) -> None:
        """Hold a sitting for a while longer."""
        ...

    def add(self, sitting: int, number: int, act: Act) -> None:
        """Write an act down; it is durable when this returns."""
        ...

    def finish(
        self, sitting: int, number: int, act: Act, judgment: Judgment | None, why: str = "", *, skipped: bool = False
    ) -> None:
        """Write the last act down, together with the judgment that it makes."""
        ...

    def identity(self, sitting: int, correction: int = 0) -> tuple[str, str]:
        """Return the id of the match and of the judgment that a sitting makes."""
        ...
