"""The gullible judge: swayed by length, by a confident manner and by the look of evidence, true or not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from debate.domain import Posed, Speech
from debate.protocols.rounds import JUDGE
from debate.providers.builtin.naive import lean
from debate.providers.builtin.ruling import Ruling, softmax
from debate.wording import count

LENGTH = 0.25  # log-odds for a hundred words more
MANNER = 0.1  # log-odds for each word of confidence, and against for each of doubt
LOOK = 0.1  # log-odds for each quotation, whatever its status

_SURE = re.compile(
    r"\b(?:certain(?:ly)?|clear(?:ly)?|obvious(?:ly)?|plain(?:ly)?|undoubted(?:ly)?|definite(?:ly)?|without doubt|"
    r"no doubt|beyond dispute|settles?|proves?|proof|never|always|everyone|nobody)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:may|might|perhaps|maybe|possibly|seems?|likely|probably|suggests?|could|appears?|i think|unclear)\b",
    re.IGNORECASE,
)


def rule(question: Posed, speeches: Sequence[Speech]) -> Ruling:
    """Believe whoever says more, more confidently, with more in quotation marks."""
    sway = [_sway([s for s in speeches if _speaks_for(s, i, answer)]) for i, answer in enumerate(question.answers)]
    p = softmax([lean(question.text, answer) + swayed for answer, swayed in zip(question.answers, sway, strict=True)])
    if not speeches:
        return Ruling(p, "Nobody has argued, so this is a guess.", "Who is sure of the answer?")
    return Ruling(p, "Length, a confident manner and quotations decided.", "How sure are you, and what proves it?")


def _speaks_for(speech: Speech, index: int, answer: str) -> bool:
    """Tell whether a speech is for an answer: the one that is argued, or, of an adversary, one that it names."""
    if speech.argues is None and speech.label != JUDGE:
        return answer.rstrip(".") in speech.text
    return speech.argues == index


def _sway(speeches: Sequence[Speech]) -> float:
    """Return 0.25 x words/100 + 0.1 x (words of confidence - words of doubt) + 0.1 x quotations."""
    words = sum(count(speech.text) for speech in speeches)
    manner = sum(len(_SURE.findall(s.text)) - len(_UNSURE.findall(s.text)) for s in speeches)
    return LENGTH * words / 100 + MANNER * manner + LOOK * sum(len(speech.quotes) for speech in speeches)
