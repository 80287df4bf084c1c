"""Conditions on rulings: what they mean, and what is said of those that mean nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.errors import UsageError
from debate.stats.where import where
from tests.stats.builders import Played, outcomes

ROWS = [
    Played((0.95, 0.05), "q0", judge="haiku", rounds=3, players=("gpt-5", "bob"), more={"meta.channel": "live"}),
    Played((0.05, 0.95), "q1", judge="haiku", view="quotes", more={"meta.channel": "held out"}),
    Played((0.5, 0.5), "q2", judge="jo", more={"meta.channel": "live"}),
    Played((0.4, 0.6), "q3", judge="jo", conceded=(True, False), words=(300, 200), more={"meta.channel": "7"}),
    Played((0.6, 0.4), "q4", judge="jo", state="refused", more={"meta.channel": "live"}),
    Played((0.8, 0.2), "q5", judge="jo", path=[(1, (0.3, 0.7)), (2, (0.8, 0.2))], more={"meta.channel": "live"}),
]


def meant(text: str) -> list[int]:
    return np.flatnonzero(where(text).of(outcomes(ROWS))).tolist()


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("right", [0, 5]),
        ("wrong", [1, 3]),
        ("tied", [2]),
        ("not valid", [4]),
        ("conceded", [3]),
        ("swung", [5]),
        ("wrong and confidence>.9", [1]),
        ("confidence >= 0.95", [0, 1]),
        ("p_right<.5", [1, 3]),
        ("judge=haiku", [0, 1]),
        ("judge == 'haiku' and not view = quotes", [0]),
        ("judge != haiku", [2, 3, 4, 5]),
        ('meta.channel="held out"', [1]),
        ("meta.channel in (live, 7)", [0, 2, 3, 4, 5]),
        ("meta.channel > 5", [3]),
        ("rounds=3", [0]),
        ("rounds in (3, 4)", [0]),
        ("player ~ GPT", [0]),
        ("player !~ gpt", [1, 2, 3, 4, 5]),
        ("words > 400", [3]),
        ("swing > 0.4", [5]),
        ("wrong or tied and judge=jo", [1, 2, 3]),
        ("(wrong or tied) and judge=jo", [2, 3]),
        ("not not right", [0, 5]),
    ],
)
def test_what_a_condition_means(text: str, rows: list[int]) -> None:
    """`and` binds tighter than `or`, and blanks do not matter."""
    assert meant(text) == rows


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "at the end: a key"),
        ("wrong and", "at the end: a key"),
        ("wrong right", "at character 7: only `and`"),
        ("(wrong", "at the end: a bracket"),
        ("confidence > high", 'at character 14: "high" is no number'),
        ("confidence ~ 9", "at character 1: `confidence` is a number"),
        ("unsure", "at character 1: `unsure` says nothing by itself"),
        ("judge in jo", "at character 10: after `in`"),
        ("judge =", "at the end: a value"),
        ('judge = "jo', "at character 9: this cannot be read"),
        ("__import__('os')", "at character 1: `__import__` says nothing"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str, place: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(UsageError) as caught:
        where(text)
    assert place in str(caught.value)


def test_a_key_that_is_not_there_is_told_with_the_nearest() -> None:
    """When it is asked of records."""
    with pytest.raises(UsageError, match='Did you mean "judge"'):
        meant("juge=jo")


WORDS = ["right", "wrong", "tied", "valid", "conceded"]
EXPRESSIONS = st.recursive(
    st.sampled_from(WORDS),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda one: f"not ({one})"),
    ),
    max_leaves=12,
)


@given(EXPRESSIONS)
def test_joined_conditions_are_those_of_python(text: str) -> None:
    """Row by row, the language's own `and`, `or` and `not` say the same."""
    found = outcomes(ROWS)
    single = {word: where(word).of(found) for word in WORDS}
    plain = [eval(text, {word: bool(rows[n]) for word, rows in single.items()}) for n in range(len(ROWS))]
    assert where(text).of(found).tolist() == plain


def test_a_condition_knows_its_keys() -> None:
    """So that they can be read beforehand."""
    assert where("judge=jo and confidence>.5").keys == {"judge", "confidence"}
