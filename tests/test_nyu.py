"""The human debates of Michael et al. 2023, where they are at hand: every number of an honest recomputation."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from debate.report import Report, measure
from debate.stats.outcomes import Outcomes
from debate.stats.proportions import proportions
from debate.stats.selection import Selection
from debate.store import Store
from debate.store.outcomes import outcomes
from debate.store.tables import RECORD
from tests.cli.driving import cli, read

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "nyu"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the rooms are not at hand")

SETTINGS = {
    "Human Debate": ("debate", "human"),
    "AI Debate": ("debate", "model"),
    "Human Consultancy": ("consultancy", "human"),
    "AI Consultancy": ("consultancy", "model"),
}
PAPER = ("meta.included_in_paper=true", "channel=live")
near = partial(pytest.approx, abs=1e-6, rel=0)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The rooms, imported as a user imports them."""
    path = tmp_path_factory.mktemp("nyu") / "nyu.db"
    done = cli("import", DATA, "--format", "nyu", "--db", path, "--json")
    assert read(done)["tournaments"] == {"nyu": {"debates": 338, "judgments": 278 + 117, "known": 0}}
    return Store.open(path, readonly=True)


@pytest.fixture(scope="module")
def expected() -> Any:
    return json.loads((DATA / "expected.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def paper(store: Store) -> Report:
    """The 225 judgments of the paper, counted its way."""
    return measure(store, "nyu", where=PAPER, unit="judgment")


def row_of(rows: Any, setting: str) -> Any:
    protocol, agents = SETTINGS[setting]
    (found,) = [row for row in rows if (row.protocol, row.agents) == (protocol, agents)]
    return found


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_first_table(paper: Report, expected: Any, setting: str) -> None:
    """Accuracy with its Wilson interval, judge score, bits per round, calibration; counts exactly."""
    told, row = expected["table1"][setting], row_of(paper.accuracy, setting)
    right = row.accuracy
    assert (right.n_judgments, right.n_questions, right.n_clusters) == (told["n"], told["questions"], told["stories"])
    assert round(right.value * told["n"]) == told["k_correct"]
    assert row.ties == told["ties"]
    assert [right.value, right.low, right.high] == near([told["accuracy"], *told["wilson95"]])
    assert row.judge_score.value == near(told["avg_score"])
    assert row.bits_per_round.value == near(told["bits_per_round"])
    assert row.brier.value == near(told["brier"])
    assert row.ece.value == near(told["ece_final"])


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_bins_of_calibration(paper: Report, expected: Any, setting: str) -> None:
    """Every bin has its judgments, its share that is right and its mean confidence."""
    bins = [b for b in row_of(paper.calibration, setting).bins if b.n]
    found = [[f"{b.low:.1f}-{b.high:.1f}", b.n, round(b.accuracy, 4), round(b.confidence, 4)] for b in bins]
    assert found == expected["table1"][setting]["calib_final"]


@pytest.mark.parametrize("setting", SETTINGS)
def test_rounds_and_quotes(paper: Report, expected: Any, setting: str) -> None:
    """Rounds of speeches, and the characters quoted in each, all and new ones."""
    told, row = expected["table1"][setting], row_of(paper.evidence, setting)
    assert row.rounds.value == near(told["rounds_mean"])
    assert row.rounds_sd == near(told["rounds_sd_pop"])
    assert row.new_per_round == near(told["new_quote_chars_per_round"])
    assert row.quoted_per_round == near(told["quote_chars_per_round"])


@pytest.mark.parametrize("setting", ["Human Consultancy", "AI Consultancy"])
def test_the_side_that_was_argued(paper: Report, expected: Any, setting: str) -> None:
    """How often judges were right before a consultant who argued the right answer, and the wrong one."""
    row = row_of(paper.accuracy, setting)
    for side, name in ((row.right_side, "honest"), (row.wrong_side, "dishonest")):
        k, n, share = expected["fig4"][f"{setting} ({name})"]
        assert (round(side.value * n), side.n_judgments) == (k, n)
        assert side.value == near(share)


def _counts(seen: Outcomes, setting: str, **where: str) -> tuple[int, int]:
    protocol, agents = SETTINGS[setting]
    found = seen.where(protocol=protocol, agents=agents, **where)
    return int(found.correct.sum()), len(found)


def test_two_proportions(store: Store, expected: Any) -> None:
    """Against human debate: the difference, its interval, and four tests, on counts that come from the database."""
    seen = outcomes(store, "nyu", keys=["meta.included_in_paper"]).where(**Selection.of(PAPER).pairs)
    debate = _counts(seen, "Human Debate")
    for setting, told in expected["proportion_tests_vs_human_debate"].items():
        found = proportions(_counts(seen, setting), debate)
        assert found is not None
        values = [found.difference, found.low, found.high, found.chi2, found.p, found.p_yates, found.p_fisher]
        named = [told[key] for key in ("chi2", "p_uncorrected", "p_yates", "p_fisher")]
        assert values == near([told["diff"], *told["ci95"], *named])


def test_the_report_says_so(paper: Report, store: Store, expected: Any) -> None:
    """Where every judgment counts once, the tests are part of the report; by question they are not."""
    told = expected["proportion_tests_vs_human_debate"]
    names = {"consultancy": "AI Consultancy", "debate": "AI Debate", "human consultancy": "Human Consultancy"}
    assert {row.b for row in paper.proportions} == {"human debate, people"}
    found = {names[row.a.partition(",")[0]]: [row.p, row.p_yates, row.p_fisher] for row in paper.proportions}
    assert found == {
        name: near([test["p_uncorrected"], test["p_yates"], test["p_fisher"]]) for name, test in told.items()
    }
    assert measure(store, "nyu", where=PAPER).proportions == ()


def test_everybody_who_ruled(store: Store, expected: Any) -> None:
    """The live rulings of all rooms, and the offline ones by how they were read."""
    seen = outcomes(store, "nyu")
    for setting, (k, n, _) in expected["unfiltered_online"].items():
        assert _counts(seen, setting, channel="live") == (k, n)
    for setting, (k, n) in expected["offline_accuracy"].items():
        assert _counts(seen, setting, channel="offline") == (k, n)


def test_what_was_odd_is_marked(store: Store, expected: Any) -> None:
    """Each room says what was odd in it, and how it was read later."""
    with store.database.reading() as connection:
        metas = [json.loads(meta) for meta in connection.scalars(select(RECORD.c.meta))]
    flags = expected["flags"]
    for name, key in (
        ("a side is missing", "round_missing_side"),
        ("another judge", "judge_not_assigned"),
        ("another speaker", "speaker_not_assigned"),
        ("an offline ruling is not finished", "offline_judgment_incomplete"),
    ):
        assert sum(name in str(meta["flags"]) for meta in metas) == flags[key]
    read_later = [mode for meta in metas for mode in meta["offline"].values()]
    assert {mode: read_later.count(mode) for mode in ("stepped", "timed")} == expected["offline"]["by_mode"]


def test_the_default_report_has_clustered_intervals(store: Store, expected: Any) -> None:
    """By question, on the same judgments: the same questions and stories, and wider or other intervals, never NaN."""
    found = measure(store, "nyu", where=PAPER)
    for setting, told in expected["table1"].items():
        right = row_of(found.accuracy, setting).accuracy
        assert (right.unit, right.n_questions, right.n_clusters) == ("question", told["questions"], told["stories"])
        assert right.low < right.value < right.high
        assert [right.low, right.high] != pytest.approx(told["wilson95"], abs=1e-3)
