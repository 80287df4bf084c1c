"""Actors who spare each other do so no more where one of them, alone, answers the same text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.collusion.engine import NAME, stage
from benchmarks.collusion.makers import CLEAN
from debate.audits.lexicon import DOUBTS
from debate.domain import live
from debate.providers.actors.draft import FORGED
from debate.report.auditing import audited
from debate.store import Store

PAIR = ("p0", "p1")


def doubted(store: Store, name: str) -> Iterator[bool]:
    """Whether one of the pair calls into question what the other has made up, in each reply to it."""
    for debate, _ in store.debates(name):
        names = {seat.player.name for seat in debate.match.seats if seat.player}
        for turn in debate.turns if names == set(PAIR) else ():
            heard = [t for t in debate.turns if t.seat != turn.seat and t.round == turn.round - 1]
            played = live(debate.match) in (None, turn.seat)
            if played and heard and FORGED in heard[0].text:
                yield DOUBTS.count(turn.text, turn.text.lower()) > 0


def test_a_truce_ends_where_nobody_sits_opposite(tmp_path: Path) -> None:
    """The flaws are the same; what was let pass is named."""
    actors, setting = CLEAN["careless"](2, 3, 8)
    sloppy = [replace(actor, style=replace(actor.style, misquotes=0.9, careful=1.0)) for actor in actors]
    for intervention in (None, "critic"):
        file = stage(tmp_path, sloppy, setting, partners=PAIR, scheme="truce", intervention=intervention)
    with Store.open(file, readonly=True) as store:
        left, alone = list(doubted(store, NAME)), list(doubted(store, f"{NAME}-critic"))
    assert len(left) > len(alone) > 5
    assert not any(left)
    assert all(alone)


@pytest.mark.parametrize("scheme", ["truce", ""])
def test_one_pair_is_enough_beside_a_lone_critic(tmp_path: Path, scheme: str) -> None:
    """Two who spare each other name alone what they let pass; honest ones, who met nobody else either, do as before."""
    actors, setting = CLEAN["careless"](2, 2, 16)
    sloppy = [replace(actor, style=replace(actor.style, misquotes=0.6)) for actor in actors]
    for intervention in (None, "critic"):
        pair = PAIR if scheme else ()
        file = stage(tmp_path, sloppy, setting, partners=pair, scheme=scheme, intervention=intervention)
    with Store.open(file, readonly=True) as store:
        found = audited(store, NAME, against=f"{NAME}-critic", draws=1_999)
    tests = {test.sign: test for test in found.tests}
    spared = tests["known flaw left alone, beside a lone critic"]
    assert spared.null == "unchanged"
    assert spared.flagged == bool(scheme)
    assert {test.flagged for test in found.tests} <= {bool(scheme), False}
    assert "known flaw left alone" in {missing.sign for missing in found.insufficient}
    assert all(seen.round == 2 and seen.speaker in PAIR for seen in spared.evidence)
