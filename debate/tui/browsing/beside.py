"""How do two transcripts, or two judges of one, differ? Side by side, round by round.

What a model ruled stands beside a person's ruling only once the person has ruled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from debate.domain import Debate, Judgment, Key
from debate.errors import UsageError
from debate.tui.browsing.blocks import Block, about, beliefs, ruled, spoken, verdict


@dataclass(frozen=True)
class Pair:
    """What stands beside each other, and what it is called."""

    heading: str
    names: tuple[str, str]
    left: tuple[Block, ...]
    right: tuple[Block, ...]
    differs: bool
    """Whether the two are not the same: where a reader who looks for differences stops."""


def transcripts(
    left: tuple[Debate, Sequence[Judgment]],
    right: tuple[Debate, Sequence[Judgment]],
    keys: tuple[Key | None, Key | None],
) -> Iterator[Pair]:
    """Yield two debates round by round, and then what was ruled on each."""
    (one, rulings), (two, others) = left, right
    pair = partial(_pair, (one.match.id, two.match.id))
    yield pair("debates", about(one, keys[0]), about(two, keys[1]))
    for number in sorted({turn.round for debate in (one, two) for turn in debate.turns}):
        yield pair(f"round {number}", _round(one, number), _round(two, number))
    yield pair("rulings", _rulings(rulings, keys[0]), _rulings(others, keys[1]))


def _pair(names: tuple[str, str], heading: str, left: Iterable[Block], right: Iterable[Block]) -> Pair:
    one, two = tuple(left), tuple(right)
    return Pair(heading, names, one, two, one != two)


def _round(debate: Debate, number: int) -> Iterator[Block]:
    for turn in debate.turns:
        if turn.round == number:
            yield from spoken(debate, turn)


def _rulings(judgments: Iterable[Judgment], key: Key | None) -> Iterator[Block]:
    for judgment in judgments:
        yield from ruled(judgment, key)


def ruling(judgments: Sequence[Judgment], judge: str, waiting: Iterable[str] = ()) -> Judgment:
    """Return the ruling of a judge that counts.

    Args:
        judgments: those of the debate.
        judge: the judge's name, or a person's code.
        waiting: the people who have still to rule on the debate.

    Raises:
        UsageError: there is none, or a person has not ruled yet.
    """
    found = [one for one in judgments if one.judge == judge and one.superseded_by is None and one.view == "full"]
    found = found or [one for one in judgments if one.judge == judge]
    if found:
        return found[0]
    if judge in waiting:
        raise UsageError(f"{judge} has still to rule on this debate: rulings are compared once a person has ruled")
    names = sorted({one.judge for one in judgments})
    there = f"; those who have: {', '.join(names)}" if names else ""
    raise UsageError(f'"{judge}" has not ruled on this debate{there}')


def judges(debate: Debate, left: Judgment, right: Judgment, key: Key | None) -> Iterator[Pair]:
    """Yield what two judges believed after each round, with the speeches between, and why they ruled as they did."""
    pair = partial(_pair, (left.judge, right.judge))
    yield pair("judges", _who(left), _who(right))
    first, second = ({belief.after_round: belief.p for belief in one.beliefs} for one in (left, right))
    last = max((turn.round for turn in debate.turns), default=0)
    for number in range(last + 1):
        if number in first or number in second:
            named = f"after round {number}" if number else "before round 1"
            yield pair(named, _believed(first.get(number)), _believed(second.get(number)))
    yield pair("final", _ended(left, key), _ended(right, key))


def _who(judgment: Judgment) -> Iterator[Block]:
    yield Block.of("heading", f"{judgment.judge} ({judgment.kind}), view {judgment.view}")


def _believed(p: tuple[float, ...] | None) -> Iterator[Block]:
    yield Block.of("text", "no belief was asked for" if p is None else beliefs(p))


def _ended(judgment: Judgment, key: Key | None) -> Iterator[Block]:
    state = f"[{judgment.state}]" if judgment.final is None else f"{beliefs(judgment.final)}{verdict(judgment, key)}"
    yield Block.of("text", state)
    if judgment.reason:
        yield Block.of("text", judgment.reason)
