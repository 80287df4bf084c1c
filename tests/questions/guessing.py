"""How far do a question and its answers alone tell which answer is right, to whoever sees nothing else?

A guess is one number per answer; its score is the share of the right answer among the highest numbers, less what chance
gives. Words are weighed by a conditional logit, P(answer) = exp(x w) / sum over the answers of exp(x w), x being the
words that an answer holds [McFadden 1974], with a ridge. The weights are learned on other questions: those on one
passage, of one matched pair and of one transfer pair are left out together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, vstack

from debate.domain import Posed, Question
from debate.paths import bundled
from debate.questions import read
from debate.stats.estimate import Estimate
from debate.stats.intervals import difference
from debate.stats.sample import Sample

Numbers: TypeAlias = npt.NDArray[np.float64]
Guess: TypeAlias = Callable[[Posed], Sequence[float]]
Part: TypeAlias = Literal["asked", "played", "made"]
"""The written files with all their answers, as the two answers that a debate plays; and what a world has made."""

FOLDS, REPEATS, RIDGE = 5, 3, 1.0
SEEN = 2  # a word of one question can teach nothing about another
NUMBER = re.compile(r"[^\d]*?(-?\d[\d,]*(?:\.\d+)?)(?:/(\d+))?[^\d]*")


class Asked(NamedTuple):
    """A question of the bank, its file, and what it is left out together with."""

    file: str
    question: Question
    family: str


@cache
def bank(part: Part) -> tuple[Asked, ...]:
    """Return the bundled questions of one part."""
    paths = [
        path for path in sorted(bundled("questions").glob("*.jsonl")) if ("worlds" in path.stem) == (part == "made")
    ]
    asked = ((path.stem, question) for path in paths for question in read(path))
    return tuple(Asked(file, q.pair(seed=0) if part == "played" else q, _family(q)) for file, q in asked)


def guessed(asked: Iterable[Asked], guess: Guess) -> Numbers:
    """Return the score of a guess on each question."""
    return np.array([_score(np.array(guess(one.question.posed)), one.question) for one in asked])


def learned(asked: Sequence[Asked]) -> Numbers:
    """Return the score of the words on each question: a mean over several ways to divide the bank."""
    held = _words([one.question.posed for one in asked])
    right = np.array([one.question.key.correct for one in asked])
    families, of = np.unique([one.family for one in asked], return_inverse=True)
    total = np.zeros(len(asked))
    for repeat in range(REPEATS):
        fold = np.random.default_rng(repeat).permutation(len(families))[of] % FOLDS
        for out in range(FOLDS):
            known = np.flatnonzero(fold != out)
            w = _fitted([held[i] for i in known], right[known])
            for i in np.flatnonzero(fold == out).tolist():
                total[i] += _score(held[i] @ w, asked[i].question)
    return total / REPEATS


def by_file(asked: Sequence[Asked], scores: Numbers) -> dict[str, Estimate]:
    """Return the mean score of the whole bank and of each file, with its interval over families."""
    found = {}
    for file in ("all", *sorted({one.file for one in asked})):
        rows = [i for i, one in enumerate(asked) if file in ("all", one.file)]
        cluster = np.unique([asked[i].family for i in rows], return_inverse=True)[1].astype(np.int32)
        measure = difference(Sample(scores[rows], np.arange(len(rows), dtype=np.int32), cluster))
        assert isinstance(measure, Estimate)
        found[file] = measure
    return found


def length(posed: Posed) -> list[float]:
    """Return the length of each answer."""
    return [float(len(answer)) for answer in posed.answers]


def likeness(posed: Posed) -> list[float]:
    """Return how much each answer has in common with the others: the mean of |A & B| / |A | B| over their words."""
    held = [set(_split(answer)) for answer in posed.answers]
    shared = [[len(one & other) / len(one | other) for other in held if other is not one] for one in held]
    return [round(float(np.mean(shares)), 9) for shares in shared]


def number(posed: Posed) -> list[float]:
    """Return the number that each answer is, where each is one, and else a constant."""
    found = [NUMBER.fullmatch(answer) for answer in posed.answers]
    if not all(found):
        return [0.0] * len(found)
    return [float(m[1].replace(",", "")) / float(m[2] or 1) for m in found if m]


def _family(question: Question) -> str:
    key, passage = question.key, question.posed.passage
    return key.match_id or key.transfer_of or (passage.id if passage else str(key.meta["name"]))


def _score(guess: Numbers, question: Question) -> float:
    best = np.flatnonzero(guess >= guess.max() - 1e-9)
    return (question.key.correct in best) / len(best) - 1 / len(guess)


def _split(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _words(posed: Sequence[Posed]) -> list[csr_matrix]:
    """Return which words each answer of each question holds: an array (answers, words) per question."""
    counts = Counter(word for one in posed for word in {word for answer in one.answers for word in _split(answer)})
    column = {word: i for i, word in enumerate(sorted(word for word, n in counts.items() if n >= SEEN))}
    held = []
    for one in posed:
        rows = [sorted({column[word] for word in _split(answer) if word in column}) for answer in one.answers]
        ends = np.cumsum([0, *map(len, rows)])
        columns = np.array([i for row in rows for i in row], dtype=np.int64)
        held.append(csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(column))))
    return held


def _fitted(held: list[csr_matrix], right: npt.NDArray[np.int64]) -> Numbers:
    """Return the weights that make the right answers likeliest, less half the ridge times their square."""
    rows = vstack(held, format="csr")
    sizes = [one.shape[0] for one in held]
    first = np.cumsum([0, *sizes[:-1]])
    of = np.repeat(np.arange(len(held)), sizes)

    def loss(w: Numbers) -> tuple[float, Numbers]:
        powers = np.exp(rows @ w)
        p = powers / np.add.reduceat(powers, first)[of]
        likely = float(np.log(p[first + right]).sum())
        p[first + right] -= 1.0
        return RIDGE / 2 * float(w @ w) - likely, rows.T @ p + RIDGE * w

    return np.asarray(minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x)
