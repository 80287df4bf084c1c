"""Sittings: given once, held by one process at a time, written down act by act, and never overwritten."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from debate.domain import Protocol
from debate.errors import UsageError
from debate.store import Store
from debate.store.file import schema
from debate.store.studies.blind import LEASE_S, Blind
from debate.store.studies.excluding import exclude
from debate.store.studies.progress import progress
from debate.store.studies.sittings import enrol, invalidate
from debate.studies.assigning import letter
from debate.studies.session import restored
from debate.tui.judging.sitting import Sitting
from tests.store.children import FORKS, finish, start
from tests.store.making import plan
from tests.tui.studied import acted, enter, plainly, rows, ruled, sat, study

ANSWERS = ("", "50", "", "30", "", "", "20", "The sand in two crates.", "yes")
ACTS = 11
"""What these answers come to: a beginning, three beliefs with what follows, two rounds read, a reason, the end."""
PATIENCE_S = 300
"""How long another process is waited for; none takes so long, whatever else the machine does."""


def enrol_in_a_race(path: Path, judge: str, ready: object) -> None:
    """Enrol as soon as all are ready."""
    ready.wait(PATIENCE_S)  # type: ignore[attr-defined] # a barrier of another process
    enter(path, judge)


def hold(path: Path, judge: str, held: object, over: object) -> None:
    """Take a sitting up, and keep it."""
    with Blind.open(path, judge) as blind:
        blind.take(blind.queue("test")[0].id)
        held.set()  # type: ignore[attr-defined] # an event of another process
        over.wait(PATIENCE_S)  # type: ignore[attr-defined]


def take_steps(path: Path, steps: int, done: object) -> None:
    """Do so many steps of a sitting, and wait to be killed."""
    with Blind.open(path, "j07") as blind:
        sitting = Sitting(blind, blind.queue("test")[0].id, blind.study("test"))
        for _ in range(steps):
            step(sitting)
        done.set()  # type: ignore[attr-defined] # an event of another process
        time.sleep(60)


def step(sitting: Sitting) -> None:
    """Do the next thing that a judge who reads everything does."""
    session = sitting.session
    if session.stage == "instructions":
        sitting.do("begin")
    elif session.stage == "reading":
        sitting.do("next")
    elif session.stage == "belief" and dict(session.percents).get(session.revealed) is None:
        sitting.do("believe", percent=40 - 10 * session.revealed)
    elif session.stage == "belief":
        sitting.do("next")
    elif not session.reason:
        sitting.do("reason", text="The sand in two crates.")
    else:
        sitting.do("submit")


def test_judges_who_come_at_once_share_what_there_is(tmp_path: Path) -> None:
    """I2: three processes enrol together; each transcript is given as often as was agreed, and to each judge once."""
    path = study(tmp_path, 6, overlap=2)
    ready = FORKS.Barrier(3)
    for each in [start(enrol_in_a_race, path, f"j{n}", ready) for n in range(3)]:
        assert finish(each) == 0
    given = rows(path, "SELECT match, judge FROM sitting")
    assert len(set(given)) == len(given) == 12
    assert set(Counter(match for match, _ in given).values()) == {2}


def test_a_sitting_is_held_by_one_process(tmp_path: Path) -> None:
    """I2: what is open in one window cannot be opened in another; it is free as soon as that process has died."""
    path = study(tmp_path, 1)
    enter(path)
    held, over = FORKS.Event(), FORKS.Event()
    process = start(hold, path, "j07", held, over)
    assert held.wait(PATIENCE_S)
    with Blind.open(path, "j07") as blind:
        place = blind.queue("test")[0]
        with pytest.raises(UsageError, match="another window"):
            blind.take(place.id)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join(PATIENCE_S)
        blind.take(place.id)


def test_a_lease_runs_out(tmp_path: Path) -> None:
    """I3: what a judge on another machine held, who fell silent, can be taken up again, with all that was done."""
    path = study(tmp_path, 1)
    with sat(path) as blind:
        sitting = Sitting(blind, blind.queue("test")[0].id, blind.study("test"))
        sitting.do("begin")
        elsewhere = '{"host":"elsewhere","boot":"x/y/z","pid":1,"born":1}'
        _write(path, elsewhere, time.time() + LEASE_S)
        with pytest.raises(UsageError, match="another window"):
            blind.take(sitting.id)
        _write(path, elsewhere, time.time() - 1)
        assert Sitting(blind, sitting.id, blind.study("test")).session.stage == "belief"


def _write(path: Path, holder: str, until: float) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE sitting SET holder = ?, until = ?", (holder, until))


@pytest.mark.parametrize("steps", [1, 6, 10])
def test_a_sitting_that_is_killed_goes_on_where_it_was(tmp_path: Path, steps: int) -> None:
    """I1: whatever was done before `kill -9` is there, and the next start stands in the same place."""
    path = study(tmp_path, 1)
    enter(path)
    done = FORKS.Event()
    process = start(take_steps, path, steps, done)
    assert done.wait(PATIENCE_S)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join(PATIENCE_S)
    with Blind.open(path, "j07") as blind:
        sitting = Sitting(blind, blind.queue("test")[0].id, blind.study("test"))
        assert len(rows(path, "SELECT * FROM act")) == steps
        assert sitting.session == restored(sitting.study, 2, blind.acts(sitting.id))
        while not sitting.session.over:
            step(sitting)
    ((_, judge, kind, *_, reason, stands, beliefs),) = ruled(path)
    assert (judge, kind, reason, stands) == ("j07", "human", "The sand in two crates.", 1)
    assert beliefs == "0[0.4,0.6],1[0.3,0.7],2[0.2,0.8]"
    assert len(acted(path)) == ACTS


def test_enrolling_again_changes_nothing(tmp_path: Path) -> None:
    """Who comes again has the same transcripts in the same order; what was finished since is added at the end."""
    path = study(tmp_path, 3)
    enter(path)
    before = rows(path, "SELECT * FROM sitting ORDER BY id")
    enter(path)
    assert rows(path, "SELECT * FROM sitting ORDER BY id") == before


def test_both_seatings_and_both_games_go_to_different_judges(tmp_path: Path) -> None:
    """A judge meets a passage once, under one game only; a second judge meets the other."""
    games = (Protocol(name="debate", rounds=2), Protocol(name="consultancy", rounds=2))
    path = study(tmp_path, 4, games=games)
    enter(path, "j01")
    enter(path, "j02")
    enter(path, "j03")
    met = rows(path, "SELECT judge, question FROM sitting JOIN match ON match.ordinal = sitting.match")
    assert len(set(met)) == len(met) == 8
    assert Counter(judge for judge, _ in met) == {"j01": 4, "j02": 4}


def test_a_skipped_transcript_is_free_for_another_judge(tmp_path: Path) -> None:
    """What one skips with a reason counts for nothing, and the next one gets it."""
    path = study(tmp_path, 1)
    plainly(path, "skip", "I know this story", judge="j01")
    assert rows(path, "SELECT state, why FROM sitting") == [("skipped", "I know this story")]
    assert ruled(path) == []
    enter(path, "j02")
    assert rows(path, "SELECT judge FROM sitting WHERE state = 'open'") == [("j02",)]


def test_invalid_rulings_stay_and_are_not_counted(tmp_path: Path) -> None:
    """Nothing is erased: the rulings carry that they are superseded, and why."""
    path = study(tmp_path, 1)
    plainly(path, *ANSWERS)
    with Store.open(path) as store:
        assert invalidate(store, "test", "j07", "slept") == 1
    assert rows(path, "SELECT superseded_by FROM judgment WHERE kind = 'human'") == [("invalid: slept",)]
    assert rows(path, "SELECT state, why FROM sitting") == [("invalid", "slept")]
    assert len(acted(path)) == ACTS


def test_who_rules_too_fast_is_flagged_and_still_counted(tmp_path: Path) -> None:
    """I12: three seconds for a transcript are told, and the ruling stays."""
    path = study(tmp_path, 1)
    plainly(path, *ANSWERS)
    with Store.open(path, readonly=True) as store:
        (mine,) = progress(store, "test")
    assert (mine.submitted, mine.fast, mine.invalid) == (1, 1, 0)
    assert ruled(path)[0][8] == 1


GAMES = tuple(Protocol(name=name, rounds=2) for name in ("debate", "consultancy"))


def met(path: Path) -> list[tuple[str, str, str, str]]:
    """Who reads which question under which game, and what for."""
    joined = "sitting JOIN match ON match.ordinal = sitting.match JOIN protocol ON protocol.id = match.protocol"
    return rows(path, f"SELECT judge, question, name, purpose FROM {joined} ORDER BY sitting.id")


def test_a_latin_square_is_dealt_from_the_database(tmp_path: Path) -> None:
    """Two judges, two arms, four questions: each has both arms equally, and a question never under the same one."""
    path = study(tmp_path, 4, games=GAMES, design="within", arms=("debate", "consultancy"), overlap=2)
    for judge in ("j1", "j2"):
        enter(path, judge)
    given = met(path)
    assert Counter((judge, game) for judge, _, game, _ in given) == {
        (judge, game): 2 for judge in ("j1", "j2") for game in ("debate", "consultancy")
    }
    assert len({(question, game) for _, question, game, _ in given}) == 8


def test_between_judges_an_arm_is_given_by_turns(tmp_path: Path) -> None:
    """And stays with a judge who comes again."""
    path = study(tmp_path, 2, games=GAMES, design="between", arms=("debate", "consultancy"), overlap=2)
    for judge in ("j1", "j2", "j1"):
        enter(path, judge)
    assert {(judge, game) for judge, _, game, _ in met(path)} == {("j1", "debate"), ("j2", "consultancy")}


def test_a_view_can_be_an_arm(tmp_path: Path) -> None:
    """`debate/quotes` is read as verified quotes alone."""
    path = study(tmp_path, 1, arms=("debate/quotes",))
    with sat(path) as blind:
        place = blind.queue("test")[0]
        assert {speech.text for speech in blind.ballot(place.id, 1).speeches} == {""}
    assert rows(path, "SELECT view FROM sitting") == [("quotes",)]


def test_practice_checks_and_repeats_are_dealt_once(tmp_path: Path) -> None:
    """In their order, and not again when the judge comes back."""
    path = study(tmp_path, 6, practice=1, attention=1, repeat=1, items=2, overlap=9)
    enter(path)
    enter(path)
    purposes = [purpose for *_, purpose in met(path)]
    assert purposes[:2] == ["practice", "study"]
    assert purposes[-1] == "repeat"
    assert Counter(purposes) == {"practice": 1, "study": 2, "attention": 1, "repeat": 1}


def test_checks_and_repeats_are_told_to_the_researcher(tmp_path: Path) -> None:
    """A check that was failed, and how far a judge is from themselves, are counted and excluded as declared."""
    path = study(
        tmp_path, 4, attention=1, repeat=1, items=1, prior=False, beliefs="final", reason=False,
        exclude_attention=1, exclude_repeat=20,
    )  # fmt: skip
    with sat(path) as blind:
        for place in blind.queue("test"):
            sitting = Sitting(blind, place.id, blind.study("test"))
            for kind in ("begin", "next", "next"):
                sitting.do(kind)
            asks = letter("j07", blind.identity(place.id)[0])
            fails = 10 if asks == "A" else 90
            percent = {"attention": fails, "study": 40, "repeat": 90}[place.purpose]
            sitting.do("believe", percent=percent)
            sitting.do("next")
            sitting.do("submit")
    with Store.open(path) as store:
        (mine,) = progress(store, "test")
        assert (mine.checks, mine.checks_failed, mine.moved) == (1, 1, 50.0)
        assert mine.excluded == ("failed 1 checks of attention", "moved by 50 points when asked again")
        (excluded,) = exclude(store, "test")
        assert excluded.rulings == 3
    assert {row[8] for row in ruled(path)} == {0}


async def test_sittings_of_an_older_database_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A3: what judges had done before the tables changed is there afterwards, act by act."""
    path = tmp_path / "debates.db"
    with monkeypatch.context() as patch:
        patch.setattr(schema, "SCHEMA", "m004")
        with Store.open(path, create=True) as store:
            plan(store, 1)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(
            "INSERT INTO sitting VALUES (7, 1, 1, 'j07', 0, 'full', 'study', '[0,1]', 'open', '', 0.0, '', '2026')"
        )
        raw.execute("INSERT INTO act VALUES (7, 0, 'begin', '{}', '2026')")
    Store.open(path).close()
    assert rows(path, "SELECT id, judge, state, place FROM sitting") == [(7, "j07", "open", 0)]
    assert rows(path, "SELECT sitting, kind FROM act") == [(7, "begin")]


def test_a_tournament_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A wrong name is told, and nothing is written."""
    path = study(tmp_path, 1)
    with Store.open(path) as store, pytest.raises(UsageError, match='no tournament "other"'):
        enrol(store, "other", "j07")
