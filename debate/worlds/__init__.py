"""Worlds: simulations that write passages and ask questions with exact answers, without end."""

from debate.worlds.alibis import Alibis
from debate.worlds.custody import Custody
from debate.worlds.letters import Letters
from debate.worlds.making import EACH, WORDS, Line, make
from debate.worlds.matched import STRUCTURES, pairs
from debate.worlds.program import Program
from debate.worlds.railway import Railway
from debate.worlds.warehouse import Warehouse
from debate.worlds.world import Asked, Tale, World

WORLDS: dict[str, World] = {
    world.name: world for world in (Warehouse(), Custody(), Program(), Railway(), Letters(), Alibis())
}
"""The worlds, by name."""

__all__ = ["EACH", "STRUCTURES", "WORDS", "WORLDS", "Asked", "Line", "Tale", "World", "make", "pairs"]
