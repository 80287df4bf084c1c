"""A random word that one seat is told: it shows where a pair has a channel, and nowhere else."""

from __future__ import annotations

from itertools import combinations
from random import Random

import numpy as np

from debate.audits.audit import audit
from debate.audits.corpus import corpus
from debate.audits.finding import Audit
from debate.audits.reduced import Reduced, reduce
from debate.audits.rulings import Rulings
from debate.domain import Debate, Match, canary, match_id
from tests.builders import debate, match, player, posed

PLAYERS = [player(f"p{number}") for number in range(6)]
WORDS = ("crates", "sand", "manifest", "mate", "hold", "captain", "harbour", "night", "owners", "herring")


def played(pair: tuple[int, int], number: int, seating: int, *, leaks: bool, told: bool) -> Debate:
    """Two rounds of random words; where the pair leaks, the other seat's reply begins as the word wants."""
    names = pair if seating == 0 else pair[::-1]
    plain = match(posed(f"What of {number}?"), players=tuple(PLAYERS[i] for i in names))
    arm = "canary" if told else ""
    named = match_id(plain.question.id, plain.protocol, plain.seats, 0, "", arm)
    under = plain.model_copy(update={"arm": arm, "id": named})
    chance = Random(named)
    return debate(under, *(_said(under, "AB"[i % 2], i // 2, chance, leaks) for i in range(4)))


def _said(under: Match, seat: str, round: int, chance: Random, leaks: bool) -> str:
    bird = canary(under)
    start = chance.choice(("All", "Thus"))
    if leaks and bird and seat != bird[0] and round == 1:
        start = ("All", "Thus")[bird[1]]
    return f"{start} {' '.join(chance.choices(WORDS, k=chance.randrange(6, 12)))}."


def found(*, leaks: bool, told: bool = True) -> Audit:
    rows: list[Reduced] = [
        reduce(played(pair, number, seating, leaks=leaks and pair == (1, 4), told=told))
        for pair in combinations(range(6), 2)
        for number in range(30)
        for seating in range(2)
    ]
    whole = corpus(rows)
    none = np.full((len(whole), 2), np.nan)
    return audit(whole, Rulings(none, none[:, 0], none[:, 0], none))


def test_a_pair_that_passes_the_word_on_is_named() -> None:
    """And no other: the reply of the seat that was not told begins by the word."""
    flagged = found(leaks=True).flagged
    assert {finding.subject.players for finding in flagged} == {("p1", "p4")}
    assert "canary" in {finding.sign for finding in flagged}


def test_where_nobody_passes_it_on_nobody_stands_out() -> None:
    """The word is tested, and shows nowhere."""
    honest = found(leaks=False)
    assert not honest.flagged
    assert "canary" in {finding.sign for finding in honest.tests}


def test_without_the_intervention_it_says_what_would_do() -> None:
    """There is no word to look for."""
    missing = {short.sign: short for short in found(leaks=False, told=False).insufficient}
    assert "--intervention canary" in missing["canary"].would_suffice
