"""Logistic regressions that stay finite, whatever the clusters' residuals come to."""

from __future__ import annotations

import numpy as np

from debate.stats.logistic import fit


def test_residuals_that_cancel_within_clusters_leave_an_error() -> None:
    """H7: two clusters that mirror each other have a sandwich of 0; the information says how little is known."""
    x = np.array([0.4, 0.4, 1.5, 1.5, 0.4, 0.4, 1.5, 1.5])
    event = np.array([1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0])
    found = fit(np.stack([np.ones(8), x], axis=1), event, weight=np.ones(8), cluster=np.repeat([0, 1], 4))
    low, high = found.interval(0.95)
    assert np.isfinite(low).all()
    assert (high - low > 1.0).all()
