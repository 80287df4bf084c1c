"""The weigher: weighs verified quotations against the question and its answers, and distrusts unverified ones.

log-odds of an answer = the naive lean + 0.25 x association - 0.5 x the share of its side's quotations that are
unverified. The association (see `association`) is taken over the passage where the ballot holds it, otherwise over
the verified quotations of all sides: an answer gains when its words stand in the quotations that speak of what is
asked, and loses when they stand in those that do not.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from debate.domain import Posed, Speech
from debate.providers.builtin.association import association
from debate.providers.builtin.naive import lean
from debate.providers.builtin.reading import support
from debate.providers.builtin.ruling import Ruling, softmax
from debate.providers.builtin.words import content, listed, own, plain, surface

EVIDENCE = 0.25  # log-odds for a unit of association: words of one answer are far from independent
FLOOR = 0.2  # quotations: they are few, so that one alone shows little
DISTRUST = 0.5  # log-odds against a side whose every quotation is unverified


def rule(question: Posed, speeches: Sequence[Speech], *, stride: int = 1, boldness: float = 1.0) -> Ruling:
    """Weigh the passage, where it is given, and the quotations.

    Args:
        stride: 3 reads one piece of the passage in three.
        boldness: log-odds are multiplied by it.
    """
    quoted = sorted({s.text[q.start : q.end] for s in speeches for q in s.quotes if q.status != "unverified"})
    scores = [_score(question, i, quoted, speeches, stride) for i in range(len(question.answers))]
    return Ruling(
        softmax([boldness * score for score in scores]),
        _reason(question, quoted, speeches),
        _doubt(question, quoted, scores),
    )


def _score(question: Posed, answer: int, quoted: Sequence[str], speeches: Sequence[Speech], stride: int) -> float:
    text = question.answers[answer]
    if question.passage:
        tied = support(question.passage.text, question.text, text, stride)
    else:
        tied = _tied(question.text, text, quoted)
    return lean(question.text, text) + EVIDENCE * tied - DISTRUST * _unverified(speeches, answer)


def _tied(question: str, answer: str, quoted: Sequence[str]) -> float:
    held = [set(content(text)) for text in quoted]
    asked = content(question)
    rows = np.array([[float(word in words) for words in held] for word in own(answer, question)])
    weights = np.array([float(sum(word in words for word in asked)) for words in held])
    return association(rows, weights, floor=FLOOR)


def _unverified(speeches: Sequence[Speech], answer: int) -> float:
    quotes = [quote.status for speech in speeches if speech.argues == answer for quote in speech.quotes]
    return quotes.count("unverified") / len(quotes) if quotes else 0.0


def _reason(question: Posed, quoted: Sequence[str], speeches: Sequence[Speech]) -> str:
    if question.passage:
        return "The passage itself was searched for the words of each answer near those of the question."
    if not speeches:
        return "Nobody has argued and there is no passage, so this is a guess."
    false = sum(quote.status == "unverified" for speech in speeches for quote in speech.quotes)
    return f"{len(quoted)} verified quotations were weighed against question and answers; {false} are unverified."


def _doubt(question: Posed, quoted: Sequence[str], scores: Sequence[float]) -> str:
    """Ask about the weakest point: words of the least supported answer that no quotation holds."""
    answer = min(zip(scores, question.answers, strict=True))[1]
    missing = set(own(answer, question.text)).difference(*map(content, quoted))
    words = surface(plain(answer), missing)
    if words:
        return f"Where does the passage speak of {listed(words)}?"
    return f"Which line shows that this is the answer: {plain(answer, 25)}"
