"""Reports: from a played tournament to numbers, a terminal and a page."""

from __future__ import annotations

import json
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from debate.domain import Ask, Completion, Judge, Limits, Player
from debate.report import Report, measure, page, terminal
from debate.stats.estimate import Estimate
from debate.store import Store
from tests import scripts
from tests.builders import question
from tests.runs import Speak, played, questions, spec

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>[/red]{{ 7 * 7 }}"
TERMINAL = "\x1b]52;c;aGk=\x07"


async def reported(folder: Path, speak: Speak, **more: Any) -> Report:
    with Store.open(folder / "test.db", create=True) as store:
        await played(store, spec(folder, **more), speak)
        return measure(store, "test")


def said(report: Report, width: int = 80) -> str:
    console = Console(width=width, record=True, file=StringIO())
    console.print(terminal.render(report, width=width))
    return console.export_text()


def right(ask: Ask) -> str | Completion:
    key = {asked.posed.text: asked.key.correct or 0 for asked in questions(9)}
    return scripts.perfect(lambda posed: key[posed.text])(ask)


async def test_a_perfect_judge_is_always_right(tmp_path: Path) -> None:
    """H7: all correct has an interval, and no number is without its n."""
    report = await reported(tmp_path, scripts.cast(judge=right), asked=4)
    (row,) = report.accuracy
    assert isinstance(row.accuracy, Estimate)
    assert (row.accuracy.value, row.accuracy.high, row.accuracy.n_questions) == (1.0, 1.0, 4)
    assert row.accuracy.low is not None
    assert row.accuracy.low < 1.0
    assert {p.right_side.value for p in report.persuasion} == {1.0}
    assert {p.wrong_side.value for p in report.persuasion} == {0.0}


async def test_a_judge_of_position_is_seen_through(tmp_path: Path) -> None:
    """E21: its bias is total, and its accuracy that of a coin."""
    report = await reported(tmp_path, scripts.cast(judge=scripts.always_first), asked=8)
    (bias,) = report.bias
    assert bias.chose_first.value == 1.0
    assert report.accuracy[0].accuracy.value == 0.5


async def test_a_judge_of_length_is_seen_through(tmp_path: Path) -> None:
    """E22: whoever says more wins."""

    def speak(ask: Ask) -> str:
        return "Long, and longer, and longest of all I say it. " * (3 if ask.voice.name == "ada" else 1)

    report = await reported(tmp_path, scripts.cast(speak=speak, judge=scripts.longest), asked=4)
    assert report.bias[0].chose_longer.value == 1.0
    assert {p.player: p.win_rate.value for p in report.persuasion} == {"ada": 1.0, "bob": 0.0}


async def test_no_valid_ruling_is_no_number(tmp_path: Path) -> None:
    """H6: what cannot be estimated is null with a reason, never 0 or NaN."""
    report = await reported(tmp_path, scripts.cast(judge=scripts.refuser))
    (row,) = report.accuracy
    assert row.accuracy.value is None
    assert row.accuracy.why
    assert row.invalid["refused"] == 4
    assert "NaN" not in report.model_dump_json(by_alias=True)
    assert "n/a" in said(report)
    assert row.accuracy.why in page.render(report)


async def test_what_was_set_aside_is_counted_by_player_and_side(tmp_path: Path) -> None:
    """D1: a refusal may tell something, so it is shown."""
    refuses = scripts.by_name({"ada": scripts.refuser, "bob": scripts.numbered, "jo": scripts.undecided})
    report = await reported(tmp_path, refuses)
    assert {(f.player, f.state, f.side) for f in report.failures} == {
        ("ada", "refused", "right_side"),
        ("ada", "refused", "wrong_side"),
    }
    assert any("set aside" in warning for warning in report.warnings)


async def test_a_partial_run_says_so(tmp_path: Path) -> None:
    """H8: a banner in every form."""
    report = await reported(tmp_path, scripts.cast(), asked=4, limits=Limits(concurrency=1, max_calls=20))
    assert report.partial
    assert any(warning.startswith("Partial") for warning in report.warnings)
    assert 'class="banner"' in page.render(report)


async def test_hostile_text_is_inert_everywhere(tmp_path: Path) -> None:
    """H1, F1, F5: names and reasons are shown, never obeyed."""
    players = (Player(name="ada" + TERMINAL + HOSTILE, model="lab/ada"), Player(name="bob", model="lab/bob"))
    judges = (Judge(name="jo" + TERMINAL + HOSTILE, model="lab/jo"),)
    asked = [question(f"Why? {HOSTILE}", correct=0)]
    report = await reported(tmp_path, scripts.cast(), asked=asked, debaters=players, judges=judges)
    text = said(report)
    assert "49" not in text.partition("Accuracy")[0]
    assert "\x1b" not in text
    assert "\x07" not in text


async def test_one_question_has_no_interval(tmp_path: Path) -> None:
    """H7: every form says the number and leaves the interval out."""
    report = await reported(tmp_path, scripts.cast(judge=right), asked=1, controls=("naive", "expert"))
    assert isinstance(report.accuracy[0].accuracy, Estimate)
    assert report.accuracy[0].accuracy.low is None
    assert "only one cluster" in report.accuracy[0].accuracy.why
    assert "NaN" not in report.model_dump_json(by_alias=True)
    assert "100%" in said(report)
    assert "100%" in page.render(report)


async def test_a_console_without_unicode_gets_ascii(tmp_path: Path) -> None:
    """F1: an old terminal is no error."""
    report = await reported(tmp_path, scripts.cast(judge=right), controls=("naive", "expert"))
    raw = BytesIO()
    with TextIOWrapper(raw, encoding="ascii", errors="strict") as file:
        Console(width=80, file=file).print(terminal.render(report))
        file.flush()
        assert "o" in raw.getvalue().decode("ascii")


async def test_the_same_database_gives_the_same_report(tmp_path: Path) -> None:
    """Every resample is seeded."""
    report = await reported(tmp_path, scripts.cast(judge=right), asked=3, controls=("naive", "expert"))
    with Store.open(tmp_path / "test.db", readonly=True) as store:
        assert measure(store, "test") == report


async def test_json_has_every_key_of_the_contract(tmp_path: Path) -> None:
    """Scripts may rely on these."""
    report = await reported(tmp_path, scripts.cast(judge=right))
    found = json.loads(report.model_dump_json(by_alias=True))
    assert found["schema"] == "debate.report/1"
    main = "tournament where complete warnings accuracy comparisons persuasion ratings rating_slope pgr asd calibration"
    assert {*main.split(), "belief_paths", "agreement", "bias", "evidence", "cost", "audit"} <= found.keys()
    measured = found["accuracy"][0]["accuracy"]
    assert {
        "value",
        "low",
        "high",
        "level",
        "method",
        "unit",
        "n_clusters",
        "n_questions",
        "n_judgments",
    } <= measured.keys()


@pytest.mark.parametrize("width", [80, 140])
async def test_the_terminal_report_fits(tmp_path: Path, width: int) -> None:
    """No line is wider than the terminal."""
    text = said(await reported(tmp_path, scripts.cast(judge=right), controls=("naive", "expert", "solo")), width)
    assert "Accuracy of the judges" in text
    assert max(map(len, text.splitlines())) <= width
