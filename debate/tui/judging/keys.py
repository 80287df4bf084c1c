"""Which keys do what here? One line under the screen, a sheet that says more, and names that a file of keys uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from debate.domain import Deed
from debate.studies.session import Session


class Key(NamedTuple):
    """What one key, or several, are for."""

    name: str
    """How a file of keys calls it."""
    pressed: str
    """The keys, unless a file says otherwise; by their names, with commas between."""
    does: str
    by: int | None
    """By how much, or which."""
    said: str
    """What the sheet says of it; nothing where the line of the key before says it."""


READER: tuple[Key, ...] = (
    Key("on", "enter", "on", None, "go on: begin, read the next round, take the belief"),
    Key("page-down", "space,pagedown", "page", 1, "scroll by a page, and back"),
    Key("page-up", "pageup", "page", -1, ""),
    Key("down", "down,j", "scroll", 1, "scroll by a line, and back"),
    Key("up", "up,k", "scroll", -1, ""),
    Key("first", "home,g", "edge", -1, "go to the beginning, to the end"),
    Key("last", "end,G", "edge", 1, ""),
    Key("next-speech", "n", "speech", 1, "go to the next speech, to the one before"),
    Key("speech-before", "N", "speech", -1, ""),
    Key("quotes", "p", "panel", None, "the quotes, the text where you read it, and back"),
    Key("find", "slash", "find", None, "find words in what is shown"),
    Key("next-found", "full_stop", "hit", 1, "go to the next place that was found, or back"),
    Key("found-before", "comma", "hit", -1, ""),
    Key("question", "z", "question", None, "show the question and the answers in full"),
    Key("note", "c", "note_down", None, "write a note on the speech at the top"),
    Key("mark", "m", "mark", None, "mark a sentence, and say what it is"),
    Key("unmark", "u", "unmark", None, "take a mark away, while marking"),
    Key("hidden", "v", "hidden", None, "tell what hidden characters there are"),
    Key("more-a", "left", "nudge", -5, "five more for A, for B"),
    Key("more-b", "right", "nudge", 5, ""),
    Key("one-a", "left_square_bracket", "nudge", -1, "one more for A, for B"),
    Key("one-b", "right_square_bracket", "nudge", 1, ""),
    Key("decide", "d", "stop", None, "decide now, where the study lets you"),
    Key("skip", "x", "skip", None, "skip this transcript, saying why"),
    Key("break", "b", "rest", None, "take a break: text hidden, time not counted"),
    Key("help", "question_mark,h,f1", "help", None, "tell what the keys do, and the instructions"),
    Key("leave", "q,escape", "leave", None, "go back to the list; everything is kept"),
)
QUEUE: tuple[Key, ...] = (
    Key("undo", "u", "undo", None, "correct the ruling that you handed in last"),
    Key("refresh", "r", "refill", None, "look again what there is to judge"),
    Key("help", "question_mark,h,f1", "help", None, "tell what the keys do, and the instructions"),
    Key("leave", "q", "quit", None, "leave; everything is kept"),
)
ANYWHERE: tuple[Key, ...] = (Key("colours", "T", "theme", None, "change the colours; none means anything"),)
DIGITS = "0123456789"

SHOWN = {
    **{"enter": "Enter", "escape": "Esc", "space": "space", "pagedown": "PgDn", "pageup": "PgUp", "up": "↑"},
    **{"down": "↓", "left": "←", "right": "→", "home": "Home", "end": "End", "slash": "/", "full_stop": "."},
    **{"comma": ",", "left_square_bracket": "[", "right_square_bracket": "]", "question_mark": "?", "f1": "F1"},
}
Chosen = Mapping[str, str]
"""Keys by the names of what they are for, where they are not the usual ones."""
Said = list[tuple[str, str]]
"""Keys, and what each does."""


def keys(session: Session, able: Sequence[Deed], *, marking: bool = False, chosen: Chosen | None = None) -> Said:
    """Return what the line of keys says: at most 76 characters, with ` · ` between."""
    of = {key.name: shown(key, chosen or {}) for key in READER}
    if marking:
        return [
            ("↑↓", "sentence"),
            ("Enter", "marks it"),
            ("1-5", "says what it is"),
            ("u", "unmarks"),
            ("Esc", "leaves"),
        ]
    ends = [(of["help"], "help"), (of["leave"], "leave")]
    if session.stage == "belief":
        decide = [(of["decide"], "decide now")] if "stop" in able else []
        return [("1-99 ←→", "sets it"), (of["on"], "takes it"), *decide, (of["quotes"], "quotes"), *ends]
    if session.stage == "instructions":
        return [(of["on"], "begins"), (of["page-down"], "scrolls"), (of["skip"], "skips it"), *ends]
    reads = [(of["quotes"], "quotes"), (of["note"], "note")]
    if session.stage == "waiting":
        return [(of["on"], "goes on once it is there"), *reads, *ends]
    on = [(of["on"], "goes on"), (of["page-down"], "scrolls")]
    return [*on, *reads, (of["mark"], "mark"), *ends]


def queue_keys(chosen: Chosen | None = None) -> Said:
    """Return what the line of keys says at the list of transcripts."""
    of = {key.name: shown(key, chosen or {}) for key in (*QUEUE, *ANYWHERE)}
    opens = [("↑↓", "choose"), ("Enter", "opens"), (of["undo"], "corrects the last")]
    return [*opens, (of["help"], "help"), (of["colours"], "colours"), (of["leave"], "leave")]


def shown(key: Key, chosen: Chosen, *, every: bool = False) -> str:
    """Return how a key is called on the screen: the first of several, or every one."""
    pressed = chosen.get(key.name, key.pressed).split(",")
    return " ".join(SHOWN.get(one, one) for one in (pressed if every else pressed[:1]))


def sheet(chosen: Chosen | None = None, *, believing: bool = False, queue: bool = False) -> str:
    """Return the sheet of keys; those of the gauge come first where a belief is asked for."""
    if queue:
        return "\n".join(
            [_explained("↑ ↓", "choose"), _explained("Enter", "open"), *_lines((*QUEUE, *ANYWHERE), chosen)]
        )
    gauge = [key for key in READER if key.does in ("nudge", "stop")]
    rest = _lines((*(key for key in READER if key not in gauge), *ANYWHERE), chosen)
    if not believing:
        return "\n".join([*rest, _explained("1-9", "go to a round")])
    digits = _explained("0-9", "the belief in A, from 1 to 99; B is the rest")
    return "\n".join([digits, *_lines(gauge, chosen), "", *rest])


def _lines(of: Sequence[Key], chosen: Chosen | None) -> list[str]:
    """Return a line on each key, or on two that do the same in two directions."""
    found: list[tuple[str, str]] = []
    for key in of:
        pressed = shown(key, chosen or {}, every=True)
        if key.said:
            found.append((pressed, key.said))
        else:
            found[-1] = (f"{found[-1][0]}  {pressed}", found[-1][1])
    return [_explained(*line) for line in found]


def _explained(pressed: str, said: str) -> str:
    return f"{pressed:<18}{said}"
