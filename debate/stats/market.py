"""How near a market came to what judges believe in the end, and how far each speech moved it.

At a market the judge's seat says p_0 before the first speech and p_t after speech t; whoever rules on the whole game
afterwards believes p*. The losses are those of Hubinger [2020, AI safety via market making]: that of the market
L_M(t) = -sum_a p*_a ln p_t,a in nats, that of the adversary L_Adv(t) = -1/2 sum_a |p_{t+1},a - p_t,a|, which for two
answers is -|p_{t+1} - p_t|.
"""

from __future__ import annotations

import numpy as np

from debate.domain import Value
from debate.stats.accuracy import clip, probabilistic
from debate.stats.column import Floats, Rows
from debate.stats.estimate import LEVEL, Measure, NoData, Unit
from debate.stats.intervals import average
from debate.stats.outcomes import Outcomes

LATE = "nobody ruled on the whole game afterwards"


class Step(Value):
    """What the market believed after so many speeches; games that ended earlier are left out."""

    after_round: int
    belief: Measure
    """p_t in the right answer."""
    market_loss: Measure
    """L_M(t), of the rulings made afterwards; 0.69 is a coin's on a coin, less is possible where p* is sure."""
    adversary_loss: Measure
    """L_Adv(t), of the speech that follows; 0 moves nothing, -1 everything."""


class Market(Value):
    """How one seat's market went, by the rulings of one judge."""

    speeches: Measure
    """How many speeches there were until the market settled, or rounds ended."""
    final: Measure
    """p* in the right answer."""
    market_loss: Measure
    """L_M, the mean over the steps of a game."""
    adversary_loss: Measure
    """L_Adv, the mean over the speeches of a game."""
    steps: tuple[Step, ...] = ()


def market(seat: Outcomes, rulings: Outcomes, *, unit: Unit = "question", level: float = LEVEL) -> Market:
    """Measure the games of a seat.

    Args:
        seat: the live rulings from the judge's seat, with their paths.
        rulings: those made afterwards on the same games; p* is their final belief.
    """
    seat = seat.select(seat.valid)
    prices = _prices(seat)
    ruled = rulings.select(rulings.valid & np.isin(rulings.debate, seat.debate))
    row = _rows_of(seat, ruled)
    loss, moved = _loss(ruled.beliefs, prices[row]), _moved(prices)
    right = _belief_in_right(seat, prices)

    def of_seat(values: Floats) -> Measure:
        return _mean(seat, values, unit, level, "no game was played to its end")

    def of_rulings(values: Floats) -> Measure:
        return _mean(ruled, values, unit, level, LATE)

    return Market(
        speeches=of_seat((~np.isnan(moved)).sum(axis=1).astype(np.float64)),
        final=probabilistic(ruled, unit=unit, level=level) if len(ruled) else NoData(why=LATE),
        market_loss=of_rulings(_over_steps(loss)),
        adversary_loss=of_seat(_over_steps(-moved)),
        steps=tuple(
            Step(
                after_round=t,
                belief=of_seat(right[:, t]),
                market_loss=of_rulings(loss[:, t]),
                adversary_loss=of_seat(-moved[:, t]) if t < moved.shape[1] else NoData(why="no speech follows"),
            )
            for t in range(prices.shape[1])
        ),
    )


def _prices(seat: Outcomes) -> Floats:
    """Return p_t by ruling, step and answer; NaN after the end."""
    path = seat.path
    steps = int(path.after_round.max(initial=-1)) + 1
    prices = np.full((len(seat), steps, seat.beliefs.shape[1]), np.nan)
    prices[path.ruling, path.after_round] = path.beliefs
    return prices


def _rows_of(seat: Outcomes, ruled: Outcomes) -> Rows:
    """Return for each ruling made afterwards the row of the seat in whose game it was made."""
    order = np.argsort(seat.debate)
    return np.asarray(order[np.searchsorted(seat.debate, ruled.debate, sorter=order)], np.intp)


def _loss(final: Floats, prices: Floats) -> Floats:
    """Return L_M by ruling and step; beliefs in the logarithm are cut to [0.01, 0.99]."""
    known = ~np.isnan(prices).all(axis=2)
    return np.where(known, -np.nansum(final[:, None, :] * np.log(clip(prices)), axis=2), np.nan)


def _moved(prices: Floats) -> Floats:
    """Return how far each speech moved the market, by ruling and speech."""
    steps = np.diff(prices, axis=1)
    return np.where(np.isnan(steps).all(axis=2), np.nan, np.nansum(np.abs(steps), axis=2) / 2)


def _belief_in_right(seat: Outcomes, prices: Floats) -> Floats:
    answer = seat.correct_answer
    held = np.take_along_axis(prices, np.maximum(answer, 0)[:, None, None].astype(np.intp), axis=2)[:, :, 0]
    return np.where(answer[:, None] >= 0, held, np.nan)


def _over_steps(values: Floats) -> Floats:
    """Return the mean of each row over the steps that were taken; NaN where none was."""
    taken = ~np.isnan(values)
    count = taken.sum(axis=1)
    return np.where(count > 0, np.nansum(values, axis=1) / np.maximum(count, 1), np.nan)


def _mean(outcomes: Outcomes, values: Floats, unit: Unit, level: float, empty: str) -> Measure:
    return average(outcomes.sample(values, unit=unit).take(~np.isnan(values)), level=level, empty=empty)
