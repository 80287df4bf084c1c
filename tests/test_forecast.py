"""What a plan is said to come to is what it then comes to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from debate import preparing, prompts
from debate.domain import CONTROLS, Endpoint, Pairing, Player, Price, Protocol, Tournament
from debate.forecast import Forecast, Line, forecast
from debate.forecast.expected import Model
from debate.forecast.rehearsal import played, ruled
from debate.prompts import Renderer
from debate.providers import Providers
from debate.providers.scripted import Scripted
from debate.store import Store
from debate.tournament import run
from tests.builders import judge, match, player, tournament
from tests.questions.banks import passage_line, question_line, write
from tests.scripts import cast, first_candidate

LONG = "The ferry left Oskarvik at six in the morning with forty crates of herring. " * 100


@pytest.fixture
def bank(tmp_path: Path) -> str:
    """Two passages with two questions each."""
    lines = [
        row
        for name, text in (("ferry", LONG), ("barge", LONG[:600]))
        for row in (
            passage_line(name, f"{name}: {text}"),
            *(question_line(f"{name}-{i}", f"How many crates, {i}?", passage=name) for i in range(2)),
        )
    ]
    return str(write(tmp_path, *lines))


def expected(spec: Tournament) -> Forecast:
    return forecast(spec, preparing.drawn(spec), prompts.load())


PLANS: dict[str, dict[str, Any]] = {
    "plain": {},
    "every control": {"controls": CONTROLS},
    "sequential": {"protocols": (Protocol(name="debate", rounds=2, order="sequential"),)},
    "interactive": {"protocols": (Protocol(name="debate", rounds=2, interactive=True),)},
    "best of three, refined": {
        "debaters": (player("ada", best_of=3, preference="scripted/p", refine=1), player("bob", critic="scripted/c"))
    },
    "beliefs after every round, in both orders": {"judges": (judge(beliefs="every-round", orders="both", samples=2),)},
    "one conversation": {"judges": (judge(beliefs="every-round", conversation=True),)},
    "double consultancy": {
        "protocols": (Protocol(name="consultancy", rounds=1),),
        "judges": (judge(views=("full", "double")),),
    },
    "one side heard": {"judges": (judge(views=("solo",)),)},
    "self-play": {"pairing": Pairing(kind="self-play"), "repeats": 2},
    "one side of each pair": {"pairing": Pairing(both_sides=False)},
    "every answer": {"answers": "all"},
}


@pytest.mark.parametrize("changes", PLANS.values(), ids=PLANS)
async def test_as_many_calls_are_made_as_were_foreseen(changes: dict[str, Any], bank: str, tmp_path: Path) -> None:
    """Matches, rulings and calls of a run are those of its forecast, whatever is played."""
    spec = tournament(**{"questions": (bank,), "controls": (), **changes})
    told = expected(spec)
    script = Scripted(cast(preference=first_candidate))
    with Store.open(tmp_path / "test.db", create=True) as store:
        preparing.prepare(spec, store)
        await run(store, spec.name, providers=Providers(given={"scripted": script}))
        stands = store.status(spec.name)
    live = sum(1 for line in told.lines for _ in range(line.matches) if "asks" in line.cell)
    assert stands.matches["done"] == told.matches
    assert stands.calls == told.calls
    assert stands.judgments == told.rulings + live


def test_swiss_rounds_are_counted_before_they_are_paired(bank: str) -> None:
    """K3: three players over two Swiss rounds are one pair and a bye in each."""
    players = tuple(player(name) for name in ("ada", "bob", "eve"))
    spec = tournament(questions=(bank,), debaters=players, pairing=Pairing(kind="swiss", rounds=2))
    (line,) = (line for line in expected(spec).lines if line.judge is None)
    assert (line.cell, line.matches) == ("debate (swiss)", 4 * 2 * 2)


def test_each_control_is_a_line_of_its_own(bank: str) -> None:
    """Every control can be told from the main protocol, and priced apart."""
    lines = expected(tournament(questions=(bank,), controls=CONTROLS)).lines
    games = {line.protocol for line in lines}
    views = {line.view for line in lines if line.protocol == "debate" and line.judge}
    assert games == {"debate", "naive", "expert", "consultancy", "solo", "solo-blind"}
    assert views == {"full", "quotes", "opening"}


def paid(bank: str, **more: Any) -> Tournament:
    base: dict[str, Any] = {
        "questions": (bank,),
        "debaters": (player("ada", "lab/big"), player("bob", "lab/big")),
        "judges": (judge("jo", "lab/small"),),
        "endpoints": {"lab": Endpoint(api="openai", base_url="https://lab.example/v1")},
        "prices": {"lab/big": Price(input=5, output=25), "lab/small": Price(input=1, output=5)},
    }
    return tournament(**base | more)


def test_a_known_price_gives_a_range(bank: str) -> None:
    """What is likely is less than what is possible, and both are sums over the models."""
    told = expected(paid(bank))
    assert 0 < told.likely_usd < told.most_usd
    assert told.likely_usd == pytest.approx(sum(line.likely_usd or 0 for line in told.lines))
    assert told.paid
    assert not told.unpriced


def test_a_shared_prefix_is_read_from_the_cache_where_that_costs_less(bank: str) -> None:
    """A long passage is paid in full once; what follows costs the price of cached tokens."""
    cheap = {"lab/big": Price(input=5, output=25, cached_input=0.5), "lab/small": Price(input=1, output=5)}
    with_cache, without = expected(paid(bank, prices=cheap)), expected(paid(bank))
    assert with_cache.likely_usd < without.likely_usd
    assert with_cache.most_usd == without.most_usd


def test_an_unknown_price_is_said_to_be_unknown(bank: str) -> None:
    """C21: a model without a price makes its lines unknown, not free."""
    told = expected(paid(bank, prices={"lab/small": Price(input=1, output=5)}))
    assert told.unpriced == ("lab/big",)
    assert told.paid
    assert [line.likely_usd for line in told.lines if line.judge is None] == [None]
    assert all(line.likely_usd for line in told.lines if line.judge)


def test_a_server_on_this_machine_is_free(bank: str) -> None:
    """Nothing is asked of whoever runs their own model."""
    told = expected(paid(bank, prices={}, endpoints={"lab": Endpoint(api="openai", base_url="http://127.0.0.1:8/v1")}))
    assert not told.paid
    assert told.likely_usd == told.most_usd == 0


def test_a_makers_address_on_this_machine_is_free_too(bank: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """OPENAI_BASE_URL may name a local server; no key is needed to tell."""
    spec = paid(bank, debaters=(player("ada", "openai/gpt-5"), player("bob", "openai/gpt-5")), judges=())
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    assert expected(spec).paid
    monkeypatch.setenv("OPENAI_BASE_URL", "http://localhost:8000/v1")
    assert not expected(spec).paid


def test_people_are_not_calls(bank: str) -> None:
    """A human judge rules later, on nobody's bill."""
    told = expected(tournament(questions=(bank,), judges=(judge("me", "human/me"),)))
    assert not any(line.judge for line in told.lines)
    assert told.power is None


def test_what_is_detectable_counts_passages_that_are_shared_once(bank: str) -> None:
    """K8: two questions on one passage are one unit, with twice the rulings."""
    told = expected(tournament(questions=(bank,)))
    assert (told.questions, told.passages) == (4, 2)
    assert told.power
    assert (told.power.n_questions, told.power.per_question) == (2, 4)


def test_a_rehearsed_match_is_complete() -> None:
    """Stand-ins say something usable at every cue, so that no call is counted twice."""
    played_in = match(protocol=Protocol(name="debate", rounds=2, interactive=False))
    debate, calls = played(played_in, Renderer(prompts.load(), secret=""))
    assert [turn.state for turn in debate.turns] == ["ok"] * 4
    assert len(calls) == 4
    (ruling,) = ruled(tournament(), debate, Renderer(prompts.load(), secret=""))
    assert len(ruling[1]) == 1


def line(judged_by: str | None = None, **more: Any) -> Line:
    base: dict[str, Any] = {
        "protocol": "debate",
        "cell": "debate",
        "judge": judged_by,
        "calls": 100,
        "likely_usd": 10.0,
    }
    return Line(**base | {"models": ("lab/judge",) if judged_by else ("lab/player",)} | more)


def plan(*lines: Line, matches: int = 100) -> Forecast:
    return Forecast(
        questions=50,
        passages=50,
        matches=matches,
        rulings=100,
        calls=200,
        lines=lines,
        models=(
            Model(
                model="lab/judge",
                calls=1,
                input_tokens=0,
                cached_tokens=0,
                output_tokens=0,
                likely_usd=1,
                most_usd=1,
                paid=True,
            ),
        ),
        likely_usd=20.0,
        most_usd=40.0,
        unpriced=(),
        power=None,
    )


def test_nothing_is_left_of_a_finished_plan() -> None:
    """I8: a finished run has no calls to come, and asks no account."""
    left = plan(line(), line("jo")).left({"done": 90, "set-aside": 10}, {"jo"})
    assert (left.matches, left.likely_usd, left.models) == (0, 0.0, ())


def test_a_new_judge_leaves_only_its_own_rulings() -> None:
    """Rejudging pays for no debater and needs no debater's key."""
    left = plan(line(), line("jo"), line("flo", models=("lab/flo",))).left({"done": 100}, {"jo"})
    assert (left.matches, left.likely_usd, left.models) == (100, 10.0, ("lab/flo",))


def test_half_a_plan_leaves_half_the_cost() -> None:
    """What is done is not paid for again; failed matches count where they are played on."""
    half = plan(line(), line("jo"))
    assert half.left({"done": 50, "open": 50}, {"jo"}).likely_usd == 10.0
    assert half.left({"done": 50, "failed": 50}, {"jo"}).likely_usd == 0.0
    assert half.left({"done": 50, "failed": 50}, {"jo"}, retry_failed=True).likely_usd == 10.0


def test_what_was_added_to_a_plan_is_still_to_come() -> None:
    """A plan that is larger than what is pinned has its new matches open."""
    left = plan(line(), line("jo"), matches=200).left({"done": 100}, {"jo"})
    assert (left.matches, left.likely_usd) == (100, 10.0)


def test_a_longer_speech_costs_more(bank: str) -> None:
    """The word limit decides what is likely."""
    short, long = (
        expected(paid(bank, protocols=(Protocol(name="debate", rounds=2, words=words),))) for words in (100, 400)
    )
    assert short.likely_usd < long.likely_usd


def test_players_who_reason_are_likely_to_cost_more(bank: str) -> None:
    """Thinking is paid as output."""
    plain, thinking = (
        expected(paid(bank, debaters=(Player(name="ada", model="lab/big", reasoning=how), player("bob", "lab/big"))))
        for how in (None, "high")
    )
    assert plain.likely_usd < thinking.likely_usd
