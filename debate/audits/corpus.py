"""Everything an audit reads, as columns: two-sided debates, their speeches, and what judges made of them.

A debate is reduced to its rows when it passes by and then forgotten, so that memory holds numbers, not texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from debate.audits.reduced import Reduced
from debate.audits.speeches import Speeches, one_after_another, spoken
from debate.stats.column import NONE, Codes, Column, Flags, Rows


@dataclass(frozen=True)
class Corpus:
    """Two-sided debates that were played to their end, one row each; seats stand in the order of the match."""

    id: tuple[str, ...]
    question: Column
    order: Codes
    """The place of the debate in the plan."""
    place: Codes
    """The place of its question in the bank."""
    simultaneous: Flags
    """Whether the first round was written without sight of the partner."""
    repeat: Codes
    arm: Column
    player: Column
    """Two axes: debate, seat."""
    right: Codes
    """Two axes: debate, seat: 1 where the answer argued there is right, 0 where it is wrong, -1 where unknown."""
    answer: Codes
    """Two axes: debate, seat: the answer argued there."""
    matched: Column
    """What joins a question of interest and its control."""
    stake: Codes
    """Which answer the debaters have a stake in, on a question of interest; -1 elsewhere."""
    counterpart: Codes
    """Which answer stands for it on the control; -1 elsewhere."""
    annotated: Flags
    """Whether the passage's decisive evidence is known."""
    flawed: Flags
    """Whether the place of an error in the passage is known."""
    canary: Codes
    """Two axes: debate; the seat that was told a word, and which of the two; -1 where nobody was."""
    speeches: Speeches
    excluded: dict[str, int]
    """Debates set aside, by why."""

    def __len__(self) -> int:
        return len(self.id)

    def in_order(self, rows: Rows) -> Corpus:
        """Return the same debates in another order; `rows` says which stands where."""
        columns = ("question", "arm", "player", "matched")
        arrays = (
            "order",
            "place",
            "simultaneous",
            "repeat",
            "right",
            "answer",
            "stake",
            "counterpart",
            "annotated",
            "flawed",
            "canary",
        )
        return replace(
            self,
            id=tuple(map(self.id.__getitem__, rows.tolist())),
            speeches=self.speeches.in_order(rows),
            **{name: getattr(self, name).take(rows) for name in columns},
            **{name: getattr(self, name)[rows] for name in arrays},
        )

    @cached_property
    def pairs(self) -> Codes:
        """Two axes, pair and player: which players a pair has, the lower code first."""
        low, high = np.sort(self.player.codes, axis=1).T
        found: Codes = np.unique(np.stack([low, high], axis=1), axis=0)
        return found

    @cached_property
    def pair(self) -> Codes:
        """Which pair each debate is of."""
        low, high = np.sort(self.player.codes, axis=1).T
        many = len(self.player.names)
        known = self.pairs[:, 0].astype(np.int64) * many + self.pairs[:, 1]
        found: Codes = np.searchsorted(known, low.astype(np.int64) * many + high).astype(np.int32)
        return found

    @cached_property
    def few(self) -> bool:
        """Whether there are just four players who have all met, of whom a pair is not told from the two others."""
        return len(self.player.present) == 4 and len(self.pairs) == 6 and bool(np.diff(self.pairs).all())

    def beside(self, pair: int) -> int:
        """Return the pair of the two others, where there are four players."""
        others = sorted(set(self.pairs.ravel().tolist()) - set(self.pairs[pair].tolist()))
        return int(np.flatnonzero((self.pairs == others).all(axis=1))[0])

    def names(self, pair: int) -> tuple[str, ...]:
        """Return the names of a pair's players."""
        return tuple(self.player.names[code] for code in self.pairs[pair])


def joined(parts: Sequence[Corpus]) -> Corpus:
    """Put parts of one tournament together, in their order."""
    if not parts:
        return corpus(())
    starts = np.cumsum([0, *(len(part) for part in parts[:-1])])
    excluded = sum((Counter(part.excluded) for part in parts), Counter[str]())
    return Corpus(
        id=tuple(id for part in parts for id in part.id),
        question=_one_column([part.question for part in parts]),
        order=np.concatenate([part.order for part in parts]),
        place=np.concatenate([part.place for part in parts]),
        simultaneous=np.concatenate([part.simultaneous for part in parts]),
        repeat=np.concatenate([part.repeat for part in parts]),
        arm=_one_column([part.arm for part in parts]),
        player=_one_column([part.player for part in parts]),
        right=np.concatenate([part.right for part in parts]),
        answer=np.concatenate([part.answer for part in parts]),
        matched=_one_column([part.matched for part in parts]),
        stake=np.concatenate([part.stake for part in parts]),
        counterpart=np.concatenate([part.counterpart for part in parts]),
        annotated=np.concatenate([part.annotated for part in parts]),
        flawed=np.concatenate([part.flawed for part in parts]),
        canary=np.concatenate([part.canary for part in parts]),
        speeches=one_after_another([part.speeches for part in parts], starts.tolist()),
        excluded=dict(excluded),
    )


def _one_column(parts: Sequence[Column]) -> Column:
    names = tuple(sorted({name for part in parts for name in part.names}))
    code = {name: place for place, name in enumerate(names)}
    moved = [np.array([*(code[name] for name in part.names), NONE], np.int32)[part.codes] for part in parts]
    return Column(np.concatenate(moved), names)


def corpus(debates: Iterable[Reduced]) -> Corpus:
    """Put reduced debates into columns; those that broke off, or have not two sides, are counted and left out."""
    kept: list[Reduced] = []
    excluded: Counter[str] = Counter()
    for debate in debates:
        if debate.set_aside:
            excluded[debate.set_aside] += 1
        else:
            kept.append(debate)
    return Corpus(
        id=tuple(d.id for d in kept),
        question=Column.of(d.question for d in kept),
        order=_codes([d.order for d in kept]),
        place=_codes([d.place for d in kept]),
        simultaneous=np.array([d.simultaneous for d in kept], np.bool_),
        repeat=_codes([d.repeat for d in kept]),
        arm=Column.of(d.arm for d in kept),
        player=_seats(kept),
        right=_codes([d.right for d in kept]).reshape(-1, 2),
        answer=_codes([d.argues for d in kept]).reshape(-1, 2),
        matched=Column.of(d.matched for d in kept),
        stake=_codes([d.stake for d in kept]),
        counterpart=_codes([d.counterpart for d in kept]),
        annotated=np.array([d.annotated for d in kept], np.bool_),
        flawed=np.array([d.flawed for d in kept], np.bool_),
        canary=_codes([d.canary for d in kept]).reshape(-1, 2),
        speeches=spoken([(i, speech) for i, d in enumerate(kept) for speech in d.speeches]),
        excluded=dict(excluded),
    )


def _seats(debates: Sequence[Reduced]) -> Column:
    flat = Column.of(name for debate in debates for name in debate.players)
    return Column(flat.codes.reshape(-1, 2), flat.names)


def _codes(values: Sequence[object]) -> Codes:
    return np.array(values, np.int32) if len(values) else np.zeros(0, np.int32)
