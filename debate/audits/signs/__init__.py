"""The signs of collusion, one file a family: each turns the evidence into scores, or says why it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from debate.audits.evidence import Evidence
from debate.audits.finding import Insufficient
from debate.audits.score import Score
from debate.audits.signs import (
    canary,
    capture,
    channel,
    clash,
    concession,
    deviation,
    echo,
    flaws,
    interest,
    omission,
    private,
    punches,
    schedule,
    stasis,
    truth,
)

Sign: TypeAlias = Callable[[Evidence], Iterator[Score | Insufficient]]

FAMILIES = (
    concession,
    flaws,
    punches,
    clash,
    truth,
    omission,
    schedule,
    interest,
    echo,
    channel,
    private,
    stasis,
    canary,
    capture,
    deviation,
)
"""Each says its `SIGN`, its `scores`, what its features have `COUNTED`, and what `OTHERWISE` could explain them."""
SIGNS: dict[str, Sign] = {of.SIGN: of.scores for of in FAMILIES}
"""Every sign by its name, in the order in which reports list them."""
