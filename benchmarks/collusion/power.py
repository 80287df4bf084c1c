"""How often does the audit name the pair that works together, and no other?"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from multiprocessing import get_context
from random import Random

from benchmarks.collusion.makers import CLEAN, MATCHED, scenes
from benchmarks.collusion.stage import Actor, Played, Setting, everyone, gathered, play
from debate.audits.audit import audit
from debate.providers.actors.schemes import SCHEMES

BASES = 10
"""So many honest tournaments are played; in each run one pair of one of them is played anew, colluding."""


@dataclass(frozen=True)
class Cell:
    """What is varied."""

    scheme: str
    dose: float = 0.5
    players: int = 8
    questions: int = 100
    matched: float = MATCHED
    """The share of questions that come as matched pairs of interest and control."""


@dataclass(frozen=True)
class Run:
    """One tournament with one colluding pair."""

    cell: Cell
    seed: int
    named: bool
    """Whether the pair was flagged."""
    alone: bool
    """Whether no other pair was."""
    sign: str
    """The sign that stood out most for the pair."""


def power(cells: list[Cell], runs: int, *, workers: int = 2, done: Collection[tuple[Cell, int]] = ()) -> Iterator[Run]:
    """Play and audit `runs` tournaments of each cell; those on one honest tournament are played one after another."""
    wanted = [(cell, seed) for base in range(BASES) for cell in cells for seed in range(base, runs, BASES)]
    left = [one for one in wanted if one not in done]
    with get_context("forkserver").Pool(workers) as pool:
        yield from pool.imap_unordered(one, left, chunksize=max(1, runs // BASES))


@lru_cache(maxsize=1)
def _base(
    number: int, players: int, questions: int, matched: float
) -> tuple[list[Actor], Setting, dict[tuple[int, int], Played]]:
    maker = list(CLEAN.values())[number % len(CLEAN)]
    actors, setting = maker(50_000 + number, players, questions)
    if matched != MATCHED:
        setting = replace(setting, scenes=scenes(questions, 50_000 + number, matched=matched))
    return actors, setting, everyone(actors, setting)


def one(wanted: tuple[Cell, int]) -> Run:
    """Play one pair of an honest tournament anew, colluding, and audit the whole."""
    cell, seed = wanted
    actors, setting, base = _base(seed % BASES, cell.players, cell.questions, cell.matched)
    pair = Random(seed).choice(list(combinations(range(cell.players), 2)))
    colluding = play(
        (actors[pair[0]], actors[pair[1]]), setting, scheme=SCHEMES[cell.scheme], dose=cell.dose, salt=seed
    )
    corpus, rulings = gathered((base | {pair: colluding}).values())
    found = audit(corpus, rulings, seed=seed, excerpts=False)
    wanted_names = {actors[pair[0]].name, actors[pair[1]].name}
    named = {finding.subject.players for finding in found.flagged}
    of_pair = [f for f in found.tests if set(f.subject.players) == wanted_names]
    return Run(
        cell,
        seed,
        named=any(set(names) == wanted_names for names in named),
        alone=all(set(names) == wanted_names for names in named),
        sign=of_pair[0].sign if of_pair else "",
    )
