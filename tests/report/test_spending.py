"""The comparisons of a report once more, at equal tokens and at equal cost."""

from __future__ import annotations

from typing import Any

from debate.report.arms import arms
from debate.report.spending import matches
from debate.stats.cost import Spent
from tests.stats.builders import Played, outcomes


def spent(purpose: Any, protocol: str, tokens: int, usd: float, **more: Any) -> Spent:
    return Spent(purpose=purpose, protocol=protocol, model="lab/jo", input_tokens=tokens, cost_usd=usd, **more)


def played(times: int) -> list[Played]:
    """Four questions, one debate on each, and so many naive rulings."""
    debates = [Played(question=f"q{q}") for q in range(4)]
    more: dict[str, Any] = {"protocol": "naive", "players": (), "argues": (), "agents": None, "rounds": 0}
    naive = [Played((0.4, 0.6), question=f"q{q}", debate=f"n{q}-{i}", **more) for q in range(4) for i in range(times)]
    return [*debates, *naive]


def test_what_costs_as_much_is_compared_in_tokens_and_in_money() -> None:
    """A debate with its ruling takes 400 tokens and 60 cents, a naive ruling 100 and 30: four, and two of them."""
    rows = (spent("speak", "debate", 1200, 1.2), spent("judge", "debate", 400, 1.2), spent("judge", "naive", 1600, 4.8))
    everything = outcomes(played(4))
    found = {row.of: row for row in matches(arms(everything), everything, rows, {"jo": "lab/jo"}, seed=0)}
    assert {of: (row.copies_a, row.copies_b) for of, row in found.items()} == {"tokens": (1, 4), "usd": (1, 2)}
    assert (found["tokens"].spent_a, found["tokens"].spent_b) == (400, 100)
    assert {row.family for row in found.values()} == {"at equal tokens", "at equal cost"}
    assert {row.difference.value for row in found.values()} == {1.0}


def test_what_nothing_is_known_of_is_not_compared() -> None:
    """No calls, no spending; no prices, no money; and what costs the same needs no second comparison."""
    everything = outcomes(played(4))
    models = {"jo": "lab/jo"}
    assert list(matches(arms(everything), everything, (), models, seed=0)) == []
    free = (spent("speak", "debate", 1600, 0.0, unpriced=1), spent("judge", "naive", 1600, 0.0, unpriced=1))
    assert [row.of for row in matches(arms(everything), everything, free, models, seed=0)] == ["tokens"]
    same = (spent("judge", "debate", 400, 1.0), spent("judge", "naive", 1600, 4.0))
    assert list(matches(arms(everything), everything, same, models, seed=0)) == []


def test_too_few_copies_are_told() -> None:
    """One naive ruling on a question does not cost what a debate costs."""
    everything = outcomes(played(1))
    rows = (spent("speak", "debate", 1200, 0.0), spent("judge", "debate", 400, 0.0), spent("judge", "naive", 400, 0.0))
    (found,) = matches(arms(everything), everything, rows, {"jo": "lab/jo"}, seed=0)
    assert found.difference.model_dump()["why"].startswith("no question was ruled on 4 times in naive")
