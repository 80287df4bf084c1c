"""What is shown of one debate: speeches with their marks, judgments with their beliefs, and what was really sent."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from debate.store import Store
from tests.cli.driving import Terminal, cli, read, small
from tests.cli.hostile import HOSTILE, dangerous
from tests.cli.judged import ANSWERS, sat
from tests.tui import studied


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tournament that was played."""
    folder = tmp_path_factory.mktemp("small")
    small(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert cli("run", "--quiet").exit_code == 0
    return folder


@pytest.fixture
def match(played: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a debate that was played, in a copy of its folder."""
    shutil.copytree(played, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    with Store.open("debate.db", readonly=True) as store:
        return next(store.debates("small"))[0].match.id


def test_a_debate_is_shown_with_its_judgments(match: str) -> None:
    """Question, answers, seats, speeches and what the judge believed."""
    shown = cli("show", match).stdout
    assert "How many crates left" in shown
    assert "seat A: " in shown
    assert "round 2, argument: " in shown
    assert "judged by jo, offline, view full" in shown
    assert "final: answer 1 " in shown


def test_quotations_carry_marks_that_are_characters(match: str) -> None:
    """E6: what stands in the passage is marked so, without any colour."""
    assert '"The ferry left Oskarvik at six in the morning" [v]' in cli("show", match).stdout


def test_a_unique_beginning_of_the_id_is_enough(match: str) -> None:
    """With or without the prefix of the scheme."""
    assert cli("show", match[:9]).exit_code == 0
    assert cli("show", match.removeprefix("m1-")[:8]).exit_code == 0
    wrong = cli("show", "m1-zzzz")
    assert wrong.exit_code == 2
    assert "no match begins with" in wrong.stderr


def test_what_was_really_sent_is_made_again_and_proved(match: str) -> None:
    """The stored hash of every request is the hash of the prompt that is shown."""
    shown = read(cli("show", match, "--prompts", "--json"))["prompts"]
    assert len(shown) == 5
    assert all(sent["same"] for sent in shown)
    text = " ".join(cli("show", match, "--prompts").stdout.split())  # a narrow terminal breaks lines
    assert text.count("as sent: the hash agrees") == 5
    assert "How many crates left" in text


def test_a_prompt_that_is_not_what_was_sent_is_flagged(match: str) -> None:
    """A changed template cannot pass for the one that was used."""
    with sqlite3.connect("debate.db") as raw:
        raw.execute("UPDATE template SET text = replace(text, 'You take part', 'You took part')")
    raw.close()
    assert "NOT as sent" in cli("show", match, "--prompts").stdout


def test_what_was_sent_elsewhere_is_not_here(match: str) -> None:
    """An imported debate has no prompts, which is said."""
    assert cli("export", "small", "-o", "small.jsonl").exit_code == 0
    assert cli("import", "small.jsonl", "--name", "elsewhere", "--db", "other.db").exit_code == 0
    shown = cli("show", match, "--prompts", "--db", "other.db")
    assert shown.exit_code == 2
    assert "was played elsewhere" in shown.stderr


def test_a_page_is_written_whole(match: str, tmp_path: Path) -> None:
    """One file that needs nothing from elsewhere."""
    assert cli("show", match, "--html", "debate.html").exit_code == 0
    page = (tmp_path / "debate.html").read_text()
    assert page.startswith("<!doctype html>")
    assert "http" not in page.replace("http-equiv", "")


def test_a_pager_is_used_on_a_terminal(match: str, tmp_path: Path) -> None:
    """On a terminal the transcript goes through the user's pager."""
    with Terminal("show", match, cwd=tmp_path, PAGER="sed s/^/paged:/") as shown:
        assert shown.end() == 0
    assert "paged:" in shown.text


def test_a_match_of_two_tournaments_is_named_with_its_tournament(match: str) -> None:
    """The same match may be planned twice; then its tournament is said."""
    assert cli("run", "--name", "other", "--quiet").exit_code == 0
    both = cli("show", match)
    assert both.exit_code == 2
    assert "--in" in both.stderr
    assert cli("show", match, "--in", "other").exit_code == 0


def others(match: str) -> list[str]:
    """The ids of the other matches, in the order of the plan."""
    with Store.open("debate.db", readonly=True) as store:
        return [debate.match.id for debate, _ in store.debates("small") if debate.match.id != match]


def test_every_speech_is_measured(match: str) -> None:
    """Words, and quotations by how they were verified."""
    assert "round 2, argument: " in cli("show", match).stdout
    assert ", 13 words, 1 [v]" in cli("show", match).stdout


def test_a_view_shows_what_its_judges_see(match: str) -> None:
    """Letters for names, in the order of the match; quotations alone; one round; one side."""
    full = cli("show", match, "--view", "full").stdout
    assert "Debater A" in full
    assert "ada" not in full
    assert "judged by" not in full
    assert "carried them" not in cli("show", match, "--view", "quotes").stdout
    assert "round 2" not in cli("show", match, "--view", "opening").stdout
    heard = read(cli("show", match, "--view", "solo", "--hears", 1, "--json"))
    assert heard["schema"] == "debate.show.view/1"
    assert {speech["argues"] for speech in heard["ballot"]["speeches"]} == {0}
    assert cli("show", match, "--view", "solo").exit_code == 2


def test_two_debates_stand_side_by_side_round_by_round(match: str, tmp_path: Path) -> None:
    """One below the other where there is no room, in columns where there is; in JSON whole."""
    other = others(match)[0]
    below = cli("show", match, other).stdout
    assert below.index(f"round 1: {match}") < below.index(f"round 1: {other}") < below.index(f"round 2: {match}")
    both = read(cli("show", match, other, "--json"))
    assert both["schema"] == "debate.show.pair/1"
    assert [debate["match"]["id"] for debate in both["debates"]] == [match, other]
    with Terminal("show", match, other, cwd=tmp_path, COLUMNS="140") as shown:
        assert shown.end() == 0
    assert any(f"round 2: {match}" in line and f"round 2: {other}" in line for line in shown.text.splitlines())
    assert cli("show", match, other, "--prompts").exit_code == 2


def test_two_judges_are_compared_after_each_round(match: str) -> None:
    """What each believed, and why."""
    assert cli("rejudge", "small", "--judge", "builtin/gullible", "--quiet").exit_code == 0
    shown = cli("show", match, "--judge", "jo", "--judge", "gullible").stdout
    assert "final: jo" in shown
    assert "final: gullible" in shown
    unknown = cli("show", match, "--judge", "jo", "--judge", "nobody")
    assert unknown.exit_code == 2
    assert "those who have: gullible, jo" in unknown.stderr
    assert cli("show", match, "--judge", "jo").exit_code == 2


def test_a_person_is_compared_once_they_have_ruled(match: str) -> None:
    """Not before: what a model ruled must not reach them."""
    given = read(cli("judges", "enrol", "--as", "j07", "--json"))
    assert given["open"] == 1
    with sqlite3.connect("debate.db") as raw:
        (theirs,) = raw.execute("SELECT match.id FROM match JOIN sitting ON sitting.match = match.ordinal").fetchone()
    raw.close()
    early = cli("show", theirs, "--judge", "jo", "--judge", "j07")
    assert early.exit_code == 2
    assert "j07 has still to rule" in early.stderr
    assert "still to rule: j07" in cli("show", theirs).stdout
    sat(Path("debate.db"), *ANSWERS)
    assert "It was quoted." in cli("show", theirs, "--judge", "jo", "--judge", "j07").stdout


def test_hostile_text_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    """F1, F2, F4, F5: whatever stands in speeches, in every way of reading them, and as Markdown, HTML and JSON."""
    database = studied.study(tmp_path, texts=(HOSTILE, f"{HOSTILE} plain"))
    with Store.open(database, readonly=True) as store:
        one, other = (debate.match.id for debate, _ in store.debates("test"))
    ways: tuple[tuple[str, ...], ...] = (
        ("show", one), ("show", one, other), ("show", one, "--view", "full"), ("show", one, "--private"),
        ("show", one, "--json"), ("show", one, "--markdown"), ("show", one, "--html", "-"),
        ("show", one, other, "--json"), ("browse", "test"), ("browse", "test", "--json"),
        ("watch", "test"), ("watch", "test", "--json"),
    )  # fmt: skip
    for way in ways:
        shown = cli(*way, "--db", database)
        assert shown.exit_code == 0, shown.stderr
        assert not dangerous(shown.output.replace("\t", " ")), way
    assert "hidden characters" in cli("show", one, "--db", database).stdout
