"""The lines of docs/measuring.md that compute a report's numbers again from its tables, run as they stand there."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from debate.report import Report, measure
from debate.stats.estimate import Estimate
from debate.store import Store
from tests.cli.driving import cli
from tests.records.rooms import TOKENS, believed, feedback, offline, room, said, spoke, write

PAGE = Path(__file__).resolve().parents[1] / "docs" / "measuring.md"
DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "nyu"
PAPER = ("--where", "meta.included_in_paper=true", "--where", "channel=live")
ARMS = [(protocol, agents) for protocol in ("debate", "consultancy") for agents in ("human", "model")]
near = partial(pytest.approx, abs=1e-9, rel=1e-9)


def lines() -> str:
    """Every line of Python on the page."""
    return "\n".join(re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL))


def rooms(folder: Path) -> Path:
    """Rooms on six questions of three stories, of debate and consultancy, by people and a model, with seven judges."""
    held = {}
    for n in range(48):
        judge, sure = f"Judge {n % 7}", (0.95, 0.7, 0.35, 0.6, 0.05, 0.9)[n % 6]
        model, left_out = n // 6 % 2, (None, None, "Debater A", "Debater B")[n // 12]
        one, other = ("GPT-4", "GPT-4") if model else (("Ann", "Bob"), ("Bob", "Cy"), ("Cy", "Ann"))[n % 3]
        seated = {"Judge": judge, "Debater A": one, "Debater B": other}
        seated = {role: who for role, who in seated.items() if role != left_out}
        a, b = (
            said(seated[role], "It was ", (11, 20)) if role in seated else None for role in ("Debater A", "Debater B")
        )
        told = [feedback(0.5, judge=judge), spoke(a, b), feedback(sure, "So.", end=n % 5 > 0, judge=judge)]
        if not n % 5:
            told += [spoke(a, b), feedback(1 - sure / 2, "So.", end=True, judge=judge)]
        if n % 3:
            told += [offline(Kim=("timed", [believed(1 - sure if n % 4 else sure, judge="Kim", end=True)]))]
        story = {"articleId": str(n % 3), "title": f"Ferry {n % 3}", "contents": [*TOKENS, "Ferry", str(n % 3)]}
        asked = {"question": f"What was in crate {n % 6}?", "correctAnswerIndex": n % 6 % 2}
        held[f"room-{n}"] = room(*told, **asked, roles=seated, sourceMaterial={"QuALITYSourceMaterial": story})
    return write(folder, held, [{"name": name, "includedInPaper": True} for name in held])


def source(kind: str, folder: Path) -> Path:
    """The published rooms, or some like them."""
    if kind == "published" and not DATA.is_dir():
        pytest.skip("the rooms are not at hand")
    return DATA if kind == "published" else rooms(folder / "source")


def run(folder: Path) -> dict[str, Any]:
    """Run the lines beside the tables in a folder."""
    defined: dict[str, Any] = {}
    exec(lines().replace("tables/", f"{folder}/"), defined)
    return defined


@pytest.fixture(scope="module", params=["written", "published"])
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, Any], Report, Report]:
    """What the lines define, run beside the exported tables; the report by judgment; and the one by question."""
    folder = tmp_path_factory.mktemp("reproduced")
    cli("import", source(request.param, folder), "--format", "nyu", "--db", folder / "t.db")
    cli("export", "nyu", *PAPER, "--format", "csv", "--out", folder / "tables", "--db", folder / "t.db")
    with Store.open(folder / "t.db", readonly=True) as store:
        where = [text for text in PAPER if text != "--where"]
        reports = [measure(store, "nyu", where=where, unit=unit) for unit in ("judgment", "question")]
    defined = run(folder / "tables")

    def arm(protocol: str, agents: str) -> list[dict[str, str]]:
        return [r for r in defined["rows"] if (r["protocol"], r["agents"]) == (protocol, agents)]

    return {**defined, "arm": arm}, reports[0], reports[1]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Report]:
    """What the lines define beside the tables of all rulings, which say what they used; and the report."""
    folder = tmp_path_factory.mktemp("whole")
    cli("import", rooms(folder / "source"), "--format", "nyu", "--db", folder / "rooms.db")
    cli("export", "nyu", "--db", folder / "rooms.db", "--out", folder / "rooms.jsonl")
    used = folder / "used.jsonl"
    used.write_text("".join(map(using, (folder / "rooms.jsonl").read_text("utf-8").splitlines())), "utf-8")
    cli("import", used, "--db", folder / "t.db")
    cli("export", "nyu", "--format", "csv", "--out", folder / "tables", "--db", folder / "t.db")
    with Store.open(folder / "t.db", readonly=True) as store:
        return run(folder / "tables"), measure(store, "nyu")


def using(line: str) -> str:
    """Say of every speech and ruling of a record what it used."""
    record = json.loads(line)
    for place, one in enumerate([*record["turns"], *record["judgments"]]):
        one["usage"] |= {"calls": 1, "input_tokens": 100 + place, "output_tokens": 7}
    return json.dumps(record) + "\n"


def row(rows: Any, protocol: str, agents: str) -> Any:
    (found,) = [one for one in rows if (one.protocol, one.agents) == (protocol, agents)]
    return found


def ends(found: Any) -> list[float | None]:
    assert isinstance(found, Estimate)
    return [found.value, found.low, found.high]


@pytest.mark.parametrize(("protocol", "agents"), ARMS)
def test_every_ruling_by_itself(told: Any, protocol: str, agents: str) -> None:
    """Accuracy, Brier score, judge score, bits per round and ECE of an arm are those of the report by judgment."""
    defined, report, _ = told
    rows = defined["arm"](protocol, agents)
    one = row(report.accuracy, protocol, agents)
    assert list(defined["accuracy_by_judgment"](rows)) == near(ends(one.accuracy))
    assert list(defined["scores"](rows)) == near([m.value for m in (one.brier, one.judge_score, one.bits_per_round)])
    assert defined["ece"](rows) == near(one.ece.value)


@pytest.mark.parametrize(("protocol", "agents"), ARMS)
def test_copies_of_a_question_share_its_weight(told: Any, protocol: str, agents: str) -> None:
    """Accuracy by question and its interval over clusters and people are those of the default report."""
    defined, _, report = told
    found = defined["accuracy"](defined["arm"](protocol, agents))
    assert list(found) == near(ends(row(report.accuracy, protocol, agents).accuracy))


def test_arms_on_shared_questions(told: Any) -> None:
    """Difference, interval and p of each comparison are those of the default report."""
    defined, _, report = told
    arms = {
        f"{'human ' if agents == 'human' else ''}{protocol}, people": (protocol, agents) for protocol, agents in ARMS
    }
    assert report.comparisons
    for found in report.comparisons:
        m, low, high, p = defined["paired"](*(defined["arm"](*arms[name]) for name in (found.a, found.b)))
        assert m == near(found.difference.value)
        if found.difference.method.startswith("t"):
            assert [max(-1, low), min(1, high)] == near([found.difference.low, found.difference.high])
        if "draws" not in found.test:
            assert p == near(found.p)


def test_two_proportions(told: Any) -> None:
    """Differences and p-values without pairing are those of the report by judgment."""
    defined, report, _ = told
    assert report.proportions
    arms = {
        f"{'human ' if agents == 'human' else ''}{protocol}, people": (protocol, agents) for protocol, agents in ARMS
    }
    for found in report.proportions:
        values = defined["unpaired"](*(defined["arm"](*arms[name]) for name in (found.a, found.b)))
        assert list(values) == near([found.difference, found.p, found.p_yates, found.p_fisher])


def test_what_a_debater_gains(told: Any) -> None:
    """Win rates by side, log odds per round and the score difference are those of the default report."""
    defined, _, report = told
    assert any(row.log_odds_per_round.value is not None for row in report.persuasion)
    for found in report.persuasion:
        own = [r for r in defined["rows"] if r["view"] == "full" and r["protocol"] == found.protocol]
        known = [rate.value for rate in (found.right_side, found.wrong_side) if isinstance(rate, Estimate)]
        if len(known) == 2:
            assert list(defined["win_rates"](own, found.player)) == near(known)
        alone = not any(r["right_player"] == r["wrong_player"] == found.player for r in own)
        if alone and isinstance(found.log_odds_per_round, Estimate):
            assert defined["log_odds_per_round"](own, found.player) == near(found.log_odds_per_round.value)
    for score in report.asd:
        if isinstance(score.log, Estimate):
            assert defined["asd"](defined["arm"](score.protocol, score.agents)) == near(score.log.value)


def test_ratings(told: Any) -> None:
    """Everyone's rating is that of the default report, to a hundredth of a point."""
    defined, _, report = told
    rated = {row.player: row.rating.value for row in report.ratings if row.role == "all"}
    ridge = 0.1 if any("ridge" in note and "side" not in note for note in report.rating_notes) else 0.0
    assert rated
    assert defined["ratings"](defined["rows"], ridge) == pytest.approx(rated, abs=0.01)


def test_agreement(whole: Any) -> None:
    """Alpha over live and later rulings is that of the report on all of them."""
    defined, report = whole
    assert defined["alpha"](defined["rows"]) == near(report.agreement.alpha)


def test_tokens(whole: Any) -> None:
    """Tokens for each debate and ruling are those of the report, of what the records say was used."""
    defined, report = whole
    assert list(defined["tokens"]()) == near([report.cost.tokens_per_debate, report.cost.tokens_per_judgment])


def test_no_block_is_long() -> None:
    """Each function takes ten lines at the most, as was promised, and so does what they start from."""
    blocks = re.findall(r"^def .*?(?=^def |^```|\Z)", lines(), re.DOTALL | re.MULTILINE)
    assert len(blocks) > 15
    for block in blocks:
        assert len(block.strip().splitlines()) <= 10, block
