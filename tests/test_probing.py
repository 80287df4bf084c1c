"""Questions about debates that are over: paid for like any other call, recorded, never asked twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from debate import prompts
from debate.audits.reading import ROLES, Inquiry, inquiries, readings
from debate.domain import Ask, Completion, Debate, Judge, Limits, Tournament, Usage
from debate.errors import AccountError, Permanent
from debate.probing import Asked, ask
from debate.providers import Providers
from debate.providers.scripted import Scripted
from debate.store import Store
from debate.tournament import Stop
from tests.audits.test_reading import reply
from tests.runs import played, spec, transcripts
from tests.scripts import HOLDS, verdict

READER = Judge(name="reader", model="lab/reader", passage=True)
Said = Callable[[Ask], str | Completion]


def honest(asked: Ask) -> str:
    return verdict(asked, [0.5, 0.5]) if asked.purpose == "judge" else HOLDS


def reads(asked: Ask) -> str:
    return reply(ROLES[asked.role])


def probes(debate: Debate) -> Iterator[Inquiry]:
    return inquiries(debate, READER, "p")


async def over(folder: Path, store: Store, **more: Any) -> Tournament:
    """A tournament that is played to its end."""
    tournament = spec(folder, **more)
    await played(store, tournament, honest)
    return tournament


async def read(store: Store, tournament: Tournament, said: Said, *, stop: Stop | None = None) -> Asked:
    pinned = store.pinned(tournament.name)
    assert pinned
    matches = [debate.match.id for debate, _ in store.debates(tournament.name)]
    templates = prompts.audit()
    async with Providers(given={"lab": Scripted(said)}, limits=tournament.limits) as providers:
        return await ask(
            store,
            tournament,
            matches,
            probes,
            templates=templates,
            secret=pinned.secret,
            providers=providers,
            stop=stop,
        )


def found(store: Store) -> int:
    calls = [(c.match, c.where, c.model, c.reply) for c in store.audit_calls("test") if c.reply]
    return len(readings(calls))


async def test_what_was_read_is_kept_and_not_read_again(tmp_path: Path) -> None:
    """The debates stay as they were; the second time nothing is called."""
    with Store.open(tmp_path / "t.db", create=True) as store:
        tournament = await over(tmp_path, store)
        before, states = transcripts(store), store.status("test").matches
        first = await read(store, tournament, reads)
        assert first.ending == "done"
        assert first.calls == found(store) >= 16
        assert transcripts(store) == before
        assert store.status("test").matches == states
        again = await read(store, tournament, reads)
        assert (again.ending, again.calls) == ("done", 0)


async def test_a_cap_stops_it_and_it_goes_on_later(tmp_path: Path) -> None:
    """The cap is the tournament's; what was answered counts."""
    with Store.open(tmp_path / "t.db", create=True) as store:
        tournament = await over(tmp_path, store)
        spent = store.status("test").calls
        tight = tournament.model_copy(update={"limits": Limits(max_calls=spent + 5, concurrency=2)})
        stopped = await read(store, tight, reads)
        assert (stopped.ending, stopped.calls) == ("budget", 5)
        assert f"cap of {spent + 5} calls" in stopped.why
        rest = await read(store, tournament, reads)
        assert rest.ending == "done"
        assert rest.calls == found(store) - 5


async def test_money_that_it_costs_is_the_tournaments(tmp_path: Path) -> None:
    """It is in the same books."""
    paid = Usage(cost_usd=0.01, calls=1)
    with Store.open(tmp_path / "t.db", create=True) as store:
        tournament = await over(tmp_path, store, asked=1)
        result = await read(store, tournament, lambda a: Completion(text=reads(a), usage=paid))
        assert store.status("test").spent_usd == pytest.approx(0.01 * result.calls)


async def test_a_call_that_fails_for_good_is_counted_and_asked_again_later(tmp_path: Path) -> None:
    """The others are kept."""

    def fails(asked: Ask) -> str:
        if asked.role == "audit/reply":
            raise Permanent("no such model")
        return reads(asked)

    with Store.open(tmp_path / "t.db", create=True) as store:
        tournament = await over(tmp_path, store, asked=1)
        result = await read(store, tournament, fails)
        assert result.ending == "failures"
        assert result.failed >= 4
        kept = found(store)
        rest = await read(store, tournament, reads)
        assert rest.ending == "done"
        assert found(store) == kept + rest.calls


async def test_a_key_that_is_refused_ends_it(tmp_path: Path) -> None:
    """As it ends a run; the matches are free again."""

    def refused(asked: Ask) -> str:
        raise AccountError("the key is not accepted")

    with Store.open(tmp_path / "t.db", create=True) as store:
        tournament = await over(tmp_path, store, asked=1)
        with pytest.raises(AccountError):
            await read(store, tournament, refused)
        assert (await read(store, tournament, reads)).ending == "done"


async def test_a_stop_that_is_asked_for_calls_nothing_more(tmp_path: Path) -> None:
    """And says so."""
    stop = Stop()

    def stops(asked: Ask) -> str:
        stop.ask()
        return reads(asked)

    with Store.open(tmp_path / "t.db", create=True) as store:
        tournament = await over(tmp_path, store)
        result = await read(store, tournament, stops, stop=stop)
        kept = found(store)
        assert (result.ending, kept) == ("interrupted", 1)
        rest = await read(store, tournament, reads)
        assert found(store) == kept + rest.calls
