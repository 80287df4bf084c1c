"""Pinning a plan, and asking how it stands."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import get_args

import pytest

from debate.domain import Ended, Failure, Judgment, Match, MatchState, Ruled
from debate.errors import InputError, PlanChanged, UsageError
from debate.store import Store
from tests import builders
from tests.store.making import ids, intent, matches, plan, planned, reply, said, speak


def test_a_pinned_tournament_is_as_it_was_given(tmp_path: Path) -> None:
    """The specification, the templates and the plan come back; the secret is one for the whole database."""
    with planned(tmp_path / "debate.db", 3) as store:
        plan(store, 2, name="other")
        pinned, other = store.pinned("test"), store.pinned("other")
        assert pinned is not None
        assert other is not None
        assert pinned.tournament == builders.tournament()
        assert pinned.templates == {"debate/debater": "Speak."}
        assert len(pinned.secret) == 32
        assert pinned.secret == other.secret
        assert pinned.questions == other.questions
        assert store.pinned("third") is None


def test_two_databases_have_two_secrets(tmp_path: Path) -> None:
    """A nonce of one database tells nothing about those of another."""
    with planned(tmp_path / "a.db") as one, planned(tmp_path / "b.db") as two:
        first, second = one.pinned("test"), two.pinned("test")
        assert first is not None
        assert second is not None
        assert first.secret != second.secret


def test_pinning_again_adds_and_leaves_alone(tmp_path: Path) -> None:
    """Matches that are there keep their state, their place and the order in which answers are shown."""
    asked = builders.question()
    first, *rest = matches(3, asked)
    flipped = first.model_copy(update={"shown": (1, 0)})
    with Store.open(tmp_path / "debate.db", create=True) as store:
        assert store.pin(builders.tournament(), {"a": "x"}, [asked], [first, rest[0]]) == 2
        with store.database.writing() as connection:
            connection.exec_driver_sql("UPDATE \"match\" SET state = 'done' WHERE ordinal = 1")
        assert store.pin(builders.tournament(repeats=2), {"a": "x", "b": "y"}, [asked], [rest[1], flipped, first]) == 1
        assert store.pin(builders.tournament(repeats=2), {"a": "x"}, [asked], iter((first, *rest))) == 0
        pinned = store.pinned("test")
        assert pinned is not None
        assert pinned.tournament.repeats == 2
        assert pinned.templates == {"a": "x", "b": "y"}
        assert [debate.match for debate, _ in store.debates("test")] == [first, *rest]
        assert store.status("test").matches["done"] == 1


def test_a_plan_of_many_matches_streams_through(tmp_path: Path) -> None:
    """More matches than a block, on questions that are met only with them, keep the order of the plan."""
    questions = [builders.question(f"Question {number}?") for number in range(3)]
    planned_ids: list[str] = []

    def stream() -> itertools.chain[Match]:
        return itertools.chain.from_iterable(matches(900, asked) for asked in questions)

    planned_ids = [match.id for match in stream()]
    with Store.open(tmp_path / "debate.db", create=True) as store:
        assert store.pin(builders.tournament(), {}, questions[:1], stream()) == 2700
        assert [debate.match.id for debate, _ in store.debates("test")] == planned_ids


def test_a_template_that_is_pinned_never_changes(tmp_path: Path) -> None:
    """A changed prompt is refused, and nothing of the second pin is kept."""
    with planned(tmp_path / "debate.db") as store:
        with pytest.raises(PlanChanged, match="debate/debater"):
            store.pin(builders.tournament(repeats=9), {"debate/debater": "Shout."}, [], [])
        pinned = store.pinned("test")
        assert pinned is not None
        assert pinned.tournament.repeats == 1


def test_a_mended_key_takes_the_place_of_the_wrong_one(tmp_path: Path) -> None:
    """A key is no part of anything's identity."""
    with planned(tmp_path / "debate.db") as store:
        mended = builders.question(correct=1)
        store.pin(builders.tournament(), {}, [mended], [])
        assert list(store.keys("test")) == [mended.key]


def test_keys_come_in_the_order_of_the_bank(tmp_path: Path) -> None:
    """However often they are pinned, and whatever their ids are."""
    asked = [builders.question(f"Question {n}?") for n in range(9)]
    with planned(tmp_path / "debate.db") as store:
        store.pin(builders.tournament(), {}, asked[:5], [])
        store.pin(builders.tournament(), {}, asked, [])
        keys = [key.question for key in store.keys("test")]
    assert [key for key in keys if key in {each.posed.id for each in asked}] == [each.posed.id for each in asked]


def test_the_same_id_with_other_content_is_an_error(tmp_path: Path) -> None:
    """An id that is no hash of its content cannot slip another question under a plan."""
    with planned(tmp_path / "debate.db") as store:
        asked = builders.question()
        forged = asked.model_copy(update={"posed": asked.posed.model_copy(update={"text": "Something else?"})})
        with pytest.raises(InputError, match="other content"):
            store.pin(builders.tournament(), {}, [forged], [])


def test_a_passage_and_a_prompt_are_stored_once(tmp_path: Path) -> None:
    """Whatever uses them."""
    with planned(tmp_path / "debate.db") as store:
        asked = [builders.question(f"Question {number}?") for number in range(5)]
        store.pin(builders.tournament(name="other"), {"x": "Speak.", "y": "Speak."}, asked, [])
        with store.database.reading() as connection:
            for table, count in (("passage", 1), ("template", 1), ("question", 6)):
                assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == count


async def test_the_status_counts_everything(tmp_path: Path) -> None:
    """Matches by state, calls, money, failures by kind, player and seat, turns that are not ok by theirs, runs."""
    with planned(tmp_path / "debate.db", 5) as store:
        async with store.run("test") as run:
            done, aside, failed, *_ = ids(await run.claim(4))
            await speak(run, done, reserve_usd=0.5)
            await run.write(
                Ruled(judgment=Judgment(id="v1-x", match=done, judge="jo")), Ended(match=done, state="done")
            )
            await run.write(said(aside, 1, "", state="refused"), Ended(match=aside, state="set-aside"))
            wrong = Failure(match=failed, where="turn:0", kind="Permanent", message="no", seat="A", player="ada")
            await run.write(wrong, Ended(match=failed, state="failed"))
            during = store.status("test")
            assert [worker.claims for worker in during.workers] == [1]
        status = store.status("test")
    assert status.matches == dict.fromkeys(get_args(MatchState), 0) | {
        "open": 2,
        "done": 1,
        "set-aside": 1,
        "failed": 1,
    }
    assert (status.calls, status.turns, status.judgments) == (1, 2, 1)
    assert (status.input_tokens, status.output_tokens) == (10, 5)
    assert [(f.kind, f.seat, f.player, f.count) for f in status.failures] == [("Permanent", "A", "ada", 1)]
    assert [(s.state, s.seat, s.player, s.count) for s in status.set_aside] == [("refused", "B", "bob", 1)]
    assert status.workers == ()


async def test_tournaments_are_listed_with_what_they_are(tmp_path: Path) -> None:
    """Each with its own counts, though they plan the same matches."""
    with planned(tmp_path / "debate.db", 2) as store:
        plan(store, 1, name="other")
        async with store.run("other") as run:
            await speak(run, ids(await run.claim(1))[0])
        one, two = store.tournaments()
    assert (one.name, one.matches["open"], one.calls, one.turns) == ("test", 2, 0, 0)
    assert (two.name, two.matches["open"], two.calls, two.turns) == ("other", 1, 1, 1)


def test_a_match_is_found_by_the_beginning_of_its_id(tmp_path: Path) -> None:
    """With or without the `m1-`, in one tournament or in all."""
    with planned(tmp_path / "debate.db", 30) as store:
        id = matches(1)[0].id
        assert store.find(id) == id
        assert store.find(id[:14], "test") == id
        assert store.find(id[3:14]) == id
        with pytest.raises(UsageError, match=r"begins several matches: m1-.*, \.\.\."):
            store.find("m1-")
        with pytest.raises(UsageError, match='no match begins with "m1-zzz" in "test"'):
            store.find("m1-zzz", "test")


def test_a_match_of_two_tournaments_wants_a_name(tmp_path: Path) -> None:
    """Two tournaments may plan the same match, and play it independently."""
    with planned(tmp_path / "debate.db", 2) as store:
        plan(store, 1, name="other")
        shared, own = (match.id for match in matches(2))
        assert store.debate(own).match.id == own
        assert store.debate(shared, "other").match.id == shared
        with pytest.raises(UsageError, match="in several tournaments: test, other"):
            store.debate(shared)
        with pytest.raises(UsageError, match='no match "m1-none"'):
            store.judgments("m1-none")


def test_an_unknown_tournament_is_named_with_the_nearest(tmp_path: Path) -> None:
    """A typing error costs no second look."""
    with planned(tmp_path / "debate.db") as store:
        with pytest.raises(UsageError, match=r'no tournament "tset"\. Did you mean "test"'):
            store.status("tset")
        with pytest.raises(UsageError, match="There are: test"):
            store.run("qqq")


async def test_reopened_matches_are_played_on(tmp_path: Path) -> None:
    """Done ones to be judged again, failed ones to be played on; what failed then counts no more."""
    with planned(tmp_path / "debate.db", 4) as store:
        async with store.run("test") as run:
            done, failed, busy, other = ids(await run.claim(4))
            wrong = Failure(match=failed, where="turn:0", kind="Permanent", message="no")
            await run.write(Ended(match=done, state="done"), wrong, Ended(match=failed, state="failed"))
            await run.write(Ended(match=other, state="set-aside"))
            assert store.reopen("test", None, "played") == 1
            assert store.reopen("test", None, "open") == 1
            assert store.reopen("test", [busy, other, "m1-none"], "played") == 1, "one is being played"
        assert store.failures(failed) == ()
        assert store.status("test").failures == ()
        assert store.status("test").matches == dict.fromkeys(get_args(MatchState), 0) | {"open": 2, "played": 2}


async def test_every_call_is_shown_with_how_it_ended(tmp_path: Path) -> None:
    """Answered, failed, or sent and never heard of again."""
    with planned(tmp_path / "debate.db") as store:
        async with store.run("test") as run:
            match, *_ = ids(await run.claim(1))
            answered, lost = intent(match, request="c1-x"), intent(match, 1, attempt=2, reserve_usd=0.5)
            await run.write(answered, lost)
            await run.write(reply(answered, "Yes.", thinking="Hm.", model="x-1"))
        first, second = store.calls(match)
    assert (first.outcome, first.request, first.model, first.latency_s) == ("answered", "c1-x", "openai/x", 0.1)
    assert first.reply is not None
    assert (first.reply.completion.text, first.reply.completion.thinking) == ("Yes.", "Hm.")
    assert first.reply.completion.model == "x-1"
    assert (second.outcome, second.attempt, second.reply, second.replied_at) == ("sent", 2, None, None)


async def test_debates_are_read_as_of_one_moment(tmp_path: Path) -> None:
    """H10: what a run adds while a report reads is left for the next report."""
    with planned(tmp_path / "debate.db", 2) as store:
        reading = store.debates("test")
        next(reading)
        async with store.run("test") as run:
            await speak(run, ids(await run.claim(2))[1])
        assert [len(debate.turns) for debate, _ in reading] == [0]
        assert [len(debate.turns) for debate, _ in store.debates("test")] == [0, 1]
