"""A stream of passages and their questions, as the lines of a bank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from pydantic import JsonValue

from debate.domain import Span
from debate.domain.value import digest
from debate.worlds.dice import Dice
from debate.worlds.world import Asked, Tale, World

Line: TypeAlias = dict[str, JsonValue]

WORDS = 800
EACH = 4
LICENCE = "MIT"

_NEAR = 0.08  # from the difficulty wanted, within which any kind of question will do
_AGAIN = 0.15  # a kind that the passage has already is taken as if it were so much farther off


def make(
    worlds: Sequence[World], *, n: int, seed: int, words: int = WORDS, difficulty: float | None = None, each: int = EACH
) -> Iterator[Line]:
    """Yield lines of a bank that hold `n` questions, the worlds in turn, each passage above its questions.

    A smaller `n` gives the beginning of a larger one. Without a `difficulty` each passage has its own, spread evenly.

    Args:
        each: how many questions there are on one passage, at most.
    """
    made = number = 0
    while made < n:
        world = worlds[number % len(worlds)]
        name = f"{world.name}-{digest('m1', [seed, words, difficulty, each])[3:9]}-{number + 1}"
        dice = Dice("world", world.name, seed, number)
        wanted = dice.share() if difficulty is None else difficulty
        tale = world.tell(dice, words=words, difficulty=wanted)
        asked = _chosen(tale, wanted, each, dice)[: n - made]
        if asked:
            yield _passage(name, tale, world, seed)
        for place, question in enumerate(asked, 1):
            yield _question(f"{name}-{place}", name, question, tale, world, order(question, seed, made))
            made += 1
        number += 1


def order(question: Asked, seed: int, number: int) -> tuple[str, ...]:
    """Return the answers in the order in which question `number` gives them.

    In every run of as many questions as there are answers, the right one has each place once.
    """
    answers = 2 + len(question.others)
    block, turn = divmod(number, answers)
    place = Dice("places", seed, answers, block).shuffled(range(answers))[turn]
    wrong = Dice("order", seed, number).shuffled((question.lure, *question.others))
    return (*wrong[:place], question.right, *wrong[place:])


def _chosen(tale: Tale, wanted: float, each: int, dice: Dice) -> list[Asked]:
    """Return questions of a difficulty near the one wanted, of as many kinds as there are, chance deciding equals.

    No two rest on the same evidence, so none is another one asked of the next day.
    """
    length = len(tale.text)
    kinds: dict[str, list[tuple[float, Asked]]] = {}
    for asked in dice.shuffled(tale.questions):
        kinds.setdefault(asked.kind, []).append((abs(asked.difficulty(length) - wanted), asked))
    for ranked in kinds.values():
        ranked.sort(key=lambda pair: pair[0], reverse=True)
    taken = dict.fromkeys(kinds, 0)
    texts: dict[str, Asked] = {}
    grounds: set[tuple[Span, ...]] = set()
    while kinds and len(texts) < each:
        kind = min(kinds, key=lambda kind: max(0.0, kinds[kind][-1][0] - _NEAR) + _AGAIN * taken[kind])
        _, asked = kinds[kind].pop()
        if not kinds[kind]:
            del kinds[kind]
        if asked.evidence not in grounds and asked.text not in texts:
            grounds.add(asked.evidence)
            texts[asked.text] = asked
            taken[kind] += 1
    return list(texts.values())


def _passage(name: str, tale: Tale, world: World, seed: int) -> Line:
    told = {"id": name, "title": tale.title, "text": tale.text, "genre": world.genre}
    return {"passage": {**told, "source": f"made: {world.name}, seed {seed}", "licence": LICENCE}}


def _question(name: str, passage: str, asked: Asked, tale: Tale, world: World, answers: tuple[str, ...]) -> Line:
    return {
        "id": name,
        "passage": passage,
        "text": asked.text,
        "answers": list(answers),
        "correct": answers.index(asked.right),
        "distractor": answers.index(asked.lure),
        "evidence": [[span.start, span.end] for span in asked.evidence],
        "difficulty": asked.difficulty(len(tale.text)),
        "domain": world.name,
        "tags": [asked.kind, "multi-hop"] if len(asked.evidence) > 1 else [asked.kind],
        "reason": asked.reason,
        "hops": asked.hops,
    }
