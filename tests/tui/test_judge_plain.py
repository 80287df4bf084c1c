"""Plain prompts: whatever is typed, whatever was said, and with nobody to look at a screen."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path

from debate.domain import Protocol
from debate.store import Store
from debate.store.studies.blind import Blind
from debate.store.studies.seating import seat
from debate.store.studies.sittings import enrol
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
    assert "hidden characters: spelled out, or left out" in shown
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


def test_sentences_are_marked_and_speeches_noted_by_number(tmp_path: Path) -> None:
    """What the screen does with keys: any speech so far, any sentence, with or without what it is, and back."""
    path = study(tmp_path, 1, texts=["It was sand. The captain lied.", "He counted."] * 2)
    shown = plainly(
        path,
        *("", "50", "mark", "2", "1", "mark 3", "", "mark", "", "unmark 3", "note 1", "Too sure.", "note", "Hm."),
        *("speeches", "mark 9", "note 9", "mark 1", "7", "round 2", "round 1", ""),
    )
    marks = "SELECT json_extract(rest, '$.about', '$.span', '$.tag') FROM act WHERE kind IN ('mark', 'unmark')"
    assert [json.loads(row[0]) for row in rows(path, marks)] == [
        ["0", [13, 30], "misquote"],
        ["1", [0, 11], None],
        ["1", [0, 11], None],
    ]
    notes = "SELECT json_extract(rest, '$.about'), json_extract(rest, '$.text') FROM act WHERE kind = 'note'"
    assert rows(path, notes) == [("0", "Too sure."), ("1", "Hm.")]
    assert "2. Debater A: The captain lied." in shown
    assert "2. Debater A: The captain lied. (marked: misquote)" in shown
    assert "your note: Too sure." in shown
    assert "Say which sentence: a number from 1 to 3." in shown
    assert "Say which speech: a number from 1 to 2." in shown
    assert "Say which kind: a number from 1 to 5." in shown
    assert "Say which round" in shown


def test_the_last_ruling_is_corrected_at_the_end(tmp_path: Path) -> None:
    """I4: as from the list on the screen; the reason is changed too, both rulings stay, the later one counts."""
    path = study(tmp_path, 2, prior=False, beliefs="final")
    each = ("", "", "", "20", "Sand.", "yes")
    face, out = answering(*each, *each, "correct", "back", "30", "reason", "The mate.", "yes", "")
    with sat(path) as blind:
        by_prompts(blind, "test", Clerk(), out, face._ask)
    found = [(sorted(json.loads(row[6])), row[7], row[8]) for row in ruled(path)]
    assert found == [([0.2, 0.8], "Sand.", 1), ([0.2, 0.8], "Sand.", 0), ([0.3, 0.7], "The mate.", 1)]
    assert "your last ruling once more" in out.getvalue()


def test_a_ruling_that_was_told_is_not_offered_to_be_corrected(tmp_path: Path) -> None:
    """I4: after feedback it stands, and nobody is asked."""
    path = study(tmp_path, 1, prior=False, beliefs="final", feedback="always")
    face, out = answering("", "", "", "20", "Sand.", "yes", "correct")
    with sat(path) as blind:
        by_prompts(blind, "test", Clerk(told=lambda _: 0), out, face._ask)
    assert "type correct" not in out.getvalue()
    assert len(ruled(path)) == 1


def test_a_transcript_is_put_off(tmp_path: Path) -> None:
    """`later` goes to the next one; what was put off comes again after the others, where it was left."""
    path = study(tmp_path, 2, prior=False, beliefs="final", reason=False)
    face, out = answering("", "later", "", "", "", "20", "yes", "", "", "80", "yes")
    with sat(path) as blind:
        by_prompts(blind, "test", Clerk(), out, face._ask)
    assert [kind for sitting, kind, _ in acted(path) if sitting == 1][:2] == ["begin", "pause"]
    handed = rows(path, "SELECT sitting.id FROM judgment JOIN sitting USING (match) ORDER BY judgment.ordinal")
    assert handed == [(2,), (1,)]
    assert out.getvalue().count("=== transcript 1 of 2 ===") == 2


def test_a_break_is_not_counted(tmp_path: Path) -> None:
    """I6: from the first second of it; a silence without a word is idle from when it grew long."""
    path, now = study(tmp_path, 1, idle_s=120), [0.0]
    with sat(path) as blind:
        sitting = Sitting(blind, 1, blind.study("test"), clock=lambda: now[0])
        now[0] += 10
        sitting.do("begin")
        now[0] += 5
        sitting.do("pause")
        now[0] += 60
        sitting.do("believe", percent=50)
        now[0] += 300
        sitting.do("next")
    told = rows(path, "SELECT json_extract(rest, '$.active_ms'), json_extract(rest, '$.idle_ms') FROM act")
    assert told == [(10_000, None), (5_000, None), (None, 60_000), (120_000, 180_000)]
