"""What is a judge told at each step? The same words on every face."""

from __future__ import annotations

from debate.domain import Ballot, Study
from debate.studies.scoring import points, round_cost
from debate.studies.session import Session

INSTRUCTIONS = (
    "You will read a question with two answers, of which exactly one is right, and a debate about them. Each debater "
    "was assigned an answer and argues for it, right or wrong; one of them may mislead you. They have read a text that "
    "you cannot read. What they quote from it was checked by machine: [v] stands in the text, [~] stands there but for "
    "a slip, [x] was not found. Say how likely each answer is, and say it as you believe it: points are counted so "
    "that this pays best."
)
MARKS = {"verified": "[v]", "repaired": "[~]", "unverified": "[x]"}


def instructions(study: Study) -> str:
    """Return what is told before the first sitting."""
    return f"{INSTRUCTIONS}\n\n{study.instructions}".strip()


def heading(session: Session) -> str:
    """Return where the reader is."""
    if not session.rounds:
        return "nobody argues here"
    if not session.revealed:
        return f"before the first of {session.rounds} rounds"
    return f"round {session.revealed} of {session.rounds}"


def gauge(percent: int, width: int = 21) -> str:
    """Return a belief as a bar between the two answers."""
    at = round((100 - percent) / 100 * (width - 1))
    return f"A {percent:>2} [{'=' * at}o{'.' * (width - 1 - at)}] {100 - percent:>2} B"


def held(session: Session) -> str:
    """Return the beliefs so far, as a row."""
    named = (f"{'prior' if not number else f'r{number}'} {p}" for number, p in session.percents)
    return " · ".join(named)


def payoff(study: Study, session: Session, percent: int) -> str:
    """Return what the belief would pay."""
    of = max(session.rounds, 1)
    a, b = (points(study, p / 100, session.revealed, of) for p in (percent, 100 - percent))
    more = f"  another round costs {round_cost(study, of):.0f}" if session.revealed < session.rounds else ""
    return f"if A is right: {a:.0f} points  if B is right: {b:.0f}{more}"


def who(ballot: Ballot, label: str) -> str:
    """Return how a speaker is called."""
    if label == "judge":
        return "Judge"
    return f"{'Consultant' if ballot.protocol.name == 'consultancy' else 'Debater'} {label}"
