"""What do the rules exclude that a study declared beforehand? They are applied once, on request, and leave a reason."""

from __future__ import annotations

from debate.domain import Value
from debate.store.progress import overview
from debate.store.sittings import invalidate
from debate.store.store import Store


class Excluded(Value):
    """What was excluded of one judge, and by which rule."""

    judge: str
    rulings: int
    why: str


def exclude(store: Store, name: str) -> tuple[Excluded, ...]:
    """Take out of what is measured whatever the declared rules exclude: whole judges, and single rulings."""
    found = []
    for one in overview(store, name).judges:
        if one.excluded:
            why, only = "; ".join(one.excluded), None
        elif one.too_fast:
            why, only = "faster than the study's rule", one.too_fast
        else:
            continue
        if n := invalidate(store, name, one.judge, why, only=only):
            found.append(Excluded(judge=one.judge, rulings=n, why=why))
    return tuple(found)
