"""Headlines with and without the exclusions that a study declared before it ran."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console

from debate.report import Report, markdown, measure, page, terminal
from debate.stats.estimate import Estimate
from debate.store import Store
from debate.store.studies.excluding import exclude
from debate.studies.assigning import letter
from debate.tui.judging.sitting import Sitting
from tests.tui.studied import enter, sat, study

FAILS, ATTENDS = "j07", "j08"


def judged(folder: Path, **rules: Any) -> Path:
    """A study of eight debates and two judges: one fails its check of attention."""
    path = study(folder, 8, attention=1, items=1, prior=False, beliefs="final", reason=False, **rules)
    for judge in (FAILS, ATTENDS):
        enter(path, judge)
        with sat(path, judge) as blind:
            for place in blind.queue("test"):
                sitting = Sitting(blind, place.id, blind.study("test"))
                for kind in ("begin", "next", "next"):
                    sitting.do(kind)
                sure = 95 if letter(judge, blind.identity(place.id)[0]) == "A" else 5
                asked = sure if judge == ATTENDS else 100 - sure
                sitting.do("believe", percent=asked if place.purpose == "attention" else 20 + 10 * (place.id % 7))
                sitting.do("next")
                sitting.do("submit")
    return path


def reported(path: Path) -> Report:
    with Store.open(path, readonly=True) as store:
        return measure(store, "test")


def said(report: Report) -> str:
    console = Console(width=200, record=True, file=StringIO())
    console.print(terminal.render(report, width=140))
    return console.export_text()


def test_headlines_are_told_with_and_without(tmp_path: Path) -> None:
    """What was declared is told beside what stands; once it is applied, the two change places."""
    path = judged(tmp_path, exclude_attention=1)
    before = reported(path)
    (other,) = before.exclusions
    assert (other.rules, other.why) == ("with", {"failed 1 checks of attention": other.n_judgments})
    assert other.n_judgments == before.n_judgments // 2
    assert len(other.headlines) == len(before.headlines) == 1
    with Store.open(path) as store:
        assert [one.judge for one in exclude(store, "test")] == [FAILS]
    after = reported(path)
    (back,) = after.exclusions
    assert (back.rules, back.n_judgments, back.why) == ("without", other.n_judgments, other.why)
    assert (after.headlines, back.headlines) == (other.headlines, before.headlines)
    assert after.accuracy[0].accuracy == other.accuracy[0].accuracy
    assert back.accuracy[0].accuracy == before.accuracy[0].accuracy
    assert isinstance(after.accuracy[0].accuracy, Estimate)


def test_every_form_shows_both(tmp_path: Path) -> None:
    """The sentence that says which is which stands above the headlines of the other way."""
    report = reported(judged(tmp_path, exclude_attention=1))
    (headline,) = report.exclusions[0].headlines
    plain = markdown.render(report).replace("\\", "")
    for form in (said(report), plain, page.render(report)):
        assert "With the exclusions declared beforehand, which would take out" in form
        assert headline in form.replace("\N{MINUS SIGN}", "-")


def test_without_rules_nothing_is_said_of_them(tmp_path: Path) -> None:
    """A study that declared none has its headlines once."""
    assert not reported(judged(tmp_path)).exclusions
