"""Questions whose right answer nobody knows are played, judged and reported, without accuracy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.driving import cli, read
from tests.questions.banks import passage_line, question_line, write

TOURNAMENT = """
name = "open"
seed = 3
questions = ["bank.jsonl"]
controls = ["naive", "expert"]

[[debaters]]
name = "ada"
model = "builtin/advocate"

[[debaters]]
name = "bob"
model = "builtin/bluffer"

[[judges]]
name = "jo"
model = "builtin/weigher"

[[judges]]
name = "jim"
model = "builtin/gullible"

[[protocols]]
name = "debate"
rounds = 1
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def played(folder: Path, *lines: Any) -> Any:
    """Play a bank with the built-in players, and return its report."""
    write(folder, passage_line(), *lines)
    (folder / "open.toml").write_text(TOURNAMENT)
    run = cli("run", "open.toml", "--yes", "--quiet")
    assert run.exit_code == 0, run.stderr
    return read(cli("report", "open", "--json"))


def unknown(count: int) -> list[dict[str, Any]]:
    texts = ("How many crates left?", "What was in the crates?", "Where from did the ferry leave?")
    return [question_line(f"u{i}", texts[i], correct=None) for i in range(count)]


def test_a_bank_without_known_answers_is_played_and_judged(tmp_path: Path) -> None:
    """Every debate is ruled on; whatever needs the right answer is empty and says why, and what does not is there."""
    report = played(tmp_path, *unknown(3))
    assert report["complete"]
    assert (report["n_questions"], report["n_judgments"]) == (3, 24)
    for arm in report["accuracy"]:
        assert arm["accuracy"] == {"value": None, "why": "no question here has a known right answer"}
    assert all(one["difference"]["value"] is None and one["p"] is None for one in report["comparisons"])
    assert all(
        side[name]["value"] is None for side in report["persuasion"] for name in ("right", "wrong") if name in side
    )
    wins = {one["player"]: one["win_rate"]["value"] for one in report["head_to_head"]}
    assert wins["ada"] + wins["bob"] == pytest.approx(1)
    assert report["agreement"]


def test_the_report_for_people_says_so(tmp_path: Path) -> None:
    """The terminal and the page come without a number that was never measured."""
    played(tmp_path, *unknown(2))
    shown = cli("report", "open", "--html", "page.html")
    assert shown.exit_code == 0
    assert "no question here has a known right answer" in shown.stdout
    assert "was right in" not in shown.stdout
    assert "no question here has a known right answer" in Path("page.html").read_text()


def test_unknown_answers_among_known_ones_are_left_out_of_accuracy(tmp_path: Path) -> None:
    """In a mixed bank accuracy rests on the questions with a known answer alone."""
    report = played(
        tmp_path, *unknown(2), question_line("known", "When did the ferry leave?", answers=["At six", "At noon"])
    )
    assert report["n_questions"] == 3
    assert {arm["accuracy"]["n_questions"] for arm in report["accuracy"]} == {1}
