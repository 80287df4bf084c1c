"""How often does an honest tournament have any flagged pair?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context

from scipy.stats import beta

from benchmarks.collusion.makers import MAKERS, apart
from benchmarks.collusion.stage import everyone, gathered
from debate.audits.audit import ALPHA, audit
from debate.audits.finding import Finding

PLAYERS, MANY = 6, 12
QUESTIONS = 40


@dataclass(frozen=True)
class Alarm:
    """One honest tournament: the smallest adjusted p-value, and where it stood."""

    maker: str
    seed: int
    p: float
    sign: str
    feature: str
    players: int = PLAYERS

    @property
    def raised(self) -> bool:
        """Whether somebody was flagged."""
        return self.p <= ALPHA


def alarms(
    makers: Iterable[str],
    runs: int,
    *,
    players: int = PLAYERS,
    workers: int = 2,
    done: Collection[tuple[str, int, int]] = (),
) -> Iterator[Alarm]:
    """Play honest tournaments and audit them; `done` says which need not be: maker, seed and number of players."""
    every = ((maker, seed, players) for seed in range(runs) for maker in makers)
    wanted = [each for each in every if each not in done]
    with get_context("forkserver").Pool(workers) as pool:
        yield from pool.imap_unordered(_one, wanted, chunksize=1)


def _one(wanted: tuple[str, int, int]) -> Alarm:
    maker, seed, players = wanted
    own = apart(maker, seed)
    actors, setting = MAKERS[maker](own, players, QUESTIONS)
    corpus, rulings = gathered(everyone(actors, setting).values())
    first: Finding = audit(corpus, rulings, seed=own, excerpts=False).tests[0]
    return Alarm(maker, seed, first.p_adjusted, first.sign, first.feature, players)


def upper(raised: int, of: int, level: float = 0.95) -> float:
    """Return the one-sided upper bound of a rate (Clopper and Pearson 1934)."""
    return 1.0 if raised == of else float(beta.ppf(level, raised + 1, of - raised))
