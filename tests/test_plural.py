from __future__ import annotations

import pytest

from debate.plural import count


@pytest.mark.parametrize(
    ("n", "told"), [(0, "0 matches"), (1, "1 match"), (2, "2 matches"), (1824, "1,824 matches"), (-1, "-1 matches")]
)
def test_one_is_not_several(n: int, told: str) -> None:
    """A single thing has no plural, and everything else has."""
    assert count(n, "match", "matches") == told


def test_an_s_makes_several() -> None:
    """Unless another word is given."""
    assert (count(1, "question"), count(3, "question")) == ("1 question", "3 questions")
    assert count(2, "call has", "calls have") == "2 calls have"
