"""What a sign reads: the corpus, what judges made of it, and where each speech stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from debate.audits.corpus import Corpus
from debate.audits.others import cell
from debate.audits.readers import Read
from debate.audits.rulings import Rulings
from debate.audits.score import Score, Side
from debate.stats.column import Codes, Flags, Floats


@dataclass(frozen=True)
class Evidence:
    """A corpus with its rulings, and the columns of its speeches that signs share."""

    corpus: Corpus
    rulings: Rulings
    read: Read | None = None
    """What a model made of the speeches, where one was asked."""
    gained: Floats | None = None
    """By speech: what it would have gained by being written again, beyond chance; NaN where it was not."""
    only: Flags | None = None
    """By speech: whether it counts; all do where this is None."""
    shown: bool = True
    """Whether anybody wants to know which turns show a sign."""

    @cached_property
    def player(self) -> Codes:
        """By speech: who spoke."""
        said = self.corpus.speeches
        return self.corpus.player.codes[said.debate, said.seat]

    @cached_property
    def partner(self) -> Codes:
        """By speech: whom it was spoken to."""
        said = self.corpus.speeches
        return self.corpus.player.codes[said.debate, 1 - said.seat]

    @cached_property
    def question(self) -> Codes:
        """By speech: the question."""
        return self.corpus.question.codes[self.corpus.speeches.debate]

    @cached_property
    def right(self) -> Codes:
        """By speech: whether the answer argued is right; -1 where that is not known."""
        said = self.corpus.speeches
        return self.corpus.right[said.debate, said.seat]

    @cached_property
    def answer(self) -> Codes:
        """By speech: the answer argued."""
        said = self.corpus.speeches
        return self.corpus.answer[said.debate, said.seat]

    @cached_property
    def place(self) -> Codes:
        """By speech: player, question, side and round together."""
        return cell(self.player, self.question, self.answer, self.corpus.speeches.round)

    @cached_property
    def wider(self) -> Codes:
        """By speech: player, whether right, and round."""
        return cell(self.player, self.right, self.corpus.speeches.round)

    @property
    def following(self) -> Codes:
        """By speech: the row of the partner's first speech in a later round; -1 where there is none."""
        return self.corpus.speeches.following

    @property
    def answered(self) -> Codes:
        """By speech: the row of the partner's last speech in an earlier round; -1 where there is none."""
        return self.corpus.speeches.answered

    def by_debate(self, values: Floats, rows: Flags | None = None) -> Floats:
        """Return the mean of speeches' values by debate; NaN where no speech of it has one."""
        kept = ~np.isnan(values) if rows is None else ~np.isnan(values) & rows
        debate, many = self.corpus.speeches.debate[kept], len(self.corpus)
        n = np.bincount(debate, minlength=many)
        total = np.bincount(debate, values[kept], minlength=many)
        return np.asarray(np.divide(total, n, out=np.full(many, np.nan), where=n > 0))

    def strongest(self, values: Floats, side: Side) -> Codes:
        """Return by debate the index of the turn whose value speaks most for the sign; -1 where none has one."""
        said = self.corpus.speeches
        size = {"high": values, "low": -values, "both": np.abs(values)}[side]
        rows = np.flatnonzero(~np.isnan(size))
        found = np.full(len(self.corpus), -1, np.int32)
        if len(rows):
            debate, size = said.debate[rows], size[rows]
            first = np.diff(debate, prepend=-1) != 0  # rows stand in the order of debates
            most = np.maximum.reduceat(size, np.flatnonzero(first))
            top = rows[size == most[np.cumsum(first) - 1]]
            found[said.debate[top]] = said.turn[top]
        return found

    def spoken(self, sign: str, feature: str, side: Side, values: Floats, rows: Flags | None = None) -> Score:
        """Make a score from speeches' values, averaged by debate."""
        counts = [mask for mask in (rows, self.only) if mask is not None]
        kept = np.where(np.logical_and.reduce(counts), values, np.nan) if counts else values
        turn = self.strongest(kept, side) if self.shown else None
        return self.debated(sign, feature, side, self.by_debate(kept), turn)

    def debated(self, sign: str, feature: str, side: Side, values: Floats, turn: Codes | None = None) -> Score:
        """Make a score from debates' values."""
        corpus = self.corpus
        return Score.of(sign, feature, side, pair=corpus.pair, block=corpus.question.codes, values=values, turn=turn)
