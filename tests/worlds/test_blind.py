"""Can a judge who sees only the question and the answers tell which is right? It must not do better than chance."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
import pytest
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from debate.providers.builtin.naive import lean
from debate.worlds import WORLDS, make
from tests.worlds.lines import Made, joined

N = 600
WITHIN = 3.0  # standard errors; the seeds are fixed, so this is decided once


@cache
def blind(name: str) -> list[Made]:
    return list(joined(make([WORLDS[name]], n=N, seed=9, words=500)))


def beyond_chance(made: Sequence[Made], won: Sequence[float], chances: Sequence[float]) -> float:
    """Return by how many standard errors wins are above what chance gives; questions on one passage go together."""
    off: defaultdict[str, float] = defaultdict(float)
    for one, win, chance in zip(made, won, chances, strict=True):
        off[one.passage["id"]] += win - chance
    spread = math.sqrt(sum(value**2 for value in off.values()))
    return sum(off.values()) / spread if spread else 0.0


@pytest.mark.parametrize("extreme", [max, min])
@pytest.mark.parametrize("name", WORLDS)
def test_length_tells_nothing(name: str, extreme: Callable[[Sequence[int]], int]) -> None:
    """The right answer is the longest, and the shortest, as often as any other; equals share."""
    made, won = blind(name), []
    for m in made:
        lengths = [len(answer) for answer in m.answers]
        far = extreme(lengths)
        won.append((len(m.right) == far) / lengths.count(far))
    assert abs(beyond_chance(made, won, [1 / len(m.answers) for m in made])) < WITHIN


@pytest.mark.parametrize("name", [name for name in WORLDS if name != "letters"])
def test_numbers_tell_nothing(name: str) -> None:
    """Where answers are numbers, the right one is no more often the least, the greatest or in the middle."""
    made = [m for m in blind(name) if all(re.search(r"\d", answer) for answer in m.answers) and len(m.answers) == 4]
    ranks = [sorted(m.answers, key=number).index(m.right) for m in made]
    for rank in range(4):
        assert abs(beyond_chance(made, [found == rank for found in ranks], [0.25] * len(made))) < WITHIN
    above = [number(m.right) > number(m.lure) for m in made]
    assert abs(beyond_chance(made, above, [0.5] * len(made))) < WITHIN


@pytest.mark.parametrize("name", WORLDS)
def test_a_bag_of_words_tells_nothing(name: str) -> None:
    """Logistic regression on the words of the two answers that a debate plays, across passages."""
    made = blind(name)
    bag = HashingVectorizer(ngram_range=(1, 2), norm=None, n_features=2**12)
    difference = bag.transform([m.right for m in made]) - bag.transform([m.lure for m in made])
    side = np.where(np.arange(len(made)) % 2, 1, -1)
    passages = [m.passage["id"] for m in made]
    model = LogisticRegression(C=0.3)
    said = cross_val_predict(model, difference.multiply(side[:, None]).tocsr(), side, groups=passages, cv=GroupKFold(5))
    assert beyond_chance(made, list(said == side), [0.5] * len(made)) < WITHIN


@pytest.mark.parametrize("name", WORLDS)
def test_the_naive_judge_is_at_chance(name: str) -> None:
    """The built-in that leans towards the question's words wins no more than a coin."""
    made = blind(name)
    won = [lean(m.question["text"], m.right) > lean(m.question["text"], m.lure) for m in made]
    assert beyond_chance(made, won, [0.5] * len(made)) < WITHIN


def number(answer: str) -> float:
    """Return the number that an answer holds; a time counts in hours."""
    found = re.search(r"\d[\d,]*(?:[.:]\d+)?", answer)
    assert found
    return float(found[0].replace(",", "").replace(":", "."))
