"""What judges are paid, and what a study comes to in people, hours and money."""

from __future__ import annotations

import pytest

from debate.domain import Study
from debate.studies.paying import Effort, Worked, effort, payment

PAID = Study(pay=2.0, bonus=1.5, currency="GBP", minutes=15)


def test_each_ruling_is_paid_and_the_bonus_follows_the_points() -> None:
    """Three rulings, of which two count with 80 and 60 points: 3 x 2.00 + 1.50 x 1.4."""
    paid = payment(PAID, Worked(judge="j07", rulings=3, points=(80.0, 60.0)))
    assert (paid.judge, paid.amount, paid.currency) == ("j07", 8.1, "GBP")
    assert paid.reason == "3 transcripts at 2.00; bonus 2.10 for 2 rulings, 70 points on average"


def test_work_that_is_not_counted_is_paid_without_a_bonus() -> None:
    """The reason says so, for whoever decides otherwise."""
    paid = payment(PAID, Worked(judge="j07", rulings=2, uncounted=2))
    assert (paid.amount, paid.reason) == (4.0, "2 transcripts at 2.00, 2 of them not counted")


def test_a_study_is_counted_in_people_hours_and_pay() -> None:
    """40 transcripts on 20 passages, judged twice by people who take ten: eight of them, 20 hours."""
    plan = effort(PAID.model_copy(update={"overlap": 2, "items": 10}), 40, 20)
    assert plan == Effort(rulings=80, judges=8, transcripts=10, hours=20.0, pay=160.0, most=280.0, currency="GBP")


def test_practice_checks_and_repetitions_are_read_and_paid_too() -> None:
    """They take the time of every judge, and no bonus; practice and checks take passages away."""
    study = PAID.model_copy(update={"practice": 2, "attention": 1, "repeat": 2, "items": 50})
    plan = effort(study, 30, 13)
    assert plan is not None
    assert (plan.judges, plan.transcripts, plan.rulings) == (3, 15, 25), "25 of the 30 are not on passages of practice"
    assert plan.hours == pytest.approx(40 * 0.25)
    assert (plan.pay, plan.most) == (80.0, 80.0 + 25 * 1.5)


def test_overlap_needs_as_many_people() -> None:
    """One transcript judged three times is judged by three people."""
    plan = effort(Study(overlap=3), 1, 1)
    assert plan is not None
    assert plan.judges == 3


def test_where_there_is_nothing_to_judge_there_is_no_study() -> None:
    """No transcripts, or no more passages than practice takes."""
    assert effort(PAID, 0, 0) is None
    assert effort(PAID.model_copy(update={"practice": 5}), 10, 5) is None
