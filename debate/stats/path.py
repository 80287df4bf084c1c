"""What judges believed on the way to their rulings, as columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from debate.stats.column import Codes, Floats, Rows


@dataclass(frozen=True)
class Path:
    """What judges believed on the way: one row per judgment and round; round 0 is before any argument."""

    ruling: Codes
    """The row of the judgment; ascending."""
    after_round: Codes
    beliefs: Floats

    def take(self, rows: Rows, of: int) -> Path:
        """Return the paths of those among `of` judgments, given by ascending rows and renumbered."""
        if not len(self.ruling):
            return self
        wanted = np.zeros(of, np.bool_)
        wanted[rows] = True
        kept = np.flatnonzero(wanted[self.ruling])
        ruling = np.searchsorted(rows, self.ruling[kept]).astype(np.int32)
        return Path(ruling, self.after_round[kept], self.beliefs.take(kept, axis=0))

    @classmethod
    def none(cls, answers: int = 2) -> Path:
        """Return the path of judgments whose way is not known."""
        empty = np.zeros(0, np.int32)
        return cls(empty, empty, np.zeros((0, answers)))
