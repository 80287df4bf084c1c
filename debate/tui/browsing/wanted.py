"""Which debates does a line of words ask for? `state:done player:opus bridge` and the like."""

from __future__ import annotations

import difflib
from typing import get_args

from debate.domain import MatchState
from debate.errors import UsageError
from debate.store.listing import Wanted

KEYS = {"state": "state", "game": "protocol", "protocol": "protocol", "player": "player", "judge": "judge"}
HELP = "words of the question or the beginning of an id; state: game: player: judge: narrow it, as in state:done"


def wanted(line: str) -> Wanted:
    """Return what a line asks for.

    Raises:
        UsageError: it names a key or a state that there is not.
    """
    found: dict[str, str] = {}
    words = []
    for word in line.split():
        key, colon, value = word.partition(":")
        if not colon or not value or not key.isalpha():
            words.append(word)
        elif key not in KEYS:
            raise UsageError(f'there is no "{key}:" to look for{_near(key, KEYS)}; there are {", ".join(KEYS)}')
        else:
            found[KEYS[key]] = value
    states = get_args(MatchState)
    if found.get("state", states[0]) not in states:
        raise UsageError(f'no debate is "{found["state"]}"; the states are {", ".join(states)}')
    return Wanted(text=" ".join(words), **found)


def _near(word: str, known: dict[str, str]) -> str:
    close = difflib.get_close_matches(word, known, 1)
    return f', perhaps "{close[0]}:"' if close else ""
