"""What is chosen where it may be, and accuracy given the choice: against counting by hand, and a known truth."""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.stats.accuracy import accuracy, side_accuracy
from debate.stats.asd import CHOSEN, score_difference
from debate.stats.estimate import Estimate, NoData, known
from debate.stats.open_role import choices, choosers
from tests.stats.builders import Played, outcomes


def free(question: int, chose: int, p: float, *, player: str = "ada", judge: str = "jo", **more: object) -> Played:
    """A ruling on a consultancy whose player chose an answer; the first answer is right, believed so much."""
    return Played(
        p=(p, 1 - p),
        question=f"q{question}",
        protocol="open-consultancy",
        players=(player,),
        argues=(chose,),
        judge=judge,
        open_role=True,
        **more,  # type: ignore[arg-type] # fields of the builder
    )


rows = st.lists(
    st.tuples(
        st.integers(0, 4), st.sampled_from(("ada", "bob")), st.integers(0, 1), st.lists(st.booleans(), max_size=3)
    ),
    max_size=10,
    unique_by=lambda row: row[:2],
)
"""By question and player: the answer chosen, and the rulings, right or wrong."""


Kept = defaultdict[int, list[float]]


def value(measure: object) -> float | None:
    return measure.value if isinstance(measure, Estimate) else None


@given(rows)
def test_the_three_shares_are_those_counted_by_hand(found: list[tuple[int, str, int, list[bool]]]) -> None:
    """Every question weighs the same, a choice counts once, and what has no rows has a reason."""
    ruled = [
        free(q, c, 0.9 if right else 0.2, player=who, judge=f"j{i}")
        for q, who, c, rulings in found
        for i, right in enumerate(rulings)
    ]
    unjudged = [free(q, c, 0.5, player=who) for q, who, c, rulings in found if not rulings]
    made = choices(outcomes(ruled, unjudged=unjudged))

    chose: Kept = defaultdict(list)
    told: dict[int, Kept] = {0: defaultdict(list), 1: defaultdict(list)}
    for q, _, c, rulings in found:
        chose[q].append(float(c == 0))
        told[c][q] += map(float, rulings)
    for measure, by_question in (
        (made.chose_right, chose),
        (made.given_right, told[0]),
        (made.given_wrong, told[1]),
    ):
        means = [fmean(values) for values in by_question.values() if values]
        assert value(measure) == (pytest.approx(fmean(means)) if means else None)
        assert isinstance(measure, Estimate) or measure.why


def test_a_choice_counts_once_however_many_rule() -> None:
    """Three judges of one choice make no three choices."""
    rulings = [free(0, 0, 0.9, judge=judge) for judge in ("a", "b", "c")] + [free(1, 1, 0.9)]
    made = choices(outcomes(rulings))
    assert known(made.chose_right)
    assert (made.chose_right.value, made.chose_right.n_judgments, made.chose_right.n_questions) == (0.5, 2, 2)
    assert known(made.given_right)
    assert made.given_right.n_judgments == 3


def test_each_player_has_its_own() -> None:
    """In an open debate the first seat chooses, and the second is told."""
    two = {"protocol": "open-debate", "open_role": True}
    rows = [
        Played(question="q0", players=("ada", "bob"), argues=(0, 1), p=(0.9, 0.1), **two),  # type: ignore[arg-type]
        Played(question="q0", players=("bob", "ada"), argues=(1, 0), p=(0.3, 0.7), **two),  # type: ignore[arg-type]
    ]
    found = outcomes(rows)
    assert choosers(found.debates) == ("ada", "bob")
    assert [value(choices(found, player=name).chose_right) for name in ("ada", "bob")] == [1.0, 0.0]
    assert [value(choices(found, player=name).given_wrong) for name in ("ada", "bob")] == [None, 0.0]
    assert choices(found, player="ada").given_wrong == NoData(why="nobody chose a wrong answer")


def test_what_cannot_be_told_says_why() -> None:
    """H6: no choice, no key, no valid ruling."""
    assert choices(outcomes([])).chose_right == NoData(
        why="nobody chose an answer to a question with a known right one"
    )
    keyless = choices(outcomes([free(0, 0, 0.9, correct=-1)]))
    assert keyless.given_right == NoData(why="nobody chose the right answer")
    refused = choices(outcomes([free(0, 0, 0.9, state="refused")]))
    assert refused.given_right == NoData(why="no valid ruling where the right answer was chosen")


def test_choices_are_no_arm_of_an_experiment() -> None:
    """Accuracy weighs rulings as they are, not as if both answers had been argued; nothing is gained by a side."""
    rulings = [free(q, int(q == 0), 0.1 if q == 0 else 0.9) for q in range(4)]
    found = outcomes(rulings)
    assert value(accuracy(found)) == 0.75
    assert side_accuracy(found, right=True) == NoData(why="the side was chosen, not assigned")
    assert score_difference(found).log == NoData(why=CHOSEN)
    assert len(found.assigned) == len(found.assigned.debates) == 0


def test_the_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """200 simulated tournaments of 40 questions with known shares: each interval holds its share in 90% or more."""
    dice = np.random.default_rng(7)
    truth = {"chose_right": 0.8, "given_right": 0.9, "given_wrong": 0.35}
    held = dict.fromkeys(truth, 0)
    asked = dict.fromkeys(truth, 0)
    for _ in range(200):
        rows = []
        for q in range(40):
            chose = int(dice.random() >= truth["chose_right"])
            right = dice.random() < truth["given_wrong" if chose else "given_right"]
            rows.append(free(q, chose, 0.9 if right else 0.1))
        made = choices(outcomes(rows))
        for name, share in truth.items():
            measure = getattr(made, name)
            if isinstance(measure, Estimate) and measure.low is not None and measure.high is not None:
                asked[name] += 1
                held[name] += measure.low <= share <= measure.high
    assert all(held[name] >= 0.9 * asked[name] for name in truth), held
