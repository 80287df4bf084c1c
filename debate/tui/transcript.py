"""How speeches look on a screen: who speaks behind a mark of their own, quotes with how they were verified."""

from __future__ import annotations

from rich.text import Text

from debate import quotes, sanitize
from debate.domain import Ballot, Speech
from debate.studies.wording import MARKS, who

GUTTERS = {"A": "▌", "B": "┆"}
STYLES = {"verified": "bold", "repaired": "bold", "unverified": "italic"}


def rendered(ballot: Ballot, *, only_quotes: bool = False) -> tuple[Text, int]:
    """Return a transcript up to its round, and about at which line its last round begins."""
    text, line = Text(), 0
    last = max((speech.round for speech in ballot.speeches), default=0)
    number = -1
    for speech in ballot.speeches:
        if speech.round != number:
            number = speech.round
            if number == last:
                line = text.plain.count("\n")
            text.append(f"{'before round 1' if not number else f'round {number}'}\n", style="dim")
        text.append(f"{GUTTERS.get(speech.label, ' ')} {who(ballot, speech.label)}\n", style="bold underline")
        text.append_text(_quotes(speech) if only_quotes else _said(speech))
        text.append("\n\n")
    return text, line


def _said(speech: Speech) -> Text:
    text = Text()
    for run, quote in quotes.segments(speech.text, speech.quotes):
        if quote:
            text.append(f'"{sanitize.clean(run)}"', style=STYLES[quote.status])
            text.append(f" {MARKS[quote.status]}", style="dim")
        else:
            text.append(sanitize.clean(run))
    return text


def _quotes(speech: Speech) -> Text:
    text = Text()
    for quote in speech.quotes:
        text.append(f'"{sanitize.clean(speech.text[quote.start : quote.end])}" {MARKS[quote.status]}\n')
    return text if speech.quotes else Text("(no quotes)", style="dim")
