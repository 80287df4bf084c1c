"""After a run or an import: what a large tournament comes to is kept, so that reports on it are quick."""

from __future__ import annotations

from debate.store import Store
from debate.store.tables.kept import SIZE


def keep(store: Store, name: str) -> None:
    """Keep what a tournament comes to, if it has so many matches that reading them all takes time."""
    if sum(store.status(name).matches.values()) < SIZE:
        return
    from debate.store.tallies import keeping  # numpy takes a fifth of a second, which few runs need to spend

    keeping.keep(store, name)
