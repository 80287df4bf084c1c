"""What a measured number is: a value with its interval, its unit and its n, or no value and why."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypeGuard

from pydantic import ConfigDict

from debate.domain import Value

Unit: TypeAlias = Literal["question", "judgment"]
"""`question`: the copies of a question are averaged first and each question counts once.
`judgment`: each judgment counts once, which ignores that questions repeat."""

LEVEL = 0.95
ONE_CLUSTER = "not estimable, because there is only one cluster of questions"


class Estimate(Value):
    """A number with its interval. Where the interval cannot be had it is None, and `why` says so."""

    model_config = ConfigDict(allow_inf_nan=False)

    value: float
    low: float | None = None
    high: float | None = None
    level: float = LEVEL
    method: str = ""
    unit: Unit = "question"
    n_clusters: int = 0
    n_questions: int = 0
    n_judgments: int = 0
    why: str = ""


class NoData(Value):
    """There is no number, and why."""

    value: None = None
    why: str


Measure: TypeAlias = Estimate | NoData


def known(measure: Measure) -> TypeGuard[Estimate]:
    """Tell whether there is a number."""
    return isinstance(measure, Estimate)
