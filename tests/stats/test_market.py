"""What a market lost and how far it was moved: against sums made by hand, and what must hold of any losses."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from math import log
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debate.stats.estimate import Estimate, NoData
from debate.stats.market import LATE, Market, market
from debate.stats.outcomes import Outcomes
from tests.stats.builders import Played, outcomes

beliefs = st.floats(0, 1).map(lambda p: (p, 1 - p))
games = st.lists(
    st.tuples(st.integers(0, 3), st.lists(beliefs, min_size=2, max_size=5), st.lists(beliefs, max_size=2)),
    min_size=1,
    max_size=6,
)
"""By question: the path of the seat, and what others believed afterwards."""

Game = tuple[int, list[tuple[float, float]], list[tuple[float, float]]]


def row(game: int, question: int, p: tuple[float, ...], **more: object) -> Played:
    """A ruling on a game; the first answer is right."""
    base: dict[str, object] = {
        "p": p,
        "question": f"q{question}",
        "debate": f"d{game}",
        "protocol": "market-making",
        "players": (),
        "argues": (),
        "words": (),
        "agents": None,
    }
    return Played(**base | more)  # type: ignore[arg-type] # fields of the builder


def split(found: list[Game]) -> tuple[Outcomes, Outcomes]:
    """The rulings from the seat, and those made afterwards, over the same games."""
    rows = []
    for n, (question, path, final) in enumerate(found):
        rows.append(row(n, question, path[-1], channel="live", path=list(enumerate(path)), rounds=len(path) - 1))
        rows += [row(n, question, p, judge=f"late {i}") for i, p in enumerate(final)]
    every = outcomes(rows)
    return every.where(channel="live"), every.where(channel="offline")


def made(found: list[Game]) -> Market:
    return market(*split(found))


def by_question(found: list[Game], values: list[list[float]]) -> float | None:
    """The mean over questions of the means of their rows: `values` has the rows of each game."""
    held: defaultdict[int, list[float]] = defaultdict(list)
    for (question, _, _), rows in zip(found, values, strict=True):
        held[question] += rows
    means = [fmean(rows) for rows in held.values() if rows]
    return fmean(means) if means else None


def cross(final: tuple[float, float], price: tuple[float, float]) -> float:
    return -sum(p * log(min(0.99, max(0.01, q))) for p, q in zip(final, price, strict=True))


def near(measure: object, expected: float | None) -> bool:
    if expected is None:
        return isinstance(measure, NoData) and bool(measure.why)
    return isinstance(measure, Estimate) and measure.value == pytest.approx(expected)


@settings(max_examples=50)
@given(games)
def test_the_losses_are_those_summed_by_hand(found: list[Game]) -> None:
    """Each game's steps are averaged first, then the rows of a question, then questions."""
    got = made(found)
    loss = [[fmean(cross(last, p) for p in path) for last in final] for _, path, final in found]
    moved = [[-fmean(abs(q[0] - p[0]) for p, q in pairwise(path))] for _, path, _ in found]
    assert near(got.market_loss, by_question(found, loss))
    assert near(got.adversary_loss, by_question(found, moved))
    assert near(got.speeches, by_question(found, [[len(path) - 1] for _, path, _ in found]))
    assert near(got.final, by_question(found, [[p[0] for p in final] for _, _, final in found]))


@settings(max_examples=50)
@given(games)
def test_a_step_is_that_of_the_games_that_took_it(found: list[Game]) -> None:
    """A game that settled early says nothing of later steps: nothing is carried forward."""
    got = made(found)
    assert [step.after_round for step in got.steps] == [*range(max(len(path) for _, path, _ in found))]
    for t, step in enumerate(got.steps):
        there = [(q, path, final if t < len(path) else []) for q, path, final in found]
        assert near(step.belief, by_question(found, [[path[t][0]] if t < len(path) else [] for _, path, _ in found]))
        lost = [[cross(last, path[t]) for last in final] for _, path, final in there]
        assert near(step.market_loss, by_question(found, lost))
        moved = [[-abs(path[t + 1][0] - path[t][0])] if t + 1 < len(path) else [] for _, path, _ in found]
        assert near(step.adversary_loss, by_question(found, moved))


@settings(max_examples=25)
@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_no_market_loses_less_than_one_that_knows_the_end(final: float, price: float) -> None:
    """Gibbs: cross-entropy is least where p_t = p*, and there it is the entropy of p*."""
    end, other = (final, 1 - final), (price, 1 - price)
    knows, guesses = (made([(0, [p, p], [end])]).market_loss for p in (end, other))
    assert isinstance(knows, Estimate)
    assert isinstance(guesses, Estimate)
    assert knows.value == pytest.approx(-(final * log(final) + (1 - final) * log(1 - final)))
    assert guesses.value >= knows.value - 1e-12


def test_more_answers_than_two() -> None:
    """Losses are over all answers, and distance is half the sum of changes."""
    path = [(0.2, 0.3, 0.5), (0.5, 0.3, 0.2)]
    rows = [
        row(0, 0, path[-1], channel="live", path=list(enumerate(path)), rounds=1),
        row(0, 0, (1.0, 0.0, 0.0), judge="late"),
    ]
    every = outcomes(rows)
    got = market(every.where(channel="live"), every.where(channel="offline"))
    assert near(got.adversary_loss, -0.3)
    assert near(got.market_loss, fmean((-log(0.2), -log(0.5))))


def test_what_cannot_be_told_says_why() -> None:
    """H6: without a ruling afterwards there is no p*, and the market's path is told all the same."""
    got = made([(0, [(0.5, 0.5), (0.6, 0.4)], [])])
    assert got.market_loss == got.final == NoData(why=LATE)
    assert near(got.adversary_loss, -0.1)
    assert isinstance(got.steps[1].adversary_loss, NoData)
    nothing = market(*split([]))
    assert isinstance(nothing.speeches, NoData)
    assert nothing.steps == ()
