"""What a reader has to know before the numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from debate.domain import Judge, Limits, Player
from debate.report import Report, measure
from debate.store import Store
from tests import scripts
from tests.runs import played, spec

PAIR = (Player(name="ada", model="lab/llama-3"), Player(name="bob", model="lab/qwen-3"))


async def reported(folder: Path, speak: Any, *, measured: dict[str, Any] | None = None, **more: Any) -> Report:
    with Store.open(folder / "test.db", create=True) as store:
        await played(store, spec(folder, **more), speak)
        return measure(store, "test", **measured or {})


def said(report: Report, part: str) -> bool:
    return any(part in warning for warning in report.warnings)


async def test_few_questions_and_no_controls(tmp_path: Path) -> None:
    """Two questions and a debate alone tell little."""
    report = await reported(tmp_path, scripts.cast())
    assert said(report, "Few questions: intervals rest on 2")
    assert said(report, "No naive control: whether debate helped")
    assert said(report, "No expert control")
    assert said(report, "4 rulings are ties")


async def test_controls_that_a_filter_hides_are_still_controls(tmp_path: Path) -> None:
    """What was played is what counts, not what is looked at."""
    controls = ("naive", "expert")
    report = await reported(tmp_path, scripts.cast(), controls=controls, measured={"where": ["protocol=debate"]})
    assert not said(report, "control")


async def test_only_the_control_that_is_missing_is_missed(tmp_path: Path) -> None:
    """With a naive judge it can be told whether debate helped."""
    report = await reported(tmp_path, scripts.cast(), controls=("naive",))
    assert said(report, "No expert control")
    assert not said(report, "No naive control")


async def test_a_judge_of_the_same_maker(tmp_path: Path) -> None:
    """A judge may favour its own kind, whatever server it runs on."""
    judges = (Judge(name="kin", model="lab/Llama-3.3-70b"), Judge(name="stranger", model="lab/mistral-7b"))
    report = await reported(tmp_path, scripts.cast(), debaters=PAIR, judges=judges)
    assert said(report, "The judge kin and ada were made by Meta")
    assert not said(report, "stranger")


async def test_arms_that_are_not_complete_are_not_compared(tmp_path: Path) -> None:
    """H8: a run that a budget stopped says so everywhere, and compares only on request."""
    limits = Limits(concurrency=1, max_calls=30)
    controls = ("naive", "expert")
    report = await reported(tmp_path, scripts.cast(), asked=6, limits=limits, controls=controls)
    assert 0 < report.complete < 1
    assert "debate" in report.incomplete
    assert not any("debate" in c.a for c in report.comparisons)
    assert not report.pgr
    assert said(report, "Partial: ")
    with Store.open(tmp_path / "test.db", readonly=True) as store:
        anyhow = measure(store, "test", partial=True)
    assert any("debate" in c.a for c in anyhow.comparisons) or len(anyhow.accuracy) < 2


async def test_judgments_that_repeat_questions_are_said_to(tmp_path: Path) -> None:
    """`unit=judgment` reproduces published tables, and says what it ignores."""
    report = await reported(tmp_path, scripts.cast(), measured={"unit": "judgment"})
    assert said(report, "ignore that questions repeat")
    assert report.accuracy[0].accuracy.unit == "judgment"  # type: ignore[union-attr] # there is one


async def test_nothing_judged_yet(tmp_path: Path) -> None:
    """H6: a plan that was never run reports that nothing is there."""
    report = await reported(tmp_path, scripts.cast(), limits=Limits(max_calls=0))
    assert said(report, "Nothing has been judged yet")
    assert report.accuracy == ()
