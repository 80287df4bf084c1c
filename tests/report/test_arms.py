"""What is compared with what."""

from __future__ import annotations

from debate.report.arms import arms, compared, label, recovered
from debate.report.players import persuaded
from tests.stats.builders import Played, outcomes


def rulings(protocol: str, p: float, *, view: str = "full", judge: str = "jo", label: str = "") -> list[Played]:
    seats: tuple[str, ...] = () if protocol in ("naive", "expert") else ("ada", "bob")
    return [
        Played((p, 1 - p), f"q{q}", protocol=label or protocol, rules=protocol, players=seats, view=view, judge=judge)
        for q in range(6)
    ]


def test_arms_are_told_apart_by_protocol_view_and_judge() -> None:
    """Those of one judge stand together, the naive first and the expert last."""
    played = [*rulings("expert", 0.9), *rulings("debate", 0.8), *rulings("naive", 0.4)]
    played += [*rulings("debate", 0.7, view="quotes"), *rulings("naive", 0.4, judge="kim")]
    assert [arm.label for arm in arms(outcomes(played))] == [
        "naive, jo",
        "debate, jo",
        "debate (quotes), jo",
        "expert, jo",
        "naive, kim",
    ]
    assert label("debate", "full") == "debate"


def test_a_judge_is_compared_with_itself_alone() -> None:
    """Whole readings against its naive rulings, its debates against their own views and other protocols."""
    played = [*rulings("naive", 0.4), *rulings("debate", 0.8), *rulings("debate", 0.7, view="quotes")]
    played += [*rulings("consultancy", 0.6), *rulings("consultancy", 0.6, view="quotes"), *rulings("expert", 0.9)]
    played += rulings("naive", 0.9, judge="kim")
    found = compared(arms(outcomes(played)), seed=0)
    assert [(c.a, c.b) for c in found] == [
        ("consultancy, jo", "naive, jo"),
        ("debate, jo", "naive, jo"),
        ("expert, jo", "naive, jo"),
        ("debate, jo", "consultancy, jo"),
        ("debate, jo", "debate (quotes), jo"),
    ]
    assert {c.family for c in found} == {"against naive", "debate against its controls"}
    assert all(c.p_adjusted is not None and c.p is not None and c.p_adjusted >= c.p for c in found)


def test_a_label_does_not_hide_what_a_protocol_is() -> None:
    """Two debates of different length are both compared, whatever they are called."""
    played = [*rulings("naive", 0.4), *rulings("debate", 0.8, label="short"), *rulings("debate", 0.8, label="long")]
    found = compared(arms(outcomes(played)), seed=0)
    assert ("long, jo", "naive, jo") in [(c.a, c.b) for c in found]
    assert ("long, jo", "short, jo") in [(c.a, c.b) for c in found]


def test_the_gap_needs_both_controls() -> None:
    """Without naive or expert rulings by the same judge there is nothing to recover."""
    both = [*rulings("naive", 0.4), *rulings("debate", 0.8), *rulings("expert", 0.9)]
    assert [row.protocol for row in recovered(arms(outcomes(both)))] == ["debate"]
    assert list(recovered(arms(outcomes(both[:12])))) == []


def test_nobody_persuades_without_arguing() -> None:
    """Controls without debaters have no row."""
    played = [*rulings("naive", 0.4), *rulings("debate", 0.8)]
    assert {row.protocol for row in persuaded(outcomes(played), unit="question")} == {"debate"}
