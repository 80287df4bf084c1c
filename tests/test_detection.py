"""What `debate plan --detect` says: what each planned comparison can show, and the questions a difference takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from debate.forecast import Forecast, Line
from debate.forecast.detection import detection
from debate.stats.power import mde
from tests.cli.driving import cli, read


def plan(*lines: Line, passages: int = 50) -> Forecast:
    counted: dict[str, Any] = {"questions": 60, "passages": passages, "matches": 1, "rulings": 1, "calls": 1}
    return Forecast(**counted, lines=lines, models=(), likely_usd=0, most_usd=0, unpriced=(), power=None)


def ruled(protocol: str, rulings: int, **more: Any) -> Line:
    base: dict[str, Any] = {"protocol": protocol, "cell": protocol, "judge": "jo", "view": "full", "rulings": rulings}
    return Line(**base | more)


def test_debate_is_compared_with_every_other_arm_of_its_judge() -> None:
    """The rulings of all cells of a protocol count; views that keep something back are no arms."""
    lines = (ruled("naive", 50), ruled("debate", 100), ruled("debate", 100), ruled("debate", 200, view="quotes"))
    (found,) = detection(plan(*lines))
    assert (found.a, found.b, found.judge) == ("debate", "naive", "jo")
    assert found.power == mde(50, 4, per_question_b=1)
    assert (found.wanted, found.questions_paired) == (None, None)


def test_a_wanted_difference_takes_fewer_questions_where_arms_share_them() -> None:
    """Paired is cheaper, and a difference that the plan shows takes no more questions than it has."""
    lines = (ruled("naive", 50), ruled("debate", 50))
    smallest = mde(50).paired
    assert smallest is not None
    (found,) = detection(plan(*lines), smallest)
    assert found.questions_paired == 50
    assert found.questions_unpaired is not None
    assert found.questions_unpaired > 50


def test_one_arm_is_no_comparison() -> None:
    """Where a judge rules on one protocol only there is nothing to compare."""
    assert detection(plan(ruled("debate", 50), ruled("naive", 50, judge="flo")), 0.1) == ()


def test_the_command_prints_and_tells_json(tmp_path: Path) -> None:
    """A reader sees points and passages; a script finds the same under `detection`."""
    players = ("--debater", "builtin/advocate", "--debater", "builtin/bluffer", "--judge", "builtin/weigher")
    asked = ("plan", "--questions", "bundled", *players)
    more = ("--sample", 20, "--db", tmp_path / "none.db")
    shown = cli(*asked, *more, "--detect", 5)
    assert shown.exit_code == 0
    assert "passages that 5 points take" in shown.stdout
    told = read(cli(*asked, *more, "--detect", 5, "--json"))
    assert {each["b"] for each in told["detection"]} >= {"naive", "expert"}
    assert all(each["questions_paired"] > 20 for each in told["detection"])
    assert cli(*asked, *more, "--detect", 0).exit_code == 2
