"""Browsing on a full screen: finding, reading and comparing by keys, at 80 columns and at 160, with any text."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from debate.store import Store
from debate.tui.browsing.app import Browser
from debate.tui.browsing.rows import BLOCK, Rows
from debate.tui.browsing.text import Reading
from tests.cli.driving import Terminal, cli
from tests.cli.hostile import FORBIDDEN, HOSTILE
from tests.cli.judged import ANSWERS, sat, study
from tests.tui import studied
from tests.tui.screens import screen

SMALL, WIDE = (80, 24), (160, 40)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three debates, each judged by two models; a person has still to rule on each."""
    folder = tmp_path_factory.mktemp("browse")
    path = study(folder, 3)
    assert cli("rejudge", "people", "--judge", "builtin/gullible", "--quiet", "--db", path).exit_code == 0
    return path


def shown(path: Path, name: str, *keys: str, size: tuple[int, int] = SMALL, line: str = "") -> list[str]:
    """The screen after each key."""
    return asyncio.run(_shown(path, name, keys, size, line))


async def _shown(path: Path, name: str, keys: tuple[str, ...], size: tuple[int, int], line: str) -> list[str]:
    seen = []
    with Store.open(path, readonly=True) as store:
        async with Browser(store, name, line).run_test(size=size) as pilot:
            await pilot.pause()
            seen.append(screen(pilot))
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
                seen.append(screen(pilot))
    return seen


def test_the_list_is_read_found_in_and_left(database: Path) -> None:
    """Each line says how a debate stands; words narrow the list; Esc shows all again."""
    first, *_, found, every = shown(database, "people", "slash", *"1th", "enter", "escape")
    assert "people · 3 debates" in first
    assert re.search(r"> m1-\w{6} done +debate +sentinel-(ada|bob).* \d/2  Why, for the", first)
    assert "1 debate · 1th" in found
    assert "3 debates" in every


def test_words_that_mean_nothing_are_said_so(database: Path) -> None:
    """An unknown key or state, or nothing found: a sentence on the last line."""
    assert 'perhaps "state:"' in (shown(database, "people", line="stat:done"))[0]
    assert "the states are open, played" in (shown(database, "people", line="state:over"))[0]
    assert "nothing is like this" in (shown(database, "people", line="zebra"))[0]
    assert "0 debates" in (shown(database, "people", line="player:nobody"))[0]


def test_a_pipe_gets_the_list(database: Path) -> None:
    """One debate a line, or an object; what is looked for is checked before the database is."""
    lines = cli("browse", "--find", "state:done", "--db", database).stdout.splitlines()
    assert len(lines) == 3
    assert all(len(line.split("\t")) == 6 for line in lines)
    rows = [json.loads(line) for line in cli("browse", "people", "--json", "--db", database).stdout.splitlines()]
    assert {row["schema"] for row in rows} == {"debate.browse/1"}
    assert {row["rulings"] for row in rows} == {2}
    wrong = cli("browse", "--find", "stat:done", "--db", "nowhere.db")
    assert wrong.exit_code == 2
    assert 'perhaps "state:"' in wrong.stderr


def test_a_real_terminal_is_left_as_it_was(tmp_path: Path) -> None:
    """F1, F11: keys as any terminal sends them, nothing that it would obey, and its own screen again at the end."""
    path = studied.study(tmp_path, texts=(HOSTILE, "plain"))
    with Terminal("browse", "test", "--db", path, cwd=tmp_path) as browser:
        browser.until(lambda: "? help" in browser.text)
        browser.press(b"\r")
        browser.until(lambda: "round 1, argument" in browser.text)
        browser.press(b"q")
        browser.press(b"q")
        assert browser.end() == 0
    assert browser.text.rindex("\x1b[?1049l") > browser.text.rindex("\x1b[?1049h")
    for obeyed in ("\x1b]52;", "owned", "\x1b]8;", "\x1bP+q", "\x1b[6n", "\u202e"):
        assert obeyed not in browser.text


def test_a_debate_is_read_by_keys_alone(database: Path) -> None:
    """By speeches, as a judge sees it, by words, and on to the next of the list."""
    _, read, stepped, seen, *_, found, other = shown(
        database, "people", "enter", "n", "v", "v", "v", "v", "slash", *"ruled", "escape", "right_square_bracket"
    )
    assert "answer 1: " in read
    assert stepped.splitlines()[1].strip().startswith("round 1, argument: sentinel-")
    assert "as a judge sees it: full" in seen
    assert "sentinel" not in seen
    assert "people" not in found
    assert other.splitlines()[0] != read.splitlines()[0]


def test_headings_stand_out(database: Path) -> None:
    """In bold: what was asked, who spoke, and who ruled; what was said does not."""
    asyncio.run(_headed(database))


async def _headed(database: Path) -> None:
    with Store.open(database, readonly=True) as store:
        async with Browser(store, "people").run_test(size=WIDE) as pilot:
            await pilot.pause()
            await pilot.press("enter")
            await pilot.pause()
            reading = pilot.app.screen.query_one(Reading)
            lines = [list(reading.render_line(y)) for y in range(reading.size.height)]
    bold = ["".join(one.text for one in line).strip() for line in lines if line[0].style and line[0].style.bold]
    assert bold[0].startswith("Why, for the")
    assert bold[1].startswith("round 1, argument: sentinel-")
    assert all(line.startswith(("Why", "round", "judged")) for line in bold)


def test_words_are_found_one_after_the_other(database: Path) -> None:
    """Forward and back, around the end."""
    *_, one, two, back, none = shown(
        database, "people", "enter", "slash", *"Oskarvik", "enter", "full_stop", "comma", "v"
    )
    assert "1 of 4: Oskarvik" in one
    assert "2 of 4: Oskarvik" in two
    assert "1 of 4: Oskarvik" in back
    assert "Oskarvik" in none


def test_what_was_really_sent_is_there_on_demand(database: Path) -> None:
    """Call by call, with the proof; and what it has cost."""
    *_, read, raw, again = shown(database, "people", "enter", "x", "x", size=WIDE)
    assert "calls, $0.0000" in read
    assert "turn:0, speak 0, attempt 1" in raw
    assert "as sent: the hash agrees" in " ".join(raw.split())
    assert again == read


def test_two_debates_stand_side_by_side_where_there_is_room(database: Path) -> None:
    """One below the other at 80 columns, in columns at 160; Tab shows one of them; keys go by differences."""
    keys = ("space", "j", "c", "full_stop", "tab")
    *_, below, differs, one = shown(database, "people", *keys)
    assert "two debates · both" in below
    assert differs.splitlines()[1].strip().startswith("rulings: m1-") or "round 1: m1-" in differs
    assert "two debates · one" in one
    *_, beside, _, _ = shown(database, "people", *keys, size=WIDE)
    assert any(line.count("debates: m1-") == 2 for line in beside.splitlines())


def test_two_judges_are_compared(database: Path) -> None:
    """Their beliefs and reasons, part by part."""
    *_, asked, compared = shown(database, "people", "enter", "c", "enter", size=WIDE)
    assert "Which two judges?" in asked
    assert "final: gullible" in compared
    assert "final: jo" in compared


def test_what_models_ruled_waits_for_the_person(tmp_path: Path) -> None:
    """Neither the list, the text nor a comparison tells it before; R does, and is asked for."""
    path = study(tmp_path, 1)
    assert cli("judges", "enrol", "--as", "j07", "--db", path).exit_code == 0
    listed, read, compared, revealed = shown(path, "people", "enter", "c", "R")
    assert "later" in listed
    for before in (read, compared):
        assert "judged by" not in before
        assert "j07 has still to rule" in before
    *_, end = shown(path, "people", "enter", "R", "end")
    assert "still to rule" not in revealed
    assert "judged by jo" in end
    sat(path, *ANSWERS)
    listed, *_, compared = shown(path, "people", "enter", "c", "enter", size=WIDE)
    assert "later" not in listed
    assert "after round 1: j07" in compared


@pytest.mark.parametrize("size", [SMALL, WIDE, (20, 5)])
def test_hostile_text_reaches_no_widget(tmp_path: Path, size: tuple[int, int]) -> None:
    """F1, F2, F4, F6, F9: in speeches and in what is looked for, on every screen, whatever its size."""
    path = studied.study(tmp_path, texts=(HOSTILE, "plain"))
    keys = ("enter", "n", "v", "v", "question_mark", "escape", "escape", "space", "j", "c", "full_stop")
    for seen in shown(path, "test", *keys, size=size):
        assert not FORBIDDEN.findall(seen)
    for seen in shown(path, "test", size=size, line=HOSTILE):
        assert not FORBIDDEN.findall(seen)


def test_a_long_speech_is_read_to_its_end(tmp_path: Path) -> None:
    """F12: a megabyte, words that are broken between lines found in it, and what comes after it."""
    long = "".join(f"Sentence {n} of a speech that is long.{chr(10) * (n % 7 == 0)} " for n in range(25_000))
    path = studied.study(tmp_path, 1, texts=(long, "The last word."))
    *_, found, end = shown(path, "test", "enter", "slash", *"sentence 24999 of a speech that", "enter", "end")
    assert "1 of 2: sentence 24999" in found
    assert "Sentence 24999" in found
    assert "The last word." in end


def test_a_long_list_is_read_a_part_at_a_time(database: Path, tmp_path: Path) -> None:
    """Of a tournament of any size, no more is held than the lines around those that are seen."""
    path = tmp_path / "long.db"
    shutil.copy(database, path)
    with closing(sqlite3.connect(path)) as raw, raw:
        numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
        columns = "tournament, question, protocol, repeat, shown, prompts, arm, state"
        raw.execute(
            f"{numbers} INSERT INTO match (ordinal, id, {columns}) "
            f"SELECT 1000 + i, printf('m1-%06d', i), {columns} FROM n, (SELECT * FROM match LIMIT 1)"
        )
    asyncio.run(_to_the_end(path))


async def _to_the_end(path: Path) -> None:
    with Store.open(path, readonly=True) as store:
        async with Browser(store, "people").run_test(size=SMALL) as pilot:
            await pilot.pause()
            assert "20,003 debates" in screen(pilot)
            for key in ("end", "home", "end", "pageup"):
                await pilot.press(key)
                await pilot.pause()
            assert "> m1-0199" in screen(pilot)
            assert pilot.app.screen.query_one(Rows).held <= 3 * BLOCK


def test_a_browser_that_stays_open_holds_nothing(tmp_path: Path) -> None:
    """B10: while a list or a debate is on the screen, what a run writes is taken over into the database."""
    path = studied.study(tmp_path)
    asyncio.run(_left_open(path))


async def _left_open(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as run, Store.open(path, readonly=True) as store:
        run.execute("CREATE TABLE written (bytes BLOB)")
        async with Browser(store, "test").run_test(size=SMALL) as pilot:
            for key in ("j", "enter", "v", "q"):
                await pilot.press(key)
                await pilot.pause()
                run.execute("INSERT INTO written VALUES (randomblob(50000))")
                busy, log, moved = run.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                assert (busy, log) == (0, moved)


def test_a_resize_keeps_the_place(database: Path) -> None:
    """What stands at the top of the screen stays there when the terminal grows."""
    asyncio.run(_resized(database))


async def _resized(database: Path) -> None:
    with Store.open(database, readonly=True) as store:
        async with Browser(store, "people").run_test(size=(60, 12)) as pilot:
            await pilot.pause()
            await pilot.press("enter")
            await pilot.pause()
            await pilot.press("n", "n")
            await pilot.pause()
            before = screen(pilot).splitlines()[1].strip()
            assert before.startswith("round 1")
            assert "smaller than 80x24" in screen(pilot)
            await pilot.resize_terminal(110, 14)
            await pilot.pause()
            assert screen(pilot).splitlines()[1].strip().startswith(before)
