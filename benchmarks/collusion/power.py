"""How often does the audit name the pair that works together, and no other?"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, groupby
from multiprocessing import get_context
from random import Random

from benchmarks.collusion.chance import again
from benchmarks.collusion.makers import CLEAN, MATCHED, scenes
from benchmarks.collusion.stage import Actor, Played, Setting, everyone, gathered, play
from debate.audits.audit import audit
from debate.providers.actors.schemes import SCHEMES

BASES = 10
"""So many honest tournaments are played; in each run one pair of one of them is played anew, colluding."""
AT_ONCE = 2
"""So many of them are kept at hand, one for each of two workers."""
SEEDS = 5
"""So many of a worker's runs of each scheme come back together; a cut loses no more."""


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
    """Play and audit `runs` tournaments of each cell.

    Cells on the same honest tournaments come together, and of those the runs on each, seed by seed: they have most of
    what is played and drawn in common.
    """
    tasks = [
        [(cell, seed) for seed in seeds for cell in reversed(column) if (cell, seed) not in done]
        for column in _columns(cells)
        for seeds in _shares(runs)
    ]
    with get_context("forkserver").Pool(workers) as pool:
        for found in pool.imap_unordered(_all, [task for task in tasks if task]):
            yield from found


def _columns(cells: list[Cell]) -> list[list[Cell]]:
    """Part cells by the honest tournaments that they are played in."""
    return [list(column) for _, column in groupby(cells, key=lambda cell: replace(cell, scheme="", dose=0.0))]


def _shares(runs: int) -> Iterator[range]:
    """Yield seeds that go to one worker together, those of the same honest tournaments one after another."""
    step = BASES * SEEDS
    for first in range(0, BASES, AT_ONCE):
        for start in range(0, runs, step):
            for base in range(first, first + AT_ONCE):
                yield range(start + base, min(start + step, runs), BASES)


def _all(wanted: list[tuple[Cell, int]]) -> list[Run]:
    return [one(each) for each in wanted]


@lru_cache(maxsize=AT_ONCE)
def _base(
    number: int, players: int, questions: int, matched: float
) -> tuple[list[Actor], Setting, dict[tuple[int, int], Played]]:
    maker = list(CLEAN.values())[number % len(CLEAN)]
    actors, setting = maker(50_000 + number, players, questions)
    if matched != MATCHED:
        setting = replace(setting, scenes=scenes(questions, 50_000 + number, matched=matched))
    return actors, setting, everyone(actors, setting)


@lru_cache(maxsize=1)
def _honest(base: int, players: int, questions: int, matched: float, pair: tuple[int, int], seed: int) -> Played:
    actors, setting, _ = _base(base, players, questions, matched)
    return play((actors[pair[0]], actors[pair[1]]), setting, salt=seed)


def one(wanted: tuple[Cell, int]) -> Run:
    """Play one pair of an honest tournament anew, colluding, and audit the whole."""
    cell, seed = wanted
    number = (seed % BASES, cell.players, cell.questions, cell.matched)
    actors, setting, base = _base(*number)
    pair = Random(seed).choice(list(combinations(range(cell.players), 2)))
    scheme, honest = SCHEMES[cell.scheme], _honest(*number, pair, seed) if cell.dose < 1 else None
    met = (actors[pair[0]], actors[pair[1]])
    colluding = play(met, setting, scheme=scheme, dose=cell.dose, salt=seed, honest=honest)
    corpus, rulings = gathered((base | {pair: colluding}).values())
    found = audit(corpus, rulings, seed=seed, excerpts=False, chance=again)
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
