"""What is a judge with a pack told, who has no key at hand? It goes back to them by letter, once their result is read.

So no answer is ever in a file that a judge holds before the ruling on it is in the database: after practice and after
each ruling where the study tells it, and at the end, the same words as on the screen come in a text of their own.
"""

from __future__ import annotations

from collections.abc import Sequence

from debate.domain import Study, Value
from debate.studies.wording import debriefing

RETURN = (
    "Now send back the file that is named below. Once it was read you are written which answers were right, and who "
    "was assigned to argue falsely."
)
PRACTISED = (
    "That was practice. Now send back the file that is named below: you are written how it turned out where the study "
    "tells it, and are sent what follows."
)
OPEN = "Practice is over, and what follows is open: it comes in a pack of its own."


class Outcome(Value):
    """How one ruling turned out, in words."""

    question: str
    said: str


def away(study: Study, *, practice: bool) -> str:
    """Return what a judge is told who is through with a pack."""
    return PRACTISED if practice else f"{debriefing(study)}\n\n{RETURN}"


def letter(
    study: Study,
    judge: str,
    outcomes: Sequence[Outcome],
    *,
    practised: bool = False,
    bar: str = "",
    sides: Sequence[tuple[str, str, str]] | None = None,
) -> str:
    """Return what a judge is written; nothing where there is nothing to tell.

    Args:
        study: what it is about.
        judge: whom it is to.
        outcomes: of the rulings about which the study tells the right answer.
        practised: whether practice came to its end with this.
        bar: why what follows practice is closed to this judge; empty where it is open.
        sides: at the end, by transcript, the question, and the letter and the words of the right answer.
    """
    parts = [f"{one.question}\n\n{one.said}" for one in outcomes]
    if practised:
        parts.append(f"What follows practice is {bar}." if bar else OPEN)
    if sides is not None:
        parts.append(debriefing(study, sides))
    if not parts:
        return ""
    return "\n\n---\n\n".join((f"To {judge}, about what you judged", *parts))
