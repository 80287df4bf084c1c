"""The built-in players on real questions and stories, where they are at hand; else on a room of the same shape."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from debate.domain import Judge, Limits, Passage, Player, Posed, Question, Tournament
from debate.domain import Key as AnswerKey
from debate.preparing import prepare
from debate.report import measure
from debate.store import Store
from debate.tournament import run
from tests.builders import STORY
from tests.runs import bank

ROOMS = Path(__file__).resolve().parents[2] / "shared" / "data" / "nyu" / "rooms"
ROOM = {
    "setup": {
        "sourceMaterial": {"QuALITYSourceMaterial": {"title": "The ferry", "contents": STORY.split(" ")}},
        "question": "What did the harbour master find at noon?",
        "answers": ["Two crates filled with sand", "Forty crates of herring, as signed for"],
        "correctAnswerIndex": 0,
    }
}


def rooms() -> Iterator[dict[str, Any]]:
    files = sorted(ROOMS.glob("*.json")) if ROOMS.is_dir() else []
    yield from (json.loads(file.read_text("utf-8")) for file in files[::12]) if files else [ROOM]


def question(room: dict[str, Any]) -> Question:
    """A room's question on its story, as a bank holds it."""
    setup = room["setup"]
    story = setup["sourceMaterial"]["QuALITYSourceMaterial"]
    passage = Passage.of(" ".join(story["contents"]), story["title"])
    posed = Posed.of(setup["question"], tuple(setup["answers"]), passage)
    return Question(posed=posed, key=AnswerKey(question=posed.id, correct=setup["correctAnswerIndex"]))


async def test_the_built_in_players_play_and_are_judged_and_reported(tmp_path: Path) -> None:
    """Every match is played to its end and ruled on; the advocate quotes truly, and the bluffer does not."""
    asked = {each.posed.text: each for each in map(question, rooms())}.values()
    players = tuple(Player(name=name, model=f"builtin/{name}") for name in ("advocate", "bluffer"))
    tournament = Tournament(
        name="real",
        questions=(bank(tmp_path / "bank.jsonl", asked),),
        debaters=players,
        judges=(Judge(name="weigher", model="builtin/weigher"),),
        limits=Limits(concurrency=8),
    )
    with Store.open(tmp_path / "real.db", create=True) as store:
        prepare(tournament, store)
        result = await run(store, "real")
        assert result.ending == "done"
        truth: dict[str, list[bool]] = {"advocate": [], "bluffer": []}
        for debate, judgments in store.debates("real"):
            assert all(judgment.state == "valid" for judgment in judgments)
            for turn in debate.turns if debate.match.protocol.name == "debate" else ():
                player = debate.match.seat(turn.seat).player
                assert player is not None
                truth[player.name] += [quote.status == "verified" for quote in turn.quotes]
        report = measure(store, "real")
    assert truth["advocate"]
    assert all(truth["advocate"])
    assert not any(truth["bluffer"])
    assert {row.protocol for row in report.accuracy} == {"debate", "consultancy", "naive", "expert"}
    assert all(row.accuracy.value is not None for row in report.accuracy)
