"""What the audit's power is measured with: what runs have in common is played and drawn once, and nothing differs."""

from __future__ import annotations

import numpy as np

from benchmarks.collusion.chance import Again, again
from benchmarks.collusion.makers import diverse
from benchmarks.collusion.power import BASES, _shares
from benchmarks.collusion.stage import Played, gathered, play
from debate.audits.audit import audit
from debate.audits.family import Chance
from debate.providers.actors.schemes import SCHEMES

SIZE = (5, 3)


def drawn(chance: Chance, *freedoms: int) -> list[list[float]]:
    return [
        chance.standard_normal(SIZE).ravel().tolist(),
        *(
            values.ravel().tolist()
            for df in freedoms
            for values in (chance.standard_t(df, SIZE), chance.chisquare(df, SIZE))
        ),
    ]


def test_what_is_remembered_is_what_the_generator_gives() -> None:
    """Who asks for the same, for something else from some point on, or for more gets what a new generator gives."""
    known: list[object] = []
    for freedoms in ((3, 9), (3, 9), (3, 4, 5), (3, 9, 12), (2, 9), (3, 9, 12)):
        mine = Again(7, known)  # type: ignore[arg-type] # filled by it
        assert drawn(mine, *freedoms) == drawn(np.random.default_rng(7), *freedoms), freedoms
    assert len(known) == 7


def test_seeds_do_not_mix() -> None:
    """What one seed drew is no other's."""
    assert drawn(again(1), 3) == drawn(np.random.default_rng(1), 3)
    assert drawn(again(2), 3) == drawn(np.random.default_rng(2), 3)


def beliefs(played: Played) -> tuple[object, ...]:
    said = [(d.id, [(s.traces.tolist(), s.phrases.tolist()) for s in d.speeches]) for d in played.reduced]
    return said, played.beliefs, played.alone


def test_debates_in_which_nobody_colludes_are_the_honest_ones() -> None:
    """Taken from what the pair played honestly, they are those that it would play."""
    actors, setting = diverse(3, 2, 6)
    pair = (actors[0], actors[1])
    honest = play(pair, setting, salt=5)
    for scheme in (SCHEMES["throws"], SCHEMES["acrostic"], SCHEMES["late-concession"]):
        anew = play(pair, setting, scheme=scheme, dose=0.5, salt=5)
        assert beliefs(play(pair, setting, scheme=scheme, dose=0.5, salt=5, honest=honest)) == beliefs(anew), scheme
    assert beliefs(anew) != beliefs(honest)


def test_an_audit_from_memory_is_the_same_audit() -> None:
    """Chance that remembers changes no number of a finding."""
    actors, setting = diverse(3, 5, 10)
    pairs = [play((actors[i], actors[j]), setting) for i in range(5) for j in range(i)]
    corpus, rulings = gathered(pairs)
    one, two, plain = (
        audit(corpus, rulings, draws=99, seed=4, chance=chance) for chance in (again, again, np.random.default_rng)
    )
    assert one == two == plain


def test_every_seed_is_played_once() -> None:
    """However many runs there are, shares part them."""
    for runs in (1, 7, BASES, 83, 200):
        assert sorted(seed for share in _shares(runs) for seed in share) == list(range(runs))
