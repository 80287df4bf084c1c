from __future__ import annotations

import pytest

from debate.stats.cost import Spent, cost


def test_what_each_thing_cost() -> None:
    """Debates bear their speeches, judgments their rulings, correct judgments everything."""
    rows = [
        Spent(purpose="speak", calls=12, input_tokens=1000, output_tokens=200, cost_usd=0.6, cost_max_usd=0.7),
        Spent(purpose="candidate", calls=4, input_tokens=100, output_tokens=20, cost_usd=0.2, cost_max_usd=0.2),
        Spent(purpose="judge", calls=10, failed=1, input_tokens=500, output_tokens=50, cost_usd=0.1, cost_max_usd=0.1),
    ]
    found = cost(rows, debates=4, judgments=10, correct=6)
    assert (found.calls, found.failed_calls, found.input_tokens) == (26, 1, 1600)
    assert found.cost_usd == pytest.approx(0.9)
    assert found.cost_max_usd == pytest.approx(1.0)
    assert found.per_debate_usd == pytest.approx(0.2)
    assert found.per_judgment_usd == pytest.approx(0.01)
    assert found.per_correct_judgment_usd == pytest.approx(0.15)
    audited = cost([*rows, Spent(purpose="audit", calls=2, cost_usd=0.4)], debates=4, judgments=10, correct=6)
    assert (audited.debating_usd, audited.judging_usd) == (found.debating_usd, found.judging_usd)
    assert audited.auditing_usd == pytest.approx(0.4)
    assert audited.cost_usd == pytest.approx(1.3)
    assert found.tokens_per_debate == pytest.approx(330)
    assert found.tokens_per_judgment == pytest.approx(55)
    assert found.tokens_per_correct_judgment == pytest.approx((1600 + 270) / 6)


def test_unknown_prices_are_not_zero() -> None:
    """H6: where no call had a price money is null, and where some had none they are counted."""
    unknown = cost([Spent(purpose="speak", calls=3, unpriced=3)], debates=1, judgments=1, correct=1)
    assert unknown.cost_usd is None
    assert unknown.per_debate_usd is None
    some = cost([Spent(purpose="speak", calls=3, unpriced=1, cost_usd=0.5)], debates=1, judgments=0, correct=0)
    assert some.cost_usd == pytest.approx(0.5)
    assert some.unpriced_calls == 1
    assert some.per_judgment_usd is None
    assert cost([], debates=0, judgments=0, correct=0).cost_usd is None
