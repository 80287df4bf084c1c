"""The page of a report: whole without a network or a script, and nothing in it that somebody else wrote is markup."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from debate.domain import Ask, Judge, Player
from debate.report import Report, measure, page
from debate.report.lessons import Lesson, lessons
from debate.store import Store
from tests import scripts
from tests.builders import question
from tests.runs import Speak, played, questions, spec

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>[/red]{{ 7 * 7 }}"
HOSTILE = MARKUP + "\x1b]52;c;aGk=\x07"


async def read(folder: Path, speak: Speak, **more: Any) -> tuple[Report, list[Lesson]]:
    with Store.open(folder / "test.db", create=True) as store:
        await played(store, spec(folder, **more), speak)
        report = measure(store, "test")
        return report, lessons(store, "test", report)


def wrong(ask: Ask) -> Any:
    """A judge that is sure of the wrong answer."""
    key = {asked.posed.text: asked.key.correct or 0 for asked in questions(9)}
    return scripts.verdict(ask, scripts.sure_of(1 - key.get(ask.source.question.text, 0), 2, 0.95))


class Tags(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)


async def test_hostile_text_is_text(tmp_path: Path) -> None:
    """F: names, questions and speeches with markup, templates and terminal codes in them stay what they are."""
    players = (Player(name="ada" + HOSTILE, model="lab/ada"), Player(name="bob", model="lab/bob"))
    judges = (Judge(name="jo" + HOSTILE, model="lab/jo"),)
    asked = [question(f"Why? {MARKUP}", correct=0)]
    speak = scripts.cast(speak=HOSTILE, judge=wrong)
    report, shown = await read(tmp_path, speak, asked=asked, debaters=players, judges=judges)
    html = page.render(report, shown)
    assert shown
    assert "Transcripts to read" in html
    assert html.count("alert(1)") > 3
    found = Tags(html)
    assert found.tags.count("script") == 1
    assert "img" not in found.tags
    assert "49" not in html.partition("<main>")[2].partition("Accuracy")[0]
    assert not {"\x1b", "\x07"} & set(html)


async def test_a_lesson_shows_the_whole_debate_and_who_was_wrong(tmp_path: Path) -> None:
    """Every speech is there, the right answer is marked, and the ruling stands below."""
    report, shown = await read(tmp_path, scripts.cast(judge=wrong), asked=4)
    html = page.render(report, shown)
    section = html.partition('id="transcripts"')[2].partition("</section>")[0]
    assert section.count("<details>") == len(shown) == 3
    for lesson in shown:
        assert lesson.found.lesson == "sure-and-wrong"
        assert lesson.debate.match.question.text in section
        assert f"debate show {lesson.found.match}" in section
        assert all(head in section for head, _ in lesson.turns)
    assert section.count("(right)") == len(shown)


async def test_a_text_that_may_not_be_passed_on_is_not(tmp_path: Path) -> None:
    """G12: share = false leaves the name of the question, and none of its words."""
    kept = question("A secret question?", correct=0)
    asked = [kept.model_copy(update={"key": kept.key.model_copy(update={"share": False})})]
    report, shown = await read(tmp_path, scripts.cast(judge=wrong), asked=asked)
    html = page.render(report, shown)
    assert shown
    assert "A secret question?" not in html
    assert shown[0].debate.match.question.id in html
    spoken = [turn.text for turn in shown[0].debate.turns if turn.text]
    assert spoken
    assert not any(text in html for text in spoken)


async def test_the_page_loads_nothing_and_knows_what_is_in_it(tmp_path: Path) -> None:
    """H1: no address, and no style or script but the two whose hashes its policy names."""
    report, shown = await read(tmp_path, scripts.cast(judge=wrong), controls=("naive", "expert"))
    html = page.render(report, shown)
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        inside = html.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in html
        assert "url(" not in inside
    assert "default-src 'none'" in html
    assert "://" not in html
    assert "style=" not in html.partition("</style>")[2]


async def test_every_plot_has_its_numbers_beside_it(tmp_path: Path) -> None:
    """Drawings are hidden from those who cannot see them, or say what they show."""
    html = page.render(*await read(tmp_path, scripts.cast(judge=wrong), controls=("naive", "expert", "solo")))
    drawings = re.findall(r"<svg[^>]*>", html)
    assert drawings
    for drawing in drawings:
        assert ("aria-hidden" in drawing) != ("aria-label" in drawing)


async def test_headings_go_down_one_step_at_a_time(tmp_path: Path) -> None:
    """Who listens to the page can go from heading to heading, and every head of a table says what it is one of."""
    html = page.render(*await read(tmp_path, scripts.cast(judge=wrong), controls=("naive", "expert", "solo")))
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    heads = re.findall(r"<th[ >][^>]*>", html)
    assert heads
    assert all("scope=" in head for head in heads)


def light(colour: str) -> float:
    """The relative luminance of a colour [WCAG 2.2]."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "print"])
def test_words_stand_out_from_the_paper(scheme: int) -> None:
    """Every colour that text is written in has a contrast of 4.5 to 1 or more, on paper and on cards."""
    style = (Path(page.__file__).parent / "page.css").read_text("utf-8")
    root = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[scheme]
    found = re.findall(r"--(\w+): #(\w+)", root)
    colours = {name: "#" + (value if len(value) == 6 else "".join(c * 2 for c in value)) for name, value in found}
    for ground in ("paper", "card"):
        for name in ("ink", "soft", "blue", "orange", "alert", "teal", "plum"):
            bright, dim = sorted((light(colours[ground]), light(colours[name])), reverse=True)
            assert (bright + 0.05) / (dim + 0.05) >= 4.5, (name, ground)
