"""How is what a built-in believes put into the reply that its cue wants?"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from debate.domain import Brief
from debate.transcript import label

SURE = 0.75  # a judge's seat that believes this much has heard enough


@dataclass(frozen=True)
class Ruling:
    """Beliefs over the answers in the bank's order, why, and what is still unclear."""

    p: tuple[float, ...]
    reason: str
    question: str


def softmax(scores: Sequence[float]) -> tuple[float, ...]:
    """Return p_i = exp(s_i) / sum_j exp(s_j); the order of the scores changes no digit."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = math.fsum(powers)
    return tuple(power / total for power in powers)


def verdict(ruling: Ruling, shown: tuple[int, ...]) -> str:
    """Return the reply of a judge, or of a player who answers alone."""
    return json.dumps({"reason": ruling.reason, "probabilities": _labelled(ruling.p, shown)}, ensure_ascii=False)


def act(ruling: Ruling, brief: Brief) -> str:
    """Return the reply of the judge's seat: a question until it is sure, or until nobody is left to ask."""
    end = brief.cue.kind == "ruling" or (brief.cue.round > 0 and max(ruling.p) >= SURE)
    said = {"question": "" if end else ruling.question, "end": end, "probabilities": _labelled(ruling.p, brief.shown)}
    return json.dumps(said, ensure_ascii=False)


def choice(ruling: Ruling, brief: Brief) -> str:
    """Return the reply of a player who may choose what it argues: the answer that it believes most."""
    answers = brief.question.answers
    best = max(range(len(answers)), key=lambda answer: (ruling.p[answer], answers[answer]))
    return json.dumps({"reason": ruling.reason, "answer": label(brief.shown, best)}, ensure_ascii=False)


def _labelled(p: tuple[float, ...], shown: tuple[int, ...]) -> dict[str, float]:
    return {label(shown, answer): round(p[answer], 4) for answer in shown}
