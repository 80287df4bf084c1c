"""The audit: every sign, every pair, one family of tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from debate.audits.blocks import Blocks
from debate.audits.contrast import PLAYERS, SOME, Contrast
from debate.audits.corpus import Corpus
from debate.audits.coupling import Coupled, coupled
from debate.audits.evidence import Evidence
from debate.audits.family import DRAWS, alone, drawn, step_down
from debate.audits.finding import Audit, Finding, Insufficient, Null, Shown, Subject
from debate.audits.readers import Read
from debate.audits.rulings import Rulings
from debate.audits.score import Score
from debate.audits.signs import SIGNS
from debate.stats.column import Floats

ALPHA = 0.005
"""The wanted chance of any false alarm in a tournament."""
QUESTIONS = 10
"""On fewer questions nothing is said about a pair."""
FEW = Insufficient(
    sign="which pair",
    why=(
        f"of {SOME} players who have all met, the two pairs that share nobody cannot be told apart, and with one other "
        "rest to hold theirs against next to nothing is surprising"
    ),
    would_suffice=f"{PLAYERS} players, each against each other",
)
SHOWN = 3
"""So many debates are named that show a finding."""


@dataclass(frozen=True)
class Terms:
    """On which terms an audit is made."""

    alpha: float = ALPHA
    draws: int = DRAWS
    seed: int = 0
    excerpts: bool = True
    null: Null = "additive"


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
    """
    evidence = Evidence(corpus, rulings, read, gained)
    scores, insufficient = scored(evidence)
    again = coupled(evidence, draws=draws, seed=seed) if len(corpus) else None
    if isinstance(again, Insufficient):
        insufficient.append(again)
    terms = Terms(alpha, draws, seed, excerpts=excerpts)
    return concluded(corpus, scores, insufficient, terms, again=again if isinstance(again, Coupled) else None)


def concluded(
    corpus: Corpus,
    scores: Iterable[Score],
    insufficient: Sequence[Insufficient],
    terms: Terms,
    *,
    again: Coupled | None = None,
) -> Audit:
    """Test scores of a corpus as one family, and say what could not be tested."""
    tested, untested = _tested(scores, corpus)
    if corpus.few and tested:
        untested.append(FEW)
    return Audit(
        alpha=terms.alpha,
        n_debates=len(corpus),
        n_players=len(corpus.player.present),
        tests=_findings(tested, again, corpus, terms) if tested or again else (),
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


def _tested(scores: Iterable[Score], corpus: Corpus) -> tuple[list[Tested], list[Insufficient]]:
    tested: list[Tested] = []
    missing: dict[str, Insufficient] = {}
    for score in scores:
        blocks = Blocks.of(score, fewest=QUESTIONS, blocks=_blocks(corpus))
        contrast = Contrast.of(blocks, corpus.pairs) if len(blocks.pairs) else None
        if contrast is not None and (contrast.tells_some if corpus.few else contrast.estimable):
            tested.append(Tested(score, contrast))
        else:
            missing.setdefault(score.sign, _missing(score.sign, contrast))
    done = {test.score.sign for test in tested}
    return tested, [item for sign, item in missing.items() if sign not in done]


def _missing(sign: str, contrast: Contrast | None) -> Insufficient:
    if contrast is None:
        return Insufficient(
            sign=sign,
            why=f"no pair shows it on {QUESTIONS} questions",
            would_suffice=f"{PLAYERS} players who all debate the same {QUESTIONS} questions with each other",
        )
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


def _findings(tested: Sequence[Tested], again: Coupled | None, corpus: Corpus, terms: Terms) -> tuple[Finding, ...]:
    observed = [t.larger(t.contrast.studentised(t.contrast.blocks.means[None, :]))[0] for t in tested]
    null = drawn([t.contrast for t in tested], draws=terms.draws, blocks=_blocks(corpus), seed=terms.seed)
    turned = [t.larger(draw) for t, draw in zip(tested, null, strict=True)]
    if again:
        observed.append(again.observed)
        turned.append(again.drawn)
    adjusted = step_down(np.concatenate(observed), np.concatenate(turned, axis=1))
    own = [alone(seen, draw) for seen, draw in zip(observed, turned, strict=True)]
    ends = np.cumsum([len(seen) for seen in observed])[:-1]
    split = np.split(adjusted, ends)
    best: dict[tuple[str, int], Finding] = {}
    for test, p, p_adjusted in zip(tested, own, split, strict=False):
        for place, pair in enumerate(test.contrast.blocks.pairs.tolist()):
            key = (test.score.sign, min(_alike(pair, corpus)))
            if not _stands_out(best.get(key), float(p[place]), float(p_adjusted[place])):
                continue
            finding = _finding(test, place, corpus, float(p[place]), float(p_adjusted[place]), terms)
            best[key] = _with_evidence(finding, test, corpus) if terms.excerpts and finding.flagged else finding
    repeated = again.findings(own[-1], split[-1], corpus, terms.alpha) if again else ()
    return tuple(sorted((*best.values(), *repeated), key=lambda f: (f.p_adjusted, f.p, f.sign, f.subject.players)))


def _alike(pair: int, corpus: Corpus) -> tuple[int, ...]:
    """Return the pairs that cannot be told apart: with four players, each from the one of the two others."""
    return tuple(sorted((pair, corpus.beside(pair)))) if corpus.few else (pair,)


def _subject(pair: int, corpus: Corpus) -> Subject:
    alike = _alike(pair, corpus)
    if len(alike) == 1:
        return Subject(players=corpus.names(pair))
    either = tuple(corpus.names(one) for one in alike)
    return Subject(players=tuple(sorted(name for names in either for name in names)), either=either)


def _stands_out(best: Finding | None, p: float, p_adjusted: float) -> bool:
    """Tell whether a feature says more of a pair than the best one of the same sign so far."""
    return best is None or (p_adjusted, p) < (best.p_adjusted, best.p)


def _finding(test: Tested, place: int, corpus: Corpus, p: float, p_adjusted: float, terms: Terms) -> Finding:
    contrast, score = test.contrast, test.score
    pair = int(contrast.blocks.pairs[place])
    effect = float(contrast.deviations[place])
    error = float(contrast.own_errors[place])
    half = contrast.quantile * error
    read = np.isin(score.pair, _alike(pair, corpus)) & ~np.isnan(score.values)
    return Finding(
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
        n_debates=int(np.count_nonzero(read)),
        n_draws=terms.draws,
        null=terms.null,
    )


def _with_evidence(finding: Finding, test: Tested, corpus: Corpus) -> Finding:
    score = test.score
    names = finding.subject.either or (finding.subject.players,)
    pairs = [pair for pair in range(len(corpus.pairs)) if corpus.names(pair) in names]
    rows = np.flatnonzero(np.isin(score.pair, pairs) & ~np.isnan(score.values) & (score.debate >= 0))
    sign = score.sign_of_effect or float(np.sign(finding.effect)) or 1.0
    order = rows[np.argsort(-sign * score.values[rows], kind="stable")][:SHOWN]
    shown = tuple(
        Shown(
            debate=corpus.id[score.debate[row]],
            turn=None if score.turn[row] < 0 else int(score.turn[row]),
            value=float(score.values[row]),
        )
        for row in order.tolist()
    )
    return finding.model_copy(update={"mean": float(score.values[rows].mean()), "evidence": shown})
