"""The kinds of cues whose replies are data; a turn of any other kind is a speech."""

from __future__ import annotations

from typing import Literal, TypeAlias

ANSWER = "answer"
"""The kind of a cue at which a player says what it believes, in a game in which nobody argues."""
CHOICE = "choice"
"""The kind of a cue at which a seat chooses its answer."""
BELIEF = "belief"
"""The kind of a cue at which the judge's seat says what it believes."""
SILENT = (CHOICE, BELIEF)
"""Kinds of turns that are no speeches: what they say is typed, and no ballot shows them."""

Form: TypeAlias = Literal["speech", "beliefs", "choice", "act"]
"""What a reply has to be: words to be heard, beliefs, a choice of an answer, or what a judge asks and believes."""
