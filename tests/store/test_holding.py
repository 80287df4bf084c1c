"""Asking about debates that are over: they are claimed as they are, and what was asked is found again."""

from __future__ import annotations

from pathlib import Path

from debate.domain import Ended, Intent
from debate.store import Store
from tests.store.making import ids, planned, reply, speak


async def finished(store: Store, n: int) -> list[str]:
    """Play `n` matches to their end."""
    async with store.run("test") as run:
        matches = ids(await run.claim(n))
        for match in matches:
            await speak(run, match)
            await run.write(Ended(match=match, state="done"))
    return matches


async def test_a_match_that_is_done_is_held_and_given_back_as_it_was(tmp_path: Path) -> None:
    """One that is open is none of an audit's, nor one that another run asks about."""
    with planned(tmp_path / "t.db", 3) as store:
        done = await finished(store, 2)
        everything = [debate.match.id for debate, _ in store.debates("test")]
        async with store.run("test") as run, store.run("test") as other:
            assert ids(await run.hold(everything)) == done
            assert ids(await other.hold(everything)) == []
            await run.write(Ended(match=done[0], state="done"))
            assert ids(await other.hold(everything)) == done[:1]
        assert store.status("test").matches["done"] == 2


async def test_what_an_audit_asked_is_found_and_not_asked_again(tmp_path: Path) -> None:
    """By where it was asked, with the reply; the calls of the debate itself are others."""
    with planned(tmp_path / "t.db", 1) as store:
        (match,) = await finished(store, 1)
        asked = Intent(call="a", match=match, where="read:0", purpose="audit", model="lab/r", reserve_usd=0.5)
        async with store.run("test") as run:
            await run.hold([match])
            await run.write(asked)
            await run.write(reply(asked, "yes"))
        (found,) = store.audit_calls("test")
        assert (found.match, found.where, found.model) == (match, "read:0", "lab/r")
        assert found.reply
        assert found.reply.completion.text == "yes"
        async with store.run("test") as run:
            (held,) = await run.hold([match])
            assert [call.completion.text for call in held.calls["read:0"]] == ["yes"]


async def test_the_index_answers_which_calls_are_an_audits(tmp_path: Path) -> None:
    """Among all calls of a large database they are few."""
    with planned(tmp_path / "t.db", 1) as store, store.database.reading() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT * FROM call JOIN match ON match.ordinal = call.match "
            "WHERE call.purpose = 'audit' AND match.tournament = 1"
        ).all()
    assert any("call_audit" in str(step) for step in plan)


async def test_matches_that_a_killed_audit_held_can_be_judged_again(tmp_path: Path) -> None:
    """What it had claimed is free once its lease is over."""
    with planned(tmp_path / "t.db", 1) as store:
        (match,) = await finished(store, 1)
        async with store.run("test", clock=lambda: 0.0) as dead:
            await dead.hold([match])
            assert store.reopen("test", None, "played") == 1
