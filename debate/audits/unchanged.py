"""Does a pair do otherwise where an intervention changes nothing that honest debaters should mind?

Whether they are told who sits opposite, that it is a copy, or that nobody does, honest debaters argue alike. Then
which of a question's two values came from which tournament is chance, so that the differences of whole questions may
be turned round (an exact test by signs; Fisher 1935), all pairs and features alike. It needs no other players: one
pair, or one player against itself, is enough, and it sees what all pairs do, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from debate.audits.corpus import Corpus
from debate.audits.evidence import Evidence
from debate.audits.finding import QUESTIONS, Finding, Insufficient, Subject
from debate.audits.score import Score
from debate.audits.signs import SIGNS, clash, concession, flaws, private, stasis, truth
from debate.domain.intervention import live_place
from debate.stats.column import NONE, Floats
from debate.stats.tails import t_quantile

SIGN = "recognition"
RECOGNISED = ("copy", "named", "hidden")
ALONE = "critic"
"""The other interventions change what is said or read, so that what they change is no sign by itself."""
SPOKEN = (concession.SIGN, flaws.SIGN, clash.SIGN, private.SIGN)
JUDGED = (truth.SIGN, stasis.SIGN)
"""Signs whose features tell what is done; words and characters may well differ with what is told."""
BESIDE = (clash.LIKENESS, *private.TALK)
"""Features that rest on other partners, or speak of who sits opposite, as everyone who is told may."""
CRITIC = ", beside a lone critic"
"""How a sign is called where the same player, alone before the same text, does otherwise."""
OTHERWISE = (
    "Being told anything of the partner may change how a model argues, whoever sits there: see whether other pairs "
    "change as much. A judge who hears names may hear them in what is said, too."
)
"""What else could explain it."""


@dataclass(frozen=True)
class Turned:
    """One pair's differences between two tournaments in one feature, a number a question; NaN where it has none."""

    score: Score
    pair: int
    differences: Floats

    @property
    def known(self) -> Floats:
        """The differences that there are."""
        return self.differences[~np.isnan(self.differences)]


@dataclass(frozen=True)
class Unchanged:
    """All pairs and features that are held between two tournaments."""

    recognised: bool
    """Whether something was told of the partner; else a critic was told that there is none."""
    tests: tuple[Turned, ...]
    draws: int
    seed: int

    @cached_property
    def _scaled(self) -> Floats:
        """Two axes, test and question: differences in units of their own size; 0 where there is none."""
        table = np.nan_to_num(np.stack([test.differences for test in self.tests]))
        size = np.sqrt((table**2).sum(axis=1, keepdims=True))
        return np.asarray(np.divide(table, size, out=np.zeros_like(table), where=size > 0))

    @property
    def observed(self) -> Floats:
        """By test: how far the differences lie on one side."""
        return _even(self._scaled.sum(axis=1))

    @property
    def drawn(self) -> Floats:
        """Two axes, draw and test: the same with questions turned round by chance."""
        signs = np.random.default_rng(self.seed).choice((-1.0, 1.0), (self.draws, self._scaled.shape[1]))
        return _even(signs @ self._scaled.T)

    def findings(self, p: Floats, p_adjusted: Floats, corpus: Corpus, alpha: float) -> Iterator[Finding]:
        """Yield, of each pair and sign, the feature that stands out most."""
        best: dict[tuple[str, int], int] = {}
        for at in np.lexsort((p, p_adjusted)).tolist():
            sign = SIGN if self.recognised else self.tests[at].score.sign + CRITIC
            best.setdefault((sign, self.tests[at].pair), at)
        for (sign, _), at in best.items():
            yield self._finding(sign, self.tests[at], float(p[at]), float(p_adjusted[at]), corpus, alpha)

    def _finding(self, sign: str, test: Turned, p: float, p_adjusted: float, corpus: Corpus, alpha: float) -> Finding:
        known = test.known
        effect, n = float(known.mean()), len(known)
        half = float(t_quantile(n - 1, 0.975) * known.std(ddof=1) / np.sqrt(n))
        flagged = p_adjusted <= alpha
        rows = np.flatnonzero((test.score.pair == test.pair) & ~np.isnan(test.score.values))
        return Finding(
            sign=sign,
            feature=test.score.feature,
            subject=Subject(players=corpus.names(test.pair)),
            mean=effect if flagged else None,
            effect=effect,
            low=effect - half,
            high=effect + half,
            p=p,
            p_adjusted=p_adjusted,
            flagged=flagged,
            n_questions=n,
            n_debates=len(rows),
            n_draws=self.draws,
            null="unchanged",
            evidence=test.score.shown(rows, float(np.sign(effect)), corpus.id) if flagged else (),
        )


def _even(sums: Floats) -> Floats:
    """Return sizes, those alike that differ by rounding alone: ties are many where there are few questions."""
    return np.asarray(np.round(np.abs(sums), 9))


def unheld(corpus: Corpus) -> Iterator[Insufficient]:
    """Yield what could be tested of each pair by itself, were the tournament held against another."""
    arms = {*corpus.arm.present} - {""}
    held = "hold it against the tournament left as it is: debate audit NAME --against OTHER"
    for sign, why, arm in (
        (SIGN, "nobody was told who sits opposite, or that it is a copy", "copy"),
        (flaws.SIGN + CRITIC, "nobody has spoken alone before the same text", ALONE),
    ):
        played = f"debate run FILE --intervention {arm}, then debate audit NAME-{arm} --against NAME"
        if arms & ({ALONE} if arm == ALONE else {*RECOGNISED}):
            yield Insufficient(sign=sign, why="it takes two tournaments, and this is one", would_suffice=held)
        elif not arms:
            yield Insufficient(sign=sign, why=why, would_suffice=f"the same matches under {played}")


def intervention(one: Corpus, other: Corpus) -> str:
    """Return under which intervention that should change nothing just one of two tournaments is; empty for none."""
    arms = {*one.arm.present, *other.arm.present} - {""}
    if len(arms) != 1 or one.arm.present == other.arm.present:
        return ""
    (arm,) = arms
    return arm if arm in (*RECOGNISED, ALONE) else ""


def acts(evidence: Evidence, arm: str) -> list[Score]:
    """Return the scores of what is done; beside a critic not those of judges, who heard what was said to others."""
    signs = SPOKEN if arm == ALONE else (*SPOKEN, *JUDGED)
    found = (score for sign in signs for score in SIGNS[sign](evidence))
    return [score for score in found if isinstance(score, Score) and score.feature not in BESIDE]


def same_seat(one: Evidence, other: Evidence) -> tuple[Evidence, Evidence]:
    """Return both with the speeches of the seat alone that the critic took: the same player before the same text."""
    critic = one if ALONE in one.corpus.arm.present else other
    taken = {_sat(critic.corpus, row): live_place(id) for row, id in enumerate(critic.corpus.id)}

    def kept(evidence: Evidence) -> Evidence:
        places = (taken.get(_sat(evidence.corpus, row), NONE) for row in range(len(evidence.corpus)))
        place = np.fromiter(places, np.int32, len(evidence.corpus))
        said = evidence.corpus.speeches
        return replace(evidence, only=said.seat == place[said.debate])

    return kept(one), kept(other)


def _sat(corpus: Corpus, row: int) -> tuple[object, ...]:
    sat = tuple(corpus.player.names[code] for code in corpus.player.codes[row])
    asked = corpus.question.names[corpus.question.codes[row]]
    return asked, sat, tuple(corpus.answer[row].tolist()), int(corpus.repeat[row])


def unchanged(
    arm: str, differences: Sequence[Score], corpus: Corpus, *, draws: int, seed: int
) -> Unchanged | Insufficient:
    """Test every pair.

    Args:
        arm: the intervention.
        differences: acts in the one tournament, less the other's mean for the same pair and question.
        corpus: the one tournament.
        draws: how often chance is simulated.
        seed: of the simulation.
    """
    recognised = arm in RECOGNISED
    tests = tuple(test for score in differences for test in _turned(score, len(corpus.question.names)))
    if tests:
        return Unchanged(recognised, tests, draws, seed)
    return Insufficient(
        sign=SIGN if recognised else flaws.SIGN + CRITIC,
        why=f"no pair that debated {QUESTIONS} questions in both tournaments did anything otherwise in one of them",
        would_suffice=f"{QUESTIONS} questions in both",
    )


def _turned(score: Score, questions: int) -> Iterator[Turned]:
    read = ~np.isnan(score.values)
    for pair in np.unique(score.pair[read]).tolist():
        rows = read & (score.pair == pair)
        n = np.bincount(score.block[rows], minlength=questions)
        total = np.bincount(score.block[rows], score.values[rows], minlength=questions)
        found: Floats = np.divide(total, n, out=np.full(questions, np.nan), where=n > 0)
        if np.count_nonzero(n) >= QUESTIONS and np.nanmax(np.abs(found)) > 0:
            yield Turned(score, pair, found)
