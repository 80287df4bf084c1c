"""What every form of a report says in sentences."""

from __future__ import annotations

from debate.report import sentences
from debate.stats.cost import Cost


def test_cost_in_sentences() -> None:
    """What is not known is said; what was spent is said with what it bought."""
    unknown = list(sentences.cost(Cost(calls=3)))
    assert unknown[-1] == "What the calls cost is not known."
    known = Cost(calls=3, cost_usd=2.0, cost_max_usd=2.5, per_debate_usd=0.5, unpriced_calls=1)
    said = list(sentences.cost(known))
    assert said[1] == "$2.00 spent, at most $2.50; $0.50 a debate."
    assert said[2] == "1 call has no known price."
