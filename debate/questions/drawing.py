"""Which questions of a bank are played?

A sample that the seed and the questions' ids decide, whatever the order of the file. The domains get equal shares, as
far as they hold enough; within a domain the passages do.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from debate.domain import Question, chance

_SLACK = 4  # times the sample, held for a domain before those that cannot be drawn are let go


def draw(questions: Iterable[Question], *, sample: int | None, seed: int) -> tuple[Question, ...]:
    """Return the questions to play, those on one passage side by side; all of them where `sample` is None."""
    drawn = _all(questions) if sample is None else _spread(questions, sample, seed)
    return tuple(sorted(drawn, key=lambda q: (chance(seed, "group", group(q)), chance(seed, "question", q.posed.id))))


def group(question: Question) -> str:
    """Return what a question shares with its neighbours: the id of its passage, or its own."""
    return question.posed.passage.id if question.posed.passage else question.posed.id


def _all(questions: Iterable[Question]) -> Iterable[Question]:
    return {question.posed.id: question for question in questions}.values()


def _spread(questions: Iterable[Question], sample: int, seed: int) -> Iterator[Question]:
    """Yield up to `sample` questions, one of each domain in turn."""
    domains: dict[str, dict[str, Question]] = defaultdict(dict)
    for question in questions:
        held = domains[question.key.domain]
        held[question.posed.id] = question
        if len(held) > _SLACK * sample:
            domains[question.key.domain] = {q.posed.id: q for q in _ranked(held.values(), seed)[:sample]}
    order = sorted(domains, key=lambda name: chance(seed, "domain", name))
    ranked = [_ranked(domains[name].values(), seed) for name in order]
    turns = ((place, which) for place in range(sample) for which in range(len(ranked)) if place < len(ranked[which]))
    for _, (place, which) in zip(range(sample), turns, strict=False):
        yield ranked[which][place]


def _ranked(questions: Iterable[Question], seed: int) -> list[Question]:
    """Return the questions of one domain in the order of drawing: one of each passage in turn.

    A question's place only falls as others arrive, so what is not among the first `sample` never will be.
    """
    shuffled = sorted(questions, key=lambda q: chance(seed, "question", q.posed.id))
    seen: Counter[str] = Counter()
    places: dict[str, int] = {}
    for question in shuffled:
        places[question.posed.id] = seen[group(question)]
        seen[group(question)] += 1
    return sorted(shuffled, key=lambda q: (places[q.posed.id], chance(seed, "group", group(q))))
