"""Who judges what: enough of each, nobody twice about one thing, and every order as often as the other."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from debate.domain import Study, View
from debate.studies.assigning import Assignment, Item, assigned, letter, passed


def items(passages: int, each: int = 2) -> list[Item]:
    """Two seatings, or more, of a question on each of so many passages."""
    return [
        Item(match=f"m{p}-{k}", passage=f"p{p}", shown=(k % 2, 1 - k % 2)) for p in range(passages) for k in range(each)
    ]


def everyone(given: list[Item], judges: int, study: Study, seed: int = 7) -> dict[str, tuple[Assignment, ...]]:
    """Assign to one judge after the other."""
    taken: Counter[tuple[str, View]] = Counter()
    found = {}
    for number in range(judges):
        found[f"j{number}"] = assigned(given, f"j{number}", study, seed=seed, taken=taken, number=number)
        taken.update((one.match, one.view) for one in found[f"j{number}"] if one.purpose == "study")
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


def square(passages: int, arms: tuple[str, ...]) -> list[Item]:
    """A transcript of each passage under each arm."""
    return [Item(match=f"m{p}-{arm}", passage=f"p{p}", shown=(0, 1), arm=arm) for p in range(passages) for arm in arms]


ARMS = ("debate", "consultancy", "naive")


def arms_of(mine: tuple[Assignment, ...]) -> Counter[str]:
    """How many transcripts of each arm a judge has."""
    return Counter(one.match.partition("-")[2] for one in mine)


def test_within_judges_every_judge_meets_every_arm_and_every_passage_too() -> None:
    """A Latin square: equal arms for each judge, and each passage once under each arm over three judges."""
    found = everyone(square(6, ARMS), 3, Study(design="within", arms=ARMS, overlap=9))
    for mine in found.values():
        assert arms_of(mine) == dict.fromkeys(ARMS, 2)
    everything = Counter(one.match for mine in found.values() for one in mine)
    assert len(everything) == 18
    assert set(everything.values()) == {1}


def test_within_judges_a_limit_is_shared_by_the_arms() -> None:
    """Three of twelve passages are one of each arm."""
    for mine in everyone(square(12, ARMS), 5, Study(design="within", arms=ARMS, items=3, overlap=9)).values():
        assert arms_of(mine) == dict.fromkeys(ARMS, 1)


def test_what_is_still_to_be_played_moves_no_group() -> None:
    """A judge who comes before the run is over, and one who comes after it, stand in the same square."""
    given = square(6, ARMS)
    every = [f"p{p}" for p in range(6)]
    study = Study(design="within", arms=ARMS, overlap=9, practice=1)
    early = [item for item in given if item.passage in ("p1", "p3", "p4", "p5")]
    now = assigned(early, "j1", study, seed=7, taken={}, passages=every)
    then = assigned(given, "j1", study, seed=7, taken={}, passages=every)
    assert {one.match for one in now} <= {one.match for one in then}


def test_between_judges_each_has_one_arm_by_turns() -> None:
    """The first has the first arm, the fourth has it again."""
    found = everyone(square(4, ARMS), 6, Study(design="between", arms=ARMS, overlap=9))
    assert [list(arms_of(mine)) for mine in found.values()] == [[arm] for arm in ARMS * 2]


def test_only_the_arms_of_the_study_are_read() -> None:
    """What is not an arm is nobody's."""
    found = everyone(square(4, ARMS), 2, Study(arms=("debate",), overlap=9))
    assert all(set(arms_of(mine)) == {"debate"} for mine in found.values())


def test_practice_checks_and_repeats_have_their_places() -> None:
    """The same practice for all comes first and is nobody's study; checks stand between, repeats at the end."""
    study = Study(practice=2, attention=2, repeat=1, items=4, overlap=9)
    found = everyone(items(12), 4, study)
    practice = set()
    for mine in found.values():
        kinds = [one.purpose for one in mine]
        assert kinds[:3] == ["practice", "practice", "study"]
        assert kinds[-1] == "repeat"
        assert Counter(kinds) == {"practice": 2, "study": 4, "attention": 2, "repeat": 1}
        again = mine[-1]
        assert [(one.match, one.shown) for one in mine if one.purpose == "study"].count((again.match, again.shown)) == 1
        assert len({one.match.partition("-")[0] for one in mine}) == 8
        practice.add(frozenset(one.match for one in mine if one.purpose == "practice"))
    assert len(practice) == 1
    (reserved,) = practice
    read = {one.match.partition("-")[0] for mine in found.values() for one in mine if one.purpose != "practice"}
    assert not read & {match.partition("-")[0] for match in reserved}


def test_who_comes_again_has_no_second_practice() -> None:
    """Later only what counts is added."""
    study = Study(practice=1, attention=1, repeat=1)
    more = assigned(items(8), "j1", study, seed=1, taken={}, met=["p0", "p1"], later=True)
    assert {one.purpose for one in more} == {"study"}


def test_a_check_is_passed_by_the_belief_that_it_asks_for() -> None:
    """Both letters are asked for, and a mild belief passes neither."""
    wanted = {letter("j1", f"m{n}") for n in range(20)}
    assert wanted == {"A", "B"}
    assert passed("A", 95)
    assert passed("B", 5)
    assert not any(passed(letter, 50) for letter in "AB")


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
