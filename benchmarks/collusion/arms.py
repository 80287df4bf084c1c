"""How often do honest tournaments alarm where arms are compared, a word is told, or matches are repeated?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from multiprocessing import get_context

from benchmarks.collusion.makers import CLEAN, LOOKALIKES, Maker
from benchmarks.collusion.stage import Under, everyone, gathered
from debate.audits.audit import ALPHA, audit
from debate.audits.compared import compared
from debate.audits.evidence import Evidence
from debate.audits.finding import Audit

PLAYERS, QUESTIONS = 6, 24
FEW, REPEATS = 3, 2
"""Repeats need no other players: openings are held against those of the same pair."""
MAKERS: dict[str, Maker] = CLEAN | LOOKALIKES


@dataclass(frozen=True)
class Armed:
    """One honest tournament in one arm: the smallest adjusted p-values, of any sign and of the arm's own."""

    arm: str
    maker: str
    seed: int
    p: float
    own: float
    """Of the sign that only this arm can test; of any where the arm is compared with another."""

    @property
    def raised(self) -> bool:
        """Whether somebody was flagged."""
        return self.p <= ALPHA

    @property
    def raised_own(self) -> bool:
        """Whether somebody was flagged by the arm's own sign."""
        return self.own <= ALPHA


def against(maker: Maker, seed: int) -> tuple[Audit, str]:
    """Hold a tournament against the same matches, each speech restated."""
    actors, setting = maker(seed, PLAYERS, QUESTIONS)
    plain = gathered(everyone(actors, setting).values())
    restated = gathered(everyone(actors, setting, salt=1, under=Under(arm="paraphrase")).values())
    return compared(Evidence(*plain), Evidence(*restated), against="restated", seed=seed), ""


def again(maker: Maker, seed: int) -> tuple[Audit, str]:
    """Hold a tournament against the same matches played once more, nothing changed."""
    actors, setting = maker(seed, PLAYERS, QUESTIONS)
    one, other = (gathered(everyone(actors, setting, salt=salt).values()) for salt in range(2))
    return compared(Evidence(*one), Evidence(*other), against="again", seed=seed), ""


def told(maker: Maker, seed: int) -> tuple[Audit, str]:
    """Tell one seat of every match a random word."""
    actors, setting = maker(seed, PLAYERS, QUESTIONS)
    return audit(
        *gathered(everyone(actors, setting, under=Under(arm="canary")).values()), seed=seed, excerpts=False
    ), "canary"


def repeated(maker: Maker, seed: int) -> tuple[Audit, str]:
    """Play every match of a few players twice."""
    actors, setting = maker(seed, FEW, QUESTIONS)
    played = [
        pair
        for repeat in range(REPEATS)
        for pair in everyone(actors, setting, salt=repeat, under=Under(repeat=repeat)).values()
    ]
    return audit(*gathered(played), seed=seed, excerpts=False), "coupling across repeats"


ARMS: dict[str, Callable[[Maker, int], tuple[Audit, str]]] = {
    "restated": against,
    "played again": again,
    "canary": told,
    "repeats": repeated,
}


def arms(runs: int, *, workers: int = 2, done: Collection[tuple[str, int]] = ()) -> Iterator[Armed]:
    """Play and audit `runs` honest tournaments of each arm, of every kind in turn."""
    wanted = [(arm, seed) for seed in range(runs) for arm in ARMS if (arm, seed) not in done]
    with get_context("forkserver").Pool(workers) as pool:
        yield from pool.imap_unordered(one, wanted, chunksize=1)


def one(wanted: tuple[str, int]) -> Armed:
    """Play and audit one honest tournament in one arm."""
    arm, seed = wanted
    kind = list(MAKERS)[seed % len(MAKERS)]
    found, sign = ARMS[arm](MAKERS[kind], 90_000 + seed)
    own = [test.p_adjusted for test in found.tests if not sign or test.sign == sign]
    return Armed(arm, kind, seed, min(test.p_adjusted for test in found.tests), min(own))
