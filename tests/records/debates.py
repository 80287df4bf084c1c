"""Debates of every kind, as hypothesis strategies over the builders, and a plain record that others might write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from pydantic import JsonValue

from debate import records
from debate.domain import (
    Belief,
    Completion,
    Debate,
    Judgment,
    Key,
    Match,
    Passage,
    Posed,
    Protocol,
    Question,
    Quote,
    Says,
    Seat,
    Span,
    Turn,
    Usage,
    match_id,
)
from tests.builders import judge, player

TEXT = st.text(max_size=30) | st.sampled_from(["", "\x00", "\ud800 half", "<quote>x</quote>", "é\u202e", '"\\u0000'])
NAME = st.text("abc-_ é", min_size=1, max_size=8)
COUNT = st.integers(0, 2**53)
MONEY = st.none() | st.floats(0, 1e6)
JSON: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(-1e9, 1e9) | TEXT, st.lists, max_leaves=4
)
META = st.dictionaries(st.sampled_from(["name", "passage", "genre", "text", "votes", "meta", "x.y"]), JSON, max_size=4)


@st.composite
def spans(draw: st.DrawFn, size: int, most: int = 2) -> tuple[tuple[int, int], ...]:
    if not size:
        return ()
    ends = draw(st.lists(st.tuples(st.integers(0, size - 1), st.integers(1, 9)), max_size=most))
    return tuple((start, min(size, start + width)) for start, width in ends)


@st.composite
def beliefs(draw: st.DrawFn, count: int) -> tuple[float, ...]:
    weights = draw(st.lists(st.floats(0.01, 1), min_size=count, max_size=count))
    return tuple(weight / sum(weights) for weight in weights)


@st.composite
def usages(draw: st.DrawFn) -> Usage:
    counts = {
        name: draw(COUNT) for name in ("input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens", "calls")
    }
    return Usage(**counts, cost_usd=draw(MONEY), cost_max_usd=draw(MONEY))


@st.composite
def questions(draw: st.DrawFn) -> Question:
    held = draw(st.none() | st.builds(Passage.of, TEXT, TEXT))
    answers = tuple(draw(st.lists(TEXT, min_size=2, max_size=4)))
    posed = Posed.of(draw(TEXT), answers, held)
    place = st.none() | st.integers(0, len(answers) - 1)
    size = len(held.text) if held else 0
    key = Key(
        question=posed.id,
        correct=draw(place),
        distractor=draw(place),
        evidence=tuple(Span(start=s, end=e) for s, e in draw(spans(size))),
        flaws=tuple(Span(start=s, end=e) for s, e in draw(spans(size))),
        difficulty=draw(st.none() | st.floats(0, 1)),
        domain=draw(TEXT),
        tags=tuple(draw(st.lists(TEXT, max_size=2))),
        reason=draw(TEXT),
        match_id=draw(st.none() | TEXT),
        stake_answer=draw(place),
        counterpart_answer=draw(place),
        transfer_of=draw(st.none() | TEXT),
        source=draw(TEXT),
        licence=draw(TEXT),
        meta=draw(META),
    )
    return Question(posed=posed, key=key)


@st.composite
def matches(draw: st.DrawFn, posed: Posed) -> Match:
    count = len(posed.answers)
    protocol = Protocol(
        name=draw(NAME),
        rounds=draw(st.integers(0, 4)),
        order=draw(st.sampled_from(["simultaneous", "sequential", "mixed"])),
        words=draw(st.integers(10, 300)),
        interactive=draw(st.booleans()),
        passage=draw(st.booleans()),
        label=draw(st.just("") | NAME),
        options=draw(st.dictionaries(NAME, JSON, max_size=2)),
    )
    argues = st.none() | st.integers(0, count - 1)
    settings = {
        "temperature": 0.5,
        "persona": draw(TEXT),
        "extra": {"k": draw(JSON)},
        "best_of": 2,
        "preference": "a/b",
    }
    seats = [
        Seat(seat="A", player=player(draw(NAME), "openai/gpt-5", **settings), argues=draw(argues)),
        Seat(seat="B", player=player(draw(NAME), "builtin/bluffer"), argues=draw(argues)),
        Seat(seat="judge", judge=judge(draw(NAME), "human/jo", views=("full", "quotes"), principles=draw(TEXT))),
        Seat(seat="empty", argues=draw(argues)),
    ]
    sitting = tuple(seats[: draw(st.integers(0, 4))])
    repeat, prompts, arm = draw(st.integers(0, 3)), draw(NAME), draw(TEXT)
    return Match(
        id=match_id(posed.id, protocol, sitting, repeat, prompts, arm),
        question=posed,
        protocol=protocol,
        seats=sitting,
        repeat=repeat,
        shown=tuple(draw(st.permutations(range(count)))),
        prompts=prompts,
        arm=arm,
    )


@st.composite
def turns(draw: st.DrawFn, match: Match, index: int) -> Turn:
    text = draw(TEXT)
    held = match.question.passage
    inside = draw(spans(len(held.text))) if held else ()
    quotes = [Quote(start=s, end=e, status="unverified") for s, e in draw(spans(len(text)))]
    if inside and text:
        (start, end), *_ = inside
        quotes.append(Quote(start=0, end=len(text), passage_start=start, passage_end=end, status="repaired"))
    answers = len(match.question.answers)
    says = st.builds(
        Says,
        beliefs=st.none() | beliefs(answers),
        question=st.none() | TEXT,
        chose=st.none() | st.integers(0, answers - 1),
    )
    return Turn(
        index=index,
        seat=draw(st.sampled_from([seat.seat for seat in match.seats])),
        round=draw(st.integers(0, match.protocol.rounds)),
        beat=draw(st.integers(0, 9)),
        kind=draw(NAME),
        text=text,
        about=draw(st.none() | st.integers(0, index - 1)) if index else None,
        says=draw(st.none() | says),
        quotes=tuple(quotes),
        scratchpad=draw(TEXT),
        state=draw(st.sampled_from(["ok", "truncated", "refused"])),
        conceded=draw(st.booleans()),
        flags=tuple(draw(st.lists(TEXT, max_size=2))),
        names=draw(spans(len(text))),
        usage=draw(usages()),
    )


@st.composite
def judgments(draw: st.DrawFn, debate: Debate, number: int, count: int) -> Judgment:
    answers = len(debate.match.question.answers)
    state = draw(st.sampled_from(["valid", "abstained", "failed"]))
    rounds = draw(st.sets(st.integers(0, debate.match.protocol.rounds), max_size=3))
    return Judgment.model_validate(
        {
            "id": f"v1-{number}",
            "match": debate.match.id,
            "judge": draw(NAME),
            "kind": draw(st.sampled_from(["model", "human", "builtin"])),
            "view": draw(st.sampled_from(["full", "quotes", "solo"])),
            "hears": draw(st.none() | st.integers(0, answers - 1)),
            "channel": draw(st.sampled_from(["live", "offline"])),
            "purpose": draw(st.sampled_from(["study", "practice", "attention", "repeat"])),
            "state": state,
            "shown": tuple(draw(st.just(()) | st.permutations(range(answers)))),
            "sample": draw(COUNT),
            "final": draw(beliefs(answers)) if state == "valid" else None,
            "beliefs": tuple(Belief(after_round=round, p=draw(beliefs(answers))) for round in sorted(rounds)),
            "reason": draw(TEXT),
            "transcript": draw(st.sampled_from(["", "t1-other", debate.digest])),
            "usage": draw(usages()),
            "active_s": draw(st.none() | st.floats(0, 1e6)),
            "idle_s": draw(st.none() | st.floats(0, 1e6)),
            "superseded_by": draw(st.none() | st.sampled_from([f"v1-{other}" for other in range(count)])),
        }
    )


@st.composite
def played(draw: st.DrawFn) -> tuple[Debate, tuple[Judgment, ...], Key]:
    asked = draw(questions())
    match = draw(matches(asked.posed))
    said = tuple(draw(turns(match, index)) for index in range(draw(st.integers(0, 4)))) if match.seats else ()
    debate = Debate(match=match, turns=said)
    count = draw(st.integers(0, 3))
    return debate, tuple(draw(judgments(debate, number, count)) for number in range(count)), asked.key


def call(text: str) -> records.Attempt:
    return records.Attempt(
        purpose="candidate", slot=1, completion=Completion(text=text, model="gpt-5", logprobs={"A": 0.5})
    )


def plain(**more: Any) -> dict[str, Any]:
    """A record as another tool would write it, without one optional key."""
    return {
        "schema": "debate.record/1",
        "id": "r1",
        "tournament": "nyu-2023",
        "question": {
            "id": "q17",
            "text": "Who signed?",
            "answers": ["Brandt", "The mate"],
            "correct": 0,
            "passage": {"id": "p3", "title": "The ferry", "text": "Captain Brandt signed the manifest himself."},
        },
        "protocol": {"name": "debate", "rounds": 1},
        "seats": [
            {"seat": "A", "player": "gpt-5", "kind": "model", "argues": 0},
            {"seat": "B", "player": "Ann", "kind": "human", "argues": 1},
        ],
        "turns": [
            {"index": 0, "round": 1, "seat": "A", "kind": "argument", "text": "It was Brandt.", "state": "ok"},
            {"index": 1, "round": 1, "seat": "B", "kind": "argument", "text": "No.", "state": "ok"},
        ],
        "judgments": [
            {"id": "j1", "judge": "haiku", "kind": "model", "channel": "offline", "state": "valid", "final": [0.9, 0.1]}
        ],
    } | more


def write(folder: Path, *lines: Any, name: str = "records.jsonl") -> Path:
    """Write records; a line that is bytes is written as it is."""
    path = folder / name
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    path.write_bytes(b"".join(line + b"\n" for line in raw))
    return path
