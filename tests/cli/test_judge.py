"""`debate judge` as a command: consent first, codes that resemble others, real terminals, and `kill -9`."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest
from typer.testing import Result

from debate.cli.judges import near
from debate.store.studies.blind import Blind
from tests.cli.driving import cli, read, wait_for
from tests.cli.seen import Seen, sitting_down
from tests.tui.studied import acted, plainly, rows, ruled, study

ANSWERS = ("", "50", "", "30", "", "", "20", "The sand.", "yes")


def judge(path: Path, *args: str, typed: str = "") -> Result:
    """Judge by a pipe, in this process but for what needs one of its own."""
    return cli("judge", "test", "--as", "j07", "--db", path, *args, stdin=typed)


def lines(*answers: str) -> str:
    """What is typed, as a pipe gives it."""
    return "".join(f"{answer}\n" for answer in answers)


def test_nothing_is_recorded_before_consent(tmp_path: Path) -> None:
    """The text and what is logged are shown; without a yes there is no row, with one its hash is kept."""
    path = study(tmp_path, 1, consent="You take part in a study of debates.")
    refused = judge(path, typed="no\n")
    assert refused.exit_code == 2
    assert "You take part in a study of debates." in refused.stdout
    assert "What is recorded: your code" in refused.stdout
    assert "nothing was recorded" in refused.stderr
    assert rows(path, "SELECT * FROM sitting") == rows(path, "SELECT * FROM act") == []
    agreed = judge(path, typed=lines("yes", *ANSWERS))
    assert agreed.exit_code == 0, agreed.stderr
    ((about,),) = rows(path, "SELECT json_extract(rest, '$.about') FROM act WHERE kind = 'begin'")
    assert re.fullmatch(r"c1-[0-9a-f]{20}", about)
    assert len(ruled(path)) == 1
    assert "was assigned to do so" in agreed.stderr
    assert "Right: A, He was hiding two crates of sand. B argued falsely." in agreed.stderr
    with Blind.open(path, "j07") as blind:
        assert blind.agreed(about)
        assert "ended for you" in blind.locked(1)


def test_a_code_that_resembles_another_is_asked_about(tmp_path: Path) -> None:
    """I8: whoever mistypes their code is told of the one that is there, and nothing begins by mistake."""
    path = study(tmp_path, 2, overlap=2)
    plainly(path, *ANSWERS, judge="j70")
    asked = judge(path, typed="n\n")
    assert asked.exit_code == 2
    assert "Did you mean j70?" in asked.stdout
    assert "begin again with --as j70" in asked.stderr
    assert rows(path, "SELECT DISTINCT judge FROM sitting") == [("j70",)]
    assert judge(path, "--yes", typed="quit\n").exit_code == 0
    assert rows(path, "SELECT count(DISTINCT judge) FROM sitting") == [(2,)]


@pytest.mark.parametrize(
    ("code", "known", "found"),
    [("j07", ("j70", "k99"), ["j70"]), ("J07", ("j07",), ["j07"]), ("j1", ("j12", "j2"), ["j12", "j2"]), ("a", (), [])],
)
def test_codes_are_near_that_one_slip_parts(code: str, known: tuple[str, ...], found: list[str]) -> None:
    """I8: one letter more, less, other or exchanged."""
    assert near(code, known) == found


@pytest.mark.parametrize("more", [{"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"}, {"TERM": "dumb"}])
def test_any_terminal_will_do(tmp_path: Path, more: dict[str, str]) -> None:
    """F10: without UTF-8, or on a dumb terminal, the plain prompts come, in what it can write."""
    path = study(tmp_path, 1, texts=["Two crates — “sand” \u202e."] * 4)
    with sitting_down(path, **more) as terminal:
        terminal.until(lambda: "Press Enter to begin" in terminal.text)
        for answer in (*ANSWERS, ""):
            terminal.press(f"{answer}\n".encode())
        assert terminal.end() == 0
    assert "\x1b[?1049h" not in terminal.text
    assert len(ruled(path)) == 1


def test_a_transcript_is_judged_on_a_real_terminal_and_survives_a_kill(tmp_path: Path) -> None:
    """I1, F11: by plain keys at 80x24; what was typed outlives a kill; told to end, the screen is whole."""
    path = study(tmp_path, 1)
    with sitting_down(path) as terminal:
        seen = Seen(terminal)
        seen.shows("1 to do")
        seen.press("\r")
        seen.shows("exactly one is right")
        seen.press("\r")
        seen.shows("A 50% [")
        seen.press("60\r")
        seen.shows("Two crates held sand.")
        seen.press("\r")
        seen.shows("A 60% [")
        seen.press("70d")
        seen.shows("You lean to A: A 70, B 30.")
        seen.press("because of the sand")
        wait_for(lambda: rows(path, "SELECT 1 FROM act WHERE rest LIKE '%because of the sand%'"))
        terminal.send(signal.SIGKILL)
        terminal.end()
    assert ruled(path) == []
    with sitting_down(path) as terminal:
        seen = Seen(terminal)
        seen.shows("begun")
        seen.press("\r")
        seen.shows("because of the sand")
        seen.press(" in it\r")
        seen.shows("0 to do")
        terminal.send(signal.SIGTERM)
        assert terminal.end() == 0
    assert [row[7] for row in ruled(path)] == ["because of the sand in it"]
    assert terminal.text.count("\x1b[?1049h") == terminal.text.count("\x1b[?1049l") == 1
    assert terminal.text.rindex("\x1b[?25h") > terminal.text.rindex("\x1b[?25l")


def test_the_researcher_sees_how_judges_work(tmp_path: Path) -> None:
    """I12: progress, time, checks and agreement; a rule that was declared excludes what it says, and says why."""
    path = study(tmp_path, 2, overlap=2, exclude_fast_s=5.0)
    plainly(path, *ANSWERS, *ANSWERS, judge="j01")
    plainly(path, *ANSWERS, "skip", "I know it", judge="k02")
    told = cli("judges", "status", "test", "--db", path)
    assert told.exit_code == 0, told.stderr
    assert "j01" in told.stdout
    assert "2 rulings to be excluded as too fast" in told.stdout
    assert "k02: skipped, I know it" in told.stdout
    found = {one["judge"]: one for one in read(cli("judges", "status", "test", "--db", path, "--json"))["judges"]}
    assert (found["j01"]["submitted"], found["j01"]["fast"], found["k02"]["skipped"]) == (2, 2, 1)
    assert found["j01"]["agrees"] is not None
    excluded = cli("judges", "exclude", "test", "--db", path)
    assert "j01: 2 rulings are not counted any more: faster than the study's rule" in excluded.stdout
    assert {row[8] for row in ruled(path)} == {0}
    assert "no rule that was declared excludes anything" in cli("judges", "exclude", "test", "--db", path).stdout


def test_a_bad_code_is_refused(tmp_path: Path) -> None:
    """A code is letters, digits, - and _; without one nothing begins."""
    path = study(tmp_path, 1)
    assert judge(path, "--as", "../x").exit_code == 2
    nobody = cli("judge", "test", "--db", path)
    assert nobody.exit_code == 2
    assert "--as CODE" in nobody.stderr


def test_acts_tell_where_they_were_made(tmp_path: Path) -> None:
    """The time zone, the version and the face are recorded with the beginning, and nothing of the machine."""
    path = study(tmp_path, 1)
    judged = judge(path, "--json", typed=lines(*ANSWERS))
    assert judged.exit_code == 0
    assert read(judged)["submitted"] == 1
    ((text,),) = rows(path, "SELECT json_extract(rest, '$.text') FROM act WHERE kind = 'begin'")
    assert re.fullmatch(r"[+-]\d{4} debate [\d.]+ plain", text)
    assert os.uname().nodename not in str(acted(path))


def test_who_withdraws_is_made_nobody_where_the_study_declared_that(tmp_path: Path) -> None:
    """It is asked about first; done again it says that nobody has the code, and an unknown tournament is refused."""
    path = study(tmp_path, 1, withdrawal="anonymise")
    plainly(path, *ANSWERS)
    withdraw = ("judges", "withdraw", "test", "--as", "j07", "--db", path)
    refused = cli(*withdraw, stdin="n\n")
    assert refused.exit_code == 2
    assert "all their words" in refused.stdout
    assert [row[1] for row in ruled(path)] == ["j07"]
    done = cli(*withdraw, "--yes")
    assert done.exit_code == 0, done.stderr
    assert [row[1] for row in ruled(path)] == re.findall(r"stays? as (withdrawn-[0-9a-f]{6})", done.stdout)
    again = cli(*withdraw, "--yes")
    assert again.exit_code == 0
    assert 'nobody has the code j07 in "test"' in again.stdout
    assert cli("judges", "withdraw", "other", "--as", "j07", "--db", path, "--yes").exit_code == 2
