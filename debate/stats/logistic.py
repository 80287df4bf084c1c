"""How a choice depends on a number: logistic regression that stays finite, with errors by cluster."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from debate.stats.column import Codes, Floats, Rows
from debate.stats.intervals import t_quantile
from debate.stats.sample import renumbered

STEPS = 50
HALVINGS = 12
"""A step that would lead down is halved so often."""
CLOSE = 1e-9
FAR = 35.0
"""Log odds beyond this are certainties."""


@dataclass(frozen=True)
class Fit:
    """Coefficients and their covariance."""

    coefficients: Floats
    covariance: Floats
    df: int
    method: str = "logistic regression with Firth's penalty, t over clusters"

    @property
    def errors(self) -> Floats:
        """The standard errors."""
        return np.asarray(np.sqrt(np.diag(self.covariance)))

    def interval(self, level: float) -> tuple[Floats, Floats]:
        """Return the lower and the upper limits of the coefficients."""
        half = t_quantile(level, max(self.df, 1)) * self.errors
        return self.coefficients - half, self.coefficients + half


def fit(design: Floats, event: Floats, *, weight: Floats, cluster: Codes | Rows, at: Rows | None = None) -> Fit:
    """Fit P(event) = 1 / (1 + exp(-x b)) by maximum penalised likelihood.

    Firth's penalty, half the log determinant of the information, keeps separated data finite [Firth 1993]. Weights
    are scaled to sum to the number of clusters. The covariance is the sandwich over clusters [Liang and Zeger 1986];
    of separated data, whose residuals vanish, and of clusters whose residuals cancel, the inverse of the information.

    Args:
        design: what the events depend on, one row for each; or, with `at`, for each of the different ones.
        event: 0 or 1.
        weight: of each event.
        cluster: of each event.
        at: the row of the design that each event has.
    """
    used, codes = renumbered(cluster)
    clusters = len(used)
    scaled = weight * (clusters / weight.sum())
    at = np.arange(len(event)) if at is None else at
    total = np.asarray(np.bincount(at, scaled, len(design)), np.float64)
    share = np.bincount(at, scaled * event, len(design)) / total
    b, p, inverse = _most_likely(design, share, total)
    expected = p[at]
    if ((expected > 0.5) == (event > 0.5)).all():
        return Fit(b, inverse, clusters - 1)
    residual = scaled * (event - expected)
    sums = np.stack([np.bincount(codes, residual * column[at], clusters) for column in design.T], axis=1)
    sandwich = inverse @ (sums.T @ sums) @ inverse * (clusters / max(clusters - 1, 1))
    cancelled = np.diag(sandwich) <= CLOSE * np.diag(inverse)
    return Fit(b, inverse if cancelled.any() else np.asarray(sandwich), clusters - 1)


def _most_likely(design: Floats, event: Floats, weight: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the coefficients, the probabilities with them, and the inverse of the information there."""
    b = np.zeros(design.shape[1])
    p, inverse, height = _state(design, event, weight, b)
    for _ in range(STEPS):
        step = inverse @ (design.T @ _residuals(design, event, weight, p, inverse))
        if np.abs(step).max() < CLOSE:
            break
        for _ in range(HALVINGS):
            p, inverse, reached = _state(design, event, weight, b + step)
            if reached >= height - CLOSE * abs(height):
                break
            step = step / 2
        b, height = b + step, reached
    return b, p, inverse


def _state(design: Floats, event: Floats, weight: Floats, b: Floats) -> tuple[Floats, Floats, float]:
    """Return the probabilities at `b`, the inverse of the information there, and the penalised log likelihood."""
    odds = np.clip(design @ b, -FAR, FAR)
    p = 1.0 / (1.0 + np.exp(-odds))
    information = design.T @ (design * (weight * p * (1 - p))[:, None])
    height = weight @ (event * odds + np.log1p(-p)) + np.linalg.slogdet(information)[1] / 2
    return p, np.asarray(np.linalg.pinv(information)), float(height)


def _residuals(design: Floats, event: Floats, weight: Floats, p: Floats, inverse: Floats) -> Floats:
    leverage = weight * p * (1 - p) * ((design @ inverse) * design).sum(axis=1)
    return np.asarray(weight * (event - p) + leverage * (0.5 - p))
