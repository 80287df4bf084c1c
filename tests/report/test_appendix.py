"""Every number that a report has, in every form of it: with a definition, an interval where there is one, and an n."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel
from rich.console import Console

from debate.domain import Judge
from debate.report import Report, appendix, markdown, measure, page, terminal
from debate.stats.estimate import Estimate, NoData
from debate.store import Store
from tests import scripts
from tests.runs import played, spec

HEAD = {
    "complete",
    "seed",
    "n_questions",
    "n_debates",
    "n_judgments",
    "matches",
    "excluded",
    "rating_slope_players",
    "exclusions[].n_judgments",
    "exclusions[].why",
}
"""What every form says at its top, or beside a number."""
APART = ("audit.", "instructive[].")
"""What has a section of another kind: signs of collusion, and transcripts to read."""


def models(annotation: Any) -> Iterator[Any]:
    """The types within a type."""
    yield annotation
    for inner in get_args(annotation):
        yield from models(inner)


def numbers(model: type[BaseModel], where: str = "") -> Iterator[str]:
    """The path of every number that a value of a type can hold."""
    for name, field in model.model_fields.items():
        found = [one for one in models(field.annotation) if isinstance(one, type)]
        path = f"{where}{field.alias or name}"
        inner = [one for one in found if issubclass(one, BaseModel) and one not in (Estimate, NoData)]
        if inner:
            many = "[]" if tuple in found or "tuple" in str(field.annotation) else ""
            yield from numbers(inner[0], f"{path}{many}.")
        elif {Estimate, int, float} & set(found) and bool not in found:
            yield path


def told() -> set[str]:
    """The paths of all numbers that the appendix tells, and of the counts and ends it tells beside them."""
    beside = ("path", "low", "high")
    found = set()
    for part in appendix.PARTS:
        prefix = f"{part.key}." if part.key else ""
        for term in part.terms:
            found |= {prefix + getattr(term, name) for name in beside if getattr(term, name)}
            found |= {prefix + path for path in term.n.split()}
    return found


def test_every_number_of_a_report_is_told() -> None:
    """Whatever a report measures has a definition in the appendix, or a reason why JSON alone has it."""
    left = set(numbers(Report)) - told() - HEAD - set(appendix.JSON_ONLY)
    left = {path for path in left if not path.startswith(APART) and not path.endswith(SHAPE)}
    assert not left, f"give these a term in debate/report/appendix, or a reason in JSON_ONLY: {sorted(left)}"


SHAPE = (
    "bins[].low",
    "bins[].high",
    "curve[].coverage",
    "steps[].after_round",
    "pressure[].best_of",
    "panels[].quorum",
    "panels[].quorum",
    "solo[].passage",
)
"""Numbers that say what a row is about."""


def test_nothing_is_told_that_no_report_has() -> None:
    """Every path of the appendix is a path of the JSON."""
    assert told() <= set(numbers(Report)) | {"accuracy[].invalid", "calibration[].n_judgments"}


def test_every_definition_has_a_name_and_a_place_of_its_own() -> None:
    """No two numbers are called the same, so that a link leads to one of them."""
    terms = [(part, term) for part in appendix.PARTS for term in part.terms]
    anchors = [part.anchor(term) for part, term in terms]
    assert len(set(anchors)) == len(anchors)
    names = [term.name for _, term in terms]
    assert sorted(names) == sorted(set(names))
    for _, term in terms:
        assert term.means.endswith((".", "]."))


@pytest.fixture
async def report(tmp_path: Path) -> Report:
    with Store.open(tmp_path / "test.db", create=True) as store:
        judges = (Judge(name="jo", model="lab/jo"), Judge(name="flo", model="lab/flo"))
        wanted = spec(tmp_path, asked=4, judges=judges, controls=("naive", "expert", "solo"))
        await played(store, wanted, scripts.cast(judge=scripts.always_first))
        return measure(store, "test")


def in_terminal(report: Report, width: int = 80) -> str:
    console = Console(width=width, record=True, file=StringIO())
    console.print(terminal.render(report, width=width, full=terminal.NAMES))
    return console.export_text()


def in_page(report: Report) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", page.render(report))).replace("\N{MINUS SIGN}", "-")


def test_every_form_has_every_number_with_its_interval(report: Report) -> None:
    """The terminal in full, the page and Markdown say the same numbers."""
    forms = [in_terminal(report), in_page(report), markdown.render(report).replace("\\", "")]
    known = 0
    for part in appendix.PARTS:
        for term, lines in part.full(report):
            for line in lines:
                said = [piece for piece in (line.value, line.interval) if piece]
                known += len(said)
                assert all(piece in form for piece in said for form in forms), (part.where(term), line)
            assert all(term.name in form for form in forms)
    assert known > 200


@pytest.mark.parametrize("width", [40, 80, 140])
def test_a_full_section_fits_its_width(report: Report, width: int) -> None:
    """No line is longer than the terminal, and no number is cut."""
    said = in_terminal(report, width)
    assert max(map(len, said.splitlines())) <= width
    assert width < 80 or "…" not in said.replace("… ", "")


def test_a_section_alone_is_all_that_is_shown(report: Report) -> None:
    """`--section` leaves the others out, and the head says what the report is about all the same."""
    console = Console(width=80, record=True, file=StringIO())
    console.print(terminal.render(report, width=80, full=("agreement",)))
    said = console.export_text()
    assert "Krippendorff's alpha" in said
    assert "Persuasion" not in said
    assert said.startswith(report.tournament)


def test_every_heading_leads_to_its_definition(report: Report) -> None:
    """Links within the page have a target, and every number that is shown is defined in it."""
    html = page.render(report)
    targets = set(re.findall(r' id="([^"]+)"', html))
    links = re.findall(r'href="#([^"]+)"', html)
    assert len([link for link in links if link.startswith("def-")]) > 60
    assert set(links) <= targets
    assert len(targets) == len(re.findall(r' id="([^"]+)"', html))
