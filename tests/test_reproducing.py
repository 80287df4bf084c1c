"""The lines of docs/measuring.md that compute a report's numbers again from its tables, run as they stand there."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from debate.domain import Ask, Ballot, Completion
from debate.report import Report, measure
from debate.stats.estimate import Estimate
from debate.store import Store
from tests import scripts
from tests.cli.driving import cli
from tests.records.rooms import TOKENS, believed, feedback, offline, room, said, spoke, write
from tests.runs import played, spec

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
    """What the lines define, run beside the exported tables; the report by judgment; and the one by question.

    They draw alike where no question was left out.
    """
    folder = tmp_path_factory.mktemp("reproduced")
    cli("import", source(request.param, folder), "--format", "nyu", "--db", folder / "t.db")
    cli("export", "nyu", *PAPER, "--format", "csv", "--out", folder / "tables", "--db", folder / "t.db")
    with Store.open(folder / "t.db", readonly=True) as store:
        where = [text for text in PAPER if text != "--where"]
        reports = [measure(store, "nyu", where=where, unit=unit) for unit in ("judgment", "question")]
    defined = run(folder / "tables")

    def arm(protocol: str, agents: str) -> list[dict[str, str]]:
        return [r for r in defined["rows"] if (r["protocol"], r["agents"]) == (protocol, agents)]

    return {**defined, "arm": arm, "alike": request.param == "written"}, reports[0], reports[1]


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
    """Everyone's rating is that of the default report, to a hundredth of a point, and its interval to a tenth."""
    defined, _, report = told
    rated = {row.player: ends(row.rating) for row in report.ratings if row.role == "all"}
    ridge = 0.1 if any("ridge" in note and "side" not in note for note in report.rating_notes) else 0.0
    found = defined["ratings"](defined["rows"], ridge)
    assert rated.keys() == found.keys()
    for player, known in rated.items():
        assert found[player][0] == pytest.approx(known[0], abs=0.01)
        low, high = known[1:]
        if low is not None and high is not None:
            assert found[player][1:] == pytest.approx([low, high], abs=0.1 if defined["alike"] else (high - low) / 5)


@pytest.mark.parametrize(("protocol", "agents"), ARMS)
def test_resampled_intervals(told: Any, protocol: str, agents: str) -> None:
    """Those of ECE and AUROC are those of the report by judgment, which adds up in single precision."""
    defined, report, _ = told
    rows, one = defined["arm"](protocol, agents), row(report.calibration, protocol, agents)
    near = partial(pytest.approx, abs=1e-5 if defined["alike"] else 0.03)
    assert list(defined["ece_interval"](rows)) == near(ends(one.ece)[1:])
    if isinstance(one.auroc, Estimate):
        assert list(defined["auroc_interval"](rows)) == near(ends(one.auroc)[1:])


async def test_the_gap_recovered(tmp_path: Path) -> None:
    """Its value and Fieller's limits are those of the report, for a judge whom debate helps half of the way."""
    quality = {"naive": 2, "debate": 3, "expert": 4}

    def speak(ask: Ask) -> str | Completion:
        if not isinstance(ask.source, Ballot):
            return scripts.numbered(ask)
        asked = int(re.findall(r"\d+", ask.source.question.text)[0])
        right = asked % 2 if asked // 2 % 5 <= quality[ask.source.protocol.name] else 1 - asked % 2
        return scripts.verdict(ask, (0.9, 0.1) if right == 0 else (0.1, 0.9))

    with Store.open(tmp_path / "t.db", create=True) as store:
        await played(store, spec(tmp_path, asked=20, controls=("naive", "expert")), speak)
        report = measure(store, "test")
    cli("export", "test", "--db", tmp_path / "t.db", "--format", "csv", "--out", tmp_path / "tables")
    defined = run(tmp_path / "tables")
    arms = ([r for r in defined["rows"] if r["protocol"] == name] for name in ("debate", "naive", "expert"))
    (found,) = report.pgr
    assert list(defined["pgr"](*arms)) == near(ends(found.pgr))


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
