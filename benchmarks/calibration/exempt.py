"""What keeps no promise, measured all the same: ECE, PGR near its guard, ratings, agreement under 60 questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.calibration.agreeing import agreeing
from benchmarks.calibration.coverage import Row
from debate.stats.calibration import ece, ece_over_clusters
from debate.stats.column import Floats
from debate.stats.contests import MEAN, POINTS, Contests
from debate.stats.forecasts import DECIMALS, Forecasts
from debate.stats.intervals import expanded, percentiles, resample
from debate.stats.pgr import fieller
from debate.stats.ratings import DRAWS as RATED

DRAWS = 500
KEYS = ("measure", "questions", "repetitions", "estimable", "coverage")
MANY = 200_000
"""Rulings from which a truth is taken that has no formula."""
Draw = Callable[[np.random.Generator, int], list[tuple[float, float, float]]]
"""Returns limits and truth of the intervals of one tournament, none where there is no bounded one."""


def exempt(repetitions: int, *, seed: int) -> Iterator[Row]:
    """Yield the coverage of each, where there is an interval, and how often there is one."""
    for name, draw, sizes in (
        ("ECE", _ece, (20, 60, 200)),
        ("PGR, gap of 25 points", _pgr(0.25), (20, 60, 200)),
        ("PGR, gap of 10 points", _pgr(0.10), (60, 200)),
        ("ratings of 6 players", _ratings(expanded), (20, 60, 200)),
        ("ratings of 6 players, percentiles not expanded", _ratings(_plain), (20, 60, 200)),
    ):
        for questions in sizes:
            rng = np.random.default_rng([seed, questions])
            found = [draw(rng, questions) for _ in range(repetitions)]
            bounded = [interval for each in found for interval in each]
            covered = sum(low <= truth <= high for low, high, truth in bounded)
            yield {
                "measure": name,
                "questions": questions,
                "repetitions": repetitions,
                "estimable": sum(map(bool, found)) / repetitions,
                "coverage": covered / len(bounded) if bounded else None,
            }
    for row in agreeing((20, 40), repetitions, seed=seed):
        name = f"alpha, one answer chosen {row['chosen']:.0%}"
        yield {key: name if key == "measure" else row[key] for key in KEYS}


def _forecasts(rng: np.random.Generator, questions: int) -> Forecasts:
    """Draw the rulings of an overconfident judge: its log odds are 1.5 times what they should be."""
    true = 1 / (1 + np.exp(-rng.normal(1.0, 1.0, questions)))
    said = 1 / (1 + (1 / true - 1) ** 1.5)
    right = rng.random(questions) < true
    confidence = np.round(np.maximum(said, 1 - said), DECIMALS).astype(np.float64)
    event = np.where(said >= 0.5, right, ~right).astype(np.float64)
    rows = np.arange(questions)
    return Forecasts(confidence, event, np.full(questions, 1 / questions), rows, rows)


_TRUE_ECE: list[float] = []


def _ece(rng: np.random.Generator, questions: int) -> list[tuple[float, float, float]]:
    if not _TRUE_ECE:
        _TRUE_ECE.append(ece(_forecasts(np.random.default_rng(0), MANY)))
    low, high = ece_over_clusters(_forecasts(rng, questions), DRAWS, int(rng.integers(1 << 30)), 0.95)
    return [(low, high, _TRUE_ECE[0])]


def _pgr(gap: float) -> Draw:
    """Draw three arms whose rulings share their questions' difficulty; the protocol closes half of the gap."""
    shares = 0.6 + gap * np.array([0.5, 0.0, 1.0])

    def draw(rng: np.random.Generator, questions: int) -> list[tuple[float, float, float]]:
        luck = 0.5 * rng.random((3, questions)) + 0.5 * rng.random(questions)
        cut = np.where(shares <= 0.5, np.sqrt(shares / 2), 1 - np.sqrt((1 - shares) / 2))  # of a sum of two uniforms
        protocol, naive, expert = (luck < cut[:, None]).astype(np.float64)
        if expert.mean() <= naive.mean():
            return []
        limits = fieller(protocol - naive, expert - naive, np.arange(questions, dtype=np.int32)).limits
        return [] if limits is None else [(*limits, 0.5)]

    return draw


STRENGTHS: Floats = np.array([-0.75, -0.45, -0.15, 0.15, 0.45, 0.75])


def _plain(draws: Floats, clusters: int) -> Floats:
    return np.array([percentiles(each) for each in draws.T]).T


def _ratings(ends: Callable[[Floats, int], Floats]) -> Draw:
    """Draw a round robin on every question, and look at the ratings of all players."""

    def draw(rng: np.random.Generator, questions: int) -> list[tuple[float, float, float]]:
        found = _round_robin(rng, questions)
        times = resample(questions, draws=RATED, seed=int(rng.integers(1 << 30)))
        limits = ends(found.rate(times), questions)
        return list(zip(*limits.tolist(), (MEAN + POINTS * STRENGTHS).tolist(), strict=True))

    return draw


def _round_robin(rng: np.random.Generator, questions: int) -> Contests:
    one, other = np.triu_indices(len(STRENGTHS), 1)
    chance = 1 / (1 + np.exp(STRENGTHS[other] - STRENGTHS[one]))
    won = rng.random((questions, len(one))) < chance
    winner, loser = np.where(won, one, other).ravel(), np.where(won, other, one).ravel()
    return Contests(
        names=tuple((str(i), "all") for i in range(len(STRENGTHS))),
        winner=winner.astype(np.int32),
        loser=loser.astype(np.int32),
        weight=np.ones(won.size),
        cluster=np.repeat(np.arange(questions, dtype=np.int32), len(one)),
        counts=(questions * (len(STRENGTHS) - 1),) * len(STRENGTHS),
        questions=questions,
        rulings=won.size,
    )
