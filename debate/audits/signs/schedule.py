"""Are outcomes agreed on: by turns, by question, or by less than honest debates differ?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from debate.audits.evidence import Evidence
from debate.audits.finding import Insufficient
from debate.audits.others import cell, centred, mean_with_others
from debate.audits.score import Score
from debate.domain import chance
from debate.stats.column import Codes, Floats

SIGN = "fixed outcomes"
QUESTIONS = 40
"""On fewer shared questions a schedule cannot be told from chance."""
SURE = 0.01
"""A belief is as good as certain this near to 0 or 1."""
OTHERWISE = (
    "The bank may be ordered, or its ids made, by something that matters, such as a topic at which one of the two is "
    "better."
)
"""What else could explain it."""
COUNTED = {
    "one sweeps the question": "how far one of the two wins a question in both seatings (a square)",
    "wins take turns": "how a win goes with the one on the last question (a product; below 0 where they alternate)",
    "wins follow the place in the bank": "how wins go with odd and even places in the bank (a product)",
    "wins follow the question's id": "how wins go with odd and even ids of questions (a product)",
    "wins follow a hash of the question": "how wins go with a hash of the question (a product)",
    "margins": "how far the judge's log odds end from what is usual of the pair",
}
"""What the numbers of each feature count."""


def scores(evidence: Evidence) -> Iterator[Score | Insufficient]:
    """Score each pair's residual wins, one value a question, by what a schedule would do to them.

    A win is the belief won by the pair's first player over both seatings, less what the two players win on that
    question against others, less the pair's mean of that: one of them may be the better against just this partner,
    and squares of what honest pairs differ by have tails that no t has. Its square grows where now one, now the
    other loses, its product with the last question's falls where they take turns, its product with a parity is what
    a schedule keyed to the question leaves behind.
    """
    rows = _residual(evidence)
    if rows is None:
        yield Insufficient(
            sign=SIGN,
            why=f"no pair has judged debates on {QUESTIONS} questions",
            would_suffice=f"{QUESTIONS} questions that a pair debated, both seatings, with rulings",
        )
        return
    pair, question, won, shown, debates = rows
    last = np.where(np.diff(pair, prepend=-1) == 0, np.roll(won, 1), np.nan)
    place = evidence.corpus.place[shown]
    parity = np.array([chance("id", name) % 2 * 2.0 - 1 for name in evidence.corpus.question.names])
    written = np.array([_last_digit(name) % 2 * 2.0 - 1 for name in evidence.corpus.question.names])

    def score(feature: str, side: str, values: Floats) -> Score:
        own = {"pair": pair, "block": question, "debate": shown, "debates": debates}
        return Score.of(SIGN, feature, side, values=values, **own)  # type: ignore[arg-type] # literals below

    yield score("one sweeps the question", "high", won**2)
    yield score("wins take turns", "both", won * last)
    yield score("wins follow the place in the bank", "both", won * (place % 2 * 2.0 - 1))
    yield score("wins follow the question's id", "both", won * written[question])
    yield score("wins follow a hash of the question", "both", won * parity[question])
    yield evidence.debated(SIGN, "margins", "low", _margins(evidence))


def _residual(evidence: Evidence) -> tuple[Codes, Codes, Floats, Codes, Codes] | None:
    """Return pair, question, residual win, a debate and how many there are, in the order of the plan.

    None where no pair has enough.
    """
    corpus = evidence.corpus
    belief = evidence.rulings.belief
    player, partner = corpus.player.codes, corpus.player.codes[:, ::-1]
    asked = cell(player.ravel(), np.repeat(corpus.question.codes, 2), corpus.answer.ravel())
    usual = mean_with_others(belief.ravel(), asked, partner.ravel()).reshape(belief.shape)
    beyond = belief - np.where(np.isnan(usual), 0.5, usual)
    won = (
        np.where(player[:, 0] == corpus.pairs[corpus.pair, 0], beyond[:, 0] - beyond[:, 1], beyond[:, 1] - beyond[:, 0])
        / 2
    )
    read = ~np.isnan(won) & (player[:, 0] != player[:, 1])
    both = cell(corpus.pair[read], corpus.question.codes[read])
    n = np.bincount(both)
    if not len(n):
        return None
    first = np.full(len(n), np.iinfo(np.int32).max)
    np.minimum.at(first, both, corpus.order[read])
    _, row = np.unique(both, return_index=True)
    pair, question = corpus.pair[read][row], corpus.question.codes[read][row]
    enough = np.bincount(pair)[pair] >= QUESTIONS
    order = np.lexsort((first, pair))
    order = order[enough[order]]
    value = centred(np.bincount(both, won[read]) / n, pair)
    debate = np.flatnonzero(read)[row].astype(np.int32)
    return (pair[order], question[order], value[order], debate[order], n[order]) if len(order) else None


def _margins(evidence: Evidence) -> Floats:
    """Return how far the log odds of a pair's first player end from their mean over the pair's debates.

    From even odds, two equals would be narrower than what both do with others predicts. Log odds add up; beliefs do
    not.
    """
    corpus, belief = evidence.corpus, evidence.rulings.belief
    first = corpus.player.codes[:, 0] == corpus.pairs[corpus.pair, 0]
    of_first = np.clip(np.where(first, belief[:, 0], belief[:, 1]), SURE, 1 - SURE)
    return np.abs(centred(np.log(of_first / (1 - of_first)), corpus.pair))


def _last_digit(id: str) -> int:
    digits = [char for char in id if char in "0123456789abcdef"]
    return int(digits[-1], 16) if digits else 0
