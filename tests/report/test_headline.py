"""What came out, in sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from debate.domain import Protocol
from debate.report import Report, measure
from debate.store import Store
from tests import scripts
from tests.runs import Speak, played, questions, spec


async def reported(folder: Path, speak: Speak, **more: Any) -> Report:
    with Store.open(folder / "test.db", create=True) as store:
        await played(store, spec(folder, **more), speak)
        return measure(store, "test")


def knows(share: int) -> Speak:
    """A judge that finds the right answer where it hears a debate, and one time in `share` where it does not."""
    key = {asked.posed.text: asked.key.correct or 0 for asked in questions(40)}

    def judge(ask: Any) -> Any:
        text = ask.source.question.text
        number = sum(map(int, filter(str.isdigit, text)))
        right = key[text] if ask.source.speeches or number % share == 0 else 1 - key[text]
        return scripts.verdict(ask, scripts.sure_of(right, 2))

    return scripts.cast(judge=judge)


async def test_help_that_is_there_is_told(tmp_path: Path) -> None:
    """A judge that debate makes right where it was wrong."""
    report = await reported(tmp_path, knows(4), asked=20, controls=("naive",))
    first, second = report.headlines[:2]
    assert first.startswith("jo was right in 100%")
    assert "without one" in first
    assert second.startswith("On the same questions debate helped jo: +")


async def test_help_that_is_not_shown_is_not_claimed(tmp_path: Path) -> None:
    """Over four questions hardly anything can be shown, and the sentence says what could have been."""
    report = await reported(tmp_path, knows(2), asked=4, controls=("naive",))
    assert any(sentence.startswith("That debate helps or misleads jo is not shown") for sentence in report.headlines)


async def test_a_judge_of_position_is_named(tmp_path: Path) -> None:
    """E21: in words, at the top."""
    report = await reported(tmp_path, scripts.cast(judge=scripts.always_first), asked=8)
    assert any("jo chose the answer displayed first in 100%" in sentence for sentence in report.headlines)


@pytest.mark.parametrize("by", [("domain",), ("judge",), ()])
async def test_other_rows_give_no_wrong_sentences(tmp_path: Path, by: tuple[str, ...]) -> None:
    """Where rows are not by protocol and judge, nothing is said of a protocol or a judge."""
    with Store.open(tmp_path / "test.db", create=True) as store:
        await played(store, spec(tmp_path), scripts.cast())
        assert measure(store, "test", by=by).headlines == ()


async def test_without_naive_rulings_debate_stands_beside_consultancy(tmp_path: Path) -> None:
    """The difference of the arms on the questions that both had, and whether it is shown."""
    protocols = (Protocol(name="debate", rounds=1), Protocol(name="consultancy", rounds=1))
    report = await reported(tmp_path, scripts.cast(), asked=4, protocols=protocols)
    (told,) = [said for said in report.headlines if said.startswith("On 4 shared questions debate less consultancy: ")]
    assert "no difference is shown" in told
    (folder := tmp_path / "more").mkdir()
    with_naive = await reported(folder, scripts.cast(), asked=4, protocols=protocols, controls=("naive",))
    assert not any("less consultancy" in said for said in with_naive.headlines)
