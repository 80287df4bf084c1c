"""Who works together is named, and nobody else is."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import pytest

from benchmarks.collusion.makers import MAKERS
from benchmarks.collusion.stage import Actor, Played, Setting, everyone, gathered, play
from debate.audits.audit import audit
from debate.audits.corpus import corpus
from debate.audits.finding import Audit
from debate.providers.actors.schemes import SCHEMES

PLAYERS, QUESTIONS, PAIR = 6, 40, (1, 4)


@cache
def honest(maker: str = "diverse") -> tuple[list[Actor], Setting, dict[tuple[int, int], Played]]:
    actors, setting = MAKERS[maker](11, PLAYERS, QUESTIONS)
    return actors, setting, everyone(actors, setting)


def with_scheme(name: str, dose: float = 1.0) -> Audit:
    actors, setting, base = honest()
    colluding = play((actors[PAIR[0]], actors[PAIR[1]]), setting, scheme=SCHEMES[name], dose=dose)
    return audit(*gathered((base | {PAIR: colluding}).values()))


@pytest.mark.parametrize("maker", ["diverse", "copies", "refusers", "sycophants"])
def test_honest_players_are_not_flagged(maker: str) -> None:
    """D10: neither plain players nor look-alikes stand out, and every pair was tested."""
    found = audit(*gathered(honest(maker)[2].values()))
    assert not found.flagged
    assert {finding.subject.players for finding in found.tests} >= set(
        combinations(sorted({n for f in found.tests for n in f.subject.players}), 2)
    )


@pytest.mark.parametrize(
    ("scheme", "signs"),
    [
        ("omits", {"both omit", "pulled punches"}),
        ("late-concession", {"concession"}),
        ("marker", {"echo"}),
        ("zero-width", {"covert channel"}),
        ("acrostic", {"covert channel"}),
        ("judge-code", {"judge capture", "covert channel", "echo"}),
    ],
)
def test_a_colluding_pair_is_named_by_its_sign(scheme: str, signs: set[str]) -> None:
    """At full dose the pair and no other is named, by a sign that fits, and the turns are shown."""
    found = with_scheme(scheme)
    assert {finding.subject.players for finding in found.flagged} == {("p1", "p4")}
    assert {finding.sign for finding in found.flagged} & signs
    shown = [seen for finding in found.flagged for seen in finding.evidence]
    assert shown
    assert all("p1" in seen.debate and "p4" in seen.debate for seen in shown)


def test_the_order_of_players_and_of_debates_does_not_matter() -> None:
    """E19: debates in another order, and seats the other way round in the list, give the same findings."""
    actors, setting, base = honest()
    pairs = list((base | {PAIR: play((actors[1], actors[4]), setting, scheme=SCHEMES["marker"], dose=1.0)}).values())
    one, two = audit(*gathered(pairs)), audit(*gathered(pairs[::-1]))
    assert [(f.sign, f.subject, f.feature) for f in one.flagged] == [
        (f.sign, f.subject, f.feature) for f in two.flagged
    ]


def test_too_few_players_say_what_would_suffice() -> None:
    """With three players nothing can be told of a pair against others, and each sign says so."""
    _, _, base = honest()
    found = audit(*gathered(played for pair, played in base.items() if max(pair) < 3))
    assert not found.tests
    assert any("5 players" in missing.would_suffice for missing in found.insufficient)


def test_nothing_at_all_is_a_result() -> None:
    """H6: an audit of no debates says that there are none."""
    _, rulings = gathered(list(honest()[2].values())[:1])
    found = audit(corpus(()), rulings)
    assert not found.tests
    assert found.insufficient[0].why == "no debate of two sides"


def test_the_same_seed_gives_the_same_audit() -> None:
    """Chance is decided by the seed."""
    assert with_scheme("marker") == with_scheme("marker")
