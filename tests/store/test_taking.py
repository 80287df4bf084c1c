"""Debates that were played elsewhere: taken once, taken whole, and a tournament like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from debate.domain import Belief, Debate, Judgment
from debate.errors import InputError
from debate.report import measure
from debate.store import Played, Store, take
from tests.builders import debate, match, question


def played(*, p: float = 0.7, repeat: int = 0) -> Played:
    asked = question()
    one: Debate = debate(match(asked.posed, repeat=repeat), "For 0.", "For 1.")
    ruled = Judgment(
        id=f"v1-{repeat}",
        match=one.match.id,
        judge="jo",
        shown=(0, 1),
        final=(p, 1 - p),
        beliefs=(Belief(after_round=0, p=(0.5, 0.5)), Belief(after_round=1, p=(0.7, 0.3))),
        transcript=one.digest,
    )
    return Played(source="theirs", record=f"r{repeat}", question=asked, debate=one, judgments=(ruled,))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "test.db", create=True)


def test_what_was_taken_comes_back(store: Store) -> None:
    """The debate, its judgments and its key are there, and are measured."""
    taken = take(store, [played(), played(repeat=1)])["theirs"]
    assert (taken.debates, taken.judgments, taken.known) == (2, 2, 0)
    assert [(d, j) for d, j in store.debates("theirs")] == [
        (p.debate, p.judgments) for p in (played(), played(repeat=1))
    ]
    assert measure(store, "theirs").accuracy[0].accuracy.value == 1.0


def test_the_same_again_changes_nothing(store: Store) -> None:
    """A file may be imported as often as one likes."""
    take(store, [played()])
    again = take(store, [played()])["theirs"]
    assert (again.debates, again.known) == (0, 1)
    assert len(list(store.debates("theirs"))) == 1


def test_the_same_record_with_other_content_is_an_error_and_nothing_is_taken(store: Store) -> None:
    """All or nothing."""
    take(store, [played()])
    with pytest.raises(InputError, match='record "r0"'):
        take(store, [played(repeat=1), played(p=0.6)])
    assert len(list(store.debates("theirs"))) == 1
