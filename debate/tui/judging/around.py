"""What stands above and below a transcript: where the reader is, what is asked, the gauge, and what it would pay."""

from __future__ import annotations

from rich.text import Text

from debate import sanitize
from debate.domain import Ballot, Study
from debate.studies import wording
from debate.studies.session import Session
from debate.tui import transcript
from debate.tui.judging.sitting import Sitting
from debate.tui.transcript import GUTTERS, Block, safe

QUESTION_LINES = 3
BEFORE = f"""
{wording.PRIOR}

Type a number from 1 to 99 for A; B is the rest. ← and → move it by five. \
Enter takes it. If you have no idea, 50 says so."""


def head(ballot: Ballot, where: str, width: int, *, key: str, less: str) -> Text:
    """Return where the reader is, the question and the answers, with the marks behind which each side speaks.

    Args:
        key: shows all of what is cut here.
        less: the style of what matters less.
    """
    asked = sanitize.line(safe(ballot.question.text), width * QUESTION_LINES - 12)
    answers = [sanitize.line(safe(ballot.question.answers[answer]), width - 3) for answer in ballot.shown]
    more = f"  ({key}: all of it)" if "…" in "".join((asked, *answers)) else ""
    said = Text.assemble((sanitize.line(f"{where}{more}", width), less), "\n", (asked, "bold"))
    for letter, answer in zip("AB", answers, strict=False):
        said.append(f"\n{GUTTERS[letter]}{letter}) {answer}")
    return said


def shown(sitting: Sitting, *, side: str = "") -> list[Block]:
    """Return the blocks of what is read at this stage; of one side alone where `side` names it."""
    session, ballot = sitting.session, sitting.ballot()
    if session.stage == "instructions":
        return transcript.told(sitting.told)
    if not ballot.speeches and session.stage in ("belief", "review"):
        return transcript.passage(ballot) if ballot.question.passage else transcript.told(BEFORE)
    blocks = transcript.transcript(ballot, session, side=side)
    if session.stage == "waiting" and (awaited := sitting.awaited):
        blocks.append(Block(wording.AWAITED[awaited], style="bold", round=session.revealed + 1))
    return blocks


def beliefs(session: Session, percent: int) -> Text:
    """Return the gauge where a belief is asked for, and the beliefs so far."""
    held = wording.held(session)
    so_far = f"A so far: {held}" if held else ""
    if session.stage != "belief":
        return Text(so_far)
    return Text.assemble((wording.gauge(percent), "bold"), f"   {so_far}")


def below(study: Study, session: Session, percent: int, lines: int, *, key: str) -> str:
    """Return what the belief would pay; while reading, that there are more lines below the screen."""
    if session.stage == "belief":
        return wording.payoff(study, session, percent)
    return f"▼ {lines} more line{'' if lines == 1 else 's'} below: {key}" if lines > 0 else ""


def hints(ballot: Ballot, *, key: str) -> str:
    """Return what is worth knowing about the speeches, and the key that tells more."""
    hidden = sum(sanitize.hidden(speech.text) for speech in ballot.speeches)
    hint = wording.hints(hidden, ballot.speeches)
    return f"{hint} · {key} tells which" if hidden else hint
