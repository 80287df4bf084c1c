"""Which of several speeches convinces, and what is weakest in a draft?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from debate import quotes
from debate.domain import Beliefs, Brief, Posed, Speech, chance
from debate.protocols.market_making import moved
from debate.providers.builtin.draft import quote
from debate.providers.builtin.ruling import Ruling
from debate.providers.builtin.words import content, listed, own, plain, surface


def best(rule: Callable[[Posed, Sequence[Speech]], Ruling], brief: Brief, candidates: Sequence[str]) -> int:
    """Return the number, from 1, of the candidate after which a judge without the passage would believe most."""
    question = brief.question.model_copy(update={"passage": None})

    def worth(k: int) -> tuple[float, int, int]:
        p = rule(question, (*brief.speeches, _heard(brief, candidates[k]))).p
        return _worth(brief, p), chance(candidates[k]), -k

    return max(range(len(candidates)), key=worth) + 1


def _worth(brief: Brief, p: Beliefs) -> float:
    """Return belief in the answer that is argued; without one, how far belief is moved, or how sure it is."""
    if brief.argues is not None:
        return p[brief.argues]
    return moved(brief.believed, p) if brief.believed else max(p)


def critique(brief: Brief, draft: str) -> str:
    """Name the weakest quotation of a draft and what it does not show."""
    heard = _heard(brief, draft)
    if not heard.quotes:
        return "Nothing is quoted. Quote the lines that hold the words of the answer."
    answer = "" if brief.argues is None else brief.question.answers[brief.argues]
    words = own(answer, brief.question.text)

    def worth(text: str, verified: bool) -> tuple[bool, int, int]:
        return verified, len(set(content(text)) & set(words)), chance(text)

    said = [(heard.text[q.start : q.end], q.status != "unverified") for q in heard.quotes]
    text, verified = min(said, key=lambda pair: worth(*pair))
    missing = surface(plain(answer), set(words) - set(content(text)))
    what = f"does not speak of {listed(missing)}" if missing else "can be answered from its context"
    return f"The weakest quotation {what if verified else 'is not in the passage'}: {quote(text)} Find a better one."


def _heard(brief: Brief, text: str) -> Speech:
    """Return a speech not yet made as a reader would see it."""
    passage = brief.question.passage
    shown, marked = quotes.mark(text, passage.text if passage else None)
    cue = brief.cue
    return Speech(label=brief.label, argues=brief.argues, round=cue.round, index=cue.index, text=shown, quotes=marked)
