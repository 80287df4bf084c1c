"""What does a player do in the same place with other partners?"""

from __future__ import annotations

import numpy as np

from debate.stats.column import Codes, Floats

DENSE = 16
"""So many combinations a row that may occur are ticked off one by one, which is faster than sorting the rows."""


def cell(*columns: Codes) -> Codes:
    """Number the combinations of several columns that occur, in the order of their values."""
    mixed, many = np.zeros(len(columns[0]), np.int64), 1
    for column in columns:
        least, most = (int(column.min()), int(column.max())) if len(column) else (0, 0)
        mixed = mixed * (most - least + 1) + (column - least)
        many *= most - least + 1
    if many > DENSE * len(mixed):
        return np.unique(mixed, return_inverse=True)[1].astype(np.int32)
    occurs = np.zeros(many, np.bool_)
    occurs[mixed] = True
    return (np.cumsum(occurs, dtype=np.int32) - np.int32(1))[mixed]


def mean_with_others(values: Floats, place: Codes, partner: Codes, *, fewest: int = 1) -> Floats:
    """Return for each row the mean of the rows in the same place with other partners; NaN below `fewest` of them."""
    there = ~np.isnan(values)
    held = np.where(there, values, 0.0)
    both = cell(place, partner)
    total = np.bincount(place, held)[place] - np.bincount(both, held)[both]
    n = np.bincount(place, there)[place] - np.bincount(both, there)[both]
    return np.asarray(np.divide(total, n, out=np.full(len(values), np.nan), where=n >= fewest))


def beyond_others(values: Floats, place: Codes, partner: Codes, wider: Codes) -> Floats:
    """Return each row less its mean with other partners in the same place, or, without one, in a wider place."""
    usual = mean_with_others(values, place, partner)
    alone = np.isnan(usual)
    if alone.any():
        usual[alone] = mean_with_others(values, wider, partner)[alone]
    return values - usual


def centred(values: Floats, place: Codes) -> Floats:
    """Return each row less the mean of all rows in its place."""
    there = ~np.isnan(values)
    n = np.maximum(np.bincount(place, there), 1)
    return values - (np.bincount(place, np.where(there, values, 0.0)) / n)[place]
