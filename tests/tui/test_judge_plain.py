"""Plain prompts: whatever is typed, whatever was said, and with nobody to look at a screen."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path

from debate.domain import Protocol
from debate.store import Store
from debate.store.blind import Blind
from debate.store.seating import seat
from debate.store.sittings import enrol
from debate.tui.judging.clerk import Clerk
from debate.tui.judging.round import by_prompts
from debate.tui.judging.sitting import Sitting
from tests.cli.hostile import FORBIDDEN, HOSTILE
from tests.runs import played
from tests.tui.studied import acted, answering, plainly, rows, ruled, sat, study
from tests.tui.test_judge_live import live, speak
from tests.tui.test_judge_screen import QUOTED


def test_nothing_that_was_said_reaches_the_terminal_as_it_is(tmp_path: Path) -> None:
    """F1, F2, F4, F5: in the transcript, the quotes, notes and searches."""
    path = study(tmp_path, 1, texts=[HOSTILE] * 4, spoken={"quotes": QUOTED}, instructions=HOSTILE, asked=HOSTILE)
    shown = plainly(path, "", "50", "quotes", "hidden", "note", HOSTILE, "again", "find bad", "question", "help", "")
    assert not FORBIDDEN.findall(shown.replace("\n", ""))
    assert "[/bad]" in shown
    assert "hidden characters were made visible" in shown
    assert "(your note:" in shown


def test_what_cannot_be_taken_is_asked_again(tmp_path: Path) -> None:
    """Numbers beside the scale, words that mean nothing, and an empty reason change nothing."""
    path = study(tmp_path, 1)
    wrong = ("0", "100", "fifty", "-1", "1" * 5000)
    shown = plainly(
        path, "what", "", *wrong, "50", "next", "", "30", "", "", "20", "", "back", "25", "Sand.", "no", "yes"
    )
    assert shown.count("Type a whole number from 1 to 99.") == len(wrong)
    assert [row[6] for row in ruled(path)] == ["[0.25,0.75]"]


def test_the_end_of_the_input_leaves_everything_as_it_is(tmp_path: Path) -> None:
    """I1: a pipe that ends in the middle is a judge who leaves; the next one goes on there."""
    path = study(tmp_path, 1)
    plainly(path, "", "50", "")
    assert [kind for _, kind, _ in acted(path)] == ["begin", "believe", "next", "next"]
    plainly(path, "30", "stop", "Sand.", "yes")
    assert len(ruled(path)) == 1


def test_the_text_is_searched_by_whom_the_arm_lets_read(tmp_path: Path) -> None:
    """In an expert arm `passage` and `find` show the text."""
    path = study(tmp_path, 1, games=(Protocol(name="expert", rounds=0),), arms=("expert",))
    shown = plainly(path, "", "passage", "find herring")
    assert "Captain Brandt signed" in shown
    assert "1 found" in shown


def test_practice_that_went_wrong_closes_the_rest(tmp_path: Path) -> None:
    """Told by prompts as on the screen, with how it turned out."""
    path = study(tmp_path, 3, practice=1, qualify=1, prior=False, beliefs="final", reason=False)
    face, out = answering("", "", "", "20", "yes")
    with sat(path) as blind:
        by_prompts(blind, "test", Clerk(told=lambda _: 0, right=lambda: 0), out, face._ask)
    shown = " ".join(out.getvalue().split())
    assert "You gave it" in shown
    assert "The rest is closed: 0 of 1 right in practice, and 1 are needed." in shown


def test_a_debate_is_judged_from_its_seat_by_prompts(tmp_path: Path) -> None:
    """What is awaited is told once, and the debate goes on when a run has played it on."""
    path = tmp_path / "debates.db"
    with Store.open(path, create=True) as store:
        live(tmp_path, store)
        enrol(store, "test", "j07")
        pinned = store.pinned("test")
        assert pinned is not None
        tournament = pinned.tournament
        face, out = answering("", "60", "Which line?", "", "", "80", "stop", "yes")

        def plays_on(_: float) -> None:
            with Store.open(path) as other:
                if not rows(path, "SELECT 1 FROM turn WHERE seat <> 'judge'"):
                    _stop_sitting(path)
                    asyncio.run(played(other, tournament, speak))

        face._pause = plays_on
        with Blind.open(path, "j07") as blind:
            sitting = Sitting(
                blind, blind.queue("test")[0].id, blind.study("test"), seated=lambda: seat(store, "test", "j07")
            )
            face.judge(sitting)
    shown = " ".join(out.getvalue().split())
    assert "Nobody is playing this debate on now." in shown
    assert shown.count("To that I say: Which line?.") == 2
    ((channel, final),) = rows(path, "SELECT channel, final FROM judgment")
    assert (channel, sorted(json.loads(final))) == ("live", [0.2, 0.8])


def _stop_sitting(path: Path) -> None:
    """Have the run that is about to be played not wait for the judge, who waits for it."""
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE sitting SET until = 0")
