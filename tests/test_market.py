"""Market making through the engine: played, stopped, gone on with, ruled on, and taken elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from debate import records
from debate.cli.exchange import played as taken
from debate.cli.exchange import record_of
from debate.domain import Ask, Ballot, Brief, Completion, Judge, Player, Protocol, Tournament
from debate.forecast import forecast
from debate.preparing import drawn
from debate.prompts import load
from debate.providers.builtin.provider import reply
from debate.records.reading import parse
from debate.sent import sent
from debate.store import Store, give, take
from tests import scripts
from tests.runs import assert_goes_on, played, spec

GAME = Protocol(name="market-making", rounds=3, options={"settled": 0.1})
PATH = (0.5, 0.8, 0.3, 0.35)
"""What the seat believes before and after each speech: the last one moves it too little."""


def market(folder: Path, **more: object) -> Tournament:
    base: dict[str, object] = {"protocols": (GAME,), "debaters": (Player(name="ada", model="lab/ada"),)}
    return spec(folder, **base | more)  # type: ignore[arg-type] # fields of a tournament


def speaks(ask: Ask) -> str | Completion:
    """The seat follows its path; whoever rules afterwards believes 0.4; the adversary names its speech."""
    if isinstance(ask.source, Ballot):
        return scripts.verdict(ask, (0.4, 0.6))
    p = PATH[ask.source.cue.round]
    return scripts.verdict(ask, (p, 1 - p)) if ask.source.cue.kind == "belief" else scripts.numbered(ask)


async def test_a_run_goes_on_from_wherever_it_stopped(tmp_path: Path) -> None:
    """A2, I2: beliefs that were said are not asked for again, and the game ends where it would have ended."""
    await assert_goes_on(tmp_path, market(tmp_path, asked=1), speaks, cuts=(1, 2, 4, 7))


async def test_the_seat_rules_live_and_others_rule_on_the_whole(tmp_path: Path) -> None:
    """p_t is the path of the live ruling, p* the belief of whoever rules afterwards."""
    with Store.open(tmp_path / "test.db", create=True) as store:
        judges = (Judge(name="jo", model="lab/jo", views=("full", "solo", "double")),)
        result = await played(store, market(tmp_path, judges=judges), speaks)
        assert result.ending == "done"
        for debate, judgments in store.debates("test"):
            live, offline = sorted(judgments, key=lambda judgment: judgment.channel)
            assert [belief.p[0] for belief in live.beliefs] == pytest.approx(PATH)
            assert [belief.after_round for belief in live.beliefs] == [0, 1, 2, 3]
            assert (offline.view, offline.final) == ("full", (0.4, 0.6))
            assert all(one.same for one in sent(store, debate.match.id, "test"))


async def test_a_belief_that_cannot_be_read_sets_the_game_aside(tmp_path: Path) -> None:
    """E18: nothing is filled in for a seat that refuses."""

    def refusing(ask: Ask) -> str | Completion:
        at_seat = isinstance(ask.source, Brief) and ask.source.cue.kind == "belief" and ask.source.cue.round == 1
        return Completion(text="", state="refused") if at_seat else speaks(ask)

    with Store.open(tmp_path / "test.db", create=True) as store:
        result = await played(store, market(tmp_path, asked=1), refusing)
        assert result.matches["set-aside"] == 1
        assert all(not judgments for _, judgments in store.debates("test"))


async def test_it_leaves_and_comes_back_as_it_was(tmp_path: Path) -> None:
    """H12: exported, taken in elsewhere and exported again it is the same bytes."""
    with Store.open(tmp_path / "a.db", create=True) as a, Store.open(tmp_path / "b.db", create=True) as b:
        await played(a, market(tmp_path), speaks)
        lines = [records.encode(record_of(one, records.Withheld())) for one in give(a, "test")]
        found = [parse(json.loads(line)) for line in lines]
        take(b, [taken(one) for one in found if isinstance(one, records.Imported)])
        assert [records.encode(record_of(one, records.Withheld())) for one in give(b, "test")] == lines


def test_a_forecast_counts_every_round(tmp_path: Path) -> None:
    """What a market may take is known before it is played: four beliefs, three speeches and a ruling a question."""
    spec = market(tmp_path)
    assert forecast(spec, drawn(spec), load()).calls == 2 * (4 + 3 + 1)


async def test_the_built_in_adversary_argues_against_the_price(tmp_path: Path) -> None:
    """It speaks for what is believed least, names it, and moves a judge who weighs what is quoted."""
    with Store.open(tmp_path / "test.db", create=True) as store:
        await played(store, market(tmp_path, asked=1), lambda ask: reply(_as_builtin(ask)))
        ((debate, _),) = store.debates("test")
    for believed, said in zip(debate.turns[::2], debate.turns[1::2], strict=False):
        assert believed.says
        assert believed.says.beliefs
        least = min((0, 1), key=lambda i: (believed.says.beliefs[i], debate.match.question.answers[i]))  # type: ignore[union-attr,index] # seen above
        assert debate.match.question.answers[least] in said.text
    first, second = (turn.says.beliefs for turn in debate.turns[:3:2] if turn.says and turn.says.beliefs)
    assert first != second


def _as_builtin(ask: Ask) -> Ask:
    model = "builtin/advocate" if isinstance(ask.voice, Player) else "builtin/gullible"
    return ask.model_copy(update={"sampling": ask.sampling.model_copy(update={"model": model})})
