"""The neutral one: says a speech again in words of its own, which are always the same."""

from __future__ import annotations

import re

from debate.audits.lexicon import DOUBTS
from debate.domain import Brief
from debate.providers.builtin.draft import Draft
from debate.wording import concedes

_QUOTE = re.compile(r"<quote>.*?</quote>", re.DOTALL)


def restate(brief: Brief, speech: str) -> str:
    """Keep what is argued for, what is quoted, and whether the other side is doubted; leave out all else."""
    draft = Draft(brief.protocol.words)
    own = "" if brief.argues is None else brief.question.answers[brief.argues].rstrip(".")
    draft.add(f"I argue for this answer: {own}.")
    for quotation in dict.fromkeys(_QUOTE.findall(speech)):
        draft.add(f"The passage says: {quotation}{'' if quotation[-9] in '.!?' else '.'}")
    words = _QUOTE.sub(" ", speech)
    if DOUBTS.count(words, words.lower()):
        draft.add("What the other side quotes does not show what it claims.")
    others = [chr(ord("A") + place) for place in range(len(brief.shown)) if chr(ord("A") + place) != brief.label]
    if any(concedes(words, brief.label, other) for other in others):
        draft.add("I concede the debate.")
    return draft.text
