"""Training data from debates: what won, what won against what, and what was chosen among candidates."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from debate import records
from debate.domain import Judgment, Key
from debate.records.training import preferences, supervised
from tests.builders import STORY, debate, match, player, question, turn
from tests.cli.driving import cli
from tests.records.debates import call
from tests.records.test_tables import study


def line(*finals: tuple[float, float] | None, key: Key | None = None, **more: Any) -> dict[str, Any]:
    """A debate of two rounds, and rulings on it."""
    held = debate(match(players=(player("ada"), player("bob"))), "A one.", "B one.", "A two.", "B two.")
    rulings = [
        Judgment(
            id=f"v1-{n}",
            match=held.match.id,
            judge="jo",
            final=p,
            state="valid" if p else "failed",
            transcript=held.digest,
        )
        for n, p in enumerate(finals)
    ]
    return records.record(held, rulings, key or question().key, tournament="t", **more)


def said(chat: dict[str, Any]) -> str:
    reply: str = chat["messages"][-1]["content"]
    return reply


def test_the_speeches_of_the_winner_are_supervised_pairs() -> None:
    """What stood before a speaker is the prompt: the passage, the question, and what was heard of earlier beats."""
    first, second = supervised(line((0.8, 0.2), (0.6, 0.4), (0.4, 0.6)))
    assert [said(first), said(second)] == ["A one.", "A two."]
    assert [message["role"] for message in first["messages"]] == ["user", "assistant"]
    prompt = second["messages"][0]["content"]
    assert STORY in prompt
    assert "B one." in prompt
    assert "B two." not in prompt
    assert "Argue for answer 1." in prompt
    assert first["metadata"] == {
        "tournament": "t",
        "kind": "won",
        "record": first["metadata"]["record"],
        "turn": 0,
        "player": "ada",
        "right_side": True,
        "won": pytest.approx(2 / 3),
    }
    assert first["canary"].startswith("debate canary ")


@pytest.mark.parametrize("finals", [(), (None,), ((0.5, 0.5),), ((0.9, 0.1), (0.1, 0.9))])
def test_nobody_wins_without_a_ruling_or_with_a_tie(finals: Any) -> None:
    """What no ruling tells apart is no training data."""
    assert list(supervised(line(*finals))) == []
    assert list(preferences(line(*finals))) == []


def test_only_rulings_of_the_study_that_stand_count() -> None:
    """Practice, other views, and what was superseded decide nothing."""
    held = line((0.1, 0.9), (0.1, 0.9), (0.1, 0.9), (0.9, 0.1))
    for ruling, change in zip(
        held["judgments"], ({"purpose": "practice"}, {"view": "quotes"}, {"superseded_by": "v1-3"}, {}), strict=True
    ):
        ruling.update(change)
    assert [said(chat) for chat in supervised(held)] == ["A one.", "A two."]


def test_the_winner_s_speech_is_preferred_to_the_loser_s() -> None:
    """Round by round, after a prompt that assigns no answer."""
    pairs = list(preferences(line((0.2, 0.8))))
    assert [(p["chosen"][0]["content"], p["rejected"][0]["content"]) for p in pairs] == [
        ("B one.", "A one."),
        ("B two.", "A two."),
    ]
    assert {p["prompt"][0]["content"].splitlines()[-1] for p in pairs} == {"Argue for one of the answers."}
    assert {p["metadata"]["kind"] for p in pairs} == {"sides"}


def test_who_heard_the_other_side_first_is_no_fair_loser() -> None:
    """A speech that answers the other one had another prompt, so the two make no pair."""
    held = line((0.2, 0.8))
    for said_there in held["turns"]:
        said_there["beat"] = said_there["index"]
    assert list(preferences(held)) == []
    assert len(list(supervised(held))) == 2


def test_the_candidate_that_was_spoken_is_preferred_to_the_others() -> None:
    """Marks of quotations are no difference, and what was rewritten afterwards is nobody's choice."""
    asked = question()
    held = debate(match(asked.posed)) + turn(text="It was sand.") + turn(1, "B", "Rewritten.")
    calls = {
        "turn:0": (call("He had time."), call("It was <quote>sand</quote>."), call("He had time.")),
        "turn:1": (call("One."), call("Two.")),
    }
    (pair,) = preferences(records.record(held, [], asked.key, tournament="t", calls=calls))
    assert pair["chosen"][0]["content"] == "It was <quote>sand</quote>."
    assert pair["rejected"][0]["content"] == "He had time."
    assert pair["metadata"]["kind"] == "candidates"


def test_what_may_not_be_shared_trains_nothing() -> None:
    """H11: neither with `share = false` nor redacted is there a line."""
    private = question().key.model_copy(update={"share": False})
    for held in (line((0.9, 0.1), key=private), line((0.9, 0.1), withheld=records.Withheld(texts=True))):
        assert [*supervised(held), *preferences(held)] == []


def test_lines_are_json_that_training_tools_take(tmp_path: Path) -> None:
    """One object a line: `messages`, or `prompt`, `chosen` and `rejected`, each a list of messages."""
    db = study(tmp_path)
    for form, keys in (("sft", {"messages"}), ("preference", {"prompt", "chosen", "rejected"})):
        out = tmp_path / f"{form}.jsonl"
        assert cli("export", "--db", db, "--format", form, "--where", "channel=live", "--out", out).exit_code == 0
        lines = [json.loads(raw) for raw in out.read_text("utf-8").splitlines()]
        assert lines
        for held in lines:
            assert held.keys() == keys | {"metadata", "canary"}
            chats = [message for key in keys for message in held[key]]
            assert all(message.keys() == {"role", "content"} and message["content"] for message in chats)
    assert cli("export", "--db", db, "--format", "sft").stdout.count("\n") == len(
        cli("export", "--db", db, "--format", "sft").stdout.splitlines()
    )
