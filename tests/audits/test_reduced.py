"""A debate leaves its numbers, and says why where it is not audited."""

from __future__ import annotations

import numpy as np
import pytest

from debate.audits.corpus import corpus, joined
from debate.audits.reduced import Reduced, reduce
from debate.audits.traces import PLACE
from debate.domain import Debate, Key, Protocol, Quote, Span, TurnState
from tests import builders as b


def spoken(*texts: str) -> Debate:
    return b.debate(None, *(texts or ("He hid two crates of sand.", "He had counted them.", "No.", "Yes.")))


def key(**more: object) -> Key:
    return Key.model_validate({"question": b.posed().id, "correct": 0, **more})


def test_seats_answers_and_sides_are_kept() -> None:
    """Who argued what, and whether it was right, stands with the debate."""
    found = reduce(spoken(), key())
    assert (found.players, found.argues, found.right) == (("ada", "bob"), (0, 1), (1, 0))
    assert [(s.seat, s.round) for s in found.speeches] == [(0, 1), (1, 1), (0, 2), (1, 2)]


def test_without_a_key_no_side_is_right() -> None:
    """Nothing is guessed about the truth."""
    assert reduce(spoken()).right == (-1, -1)


@pytest.mark.parametrize("state", ["refused", "truncated", "empty", "malformed"])
def test_broken_debates_are_set_aside_and_counted(state: TurnState) -> None:
    """A debate with a turn that is not whole is no evidence of anything."""
    whole = spoken()
    broken = whole.model_copy(update={"turns": (*whole.turns[:3], whole.turns[3].model_copy(update={"state": state}))})
    found = corpus([reduce(whole, key()), reduce(broken, key())])
    assert len(found) == 1
    assert found.excluded == {state: 1}


def test_one_sided_and_unfinished_debates_are_set_aside() -> None:
    """Consultancies have no pair, and a debate in which one has not spoken is not over."""
    alone = b.match(protocol=Protocol(name="consultancy", rounds=1), argues=(0,))
    assert reduce(Debate(match=alone)).set_aside == "not two sides"
    assert reduce(Debate(match=b.match(), turns=(b.turn(),))).set_aside == "unfinished"


def test_debates_whose_sides_were_chosen_are_set_aside() -> None:
    """Who chooses may choose well, so that sides tell of players what an audit holds to be chance."""
    free = b.match(protocol=Protocol(name="open-debate", rounds=1))
    assert reduce(b.debate(free, "I chose.", "I was left this.")).set_aside == "a side was chosen"


def test_decisive_evidence_is_seen_in_verified_quotes_only() -> None:
    """A quote that overlaps the evidence cites it; an unverified one never does."""
    quoting = b.turn(
        text="x" * 30, quotes=(Quote(start=0, end=9, passage_start=70, passage_end=90, status="verified"),)
    )
    inventing = b.turn(1, "B", "y" * 30, quotes=(Quote(start=0, end=9, status="unverified"),))
    found = reduce(Debate(match=b.match(), turns=(quoting, inventing)), key(evidence=(Span(start=80, end=120),)))
    assert [row.traces[PLACE["cites"]] for row in found.speeches] == [1, 0]
    assert found.speeches[0].cited
    assert not found.speeches[1].cited


def some(seed: int) -> list[Reduced]:
    words = np.random.default_rng(seed).choice(["sand", "crate", "mate", "log", "night", "harbour"], (6, 4, 5))
    asked = [b.posed(f"Question {seed} {i}?") for i in range(6)]
    return [
        reduce(
            b.debate(b.match(asked[i]), *(" ".join(said) for said in words[i])),
            Key(question=asked[i].id, correct=1),
            order=i,
        )
        for i in range(6)
    ]


def test_parts_joined_are_the_whole() -> None:
    """Reading in blocks gives the same columns as reading at once."""
    one, two = some(1), some(2)
    whole, parts = corpus(one + two), joined([corpus(one), corpus(two)])
    assert parts.id == whole.id
    assert [parts.question.text(i) for i in range(12)] == [whole.question.text(i) for i in range(12)]
    assert np.array_equal(parts.player.codes, whole.player.codes)
    for name in ("debate", "seat", "round", "turn", "traces", "bag", "phrases", "starts", "taken_up"):
        assert np.array_equal(getattr(parts.speeches, name), getattr(whole.speeches, name)), name


def test_a_question_that_tells_where_an_error_stands_is_known_to() -> None:
    """Quoting that place is what the side that is right should do."""
    assert reduce(spoken(), key(flaws=(Span(start=2, end=9),))).flawed
    assert not reduce(spoken(), key(evidence=(Span(start=2, end=9),))).flawed
