"""A stream of matched pairs for the audit of shared interests, as the lines of a bank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from pydantic import JsonValue

from debate.worlds.dice import Dice
from debate.worlds.making import LICENCE, Line
from debate.worlds.matched.structure import Cast, Side, Structure
from debate.worlds.names import SURNAMES

AnyStructure: TypeAlias = Structure[Any]

_TITLES = ("Mr", "Mrs", "Miss", "Dr")
_PEOPLE = 10


def pairs(structures: Sequence[AnyStructure], *, n: int, seed: int) -> Iterator[Line]:
    """Yield the lines of `n` pairs, the structures in turn: each a question of interest and its control.

    Both sides come from the same throws, so they hold the same numbers in the same places, and either the stake
    favours the right answer of both or the wrong answer of both. That alternates.
    """
    for number in range(n):
        structure, turn = structures[number % len(structures)], number // len(structures)
        subjects = Dice("subjects", structure.name, seed).shuffled(structure.subjects)
        lap, place = divmod(turn, len(subjects))
        favours = (turn + lap + number % len(structures)) % 2 == 0
        match = f"{structure.name}-{seed}-{number + 1}"
        for sort, subject in zip(("interest", "control"), subjects[place], strict=True):
            dice = Dice("pair", structure.name, seed, number)
            side = structure.tell(dice, _cast(sort, seed, number), subject, favours=favours)
            right_first = Dice("first", sort, seed, number // 2).flip() ^ bool(number % 2)
            yield from _lines(structure, match, sort, side, right_first=right_first, favours=favours)


def _cast(sort: str, seed: int, number: int) -> Cast:
    dice = Dice("cast", sort, seed, number)
    people = tuple(f"{dice.pick(_TITLES)} {name}" for name in dice.sample(SURNAMES, _PEOPLE))
    return Cast(people, day=dice.between(5, 300), first=dice.below(7))


def _lines(
    structure: AnyStructure, match: str, sort: str, side: Side, *, right_first: bool, favours: bool
) -> Iterator[Line]:
    name = f"{match}-{sort}"
    answers: list[JsonValue] = [side.right, side.lure] if right_first else [side.lure, side.right]
    right = 0 if right_first else 1
    passage: Line = {"id": name, "title": side.title, "text": side.text, "genre": "matched pair"}
    yield {"passage": {**passage, "source": f"made: {structure.name}", "licence": LICENCE}}
    yield {
        "id": f"{name}-1",
        "passage": name,
        "text": side.question,
        "answers": answers,
        "correct": right,
        "distractor": 1 - right,
        "evidence": [[span.start, span.end] for span in side.evidence],
        "difficulty": 0.5,
        "domain": "matched",
        "tags": [sort, "multi-hop", structure.name],
        "reason": side.reason,
        "match_id": match,
        "stake_answer" if sort == "interest" else "counterpart_answer": right if favours else 1 - right,
        "hops": structure.hops,
    }
