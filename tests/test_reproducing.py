"""The lines of docs/measuring.md that compute a report's numbers again from its tables, run as they stand there."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from debate.report import Report, measure
from debate.stats.estimate import Estimate
from debate.store import Store
from tests.cli.driving import cli
from tests.records.rooms import TOKENS, feedback, room, said, spoke, write

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
        seated = {"Judge": judge, "Debater A": "GPT-4" if model else "Ann", "Debater B": "GPT-4" if model else "Bob"}
        seated = {role: who for role, who in seated.items() if role != left_out}
        a, b = (
            said(seated[role], "It was ", (11, 20)) if role in seated else None for role in ("Debater A", "Debater B")
        )
        told = [feedback(0.5, judge=judge), spoke(a, b), feedback(sure, "So.", end=n % 5 > 0, judge=judge)]
        if not n % 5:
            told += [spoke(a, b), feedback(1 - sure / 2, "So.", end=True, judge=judge)]
        story = {"articleId": str(n % 3), "title": f"Ferry {n % 3}", "contents": [*TOKENS, "Ferry", str(n % 3)]}
        asked = {"question": f"What was in crate {n % 6}?", "correctAnswerIndex": n % 6 % 2}
        held[f"room-{n}"] = room(*told, **asked, roles=seated, sourceMaterial={"QuALITYSourceMaterial": story})
    return write(folder, held, [{"name": name, "includedInPaper": True} for name in held])


@pytest.fixture(scope="module", params=["written", "published"])
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, Any], Report, Report]:
    """What the lines define, run beside the exported tables; the report by judgment; and the one by question."""
    folder = tmp_path_factory.mktemp("reproduced")
    if request.param == "published" and not DATA.is_dir():
        pytest.skip("the rooms are not at hand")
    source = DATA if request.param == "published" else rooms(folder / "source")
    cli("import", source, "--format", "nyu", "--db", folder / "t.db")
    cli("export", "nyu", *PAPER, "--format", "csv", "--out", folder / "tables", "--db", folder / "t.db")
    with Store.open(folder / "t.db", readonly=True) as store:
        where = [text for text in PAPER if text != "--where"]
        reports = [measure(store, "nyu", where=where, unit=unit) for unit in ("judgment", "question")]
    defined: dict[str, Any] = {}
    exec(lines().replace("tables/", f"{folder}/tables/"), defined)
    return defined, reports[0], reports[1]


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
    accuracy, *rest = defined["by_judgment"](defined["arm"](protocol, agents))
    one = row(report.accuracy, protocol, agents)
    assert list(accuracy) == near(ends(one.accuracy))
    assert rest == near([m.value for m in (one.brier, one.judge_score, one.bits_per_round, one.ece)])


@pytest.mark.parametrize(("protocol", "agents"), ARMS)
def test_copies_of_a_question_share_its_weight(told: Any, protocol: str, agents: str) -> None:
    """Accuracy by question and its interval over clusters and people are those of the default report."""
    defined, _, report = told
    found = defined["by_question"](defined["arm"](protocol, agents))
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


def test_no_block_is_long() -> None:
    """Each function takes about ten lines, as was promised."""
    for function in re.findall(r"^def .*?(?=^def |^```|\Z)", lines(), re.DOTALL | re.MULTILINE):
        assert len(function.strip().splitlines()) <= 20, function
