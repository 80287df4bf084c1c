"""The audit: every sign, every pair, one family of tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TypeAlias

import numpy as np

from debate.audits.blocks import Blocks
from debate.audits.contrast import PLAYERS, SOME, Contrast
from debate.audits.corpus import Corpus
from debate.audits.coupling import Coupled, coupled
from debate.audits.evidence import Evidence
from debate.audits.family import DRAWS, Chance, alone, drawn, step_down
from debate.audits.finding import QUESTIONS, Audit, Finding, Insufficient, Null, Subject
from debate.audits.readers import Read
from debate.audits.rulings import Rulings
from debate.audits.score import Score
from debate.audits.signs import SIGNS
from debate.audits.unchanged import Unchanged, unheld
from debate.stats.column import Codes, Floats

ALPHA = 0.005
"""The wanted chance of any false alarm in a tournament."""
Own: TypeAlias = Coupled | Unchanged
"""Tests that a pair makes by itself, whoever else there is."""
NEARLY_ALL = QUESTIONS + 2 * QUESTIONS**0.5
"""Where pairs show a rare thing on so many questions on average, nearly all show it on enough (as Poisson counts)."""
FEW = Insufficient(
    sign="which pair",
    why=(
        f"of {SOME} players who have all met, the two pairs that share nobody cannot be told apart, and with one other "
        "rest to hold theirs against next to nothing is surprising"
    ),
    would_suffice=f"{PLAYERS} players, each against each other",
)


@dataclass(frozen=True)
class Terms:
    """On which terms an audit is made."""

    alpha: float = ALPHA
    draws: int = DRAWS
    seed: int = 0
    excerpts: bool = True
    null: Null = "additive"
    chance: Callable[[int], Chance] = np.random.default_rng
    """What the null is drawn from, given the seed."""


@dataclass(frozen=True)
class Tested:
    """One score over all pairs that have enough of it."""

    score: Score
    contrast: Contrast

    def larger(self, statistics: Floats) -> Floats:
        """Turn statistics so that larger ones are more of a sign."""
        sign = self.score.sign_of_effect
        return np.abs(statistics) if sign == 0 else statistics * sign


def audit(
    corpus: Corpus,
    rulings: Rulings,
    *,
    read: Read | None = None,
    gained: Floats | None = None,
    alpha: float = ALPHA,
    draws: int = DRAWS,
    seed: int = 0,
    excerpts: bool = True,
    chance: Callable[[int], Chance] = np.random.default_rng,
) -> Audit:
    """Look for every sign in every pair.

    Args:
        corpus: debates, reduced.
        rulings: what judges made of them.
        read: what a model made of the speeches.
        gained: what they would have gained by being written again.
        alpha: the wanted chance of any false alarm.
        draws: how often the null is drawn.
        seed: of the draws.
        excerpts: whether the debates that show a finding are named.
        chance: what the null is drawn from, given the seed.
    """
    evidence = Evidence(corpus, rulings, read, gained, shown=excerpts)
    scores, lacking = scored(evidence)
    insufficient = [_among(missing, corpus) for missing in lacking]
    own = coupled(evidence, draws=draws, seed=seed) if len(corpus) else None
    if isinstance(own, Insufficient):
        insufficient.append(own)
    insufficient.extend(unheld(corpus) if len(corpus) else ())
    terms = Terms(alpha, draws, seed, excerpts=excerpts, chance=chance)
    return concluded(corpus, scores, insufficient, terms, own=own if isinstance(own, Coupled) else None)


def concluded(
    corpus: Corpus,
    scores: Iterable[Score],
    insufficient: Sequence[Insufficient],
    terms: Terms,
    *,
    own: Own | None = None,
) -> Audit:
    """Test scores of a corpus as one family, and say what could not be tested."""
    tested, untested = _tested(scores, corpus)
    if corpus.few and tested:
        untested.append(FEW)
    return Audit(
        alpha=terms.alpha,
        n_debates=len(corpus),
        n_players=len(corpus.player.present),
        tests=_findings(tested, own, corpus, terms) if tested or own else (),
        insufficient=(*insufficient, *(m for m in untested if m.sign not in {known.sign for known in insufficient})),
        excluded=corpus.excluded,
        seed=terms.seed,
    )


def scored(evidence: Evidence) -> tuple[list[Score], list[Insufficient]]:
    """Return the scores of every sign, and the signs that have none."""
    found: list[Score] = []
    missing: list[Insufficient] = []
    if not len(evidence.corpus):
        return found, [
            Insufficient(sign="all", why="no debate of two sides", would_suffice="debates that are finished")
        ]
    for scores in SIGNS.values():
        for item in scores(evidence):
            if isinstance(item, Score):
                found.append(item)
            else:
                missing.append(item)
    return found, missing


def _among(missing: Insufficient, corpus: Corpus) -> Insufficient:
    """Say besides how many players it takes, where there are too few to hold a pair against others."""
    if not 0 < len(corpus.player.present) < SOME:
        return missing
    return missing.model_copy(update={"would_suffice": f"{missing.would_suffice}; and {PLAYERS} players"})


def _tested(scores: Iterable[Score], corpus: Corpus) -> tuple[list[Tested], list[Insufficient]]:
    tested: list[Tested] = []
    missing: dict[str, Insufficient] = {}
    for score in scores:
        blocks = Blocks.of(score, fewest=QUESTIONS, blocks=_blocks(corpus))
        contrast = Contrast.of(blocks, corpus.pairs) if len(blocks.pairs) else None
        if contrast is not None and (contrast.tells_some if corpus.few else contrast.estimable):
            tested.append(Tested(score, contrast))
        else:
            missing.setdefault(score.sign, _rare(score, corpus) if contrast is None else _missing(score.sign, contrast))
    done = {test.score.sign for test in tested}
    return tested, [item for sign, item in missing.items() if sign not in done]


def _rare(score: Score, corpus: Corpus) -> Insufficient:
    """Say how often a sign can be read that no pair shows on enough questions, and how many would do at that rate."""
    read = ~np.isnan(score.values)
    shown, asked = _each(score.pair[read], score.block[read]), _each(corpus.pair, corpus.question.codes)
    most, rate = int(shown.max(initial=0)), shown.sum() / asked.sum()
    questions = ceil(NEARLY_ALL / rate) if rate and asked.max() >= QUESTIONS else QUESTIONS
    enough = f"{PLAYERS} players who all debate the same {questions} questions with each other"
    if len(corpus.player.present) >= PLAYERS:
        enough = f"{questions} questions that each player debates with each other player"
    return Insufficient(
        sign=score.sign,
        why=f"no pair shows it on {QUESTIONS} questions; the most is {most} of {asked.max()}",
        would_suffice=enough,
    )


def _each(pair: Codes, block: Codes) -> Codes:
    """Return by pair on how many questions there is something; pairs that have nothing may be left out."""
    return np.bincount(np.unique(np.stack([pair, block], axis=1), axis=0)[:, 0]).astype(np.int32)


def _missing(sign: str, contrast: Contrast) -> Insufficient:
    pairs, players = contrast.design.shape
    met = "one pair shows" if pairs == 1 else f"{pairs} pairs of {players} players show"
    return Insufficient(
        sign=sign,
        why=f"only {met} it on {QUESTIONS} questions, which does not tell one pair apart",
        would_suffice=(
            f"{PLAYERS} players who all debate {QUESTIONS} questions or more with each other; with {SOME}, whether "
            "some pair stands out"
        ),
    )


def _blocks(corpus: Corpus) -> int:
    return max(len(corpus.question.names), len(corpus.matched.names), 1)


def _findings(tested: Sequence[Tested], own: Own | None, corpus: Corpus, terms: Terms) -> tuple[Finding, ...]:
    observed = [t.larger(t.contrast.studentised(t.contrast.blocks.means[None, :]))[0] for t in tested]
    if own:
        observed.append(own.observed)
    ends = np.cumsum([len(seen) for seen in observed])[:-1]
    seen = np.concatenate(observed)
    null = _null(tested, own, corpus, terms, tests=len(seen))
    split, single = np.split(step_down(seen, null), ends), np.split(alone(seen, null), ends)
    best: dict[tuple[str, int], tuple[float, float, Tested, int]] = {}
    for test, p, p_adjusted in zip(tested, single, split, strict=False):
        rows = zip(test.contrast.blocks.pairs.tolist(), p_adjusted.tolist(), p.tolist(), strict=True)
        for place, (pair, *surprising) in enumerate(rows):
            key = (test.score.sign, min(_alike(pair, corpus)))
            if key not in best or tuple(surprising) < best[key][:2]:
                best[key] = (*surprising, test, place)
    found = [_finding(test, place, corpus, p, p_adjusted, terms) for p_adjusted, p, test, place in best.values()]
    repeated = own.findings(single[-1], split[-1], corpus, terms.alpha) if own else ()
    return tuple(sorted((*found, *repeated), key=lambda f: (f.p_adjusted, f.p, f.sign, f.subject.players)))


def _null(tested: Sequence[Tested], own: Own | None, corpus: Corpus, terms: Terms, *, tests: int) -> Floats:
    """Return statistics under the null, two axes, draw and test; those of one test stand side by side."""
    found = np.empty((terms.draws, tests), order="F")
    start = 0
    contrasts, chance = [t.contrast for t in tested], terms.chance(terms.seed)
    drawing = drawn(contrasts, draws=terms.draws, blocks=_blocks(corpus), chance=chance)
    for test, draw in zip(tested, drawing, strict=True):
        found[:, start : start + draw.shape[1]] = test.larger(draw)
        start += draw.shape[1]
    if own:
        found[:, start:] = own.drawn
    return found


def _alike(pair: int, corpus: Corpus) -> tuple[int, ...]:
    """Return the pairs that cannot be told apart: with four players, each from the one of the two others."""
    return tuple(sorted((pair, corpus.beside(pair)))) if corpus.few else (pair,)


def _subject(pair: int, corpus: Corpus) -> Subject:
    alike = _alike(pair, corpus)
    if len(alike) == 1:
        return Subject(players=corpus.names(pair))
    either = tuple(corpus.names(one) for one in alike)
    return Subject(players=tuple(sorted(name for names in either for name in names)), either=either)


def _finding(test: Tested, place: int, corpus: Corpus, p: float, p_adjusted: float, terms: Terms) -> Finding:
    contrast, score = test.contrast, test.score
    pair = int(contrast.blocks.pairs[place])
    effect = float(contrast.deviations[place])
    error = float(contrast.own_errors[place])
    half = contrast.quantile * error
    finding = Finding(
        sign=score.sign,
        feature=score.feature,
        subject=_subject(pair, corpus),
        effect=effect,
        low=effect - half,
        high=effect + half,
        p=p,
        p_adjusted=p_adjusted,
        flagged=p_adjusted <= terms.alpha,
        n_questions=int(contrast.blocks.counts[place]),
        n_debates=sum(int(test.score.read[pair]) for pair in _alike(pair, corpus)),
        n_draws=terms.draws,
        null=terms.null,
    )
    return _with_evidence(finding, test, corpus) if terms.excerpts and finding.flagged else finding


def _with_evidence(finding: Finding, test: Tested, corpus: Corpus) -> Finding:
    score = test.score
    names = finding.subject.either or (finding.subject.players,)
    pairs = [pair for pair in range(len(corpus.pairs)) if corpus.names(pair) in names]
    rows = np.flatnonzero(np.isin(score.pair, pairs) & ~np.isnan(score.values) & (score.debate >= 0))
    sign = score.sign_of_effect or float(np.sign(finding.effect)) or 1.0
    return finding.model_copy(
        update={"mean": float(score.values[rows].mean()), "evidence": score.shown(rows, sign, corpus.id)}
    )
