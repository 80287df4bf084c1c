"""The naive judge: guesses from the question and its answers alone, whatever else it is shown.

It leans a little towards answers that take up the question's words, since such an answer is at least about the
question; what is left is a coin, tossed by the words themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

from debate.domain import Posed, Speech, chance
from debate.providers.builtin.ruling import Ruling, softmax
from debate.providers.builtin.words import content

ECHO = 0.2  # log-odds of an answer whose every word is in the question
COIN = 0.05  # log-odds: breaks ties, and tells nothing


def lean(question: str, answer: str) -> float:
    """Return log-odds from the words alone: 0.2 x share of the answer's words in the question + 0.05 x a coin."""
    words = content(answer)
    echo = len(set(words) & set(content(question))) / max(1, len(words))
    return ECHO * echo + COIN * chance(question, answer) / 2**64


def rule(question: Posed, _speeches: Sequence[Speech] = ()) -> Ruling:
    """Guess."""
    p = softmax([lean(question.text, answer) for answer in question.answers])
    return Ruling(p, "A guess from the question and its answers alone.", "What else is known about this?")
