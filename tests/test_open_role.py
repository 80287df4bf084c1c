"""Open role through the engine: chosen once, never paid for twice, judged blind, and the same wherever it is taken."""

from __future__ import annotations

import json
from pathlib import Path

from debate import records
from debate.cli.exchange import played as taken
from debate.cli.exchange import record_of
from debate.domain import Ask, Ballot, Brief, Completion, Judge, Player, Protocol
from debate.forecast import forecast
from debate.preparing import drawn, matches
from debate.prompts import load
from debate.records.reading import parse
from debate.sent import sent
from debate.store import Store, give, take
from tests import scripts
from tests.runs import assert_goes_on, counting, played, spec

GAMES = (Protocol(name="open-debate", rounds=2), Protocol(name="open-consultancy", rounds=2))


def chooses(ask: Ask) -> str:
    """Choose by name: ada the first answer of the bank, bob the second."""
    source = ask.source
    assert isinstance(source, Brief)
    return json.dumps({"reason": "scripted", "answer": scripts.labels(source)[int(ask.voice.name == "bob")]})


def speaks(ask: Ask) -> str | Completion:
    """A script for everyone who plays or rules here."""
    choosing = isinstance(ask.source, Brief) and ask.source.cue.kind == "choice"
    return chooses(ask) if choosing else HONEST(ask)


HONEST = scripts.cast(speak=scripts.numbered, judge=lambda ask: scripts.verdict(ask, (0.7, 0.3)))


def state(store: Store) -> dict[str, object]:
    """Everything that was said and decided."""
    return {
        debate.match.id: (
            [(seat.seat, seat.argues) for seat in debate.match.seats],
            [(turn.index, turn.seat, turn.kind, turn.text, turn.says) for turn in debate.turns],
        )
        for debate, _ in store.debates("test")
    }


async def test_a_run_goes_on_from_wherever_it_stopped(tmp_path: Path) -> None:
    """A2, I2: a choice that was made is not made again, and stands wherever the run was cut."""
    tournament = spec(tmp_path, asked=1, protocols=GAMES)
    await assert_goes_on(tmp_path, tournament, speaks, cuts=(0, 1, 2, 7, 13), state=state)


async def test_what_was_chosen_is_argued_and_judged(tmp_path: Path) -> None:
    """Everyone argues what the choice gave them, and judges rule on the whole without a word of it."""
    seen: list[Ask] = []
    with Store.open(tmp_path / "test.db", create=True) as store:
        judges = (Judge(name="jo", model="lab/jo", views=("full", "solo", "double"), beliefs="every-round"),)
        tournament = spec(tmp_path, protocols=GAMES, judges=judges)
        result = await played(store, tournament, counting(speaks, seen))
        assert result.ending == "done"
        for debate, judgments in store.debates("test"):
            chooser, *others = debate.match.seats
            chose = int(bool(chooser.player and chooser.player.name == "bob"))
            assert [chooser.argues, *(other.argues for other in others)] == [chose, 1 - chose][: 1 + len(others)]
            spoken = [turn.text for turn in debate.turns if turn.seat == chooser.seat and turn.text]
            assert len(spoken) == sum(f"for answer {chose}," in text for text in spoken) == 2
            views = [judgment.view for judgment in judgments]
            assert views == (["full", "solo", "solo"] if others else ["full"])
        ballots = [ask.source for ask in seen if isinstance(ask.source, Ballot)]
        assert {ballot.protocol.name for ballot in ballots} == {"debate", "consultancy"}
        assert {ask.source.argues for ask in seen if isinstance(ask.source, Brief) and ask.role == "chooser"} == {None}


async def test_a_choice_that_cannot_be_read_is_asked_for_once_more(tmp_path: Path) -> None:
    """E12: two choices that disagree are none; after one re-ask the debate is set aside, and nothing is guessed."""

    def torn(ask: Ask) -> str | Completion:
        choosing = isinstance(ask.source, Brief) and ask.source.cue.kind == "choice"
        return '{"answer": "A"} or {"answer": "B"}' if choosing else speaks(ask)

    seen: list[Ask] = []
    with Store.open(tmp_path / "test.db", create=True) as store:
        result = await played(store, spec(tmp_path, asked=1, protocols=GAMES[:1]), counting(torn, seen))
        assert result.matches["set-aside"] == 2
        assert [bool(ask.reask) for ask in seen].count(True) == 2
        for debate, judgments in store.debates("test"):
            assert [seat.argues for seat in debate.match.seats] == [None, None]
            assert not judgments


async def test_a_choice_after_a_re_ask_counts(tmp_path: Path) -> None:
    """The second reply is read like the first."""
    script = scripts.once(lambda _ask: "I take A.", chooses)

    def slow(ask: Ask) -> str | Completion:
        choosing = isinstance(ask.source, Brief) and ask.source.cue.kind == "choice"
        return script(ask) if choosing else speaks(ask)

    with Store.open(tmp_path / "test.db", create=True) as store:
        await played(store, spec(tmp_path, asked=1, protocols=GAMES[:1]), slow)
        for debate, _ in store.debates("test"):
            assert debate.turns[0].flags == ("reasked",)
            assert debate.turns[0].scratchpad == "scripted"


async def test_every_prompt_can_be_made_again(tmp_path: Path) -> None:
    """The choice, the speeches and the rulings are proved by their hashes."""
    with Store.open(tmp_path / "test.db", create=True) as store:
        await played(store, spec(tmp_path, asked=1, protocols=GAMES), speaks)
        for debate, _ in store.debates("test"):
            made = sent(store, debate.match.id, "test")
            assert len(made) == len(debate.turns) + 1
            assert all(one.same for one in made)


async def test_it_leaves_and_comes_back_as_it_was(tmp_path: Path) -> None:
    """H12: exported, taken in elsewhere and exported again it is the same bytes, with the ids of its plan."""
    with Store.open(tmp_path / "a.db", create=True) as a, Store.open(tmp_path / "b.db", create=True) as b:
        tournament = spec(tmp_path, protocols=GAMES)
        await played(a, tournament, speaks)
        lines = [records.encode(record_of(one, records.Withheld())) for one in give(a, "test")]
        found = [parse(json.loads(line)) for line in lines]
        take(b, [taken(one) for one in found if isinstance(one, records.Imported)])
        assert [records.encode(record_of(one, records.Withheld())) for one in give(b, "test")] == lines
        chosen = drawn(tournament)
        ids = {match.id for match in matches(tournament, chosen, load())}
        assert {one.debate.match.id for one in give(b, "test")} == ids
        assert state(a) == state(b)


async def test_a_forecast_counts_the_choice(tmp_path: Path) -> None:
    """What `debate plan` prices is what is called: a choice, speeches, and rulings."""
    with Store.open(tmp_path / "test.db", create=True) as store:
        tournament = spec(tmp_path, protocols=GAMES)
        result = await played(store, tournament, speaks)
    assert forecast(tournament, drawn(tournament), load()).calls == result.calls == 2 * 2 * (1 + 4 + 1 + 1 + 2 + 1)


async def test_best_of_n_chooses_once(tmp_path: Path) -> None:
    """Candidates are written of speeches, not of choices."""
    seen: list[Ask] = []
    players = tuple(
        Player(name=name, model=f"lab/{name}", best_of=3, preference="lab/taste") for name in ("ada", "bob")
    )
    with Store.open(tmp_path / "test.db", create=True) as store:
        await played(store, spec(tmp_path, asked=1, debaters=players, protocols=GAMES[1:]), counting(speaks, seen))
    asked = [ask.purpose for ask in seen if isinstance(ask.source, Brief) and ask.source.cue.kind == "choice"]
    assert asked == ["speak", "speak"]
