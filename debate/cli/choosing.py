"""Which debates and rulings leave? Those that `--where` means, by the same words as in every other command."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from debate.stats.selection import Selection
from debate.store import Played, Store
from debate.store.outcomes import outcomes

Meant: TypeAlias = dict[str, set[int]]
"""By match, the places of rulings among those of its rulings that stand."""


def meant(store: Store, name: str, where: Sequence[str]) -> Meant:
    """Return the rulings of a tournament that are meant.

    Raises:
        UsageError: a condition cannot be read, or names a key that the records do not have.
    """
    asked = Selection.of(where)
    rulings = outcomes(store, name, keys=asked.keys)
    wanted = asked.rows(rulings)
    found: Meant = defaultdict(set)
    seen: Counter[int] = Counter()
    for debate, wants in zip(rulings.debate.tolist(), wanted.tolist(), strict=True):
        if wants:
            found[str(rulings.debates.match.text(debate))].add(seen[debate])
        seen[debate] += 1
    return found


def chosen(debates: Iterable[Played], wanted: Meant) -> Iterator[Played]:
    """Yield debates with the rulings that are wanted and those that they stand in the place of; without any, none."""
    for one in debates:
        places = wanted.get(one.debate.match.id)
        if not places:
            continue
        standing = [ruling.id for ruling in one.judgments if ruling.superseded_by is None]
        kept = {standing[place] for place in places}
        for ruling in reversed(one.judgments):
            if ruling.superseded_by in kept:
                kept.add(ruling.id)
        yield one.model_copy(update={"judgments": tuple(ruling for ruling in one.judgments if ruling.id in kept)})
