"""`debate compare`: two sides on the questions that they share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.driving import cli, read, small


@pytest.fixture(autouse=True)
def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two tournaments on one bank: `small` with its controls, `other` with fewer questions."""
    monkeypatch.chdir(tmp_path)
    small(tmp_path)
    file = tmp_path / "tournament.toml"
    file.write_text(file.read_text("utf-8").replace("controls = []", 'controls = ["naive", "expert"]'), "utf-8")
    assert cli("run", "--quiet").exit_code == 0
    assert cli("run", "--quiet", "--name", "other", "--sample", 1).exit_code == 0


def test_arms_of_one_tournament_are_paired_by_question() -> None:
    """The judge always says A: naive and debate come to the same over both orders, and the row says on how many."""
    found = read(cli("compare", "small:debate", "small:naive", "--margin", 5, "--json"))
    (row,) = found["rows"]
    assert found["schema"] == "debate.compare/1"
    assert (row["a"], row["b"]) == ("small: debate, jo", "small: naive, jo")
    assert row["n_questions"] == 2
    accuracy = [row[side]["value"] for side in ("accuracy_a", "accuracy_b")]
    assert row["difference"]["value"] == pytest.approx(accuracy[0] - accuracy[1])
    assert row["p"] == row["p_adjusted"]
    assert row["pgr_a"] is not None
    assert row["pgr_b"] is None


def test_two_tournaments_are_compared_arm_by_arm() -> None:
    """On the one question that both have, with a word about the other."""
    found = read(cli("compare", "small", "other", "--json"))
    assert [row["a"] for row in found["rows"]] == [f"small: {arm}, jo" for arm in ("naive", "debate", "expert")]
    assert {row["n_questions"] for row in found["rows"]} == {1}
    assert all("share 1 of 2 questions" in warning for warning in found["warnings"])
    assert len(found["warnings"]) == 3
    told = cli("compare", "small", "other")
    assert "minus other: debate, jo" in told.stdout
    assert "warning: small: debate, jo" in told.stderr


def test_conditions_narrow_both_sides() -> None:
    """What nobody ruled is told."""
    assert cli("compare", "small:debate", "small:naive", "--where", "valid").exit_code == 0
    none = cli("compare", "small:debate", "small:naive", "--where", "confidence>.99")
    assert none.exit_code == 2
    assert "names no arm that was judged; there are: none" in none.stderr


@pytest.mark.parametrize(
    ("sides", "said"),
    [
        (("small:debat", "small:naive"), "there are: naive@jo, debate@jo, expert@jo"),
        (("small:debate@jim", "small:naive"), "names no arm"),
        (("nothing", "small"), 'no tournament "nothing"'),
        (("small", "small"), "compared with itself"),
    ],
)
def test_sides_that_name_nothing_are_told(sides: tuple[str, str], said: str) -> None:
    """Exit 2, and what there is."""
    ended = cli("compare", *sides)
    assert ended.exit_code == 2
    assert said in ended.stderr
