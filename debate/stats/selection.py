"""What of a tournament is meant? Values by key, and conditions in words: one reading of `--where` for every command.

A pair such as `judge=haiku` keeps debates that nobody ruled on, where its key is one of debates, so that what failed is
still counted; a condition in words is about rulings, and keeps the debates that have one.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Self

import numpy as np

from debate.stats.column import Flags
from debate.stats.outcomes import Outcomes
from debate.stats.where import Where, equals, where

_PAIR = re.compile(r"([A-Za-z_][\w.-]*)=([^=<>~!()'\"]*)")
_JOINED = re.compile(r"\s(?:and|or)\s")


@dataclass(frozen=True)
class Selection:
    """What was asked for."""

    pairs: Mapping[str, str]
    """Values that records have to have, by key."""
    met: tuple[Where, ...]
    """Conditions that rulings have to meet."""

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        """Read what was asked for: `KEY=VALUE`, the value as it stands, or a condition in words.

        Raises:
            UsageError: a condition cannot be read.
        """
        found = [(text, None if _JOINED.search(text) else _PAIR.fullmatch(text)) for text in texts]
        return cls(
            {pair[1]: pair[2] for _, pair in found if pair}, tuple(where(text) for text, pair in found if not pair)
        )

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that is named."""
        return (*self.pairs, *(key for one in self.met for key in sorted(one.keys)))

    def rows(self, found: Outcomes) -> Flags:
        """Tell for each ruling whether it is meant.

        Raises:
            UsageError: the records do not have a key.
        """
        conditions = (*(equals(key, value) for key, value in self.pairs.items()), *self.met)
        return reduce(operator.and_, (one.of(found) for one in conditions), np.ones(len(found), np.bool_))

    def chosen(self, found: Outcomes) -> Outcomes:
        """Return the rulings that are meant, with their debates.

        Raises:
            UsageError: the records do not have a key.
        """
        kept = found.where(**self.pairs)
        if not self.met:
            return kept
        kept = kept.select(reduce(operator.and_, (one.of(kept) for one in self.met)))
        ruled = np.zeros(len(kept.debates), np.bool_)
        ruled[kept.debate] = True
        return kept.select_debates(ruled)
