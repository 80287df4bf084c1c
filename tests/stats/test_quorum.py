"""What panels rule: against counting votes by hand, whatever judges believed and however often each of them ruled."""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.stats.estimate import Estimate, NoData
from debate.stats.quorum import panels
from tests.stats.builders import Played, outcomes

rulings = st.lists(
    st.tuples(
        st.integers(0, 3),  # question
        st.integers(0, 1),  # repeat
        st.sampled_from("abc"),  # judge
        st.sampled_from((None, 0.1, 0.4, 0.5, 0.9)),  # belief in the right answer; None is no valid ruling
    ),
    max_size=25,
)


def row(question: int, repeat: int, judge: str, p: float | None, **more: object) -> Played:
    state = "refused" if p is None else "valid"
    believed = (0.5 if p is None else p, 0.5 if p is None else 1 - p)
    base: dict[str, object] = {"p": believed, "question": f"q{question}", "repeat": repeat, "judge": judge}
    return Played(**base | {"state": state} | more)  # type: ignore[arg-type] # fields of the builder


@given(rulings, st.integers(1, 3))
def test_a_panel_rules_what_most_of_its_judges_rule(
    found: list[tuple[int, int, str, float | None]], quorum: int
) -> None:
    """One vote a judge, its rulings averaged; a tie is split; fewer votes than the quorum are inconclusive."""
    got = panels(outcomes(row(*one) for one in found), quorum)
    ballots: dict[tuple[int, int], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for question, repeat, judge, p in found:
        ballots[question, repeat][judge] += [] if p is None else [p]
    right: dict[int, list[float]] = defaultdict(list)
    ties = inconclusive = 0
    for (question, _), by_judge in ballots.items():
        means = [fmean(given) for given in by_judge.values() if given]
        votes = [0.5 if abs(p - 0.5) < 1e-9 else float(p > 0.5) for p in means]
        if len(votes) < quorum:
            inconclusive += 1
            continue
        ties += 2 * sum(votes) == len(votes)
        right[question].append(float(2 * sum(votes) > len(votes)))
    assert (got.ties, got.inconclusive, got.n_panels) == (ties, inconclusive, len(ballots))
    if right:
        assert isinstance(got.accuracy, Estimate)
        assert got.accuracy.value == pytest.approx(fmean(map(fmean, right.values())))
    else:
        assert isinstance(got.accuracy, NoData)


def test_a_panel_without_a_quorum_is_inconclusive() -> None:
    """E23: two of three judges fail, and three are wanted: neither right nor wrong, and counted."""
    rows = [row(0, 0, judge, p) for judge, p in (("a", 0.9), ("b", None), ("c", None))]
    wanted = panels(outcomes(rows), 3)
    assert (wanted.inconclusive, wanted.n_panels) == (1, 1)
    assert wanted.accuracy == NoData(why="1 of 1 panels are inconclusive: they have fewer than 3 votes")
    fewer = panels(outcomes(rows), 1)
    assert fewer.inconclusive == 0
    assert isinstance(fewer.accuracy, Estimate)


def test_both_sides_of_a_consultancy_weigh_the_same() -> None:
    """The accuracy of panels is that of a judge: the mean of both sides' where one is heard."""
    alone = {"protocol": "consultancy", "players": ("ada",), "words": (100,)}
    right = [row(0, 0, judge, 0.9, argues=(0,), **alone) for judge in "abc"]
    wrong = [row(0, n, judge, 0.2, argues=(1,), **alone) for judge in "abc" for n in (1, 2)]
    got = panels(outcomes(right + wrong), 3)
    assert isinstance(got.accuracy, Estimate)
    assert (got.accuracy.value, got.n_panels) == (0.5, 3)


def test_who_sat_in_the_debate_has_no_vote() -> None:
    """A live ruling is part of the game that the panel rules on."""
    rows = [row(0, 0, "a", 0.9, channel="live"), row(0, 0, "b", 0.1), row(0, 0, "c", 0.1)]
    got = panels(outcomes(rows), 2)
    assert isinstance(got.accuracy, Estimate)
    assert got.accuracy.value == 0.0
