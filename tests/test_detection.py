"""What `debate plan --detect` says: what each planned comparison can show, and the questions a difference takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from debate.forecast import Forecast, Line
from debate.forecast.detection import Seen, detection
from debate.stats.discordance import Discordance, Observed
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


def played(**more: Any) -> Observed:
    pairs = (
        Discordance(a="debate", b="naive", judge="jo", share=0.1, n_questions=40),
        Discordance(a="debate", b="expert", judge="jo", share=0.3, n_questions=40),
    )
    base: dict[str, Any] = {"pairs": pairs, "correlation": 0.8, "base": 0.6, "n_clusters": 40, "n_judgments": 160}
    return Observed(**base | more)


def test_what_was_played_stands_beside_what_is_assumed() -> None:
    """Each comparison comes twice; the second has its own arms' discordance, the correlation and the accuracy."""
    lines = (ruled("naive", 100), ruled("debate", 100))
    assumed, taken = detection(plan(*lines), 0.05, seen=Seen("pilot", played()))
    assert assumed.power == mde(50, 2, per_question_b=2.0)
    figures = {"discordance": 0.1, "correlation": 0.8, "base": 0.6}
    assert taken.power == mde(50, 2, per_question_b=2.0, source=taken.power.source, **figures)
    assert taken.power.source.startswith('from "pilot": discordance of debate against naive on 40 questions')
    assert assumed.questions_paired is not None
    assert taken.questions_paired is not None
    assert taken.questions_paired < assumed.questions_paired


def test_arms_that_were_not_played_take_the_discordance_of_all() -> None:
    """And what was never seen stays assumed, and says so."""
    lines = (ruled("consultancy", 50), ruled("debate", 50))
    _, taken = detection(plan(*lines), seen=Seen("pilot", played(correlation=None)))
    assert taken.power.discordance == 0.2
    assert taken.power.correlation == mde(50).correlation
    assert "all its arms on 80 questions, correlation assumed" in taken.power.source
    _, unseen = detection(plan(*lines), seen=Seen("pilot", played(pairs=())))
    assert unseen.power.discordance == mde(50).discordance
    assert "discordance assumed" in unseen.power.source


def test_a_plan_takes_over_from_a_tournament_in_the_database(tmp_path: Path) -> None:
    """A pilot is played and its figures printed; a name that is not there is an error in words."""
    debaters = ("--debater", "builtin/advocate", "--debater", "builtin/bluffer")
    players = ("--questions", "bundled", *debaters, "--judge", "builtin/weigher")
    once = ("--sample", 4, "--protocol", "debate", "--rounds", 1, "--name", "pilot", "--db", tmp_path / "p.db")
    assert cli("run", *players, *once, "--quiet").exit_code == 0
    asked = ("plan", *players, "--sample", 20, "--name", "next", "--db", tmp_path / "p.db")
    shown = cli(*asked, "--like", "pilot")
    assert shown.exit_code == 0
    assert 'from "pilot"' in shown.stdout
    assert "passages that" not in shown.stdout
    told = read(cli(*asked, "--like", "pilot", "--detect", 5, "--json"))
    assert {each["power"]["source"].partition(":")[0] for each in told["detection"]} == {"assumed", 'from "pilot"'}
    wrong = cli(*asked, "--like", "pliot")
    assert wrong.exit_code == 2
    assert "pliot" in wrong.stderr
