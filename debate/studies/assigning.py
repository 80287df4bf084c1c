"""Who judges what? Balanced by a seed: nobody twice about one passage, nobody more than was agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from debate.domain import Study, Value, chance


class Item(Value):
    """A transcript that can be judged."""

    match: str
    passage: str
    """What a judge may meet once: the passage, or the question where there is none."""
    shown: tuple[int, ...]


class Assignment(Value):
    """A transcript for one judge, with the order in which the answers are displayed."""

    match: str
    shown: tuple[int, ...]


def assigned(
    items: Sequence[Item], judge: str, study: Study, *, seed: int, taken: Mapping[str, int], met: Iterable[str] = ()
) -> tuple[Assignment, ...]:
    """Return what a judge is to do, in the order in which to do it.

    Args:
        items: the transcripts of the study.
        judge: the code of the judge.
        study: how often each is judged, and how many one person takes.
        seed: decides the order and the displayed answers.
        taken: how many judges each match already has.
        met: the passages that this judge has met.
    """
    known = set(met)
    chosen: list[Item] = []
    for item in sorted(items, key=lambda item: (taken.get(item.match, 0), chance(seed, judge, item.match))):
        full = study.items and len(chosen) == study.items
        if not full and taken.get(item.match, 0) < study.overlap and item.passage not in known:
            known.add(item.passage)
            chosen.append(item)
    chosen.sort(key=lambda item: chance(seed, judge, "order", item.match))
    turned = chance(seed, judge, "first") % 2
    return tuple(
        Assignment(match=item.match, shown=item.shown if (place + turned) % 2 == 0 else item.shown[::-1])
        for place, item in enumerate(chosen)
    )
