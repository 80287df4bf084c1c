"""Who judges what: enough of each, nobody twice about one thing, and every order as often as the other."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from debate.domain import Study
from debate.studies.assigning import Assignment, Item, assigned


def items(passages: int, each: int = 2) -> list[Item]:
    """Two seatings, or more, of a question on each of so many passages."""
    return [
        Item(match=f"m{p}-{k}", passage=f"p{p}", shown=(k % 2, 1 - k % 2)) for p in range(passages) for k in range(each)
    ]


def everyone(given: list[Item], judges: int, study: Study, seed: int = 7) -> dict[str, tuple[Assignment, ...]]:
    """Assign to one judge after the other."""
    taken: Counter[str] = Counter()
    found = {}
    for number in range(judges):
        found[f"j{number}"] = assigned(given, f"j{number}", study, seed=seed, taken=taken)
        taken.update(one.match for one in found[f"j{number}"])
    return found


@given(st.integers(1, 12), st.integers(1, 4), st.integers(1, 9), st.integers(1, 4), st.integers(0, 5), st.integers())
@settings(max_examples=60)
def test_nobody_meets_a_passage_twice_and_nothing_is_judged_too_often(
    passages: int, each: int, judges: int, overlap: int, most: int, seed: int
) -> None:
    """At most one transcript of a passage, so never both seatings, and at most `overlap` judges of each transcript."""
    given = items(passages, each)
    passage_of = {item.match: item.passage for item in given}
    found = everyone(given, judges, Study(overlap=overlap, items=most), seed)
    for mine in found.values():
        assert max(Counter(passage_of[one.match] for one in mine).values(), default=0) <= 1
        assert not most or len(mine) <= most
    times = Counter(one.match for mine in found.values() for one in mine)
    assert max(times.values(), default=0) <= overlap


def test_transcripts_are_judged_equally_often() -> None:
    """What fewer have comes first."""
    found = everyone(items(8, 1), 6, Study(overlap=3, items=4))
    times = Counter(one.match for mine in found.values() for one in mine)
    assert set(times.values()) == {3}


def test_the_displayed_order_alternates_for_each_judge() -> None:
    """A judge sees the match's own order and the other one equally often, and not the same first one as everyone."""
    given = items(8, 1)
    shown = {item.match: item.shown for item in given}
    firsts = set()
    for mine in everyone(given, 8, Study(overlap=50)).values():
        own = [one.shown == shown[one.match] for one in mine]
        assert own == [own[0], not own[0]] * 4
        firsts.add(own[0])
    assert firsts == {True, False}


def test_the_seed_decides_and_nothing_else() -> None:
    """The same seed gives the same sittings, whatever order the transcripts come in; another gives others."""
    given = items(9, 1)
    same = assigned(given, "j1", Study(), seed=1, taken={})
    assert assigned(given[::-1], "j1", Study(), seed=1, taken={}) == same
    assert assigned(given, "j1", Study(), seed=2, taken={}) != same
    assert assigned(given, "j2", Study(), seed=1, taken={}) != same


def test_what_was_met_elsewhere_is_not_met_again() -> None:
    """Passages that a judge has met before are left out."""
    found = assigned(items(3), "j1", Study(), seed=1, taken={}, met=["p0", "p2"])
    assert [one.match[:2] for one in found] == ["m1"]
