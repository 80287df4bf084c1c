"""Who judges what? Balanced by a seed: nobody twice about one passage, nobody more than was agreed.

Arms are the conditions of a study. `between` gives a judge one of them; `within` is a Latin square: the passages fall
into as many groups as there are arms, and a judge whose turn is n reads group g under arm (g + n) mod arms, so that
every judge meets every arm, and every passage is read under every arm, by different people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from debate.domain import Study, Value, View, chance

Purpose: TypeAlias = Literal["study", "practice", "attention", "repeat"]


class Item(Value):
    """A transcript that can be judged, under a view."""

    match: str
    passage: str
    """What a judge may meet once: the passage, or the question where there is none."""
    shown: tuple[int, ...]
    view: View = "full"
    arm: str = ""

    @property
    def key(self) -> tuple[str, View]:
        """What is counted: how often it is judged."""
        return self.match, self.view


class Assignment(Value):
    """A transcript for one judge, with the order in which the answers are displayed, and what it is for."""

    match: str
    shown: tuple[int, ...]
    view: View = "full"
    purpose: Purpose = "study"


def assigned(
    items: Sequence[Item],
    judge: str,
    study: Study,
    *,
    seed: int,
    taken: Mapping[tuple[str, View], int],
    met: Iterable[str] = (),
    number: int = 0,
    later: bool = False,
    passages: Iterable[str] = (),
) -> tuple[Assignment, ...]:
    """Return what a judge is to do, in the order in which to do it.

    Args:
        items: the transcripts of the study.
        judge: the code of the judge.
        study: how often each is judged, and how many one person takes.
        seed: decides the order and the displayed answers.
        taken: how many judges each transcript already has.
        met: the passages that this judge has met.
        number: the judge's turn in the square, of as many as there are arms; larger ones begin anew.
        later: whether the judge has begun already, so that there is no practice and no check any more.
        passages: those of transcripts to come too, so that groups and practice stay what they are.
    """
    every = {item.passage for item in items} | set(passages)
    return _Hand(items, judge, study, seed, taken, set(met), number, every).dealt(later=later)


class Square:
    """The Latin square of a study: which passages are practice, and by whose turn a passage is read under an arm."""

    def __init__(self, items: Sequence[Item], study: Study, seed: int, passages: Collection[str]) -> None:
        every = {item.passage for item in items} | set(passages)
        self.within = study.design == "within"
        self.arms = study.arms or tuple(sorted({item.arm for item in items}))
        reserved = sorted(every, key=lambda passage: chance(seed, "practice", passage))
        self.reserved = set(reserved[: study.practice])
        """The passages of practice: the same for everyone, and nobody's study."""
        ranked = sorted(every - self.reserved, key=lambda passage: chance(seed, "group", passage))
        self.group = {passage: rank % max(len(self.arms), 1) for rank, passage in enumerate(ranked)}

    def turn(self, item: Item) -> int:
        """Return whose turn it is to read an item: of as many turns as there are arms; -1 where it is nobody's."""
        if item.arm not in self.arms or item.passage in self.reserved:
            return -1
        group = self.group[item.passage] if self.within else 0
        return (self.arms.index(item.arm) - group) % len(self.arms)

    def fewest(self, turns: Iterable[int]) -> int:
        """Return the first of the turns that the fewest have."""
        have = Counter(turns)
        return min(range(max(len(self.arms), 1)), key=lambda turn: (have[turn], turn))


class _Hand:
    """What one judge is dealt."""

    def __init__(
        self,
        items: Sequence[Item],
        judge: str,
        study: Study,
        seed: int,
        taken: Mapping[tuple[str, View], int],
        met: set[str],
        number: int,
        passages: set[str],
    ) -> None:
        self.items, self.judge, self.study = items, judge, study
        self.seed, self.taken, self.met = seed, taken, met
        self.square = Square(items, study, seed, passages)
        self.arms, self.reserved = self.square.arms, self.square.reserved
        self.number = number % max(len(self.arms), 1)

    def dealt(self, *, later: bool) -> tuple[Assignment, ...]:
        practice = [] if later else list(self._practice())
        checks = [] if later else list(self._checks())
        main = self._main()
        main.sort(key=lambda item: chance(self.seed, self.judge, "order", item.match))
        counted = list(self._shown(main, "study"))
        if later:
            return tuple(counted)
        again = [one.model_copy(update={"purpose": "repeat"}) for one in counted[: self.study.repeat]]
        return (*practice, *self._mixed(counted, checks), *again)

    def _practice(self) -> Iterator[Assignment]:
        found: dict[str, Item] = {}
        for item in sorted(self.items, key=lambda item: chance(self.seed, "practice", item.match, item.view)):
            if item.passage in self.reserved - self.met:
                found.setdefault(item.passage, item)
        yield from self._shown(list(found.values()), "practice")

    def _main(self) -> list[Item]:
        most = self.study.items or len(self.items)
        arms = len(self.arms) if self.study.design == "within" else 1
        per_arm = -(-most // max(arms, 1))
        chosen: list[Item] = []
        of_arm: Counter[str] = Counter()
        for item in sorted(self.items, key=self._turn):
            arm = item.arm if arms > 1 else ""
            if len(chosen) < most and of_arm[arm] < per_arm and self._may(item):
                self.met.add(item.passage)
                of_arm[arm] += 1
                chosen.append(item)
        return chosen

    def _turn(self, item: Item) -> tuple[int, int]:
        return self.taken.get(item.key, 0), chance(self.seed, self.judge, item.match, item.view)

    def _may(self, item: Item) -> bool:
        if item.passage in self.reserved or item.passage in self.met:
            return False
        return self.taken.get(item.key, 0) < self.study.overlap and self._in_arm(item)

    def _in_arm(self, item: Item) -> bool:
        """Tell whether the design has this judge read this passage under this arm."""
        return item.arm in self.arms if self.study.design == "mixed" else self.square.turn(item) == self.number

    def _shown(self, items: Sequence[Item], purpose: Purpose) -> Iterator[Assignment]:
        """Alternate the displayed order, in each arm by itself."""
        place = Counter({arm: chance(self.seed, self.judge, "first", arm) % 2 for arm in self.arms})
        for item in items:
            shown = item.shown if place[item.arm] % 2 == 0 else item.shown[::-1]
            place[item.arm] += 1
            yield Assignment(match=item.match, shown=shown, view=item.view, purpose=purpose)

    def _checks(self) -> Iterator[Assignment]:
        """Set transcripts of this judge's own aside for checks of attention."""
        found: dict[str, Item] = {}
        for item in sorted(self.items, key=lambda item: chance(self.seed, self.judge, "check", item.match, item.view)):
            if item.passage not in self.met | self.reserved and len(found) < self.study.attention:
                found.setdefault(item.passage, item)
        self.met |= set(found)
        yield from self._shown(list(found.values()), "attention")

    def _mixed(self, counted: list[Assignment], checks: list[Assignment]) -> list[Assignment]:
        """Put the checks among the rest, at places that chance decides, but never first."""
        mixed = list(counted)
        for check in checks:
            mixed.insert(1 + chance(self.seed, self.judge, "place", check.match) % max(len(counted), 1), check)
        return mixed


def letter(judge: str, match: str) -> str:
    """Return the answer, as displayed, that a check of attention asks a judge to believe in."""
    return "AB"[chance("attention", judge, match) % 2]


PASSES = 90
"""A check of attention is passed by so much belief in the answer that it asks for."""


def passed(wanted: str, percent: int) -> bool:
    """Tell whether a belief in the first displayed answer passes a check that asks for `wanted`."""
    return (percent if wanted == "A" else 100 - percent) >= PASSES
