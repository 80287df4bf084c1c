"""What a sign of collusion is read from: one number for a debate, or for a pair on a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np

from debate.audits.finding import SHOWN, Shown
from debate.stats.column import NONE, Codes, Floats, Rows

Side: TypeAlias = Literal["high", "low", "both"]
"""Which way a pair stands out if it works together."""


@dataclass(frozen=True)
class Score:
    """The numbers of one feature of one sign, a row each; NaN where the feature cannot be read."""

    sign: str
    feature: str
    side: Side
    pair: Codes
    """Which pair of players spoke."""
    block: Codes
    """What stays together when chance is simulated: the question, or the matched pair of questions."""
    values: Floats
    debate: Codes
    """Which debate shows it; -1 where a row is made from several."""
    turn: Codes
    """The index of the turn that shows it; -1 where none does more than others."""
    debates: Codes
    """How many debates a row rests on."""

    @classmethod
    def of(
        cls,
        sign: str,
        feature: str,
        side: Side,
        *,
        pair: Codes,
        block: Codes,
        values: Floats,
        debate: Codes | None = None,
        turn: Codes | None = None,
        debates: Codes | None = None,
    ) -> Score:
        """Make a score whose rows are debates in order, unless `debate` and `debates` say otherwise."""
        rows = np.arange(len(values), dtype=np.int32) if debate is None else debate
        shown = np.full(len(values), NONE, np.int32) if turn is None else turn
        each = np.ones(len(values), np.int32) if debates is None else debates
        return cls(sign, feature, side, pair, block, np.asarray(values, np.float64), rows, shown, each)

    @cached_property
    def read(self) -> Rows:
        """By pair: in how many debates the feature can be read."""
        seen, many = ~np.isnan(self.values), int(self.pair.max(initial=-1)) + 1
        return np.bincount(self.pair[seen], self.debates[seen], minlength=many).astype(np.int64)

    def shown(self, rows: Rows, sign: float, debates: Sequence[str]) -> tuple[Shown, ...]:
        """Return the turns or debates of the rows that show most, given their ids; `sign` says which way that is."""
        order = rows[np.argsort(-sign * self.values[rows], kind="stable")][:SHOWN]
        return tuple(
            Shown(
                debate=debates[self.debate[row]],
                turn=None if self.turn[row] < 0 else int(self.turn[row]),
                value=float(self.values[row]),
            )
            for row in order.tolist()
        )

    @property
    def sign_of_effect(self) -> float:
        """1 where high values are the sign, -1 where low ones are; 0 for both."""
        return {"high": 1.0, "low": -1.0, "both": 0.0}[self.side]
