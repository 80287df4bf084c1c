"""A person sits in a debate while it is played: the engine waits for them, and plays on as soon as they have spoken."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from debate.domain import Ask, Judge, Protocol, Study, Turn
from debate.store import Store
from debate.store.studies.blind import Blind
from debate.store.studies.seating import seat
from debate.store.studies.sittings import enrol
from debate.tui.judging.sitting import Sitting
from tests.cli.driving import cli
from tests.runs import played, spec
from tests.scripts import VERDICT
from tests.tui.studied import rows

LIVE = Protocol(name="debate", rounds=3, interactive=True)
PATIENCE_S = 60.0
ANY = Study(reason=False)


def speak(ask: Ask) -> str:
    """Answer the judge's question, so that a test can see that it was heard."""
    if ask.purpose == "judge":
        return VERDICT
    asked = [speech.text for speech in ask.source.speeches if speech.label == "judge"]
    return f"To that I say: {asked[-1] if asked else 'nothing was asked'}."


def live(folder: Path, store: Store, judging: Study = ANY) -> None:
    """Play a tournament up to its judge's seat."""
    tournament = spec(
        folder,
        asked=1,
        judges=(Judge(name="j07", model="human/j07"),),
        protocols=(LIVE,),
        judging=judging,
    )
    result = asyncio.run(played(store, tournament, speak))
    assert result.ending == "waiting"


def sit(path: Path, questions: list[str]) -> list[str]:
    """Take the seat: ask each question, and then decide. Return what stood on the screen of the last round."""
    with Store.open(path) as store, Blind.open(path, "j07") as blind:
        place = next(place for place in blind.queue("test") if place.state == "live")
        sitting = Sitting(blind, place.id, blind.study("test"), seated=lambda: seat(store, "test", "j07"))
        sitting.do("begin")
        for question in questions:
            sitting.do("believe", percent=60)
            sitting.do("ask", text=question)
            until = time.monotonic() + PATIENCE_S
            while sitting.awaited:
                assert time.monotonic() < until, "waited in vain"
                time.sleep(0.01)
            sitting.do("next")
            sitting.do("next")
        sitting.do("believe", percent=80)
        sitting.do("stop")
        sitting.do("submit")
        last = sitting.session.revealed
        return [s.text for s in sitting.ballot().speeches if s.round == last and s.label != "judge"]


async def test_engine_and_judge_play_one_debate(tmp_path: Path) -> None:
    """The run waits while the judge reads, the next round answers the question, and the ruling is the judge's own."""
    path = tmp_path / "debates.db"
    with Store.open(path, create=True) as store:
        await asyncio.to_thread(live, tmp_path, store)
        assert enrol(store, "test", "j07").open == 2
        asked = ["Which line shows it?", "Who counted?"]
        with Blind.open(path, "j07") as blind:
            blind.take(blind.queue("test")[0].id)
        engine = asyncio.create_task(played(store, store.pinned("test").tournament, speak))  # type: ignore[union-attr]
        last = await asyncio.to_thread(sit, path, asked)
        result = await engine
    assert last == ["To that I say: Who counted?."] * 2
    assert result.ending == "waiting", "the other seating of the debate is still to be judged"
    said = rows(path, "SELECT text FROM turn WHERE seat = 'judge' ORDER BY \"index\"")
    assert said == [("Which line shows it?",), ("Who counted?",), ("",)]
    ((judge, channel, purpose, state, beliefs),) = rows(
        path,
        "SELECT judge, channel, purpose, judgment.state, (SELECT count(*) FROM belief WHERE judgment = ordinal)"
        " FROM judgment",
    )
    assert (judge, channel, purpose, state, beliefs) == ("j07", "live", "study", "valid", 3)
    assert rows(path, "SELECT state, count(*) FROM match GROUP BY state") == [("done", 1), ("waiting", 1)]


async def test_who_withdraws_from_a_seat_gives_it_up_and_keeps_the_name_in_the_plan(tmp_path: Path) -> None:
    """The debate that waits is set aside; the one that was ruled on stays, and it is told that the plan names them."""
    path = tmp_path / "debates.db"
    with Store.open(path, create=True) as store:
        await asyncio.to_thread(live, tmp_path, store, Study(reason=False, withdrawal="anonymise"))
        enrol(store, "test", "j07")
        with Blind.open(path, "j07") as blind:
            blind.take(blind.queue("test")[0].id)
        engine = asyncio.create_task(played(store, store.pinned("test").tournament, speak))  # type: ignore[union-attr]
        await asyncio.to_thread(sit, path, ["Who counted?"])
        await engine
    told = cli("judges", "withdraw", "test", "--as", "j07", "--db", path, "--yes")
    assert told.exit_code == 0, told.stderr
    assert '"test" names j07 at a seat' in told.stdout
    assert rows(path, "SELECT state, count(*) FROM match GROUP BY state") == [("done", 1), ("set-aside", 1)]
    assert rows(path, "SELECT state, holder FROM sitting ORDER BY id") == [("submitted", ""), ("skipped", "")]
    assert rows(path, "SELECT count(*) FROM sitting WHERE judge = 'j07'") == [(0,)]
    assert rows(path, "SELECT judge, channel, length(at) FROM judgment") == [("j07", "live", 10)]
    assert rows(path, "SELECT text FROM turn WHERE seat = 'judge' AND text <> ''") == [("Who counted?",)]
    assert rows(path, "SELECT count(*) FROM act WHERE rest LIKE '%counted%'") == [(0,)]


def test_what_is_awaited_is_told_as_it_is(tmp_path: Path) -> None:
    """Nobody plays on: that is said, and to go on is refused; the question waits for the next run."""
    path = tmp_path / "debates.db"
    with Store.open(path, create=True) as store:
        live(tmp_path, store)
        enrol(store, "test", "j07")
        with Blind.open(path, "j07") as blind:
            place = blind.queue("test")[0]
            sitting = Sitting(blind, place.id, blind.study("test"), seated=lambda: seat(store, "test", "j07"))
            sitting.do("begin")
            sitting.do("believe", percent=50)
            sitting.do("ask", text="Which line shows it?")
            assert sitting.awaited == "run"
            sitting.leave()
        pinned = store.pinned("test")
        assert pinned is not None
        asyncio.run(played(store, pinned.tournament, speak))
        with Blind.open(path, "j07") as blind:
            again = Sitting(blind, place.id, blind.study("test"))
            assert (again.session.stage, again.awaited) == ("waiting", "")
            again.do("next")
            assert [s.text for s in again.ballot().speeches if s.round == 1] == [
                "To that I say: Which line shows it?."
            ] * 2


def test_an_act_that_did_not_become_a_turn_does_so_the_next_time(tmp_path: Path) -> None:
    """I1: killed between the act and the turn, the next start adds it, once."""
    path = tmp_path / "debates.db"
    with Store.open(path, create=True) as store:
        live(tmp_path, store)
        enrol(store, "test", "j07")
        with Blind.open(path, "j07") as blind:
            sitting = Sitting(blind, blind.queue("test")[0].id, blind.study("test"))
            sitting.do("begin")
            sitting.do("believe", percent=50)
            sitting.do("ask", text="Which line shows it?")
        assert rows(path, "SELECT * FROM turn") == []
        assert [seat(store, "test", "j07") for _ in range(3)] == [1, 0, 0]
        turns = [turn for debate, _ in store.debates("test") for turn in debate.turns]
    assert turns == [Turn(**turns[0].model_dump())]
    assert (turns[0].seat, turns[0].text, turns[0].says and turns[0].says.beliefs) == (
        "judge",
        "Which line shows it?",
        (0.5, 0.5),
    )


def test_the_second_seating_is_played_and_not_counted(tmp_path: Path) -> None:
    """Both seatings need a judge; of one passage only the first of a person's rulings is for the study."""
    path = tmp_path / "debates.db"
    with Store.open(path, create=True) as store:
        live(tmp_path, store)
        enrol(store, "test", "j07")
    assert rows(path, "SELECT state, purpose FROM sitting ORDER BY id") == [("live", "study"), ("live", "repeat")]


def test_a_seat_that_is_given_up_ends_the_debate(tmp_path: Path) -> None:
    """Who sits in the debate leaves it with a reason: it waits for nobody, is set aside, and the status says so."""
    path = tmp_path / "debates.db"
    with Store.open(path, create=True) as store:
        live(tmp_path, store)
        enrol(store, "test", "j07")
        with Blind.open(path, "j07") as blind:
            first, second = (place.id for place in blind.queue("test"))
            sitting = Sitting(blind, first, blind.study("test"), seated=lambda: seat(store, "test", "j07"))
            sitting.do("begin")
            sitting.do("skip", text="I know the captain")
            assert rows(path, "SELECT state, count(*) FROM match GROUP BY state") == [("set-aside", 1), ("waiting", 1)]
            asking = Sitting(blind, second, blind.study("test"), seated=lambda: seat(store, "test", "j07"))
            asking.do("begin")
            asking.do("believe", percent=50)
            asking.do("ask", text="Who counted?")
            asking.do("skip", text="They take too long")
        told = cli("judges", "status", "test", "--db", path).stdout
        assert "j07: gave up the seat in 1 debate, now set aside" in told
        pinned = store.pinned("test")
        assert pinned is not None
        result = asyncio.run(played(store, pinned.tournament, speak))
        assert result.ending == "failures"
        assert rows(path, "SELECT DISTINCT state FROM match") == [("set-aside",)]
        assert enrol(store, "test", "j07").open == 0


def test_a_seat_is_given_up_for_who_does_not_come_back(tmp_path: Path) -> None:
    """The researcher releases it: the debates that waited are set aside, what was said in them stays."""
    path = tmp_path / "debates.db"
    with Store.open(path, create=True) as store:
        live(tmp_path, store)
        enrol(store, "test", "j07")
    waits = cli("judges", "status", "test", "--db", path)
    assert "j07: sits in 2 debates not over, waiting for this judge only" in waits.stdout
    given = cli("judges", "release", "test", "--as", "j07", "--why", "fell ill", "--db", path)
    assert "2 debates waited for this judge, now set aside" in given.stdout
    assert rows(path, "SELECT DISTINCT state FROM match") == [("set-aside",)]
    assert rows(path, "SELECT DISTINCT state, why FROM sitting") == [("skipped", "released: fell ill")]
