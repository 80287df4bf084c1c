"""Games of their own kind in a report: what players chose, and what a market came to."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from debate.domain import Ask, Ballot, Brief, Completion, Judge, Protocol
from debate.report import Report, markdown, measure, page, terminal
from debate.stats.estimate import Estimate, Measure
from debate.store import Store
from tests import scripts
from tests.builders import STORY
from tests.runs import played, spec

GAMES = (
    Protocol(name="debate", rounds=1),
    Protocol(name="open-debate", rounds=1),
    Protocol(name="open-consultancy", rounds=1),
    Protocol(name="market-making", rounds=2, options={"settled": 0.0}),
)
PRICES = (0.5, 0.9, 0.6)


def script(ask: Ask) -> str | Completion:
    """Both choose the first answer of the bank, which is right every second time; judges believe it, too."""
    source = ask.source
    if isinstance(source, Ballot):
        return scripts.verdict(ask, (0.8, 0.2))
    if isinstance(source, Brief) and source.cue.kind == "choice":
        return json.dumps({"reason": "scripted", "answer": scripts.labels(source)[0]})
    if source.cue.kind == "belief":
        return scripts.verdict(ask, (PRICES[source.cue.round], 1 - PRICES[source.cue.round]))
    return f"{scripts.numbered(ask)} <quote>{STORY.split('.')[0]}</quote>"


@pytest.fixture
async def report(tmp_path: Path) -> Report:
    with Store.open(tmp_path / "test.db", create=True) as store:
        await played(
            store, spec(tmp_path, asked=4, protocols=GAMES, judges=(Judge(name="jo", model="lab/jo"),)), script
        )
        return measure(store, "test")


def value(measured: Measure) -> float | None:
    return measured.value if isinstance(measured, Estimate) else None


def test_choices_and_markets_have_rows_of_their_own(report: Report) -> None:
    """Half of the choices are right, and the judge follows each of them; a market is moved by 0.4 and 0.3."""
    whole = [row for row in report.open_role if row.player is None]
    assert [row.protocol for row in whole] == ["open-consultancy", "open-debate"]
    for row in whole:
        assert [value(share) for share in (row.chose_right, row.given_right, row.given_wrong)] == [0.5, 1.0, 0.0]
    assert {row.player for row in report.open_role} == {None, "ada", "bob"}
    (market,) = report.market
    assert (market.seat, market.judge) == ("jo", "jo")
    assert value(market.adversary_loss) == pytest.approx(-0.35)
    assert [step.after_round for step in market.steps] == [0, 1, 2]


def test_chosen_answers_enter_no_rating_and_no_score_difference(report: Report) -> None:
    """They are counted as debates, and measured as what they are."""
    assert report.n_debates == 4 * (2 + 2 + 2 + 2)
    of_assigned = {row.protocol for row in report.asd if isinstance(row.log, Estimate)}
    assert of_assigned == {"debate"}
    assert all(row.n_comparisons <= 8 for row in report.ratings)


def test_what_an_adversary_quotes_is_evidence(report: Report) -> None:
    """A market has its row among what was quoted, though nobody in it argues for an answer of their own."""
    (row,) = (row for row in report.evidence if row.protocol == "market-making")
    assert (row.agents, row.n_debates, value(row.rounds)) == (None, 8, 2)
    assert value(row.verified) == 1
    assert value(row.revealed)
    assert not [row for row in report.decisive if row.protocol == "market-making"]


def test_every_form_has_a_table_of_them(report: Report) -> None:
    """In the terminal, in the page and in Markdown, each with its n."""
    console = Console(width=80, record=True, file=StringIO())
    console.print(terminal.render(report, width=80))
    said = "\n".join(line.rstrip() for line in console.export_text().splitlines())
    html, told = page.render(report), markdown.render(report)
    for title in ("Where players chose their answer", "Markets and their adversaries"):
        assert title in said
        assert title in html
        assert f"## {title}" in told
    assert " jo at the seat\n  judge jo " in said
    assert 'id="market"' in html
    assert 'id="open_role"' in html
    (market,) = (line for line in told.splitlines() if line.startswith("| market-making, jo | jo |"))
    assert market.endswith(" | 8 | 4 |")
