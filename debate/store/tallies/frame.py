"""Columns over the same rows: put together from parts, and as bytes that give back the very same."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import chain
from math import prod
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from debate.stats.column import NONE, Column

Frame: TypeAlias = dict[str, Any]
"""By name: a `Column`, an array of numbers, or a tuple of texts of which each is another."""
HEAD = 8  # bytes that hold the length of the head


def stacked(parts: Sequence[Frame]) -> Frame:
    """Return the rows of frames with the same columns, one frame after the other."""
    return {name: _joined([part[name] for part in parts]) for name in parts[0]}


def dumped(frames: Mapping[str, Frame]) -> bytes:
    """Return frames as bytes: a head in JSON that tells what follows, then the numbers of each column."""
    head: dict[str, Any] = {}
    bodies: list[bytes] = []
    for name, frame in frames.items():
        head[name] = {}
        for column, cells in frame.items():
            if isinstance(cells, tuple):
                head[name][column] = {"texts": cells}
                continue
            numbers = cells.codes if isinstance(cells, Column) else cells
            told = {"type": numbers.dtype.str, "shape": numbers.shape}
            head[name][column] = told | ({"names": cells.names} if isinstance(cells, Column) else {})
            bodies.append(numbers.tobytes())
    first = json.dumps(head, separators=(",", ":")).encode()
    return b"".join((len(first).to_bytes(HEAD, "little"), first, *bodies))


def loaded(data: bytes) -> dict[str, Frame]:
    """Return the frames that `dumped` made bytes of."""
    at = HEAD + int.from_bytes(data[:HEAD], "little")
    frames: dict[str, Frame] = {}
    for name, columns in json.loads(data[HEAD:at]).items():
        frames[name] = {}
        for column, told in columns.items():
            if "texts" in told:
                frames[name][column] = tuple(told["texts"])
                continue
            numbers = np.frombuffer(data, told["type"], prod(told["shape"]), at).reshape(told["shape"])
            at += numbers.nbytes
            frames[name][column] = Column(numbers, tuple(told["names"])) if "names" in told else numbers
    return frames


def _joined(parts: Sequence[Any]) -> Any:
    if isinstance(parts[0], Column):
        return _recoded(parts)
    return tuple(chain(*parts)) if isinstance(parts[0], tuple) else _widened(parts)


def _recoded(parts: Sequence[Column]) -> Column:
    names = tuple(sorted({name for part in parts for name in part.names}))
    code = {name: i for i, name in enumerate(names)}
    ours = (np.array([*map(code.__getitem__, part.names), NONE], np.int32)[part.codes] for part in parts)
    return Column(np.concatenate(list(ours)), names)


def _widened(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Beliefs are as wide as the widest part; what is not there is not a number."""
    wide = max(part.shape[-1] for part in parts)
    if parts[0].ndim == 1 or all(part.shape[-1] == wide for part in parts):
        return np.concatenate(parts)
    return np.concatenate([np.pad(p, ((0, 0), (0, wide - p.shape[1])), constant_values=np.nan) for p in parts])
