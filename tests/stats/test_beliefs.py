"""Beliefs are read column by column, and come out as if row by row."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from debate.stats.beliefs import belief_in, largest, largest_but, misses

NAN = float("nan")


@st.composite
def held(draw: st.DrawFn) -> tuple[Any, Any]:
    """Rows over two to four answers, some of them narrower or empty, and one answer for each; -1 is none."""
    wide, rows = draw(st.integers(2, 4)), draw(st.integers(0, 6))
    one = st.lists(st.floats(0, 1), max_size=wide).map(lambda row: [*row, *[NAN] * (wide - len(row))])
    believed = np.array(draw(st.lists(one, min_size=rows, max_size=rows))).reshape(rows, wide)
    answers = st.lists(st.integers(-1, wide - 1), min_size=rows, max_size=rows)
    return believed, np.array(draw(answers), np.int32)


@given(held())
def test_each_row_as_it_is_defined(found: tuple[Any, Any]) -> None:
    """What is believed in the answer, in any, in any other, and how far all of it is off."""
    believed, answer = found
    rows = [(row[~np.isnan(row)].tolist(), a) for row, a in zip(believed, answer.tolist(), strict=True)]
    plain = {
        belief_in: [row[a] if 0 <= a < len(row) else NAN for row, a in rows],
        largest_but: [max((p for i, p in enumerate(row) if i != a), default=-np.inf) for row, a in rows],
        misses: [sum(((i == a) - p) ** 2 for i, p in enumerate(row)) for row, a in rows],
    }
    for measure, expected in plain.items():
        np.testing.assert_allclose(measure(believed, answer), expected, rtol=1e-14)
    np.testing.assert_array_equal(largest(believed), [max(row, default=NAN) for row, _ in rows])
