"""How do other people's bytes become text and JSON?

Nothing here opens a file: a stream is handed in. A line is refused by its size before it is read whole, nesting by its
depth before anything recurses into it, and what JSON readers usually let pass (a key said twice, NaN, a number too
large for a float) is a fault.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import JsonValue

LINE = 16 * 2**20  # bytes; a debate of 64 rounds with a book as its passage stays below
BLANK = 100_000  # empty lines in a row; a bomb unfolds to millions
DEPTH = 64  # levels of nesting; pydantic and json give up at some hundreds
_BOM = b"\xef\xbb\xbf"
_WIDE = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"\x00\x00\xfe\xff": "UTF-32"}


class Fault(ValueError):
    """One thing that is wrong with what was read; the message says what and where, without the file's name."""


class Unreadable(Fault):
    """A fault of the whole file, after which reading on would only repeat it."""


class Readable(typing.Protocol):
    """What lines are read from; it raises `Unreadable` where it cannot go on."""

    def readline(self, limit: int, /) -> bytes:
        """Return the next line, or as much of it as `limit` allows."""
        ...


def decode(raw: bytes, *, offset: int = 0) -> str:
    """Return UTF-8 bytes as text; `offset` is where they stand in their file."""
    for mark, name in _WIDE.items():
        if offset == 0 and raw.startswith(mark):
            raise Unreadable(f"the file is {name} (byte order mark at byte 0); save it as UTF-8")
    if (nul := raw.find(0)) >= 0:
        raise Unreadable(f"byte {offset + nul} is NUL; if the file is UTF-16, save it as UTF-8")
    start = len(_BOM) if offset == 0 and raw.startswith(_BOM) else 0
    try:
        return raw[start:].decode()
    except UnicodeDecodeError as exc:
        at = offset + start + exc.start
        raise Fault(f"byte {at} (0x{exc.object[exc.start]:02x}) is not valid UTF-8; save the file as UTF-8") from exc


def parse(text: str, *, lenient: bool = False) -> JsonValue:
    """Return the one JSON value in `text`; faults are duplicate keys, NaN, infinities and deep nesting too.

    Args:
        text: of the value.
        lenient: take NaN and infinities for null, where a format is known to write them for what has no value.
    """
    try:
        value: JsonValue = (_LENIENT if lenient else _STRICT).decode(text)
    except json.JSONDecodeError as exc:
        raise Fault(f"not valid JSON: {exc.msg.removesuffix(' at')} at column {exc.pos + 1}") from exc
    except RecursionError as exc:
        raise Fault(f"nested more than {DEPTH} levels deep") from exc
    except Fault:
        raise
    except ValueError as exc:
        raise Fault("not valid JSON: a number has too many digits") from exc
    if text.count("[") + text.count("{") > DEPTH and deeper(value, DEPTH):
        raise Fault(f"nested more than {DEPTH} levels deep")
    return value


def lines(stream: Readable, *, limit: int = LINE) -> Iterator[tuple[int, JsonValue | Fault]]:
    """Yield the number and the value, or the fault, of each line of JSON Lines that is not blank.

    A line longer than `limit` bytes ends the reading there: what follows is not read.
    """
    number = offset = blank = 0
    while True:
        try:
            raw = stream.readline(limit + 1)
        except Unreadable as fault:
            yield number + 1, fault
            return
        if not raw:
            return
        number += 1
        blank = 0 if raw.strip() else blank + 1
        if blank > BLANK:
            yield number, Unreadable(f"more than {BLANK:,} empty lines; the rest of the file was not read")
            return
        if len(raw) > limit:
            yield number, Unreadable(f"longer than {limit:,} bytes; the rest of the file was not read")
            return
        if not blank:
            try:
                yield number, parse(decode(raw, offset=offset))
            except Unreadable as fault:
                yield number, fault
                return
            except Fault as fault:
                yield number, fault
        offset += len(raw)


def deeper(value: Any, depth: int) -> bool:
    """Tell whether lists and objects are nested more than `depth` levels deep."""
    level = [value]
    for _ in range(depth):
        level = [item for held in level for item in _items(held) if isinstance(item, (dict, list))]
        if not level:
            return False
    return True


def _items(held: Any) -> list[Any]:
    if isinstance(held, dict):
        return list(held.values())
    return held if isinstance(held, list) else []


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in held if names.count(name) > 1)
        raise Fault(f'the key "{twice}" is given twice')
    return held


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise Fault(f"the number {digits[:20]} is too large")
    return number


def _constant(name: str) -> float:
    raise Fault(f"{name} is not a number that JSON knows")


_STRICT = json.JSONDecoder(object_pairs_hook=_once, parse_float=_finite, parse_constant=_constant)
_LENIENT = json.JSONDecoder(object_pairs_hook=_once, parse_float=_finite, parse_constant=lambda _: None)
