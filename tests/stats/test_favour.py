"""Whether judges favour their own kind."""

from __future__ import annotations

import pytest

from debate.stats.estimate import Estimate, NoData
from debate.stats.favour import favours
from tests.stats.builders import Played, outcomes

MAKERS = {"jo": "Acme", "al": "Bolt", "ada": "Acme", "bob": None, "cyd": None}


def rulings(kin_won: float, *, strong: float = 0.0, lenient: bool = False) -> list[Played]:
    """Ada, kin of jo, and cyd argue right answers against bob: a share of ada's is given away by jo alone."""
    rows = []
    for n in range(20):
        for judge in ("jo", "al"):
            won = n / 20 < 0.5 + strong + (kin_won if judge == "jo" else 0.0)
            rows.append(Played((0.9, 0.1) if won else (0.1, 0.9), f"q{n}", players=("ada", "bob"), judge=judge))
            fair = n / 20 < 0.5
            rows.append(Played((0.9, 0.1) if fair else (0.1, 0.9), f"q{n}", players=("cyd", "bob"), judge=judge))
    return rows


def test_what_kin_are_given_is_measured() -> None:
    """Three rulings in twenty more than other judges give; cyd and bob are nobody's kin, and split what is theirs."""
    (found,) = favours(outcomes(rulings(0.15)), MAKERS)
    assert (found.judge, found.maker) == ("jo", "Acme")
    assert isinstance(found.favour, Estimate)
    assert found.favour.value == pytest.approx(0.15)


def test_strength_is_no_favour() -> None:
    """Kin who win more before every judge are strong."""
    (found,) = favours(outcomes(rulings(0.0, strong=0.3)), MAKERS)
    assert isinstance(found.favour, Estimate)
    assert found.favour.value == pytest.approx(0.0)


def test_without_a_stranger_nothing_can_be_told() -> None:
    """One judge, or judges of one maker; and judges without kin are not asked about."""
    alone = [row for row in rulings(0.2) if row.judge == "jo"]
    (found,) = favours(outcomes(alone), MAKERS)
    assert isinstance(found.favour, NoData)
    assert favours(outcomes(rulings(0.2)), MAKERS | {"ada": "Bolt", "al": None}) == ()
