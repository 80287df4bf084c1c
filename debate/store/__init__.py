"""The store: a database that holds every tournament, and the runs that write to it."""

from debate.store.claims import LostClaim
from debate.store.giving import give
from debate.store.played import Played
from debate.store.run import Run
from debate.store.standings import standings
from debate.store.status import Failed, Pinned, SetAside, Status, StoredCall, Summary, Worker
from debate.store.store import Store
from debate.store.taking import Taken, take

__all__ = [
    "Failed",
    "LostClaim",
    "Pinned",
    "Played",
    "Run",
    "SetAside",
    "Status",
    "Store",
    "StoredCall",
    "Summary",
    "Taken",
    "Worker",
    "give",
    "standings",
    "take",
]
