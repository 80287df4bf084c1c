"""Finding rulings by what was measured, and reports of what was found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.driving import cli, read, small


@pytest.fixture(autouse=True)
def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    small(tmp_path)
    assert cli("run", "--quiet").exit_code == 0


def test_rulings_are_found_by_what_was_measured() -> None:
    """The judge says 0.7 for A in each of four debates: half of them are right, and none is sure."""
    every = read(cli("list", "small", "--json"))["rulings"]
    wrong = read(cli("list", "--where", "wrong and confidence>.6", "--json"))["rulings"]
    assert [row["ruling"] for row in wrong] == ["wrong"] * 2
    assert len(every) == 4
    assert {row["match"] for row in wrong} < {row["match"] for row in every}
    assert wrong[0]["players"] == ["ada", "bob"] or wrong[0]["players"] == ["bob", "ada"]
    assert cli("show", wrong[0]["match"]).exit_code == 0


def test_a_table_says_how_many_there_are() -> None:
    """And nothing that is found is no error."""
    some = cli("list", "small", "--where", "view=full", "--where", "judge=jo")
    assert "4 rulings" in some.stderr
    assert some.stdout.splitlines()[0].startswith("match")
    none = cli("list", "small", "--where", "confidence>.99")
    assert (none.exit_code, none.stdout) == (0, "")
    assert "no ruling meets that" in none.stderr


def test_what_cannot_be_read_is_told() -> None:
    """Exit 2, with the place."""
    for command in ("list", "report"):
        ended = cli(command, "small", "--where", "wrong and and right")
        assert ended.exit_code == 2
        assert "at character 11" in ended.stderr


def test_a_report_is_of_what_was_asked_for() -> None:
    """A condition narrows it, and it says to what."""
    report = read(cli("report", "small", "--where", "not wrong", "--where", "judge=jo", "--json"))
    assert (report["n_judgments"], report["only"], report["where"]) == (2, ["not wrong"], {"judge": "jo"})
    assert (
        "only where judge = jo; not wrong"
        in cli("report", "small", "--where", "not wrong", "--where", "judge=jo").stdout
    )


def test_a_report_is_written_in_every_form(tmp_path: Path) -> None:
    """Markdown, CSV tables and figures, each where it was asked for."""
    done = cli("report", "--markdown", "r.md", "--csv", "tables", "--figures", "figures", "--html", "r.html", "--json")
    assert done.exit_code == 0
    assert (tmp_path / "r.md").read_text("utf-8").startswith("# small")
    assert (tmp_path / "tables" / "accuracy.csv").read_text("utf-8").count("\n") == 2
    assert {path.suffix for path in (tmp_path / "figures").iterdir()} == {".svg", ".pdf", ".png", ".md"}
    assert "<!doctype html>" in (tmp_path / "r.html").read_text("utf-8")
