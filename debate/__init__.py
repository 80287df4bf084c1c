"""AI-vs-AI debate tournaments for the study of scalable oversight.

import asyncio
from debate import Judge, Player, Store, Tournament, measure, prepare, run

spec = Tournament(
    name="first",
    sample=6,
    debaters=(Player(name="ada", model="builtin/advocate"), Player(name="bob", model="builtin/bluffer")),
    judges=(Judge(name="jo", model="builtin/weigher"),),
)
with Store.open("first.db", create=True) as store:
    prepare(spec, store)
    asyncio.run(run(store, "first"))
    print(measure(store, "first").accuracy)
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from debate.domain import (
        Ballot,
        Brief,
        Debate,
        Judge,
        Judgment,
        Key,
        Limits,
        Match,
        Pairing,
        Passage,
        Player,
        Posed,
        Protocol,
        Question,
        Tournament,
        Turn,
    )
    from debate.errors import DebateError
    from debate.judging import judge
    from debate.preparing import prepare
    from debate.report import measure
    from debate.store import Store
    from debate.tournament import Result, Stop, run
    from debate.transcript import ballot, brief

__version__ = "0.1.0"

_PLACES = {
    "debate.domain": "Ballot Brief Debate Judge Judgment Key Limits Match Pairing Passage Player Posed Protocol "
    "Question Tournament Turn",
    "debate.errors": "DebateError",
    "debate.judging": "judge",
    "debate.preparing": "prepare",
    "debate.report": "measure",
    "debate.store": "Store",
    "debate.tournament": "Result Stop run",
    "debate.transcript": "ballot brief",
}
_HOME = {name: module for module, names in _PLACES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that the command line starts at once."""
    if name not in _HOME:
        raise AttributeError(f"module 'debate' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)


__all__ = [
    "Ballot",
    "Brief",
    "Debate",
    "DebateError",
    "Judge",
    "Judgment",
    "Key",
    "Limits",
    "Match",
    "Pairing",
    "Passage",
    "Player",
    "Posed",
    "Protocol",
    "Question",
    "Result",
    "Stop",
    "Store",
    "Tournament",
    "Turn",
    "ballot",
    "brief",
    "judge",
    "measure",
    "prepare",
    "run",
]
