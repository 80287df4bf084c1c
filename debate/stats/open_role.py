"""What do players choose to argue where they may, and what do judges make of a right and of a wrong choice?

Of debates and consultancies in which one player chose its answer [Kenton et al. 2024]: the share of choices that are
right, and judge accuracy apart for right and for wrong choices. A choice counts once, however many judges ruled.
"""

from __future__ import annotations

import numpy as np

from debate.domain import Value
from debate.stats.column import Flags
from debate.stats.debates import Debates
from debate.stats.estimate import LEVEL, Measure, NoData, Unit
from debate.stats.intervals import proportion
from debate.stats.outcomes import Outcomes
from debate.stats.sample import Sample


class Choices(Value):
    """What was chosen, and how often a judge was right about it."""

    chose_right: Measure
    """The share of choices that are right, of those made by the player (n_judgments counts choices)."""
    given_right: Measure
    """Judge accuracy where the choice was right: P(ruling right | right choice)."""
    given_wrong: Measure
    """Judge accuracy where the choice was wrong: P(ruling right | wrong choice); the rest was led astray or tied."""


def choices(rulings: Outcomes, *, player: str | None = None, unit: Unit = "question", level: float = LEVEL) -> Choices:
    """Measure the choices of one player, or of all, in the debates of `rulings`, and its rulings on them.

    With c_d = 1 where the choice of debate d is right and r_j = 1 where ruling j is: the mean of c, and the means of r
    over the rulings with c = 1 and with c = 0, each question counting once [Kenton et al. 2024].
    """
    chose = _chosen(rulings.debates, player)
    right = rulings.debates.on_right_side[:, 0]
    return Choices(
        chose_right=_share(rulings.debates, chose, right, unit, level),
        given_right=_given(rulings, chose & right, "the right", unit, level),
        given_wrong=_given(rulings, chose & ~right, "a wrong", unit, level),
    )


def choosers(debates: Debates) -> tuple[str, ...]:
    """Return the players who made a choice, by name."""
    first = debates.player.codes[_chosen(debates, None), 0]
    return tuple(sorted(debates.player.names[code] for code in np.unique(first)))


def _chosen(debates: Debates, player: str | None) -> Flags:
    """Tell in which debates a choice was made that is known to be right or wrong."""
    made = debates.open_role & (debates.argues[:, 0] >= 0) & (debates.correct >= 0)
    return made if player is None else made & np.asarray(debates.player.is_in(player)[:, 0])


def _share(debates: Debates, chose: Flags, right: Flags, unit: Unit, level: float) -> Measure:
    sample = Sample(right[chose].astype(np.float64), debates.question.codes[chose], debates.cluster.codes[chose], unit)
    return proportion(sample, level=level, empty="nobody chose an answer to a question with a known right one")


def _given(rulings: Outcomes, debates: Flags, what: str, unit: Unit, level: float) -> Measure:
    if not debates.any():
        return NoData(why=f"nobody chose {what} answer")
    rows = rulings.scored & debates[rulings.debate]
    sample = rulings.sample(rulings.correct.astype(np.float64), unit=unit).take(rows)
    return proportion(sample, level=level, empty=f"no valid ruling where {what} answer was chosen")
