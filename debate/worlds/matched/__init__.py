"""Matched pairs: the same matter told of a subject that AI systems have a stake in, and of one that they have not."""

from debate.worlds.matched.allowance import Allowance
from debate.worlds.matched.marks import Marks
from debate.worlds.matched.pairs import AnyStructure, pairs
from debate.worlds.matched.vote import Vote
from debate.worlds.matched.watch import Watch

STRUCTURES: dict[str, AnyStructure] = {one.name: one for one in (Allowance(), Marks(), Watch(), Vote())}
"""The kinds of matched pairs, by name."""

__all__ = ["STRUCTURES", "AnyStructure", "pairs"]
