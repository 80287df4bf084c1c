from __future__ import annotations

import io
import json

from hypothesis import given
from hypothesis import strategies as st

from debate import intake

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.lists(JSON, max_size=5), st.sampled_from(["\n", "\r\n", "\n\n \n"]))
def test_lines_are_what_was_written(values: list[object], end: str) -> None:
    """Any JSON comes back, whatever ends the lines."""
    raw = "".join(json.dumps(value) + end for value in values).encode()
    assert [value for _, value in intake.lines(io.BytesIO(raw))] == values


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    """G3, G8: whatever is handed in comes out as values and faults, never as an exception."""
    for number, value in intake.lines(io.BytesIO(raw), limit=50):
        assert number > 0
        assert not isinstance(value, intake.Fault) or str(value)


@given(st.integers(0, 70))
def test_depth_is_counted_in_levels(levels: int) -> None:
    """G3: a value of as many levels as allowed is not deeper."""
    value: object = 0
    for _ in range(levels):
        value = [value]
    assert intake.deeper(value, intake.DEPTH) == (levels > intake.DEPTH)


def test_a_line_at_the_cap_is_read() -> None:
    """The cap is on what is longer."""
    line = b'"' + b"x" * 18 + b'"'
    found = list(intake.lines(io.BytesIO(line + b"\n" + line + b"x"), limit=21))
    assert found[0] == (1, "x" * 18)
    assert isinstance(found[1][1], intake.Fault)
    assert not isinstance(found[1][1], intake.Unreadable)


def test_empty_lines_have_an_end() -> None:
    """G4: millions of empty lines are not waited for."""
    (only,) = intake.lines(io.BytesIO(b"\n" * 2_000_000))
    assert isinstance(only[1], intake.Unreadable)
