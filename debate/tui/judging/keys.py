"""Which keys do what here? One line under the screen, and a sheet that says more."""

from __future__ import annotations

from collections.abc import Sequence

from debate.domain import Deed
from debate.studies.session import Session, Stage

READER: tuple[tuple[str, str, int | None], ...] = (
    ("enter", "on", None),
    ("right", "nudge", 5),
    ("left", "nudge", -5),
    ("right_square_bracket", "nudge", 1),
    ("left_square_bracket", "nudge", -1),
    *((str(digit), "digit", digit) for digit in range(10)),
    ("d", "stop", None),
    ("x", "skip", None),
    ("p", "panel", None),
    ("z", "question", None),
    ("v", "hidden", None),
    ("c", "note_down", None),
    ("m", "mark", None),
    ("u", "unmark", None),
    ("slash", "find", None),
    ("full_stop", "hit", 1),
    ("comma", "hit", -1),
    ("n", "speech", 1),
    ("N", "speech", -1),
    ("b", "rest", None),
    ("h,question_mark,f1", "help", None),
    ("q,escape", "leave", None),
    ("down,j", "scroll", 1),
    ("up,k", "scroll", -1),
    ("pagedown,space", "page", 1),
    ("pageup", "page", -1),
    ("home,g", "edge", -1),
    ("end,G", "edge", 1),
)
"""Keys of the reader, what each is for, and by how much or which."""

READ = "↑↓ space · n speech · p quotes · / find · c note · m mark · ? help · q"
SHEET = """Enter      goes on: begins, shows the next round, takes the belief
↑ ↓ j k    scroll; space and page keys by pages, g and G to the ends
n N 1-9    the next speech, the one before; a round
p          quotes in the order of the text, and the text itself where you read it
/ . ,      find words; the next place, the one before
c          a note on the speech at the top
m          mark a sentence, and say what it is
v          hidden characters, and what they are
z          the question and the answers in full
b          a break: hides the text; time without a key is not counted
x          skip this transcript, saying why
T          other colours
q Esc      back to the queue; everything is kept"""
AT_BELIEF = """← →        five more for A, or for B; [ and ] one
digits     the belief in A, from 1 to 99
d          decide now, without reading further, where the study allows it
"""


def keys(session: Session, able: Sequence[Deed], *, marking: bool = False) -> str:
    """Return the line of keys, at most 76 characters long."""
    if marking:
        return "↑↓ sentence · Enter marks it · 1-5 says what it is · u unmarks · Esc leaves"
    if session.stage == "belief":
        ends = " · d decides" if "stop" in able else ""
        return f"←→ 5 · [ ] 1 · digits · Enter takes it{ends} · p quotes · / · ? help · q"
    if session.stage == "instructions":
        return "Enter begins · ↑↓ scroll · x skip · ? help · q leave"
    if session.stage == "waiting":
        return "Enter goes on once it is there · ↑↓ scroll · p quotes · c note · ? help · q"
    return f"Enter · {READ}"


def explained(stage: Stage) -> str:
    """Return the sheet of keys for a stage."""
    return f"{AT_BELIEF}{SHEET}" if stage == "belief" else SHEET
