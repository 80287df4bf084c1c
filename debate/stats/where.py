"""Which rulings are meant by words such as `wrong and confidence > 0.9`?

    wrong and confidence > .9
    judge = haiku and not (view = quotes or tied)
    player ~ gpt and rounds >= 3
    meta.channel in (live, "held out")

Words by themselves are `right`, `wrong`, `tied`, `valid`, `scored`, `conceded` and `swung`. Keys with numbers are
`confidence`, `p_right`, `rounds`, `words` and `swing`; every other key is text, compared with `=`, `!=`, `~` (holds,
in any case of letters), `!~` and `in`. Nothing is evaluated but these.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce

import numpy as np

from debate.errors import UsageError
from debate.stats.belief_paths import last_change
from debate.stats.column import Flags, Floats
from debate.stats.outcomes import Outcomes

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<mark>!=|!~|==|<=|>=|[=<>~(),])
      | "(?P<quoted>[^"]*)" | '(?P<single>[^']*)'
      | (?P<word>[^\s()<>=!~,"']+)
      | (?P<bad>\S)
    )""",
    re.VERBOSE,
)
_KEY = re.compile(r"[A-Za-z_][\w.-]*\Z")
_NUMERIC: dict[str, Callable[[Floats, float], Flags]] = {
    "=": lambda a, b: np.abs(a - b) < 1e-9,
    "!=": lambda a, b: np.abs(a - b) >= 1e-9,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
JOINED = ("and", "or", "not", "in")


@dataclass(frozen=True)
class Token:
    """One word, value or mark, and where it stands."""

    kind: str
    text: str
    at: int


@dataclass(frozen=True)
class Where:
    """A condition that was read, and can be asked of any rulings."""

    text: str
    keys: frozenset[str]
    """The keys that it names."""
    of: Callable[[Outcomes], Flags]
    """Tells for each ruling whether it is meant; raises UsageError for a key that the records do not have."""


def where(text: str) -> Where:
    """Read a condition.

    Raises:
        UsageError: it cannot be read; says at which character, and why.
    """
    reader = _Reader(text)
    of = reader.either()
    if reader.at < len(reader.tokens):
        raise reader.wrong("only `and`, `or` and `not` join conditions")
    return Where(text, frozenset(reader.keys), of)


def equals(key: str, value: str) -> Where:
    """Return the condition that a text key has exactly this value; an empty one means none."""
    return Where(f"{key}={value}", frozenset((key,)), _texts(key, _is(value)))


class _Reader:
    """Recursive descent: either, both, one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_tokens(text))
        self.at = 0
        self.keys: set[str] = set()

    def either(self) -> Callable[[Outcomes], Flags]:
        parts = [self.both()]
        while self._take("or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else lambda found: reduce(operator.or_, (part(found) for part in parts))

    def both(self) -> Callable[[Outcomes], Flags]:
        parts = [self.one()]
        while self._take("and"):
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else lambda found: reduce(operator.and_, (part(found) for part in parts))

    def one(self) -> Callable[[Outcomes], Flags]:
        if self._take("not"):
            inner = self.one()
            return lambda found: ~inner(found)
        if self._take("("):
            within = self.either()
            if not self._take(")"):
                raise self.wrong("a bracket is not closed")
            return within
        return self._condition()

    def _condition(self) -> Callable[[Outcomes], Flags]:
        token = self._next()
        if token is None or token.kind == "mark" or token.text in JOINED:
            raise self.wrong("a key or a word is missing", token)
        follows = self._peek()
        if follows is not None and follows.kind == "mark" and follows.text in (*_NUMERIC, "==", "~", "!~"):
            self.at += 1
            return self._compared(token, "=" if follows.text == "==" else follows.text, self._value())
        if self._take("in"):
            return self._among(token, self._values())
        if token.text not in FLAGS or token.kind != "word":
            raise self.wrong(f"`{token.text}` says nothing by itself; words that do: {', '.join(FLAGS)}", token)
        return FLAGS[token.text]

    def _compared(self, token: Token, mark: str, value: str) -> Callable[[Outcomes], Flags]:
        key = self._key(token)
        if key in NUMBERS:
            number = self._number(value)
            if mark not in _NUMERIC:
                raise self.wrong(f"`{key}` is a number, and is compared with =, !=, <, <=, > and >=", token)
            return lambda found: _NUMERIC[mark](NUMBERS[key](found), number)
        if mark in ("<", "<=", ">", ">="):
            number = self._number(value)
            return lambda found: _NUMERIC[mark](_numbers(found, key), number)
        says = _holds(value) if "~" in mark else _is(value)
        return _negated(_texts(key, says)) if mark.startswith("!") else _texts(key, says)

    def _among(self, token: Token, values: list[str]) -> Callable[[Outcomes], Flags]:
        key = self._key(token)
        if key in NUMBERS:
            wanted = [self._number(value) for value in values]
            return lambda found: reduce(operator.or_, (_NUMERIC["="](NUMBERS[key](found), one) for one in wanted))
        return _texts(key, lambda name: name in values)

    def _key(self, token: Token) -> str:
        if token.kind != "word" or not _KEY.match(token.text):
            raise self.wrong(f'"{token.text}" is no key', token)
        self.keys.add(token.text)
        return token.text

    def _value(self) -> str:
        token = self._next()
        if token is None or token.kind == "mark":
            raise self.wrong("a value is missing", token)
        return token.text

    def _values(self) -> list[str]:
        if not self._take("("):
            raise self.wrong("after `in` stands a list in brackets: (one, other)")
        values = [self._value()]
        while self._take(","):
            values.append(self._value())
        if not self._take(")"):
            raise self.wrong("a bracket is not closed")
        return values

    def _number(self, value: str) -> float:
        try:
            return float(value)
        except ValueError:
            raise self.wrong(f'"{value}" is no number', self.tokens[self.at - 1]) from None

    def _peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _next(self) -> Token | None:
        found = self._peek()
        self.at += found is not None
        return found

    def _take(self, text: str) -> bool:
        found = self._peek()
        taken = found is not None and found.kind in ("mark", "word") and found.text == text
        self.at += taken
        return taken

    def wrong(self, why: str, token: Token | None = None) -> UsageError:
        """Return what is wrong, and where."""
        found = token or self._peek()
        place = f"at character {found.at + 1}" if found else "at the end"
        return UsageError(f'--where "{self.text}": {place}: {why}')


def _tokens(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind == "bad":
            raise UsageError(f'--where "{text}": at character {found.start(kind) + 1}: this cannot be read')
        yield Token("mark" if kind == "mark" else "word" if kind == "word" else "value", found[kind], found.start(kind))


def _is(value: str) -> Callable[[str], bool]:
    return lambda name: name == value


def _holds(value: str) -> Callable[[str], bool]:
    return lambda name: value.casefold() in name.casefold()


def _texts(key: str, says: Callable[[str], bool]) -> Callable[[Outcomes], Flags]:
    """Ask each different text once; of a column with two axes, either may say so."""

    def of(found: Outcomes) -> Flags:
        column = found.seen(key)
        meant = np.array([*map(says, column.names), says("")], np.bool_)
        rows = np.asarray(meant[column.codes])
        return rows if rows.ndim == 1 else np.asarray((rows & (column.codes >= 0)).any(axis=1))

    return of


def _negated(of: Callable[[Outcomes], Flags]) -> Callable[[Outcomes], Flags]:
    return lambda found: ~of(found)


def _numbers(found: Outcomes, key: str) -> Floats:
    """Return what a text key says as numbers; NaN where it says none, which no comparison meets."""
    column = found.seen(key)
    if column.codes.ndim > 1:
        raise UsageError(f'--where: "{key}" names two seats, and is no number')
    return np.array([*map(_read, column.names), np.nan])[column.codes]


def _read(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _confidence(found: Outcomes) -> Floats:
    return np.where(found.valid, found.confidence, np.nan)


FLAGS: dict[str, Callable[[Outcomes], Flags]] = {
    "right": lambda found: found.correct,
    "wrong": lambda found: np.asarray(found.margin < 0),
    "tied": lambda found: found.tied,
    "valid": lambda found: found.valid,
    "scored": lambda found: found.scored,
    "conceded": lambda found: np.asarray(found.debates.conceded.any(axis=1))[found.debate],
    "swung": lambda found: np.asarray((found.p_right - 0.5) * (found.p_right - last_change(found) - 0.5) < 0),
}
NUMBERS: dict[str, Callable[[Outcomes], Floats]] = {
    "confidence": _confidence,
    "p_right": lambda found: found.p_right,
    "rounds": lambda found: found.rounds.astype(np.float64),
    "words": lambda found: np.asarray(found.debates.words.sum(axis=1), np.float64)[found.debate],
    "swing": last_change,
}
