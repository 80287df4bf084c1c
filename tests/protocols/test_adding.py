"""A protocol of one's own: one file, and a folder of prompts beside it, as CONTRIBUTING says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from debate import paths, protocols
from debate.domain import Ask, Brief, Player, Protocol
from debate.forecast import forecast
from debate.preparing import drawn
from debate.prompts import load
from debate.store import Store
from tests import scripts
from tests.runs import played, spec

NAME = "cross-examination"
WRITTEN = """
from debate.domain import Cue, Debate
from debate.protocols import rounds
from debate.protocols.family import Family, first_open_beat


def schedule(number: int) -> list[Cue]:
    cues = [Cue(index=i, seat=seat, round=1, beat=1) for i, seat in enumerate("AB")]
    for round in range(2, number + 1):
        for asks, answers in ("AB", "BA"):
            at = len(cues)
            cues.append(Cue(index=at, seat=asks, round=round, beat=at, kind="question"))
            cues.append(Cue(index=at + 1, seat=answers, round=round, beat=at + 1, kind="answer", about=at))
    return cues


def due(debate: Debate) -> tuple[Cue, ...]:
    return first_open_beat(debate, schedule(debate.match.protocol.rounds))


FAMILY = Family(name="cross-examination", due=due, seats=("A", "B"), role="debater", check=rounds.check)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Templates of one's own, while a file beside those of the package is a protocol."""
    own = tmp_path / "protocols"
    own.mkdir()
    (own / "cross_examination.py").write_text(WRITTEN, "utf-8")
    prompts = tmp_path / "prompts" / NAME
    prompts.mkdir(parents=True)
    for role in ("judge.md", "debater.md"):
        text = (paths.bundled("prompts") / "debate" / role).read_text("utf-8")
        (prompts / role).write_text(text.replace("The judge has asked", "They asked you"), "utf-8")
    protocols.__path__.append(str(own))
    protocols.families.cache_clear()
    yield tmp_path
    protocols.__path__.remove(str(own))
    protocols.families.cache_clear()


async def test_players_question_each_other_in_a_game_of_ones_own(folder: Path) -> None:
    """What a player asks and answers is a speech like any other: limited, chosen among candidates, shown to judges."""
    asked: list[Ask] = []

    def speaks(ask: Ask) -> str:
        asked.append(ask)
        return scripts.verdict(ask, (0.7, 0.3)) if not isinstance(ask.source, Brief) else _said(ask)

    ada = Player(name="ada", model="lab/ada", best_of=2, preference="lab/picker")
    tournament = spec(
        folder,
        asked=1,
        protocols=(Protocol(name=NAME, rounds=2),),
        debaters=(ada, Player(name="bob", model="lab/bob")),
        prompts=str(folder / "prompts"),
    )
    with Store.open(folder / "own.db", create=True) as store:
        result = await played(store, tournament, speaks)
        debates = [debate for debate, _ in store.debates("test")]
    assert result.ending == "done"
    assert [[(t.seat, t.kind, t.state, t.about) for t in debate.turns] for debate in debates] == [
        [
            ("A", "argument", "ok", None),
            ("B", "argument", "ok", None),
            ("A", "question", "ok", None),
            ("B", "answer", "ok", 2),
            ("B", "question", "ok", None),
            ("A", "answer", "ok", 4),
        ]
    ] * 2
    assert {ask.source.cue.kind for ask in asked if ask.purpose == "preference" and isinstance(ask.source, Brief)} == {
        "argument",
        "question",
        "answer",
    }
    assert forecast(tournament, drawn(tournament), load(tournament.prompts)).calls == result.calls == len(asked)


def _said(ask: Ask) -> str:
    return '{"best": 1}' if ask.purpose == "preference" else f"{ask.voice.name} says {ask.slot}"
