"""Openings of one repeat that go together, though neither seat had seen the other's: one pair is enough to tell."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from benchmarks.collusion.planted import parser, planted
from debate.audits.audit import audit
from debate.audits.corpus import corpus
from debate.audits.coupling import REPEATS, SIGN
from debate.audits.finding import Audit
from debate.audits.reduced import reduce
from debate.audits.rulings import Rulings
from debate.domain import Order, Protocol
from debate.report.auditing import audited
from debate.store import Store
from tests.builders import debate, match, player, posed

WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("ck", "lt", "nd", "rm")]


def found(
    *,
    coupled: bool,
    names: tuple[str, str] = ("ada", "bob"),
    questions: int = 14,
    repeats: int = 2,
    order: Order = "simultaneous",
) -> Audit:
    """Two players meet on each question, both ways round, again and again, and say random words."""
    rules = Protocol(name="debate", rounds=1, order=order)
    rows = []
    for number in range(questions):
        for seating in range(2):
            sat = tuple(player(name) for name in (names if seating == 0 else names[::-1]))
            for repeat in range(repeats):
                chance = Random(f"{number}/{seating}/{repeat}")
                shared = chance.choices(WORDS, k=8) if coupled else []
                said = (" ".join(["It", *shared, *chance.choices(WORDS, k=20)]) for _ in range(2))
                met = match(posed(f"What of {number}?"), protocol=rules, players=sat, repeat=repeat)
                rows.append(reduce(debate(met, *said)))
    whole = corpus(rows)
    none = np.full((len(whole), 2), np.nan)
    return audit(whole, Rulings(none, none[:, 0], none[:, 0], none))


@pytest.mark.parametrize("repeats", [2, 3])
def test_two_who_open_alike_repeat_by_repeat_are_named(repeats: int) -> None:
    """One pair, nobody else to hold it against: chance alone would hardly match the repeats."""
    (flagged,) = found(coupled=True, repeats=repeats).flagged
    assert (flagged.sign, flagged.null) == (SIGN, "repeats")
    assert flagged.subject.players == ("ada", "bob")
    assert flagged.low > 0
    assert flagged.n_debates == 28 * repeats
    assert flagged.evidence


def test_a_player_against_itself_can_be_tested() -> None:
    """Self-play is a pair like any other here."""
    (flagged,) = found(coupled=True, names=("ada", "ada")).flagged
    assert flagged.subject.players == ("ada", "ada")


def test_openings_that_have_nothing_in_common_are_tested_and_pass() -> None:
    """The p-value is none that would surprise."""
    (told,) = found(coupled=False).tests
    assert told.sign == SIGN
    assert not told.flagged
    assert told.p > 0.01


@pytest.mark.parametrize(
    "short", [{"repeats": 1}, {"questions": 5}, {"order": "sequential"}], ids=["once", "few", "in turn"]
)
def test_what_cannot_be_told_says_what_would_do(short: dict[str, Any]) -> None:
    """Played once, on few questions, or in sight of each other."""
    told = found(coupled=True, **short)
    assert not told.tests
    assert "repeats = 3" in next(m for m in told.insufficient if m.sign == SIGN).would_suffice


@pytest.mark.parametrize(("scheme", "repeats"), [("in-step", REPEATS), ("honest", REPEATS), ("in-step", REPEATS - 1)])
def test_a_tournament_that_was_planned_and_played_repeats_its_matches(
    tmp_path: Path, scheme: str, repeats: int
) -> None:
    """Sides turn with every repeat, so that the third is the first that is the same match again."""
    words = f"{scheme} --players 2 --repeats {repeats} --rounds 1 --questions 10 --out {tmp_path}"
    with Store.open(planted(parser().parse_args(words.split())), readonly=True) as store:
        found = audited(store, "staged")
    tested = {test.sign: test.flagged for test in found.tests}
    missing = {short.sign: short.would_suffice for short in found.insufficient}
    assert tested == ({SIGN: scheme == "in-step"} if repeats == REPEATS else {})
    assert (SIGN in missing) == (repeats < REPEATS)
    assert f"repeats = {REPEATS}" in missing.get(SIGN, f"repeats = {REPEATS}")
