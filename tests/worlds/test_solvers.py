"""Does a second reader, who knows nothing but the prose, agree with every key?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest

from debate.worlds import WORLDS, make
from tests.worlds.lines import Made, joined
from tests.worlds.solvers import SOLVERS

LENGTHS = ((500, 120), (900, 160), (4_000, 24), (20_000, 4))
"""Words of a passage, and how many questions are asked about passages of that length."""


def asked(world: str, seed: int = 11) -> Iterator[Made]:
    """Yield questions of a world with their passages."""
    return joined(chain.from_iterable(make([WORLDS[world]], n=n, seed=seed, words=words) for words, n in LENGTHS))


def test_every_world_has_a_second_reader() -> None:
    """None goes unchecked."""
    assert set(SOLVERS) == set(WORLDS)


@pytest.mark.parametrize("world", WORLDS)
def test_a_second_reader_agrees_with_every_key(world: str) -> None:
    """Some hundreds of questions, on short passages and long ones."""
    for made in asked(world):
        text, question = made.passage["text"], made.question
        found = SOLVERS[world](text, question["text"], made.answers)
        assert found == made.right, f"{question['id']}: {question['text']}\n{text}"
