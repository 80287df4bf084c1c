"""People and questions as samples, against quadrature over every effect, another library, and known truths."""

from __future__ import annotations

from itertools import product
from math import log

import numpy as np
import pytest
from scipy.special import expit
from statsmodels.genmod.bayes_mixed_glm import BinomialBayesMixedGLM

from debate.stats.column import Floats
from debate.stats.crossed import Cells, counted, crossed, fit, marginal, mode
from debate.stats.estimate import known
from tests.stats.builders import Played, outcomes

REPETITIONS = 30


def drawn(
    rng: np.random.Generator, *, questions: int = 40, people: int = 12, each: int = 6, mu: float = 1.0
) -> list[Played]:
    """Rulings of `each` people on every question; people and questions differ by half a logit."""
    hard, able = rng.normal(0, 0.5, questions), rng.normal(0, 0.5, people)
    return [
        Played((0.9, 0.1) if rng.random() < expit(mu + hard[q] + able[j]) else (0.1, 0.9), question=f"q{q}",
               judge=f"p{j}", judge_kind="human", rules="debate")
        for q in range(questions) for j in rng.permutation(people)[:each]
    ]  # fmt: skip


def exact(cells: Cells, mu: float, spread: tuple[float, float]) -> float:
    """The log likelihood, by Gauss and Hermite's rule over every effect at once."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(11)
    clusters, judges = cells.sizes
    at = np.array(list(product(range(len(nodes)), repeat=clusters + judges)))
    u, v = nodes[at[:, :clusters]], nodes[at[:, clusters:]]
    odds = mu + spread[0] * u[:, cells.cluster] + spread[1] * v[:, cells.judge]
    height = odds @ cells.right - np.logaddexp(0, odds) @ cells.many
    return log(float((weights / weights.sum())[at].prod(axis=1) @ np.exp(height)))


def test_laplace_is_near_an_exhaustive_quadrature() -> None:
    """Two questions, two people, eight rulings of each: the likelihood and where it is largest are nearly the same."""
    codes = np.array([0, 0, 1, 1], np.int32), np.array([0, 1, 0, 1], np.int32)
    cells = Cells(np.array([7.0, 5, 4, 3]), np.full(4, 8.0), np.ones((4, 1)), *codes)
    grid = [(mu, spread) for mu in (0.0, 0.4, 0.8) for spread in ((0.2, 0.2), (0.5, 0.3), (0.3, 0.8))]
    found = np.array([mode(cells, np.array([mu]), spread).height for mu, spread in grid])
    wanted = np.array([exact(cells, mu, spread) for mu, spread in grid])
    assert found == pytest.approx(wanted, abs=0.03)
    assert found.argmax() == wanted.argmax()


def test_without_effects_it_is_the_binomial() -> None:
    """Standard deviations of 0 leave the plain log likelihood and its information."""
    cells = counted(outcomes(drawn(np.random.default_rng(1))))
    share = cells.right.sum() / cells.many.sum()
    found = mode(cells, np.array([np.log(share / (1 - share))]), (0.0, 0.0))
    assert found.height == pytest.approx(
        cells.right.sum() * log(share) + (cells.many - cells.right).sum() * log(1 - share)
    )
    assert found.information[0, 0] == pytest.approx(cells.many.sum() * share * (1 - share))


def test_the_fit_agrees_with_statsmodels() -> None:
    """Its maximum a posteriori under wide priors has nearly the same mean, and its effects spread as much."""
    rows = outcomes(drawn(np.random.default_rng(2), questions=60, people=15, each=9))
    cells = counted(rows)
    fixed, spread = fit(cells)
    clusters, judges = cells.sizes
    event = rows.correct.astype(float)
    question, judge = rows.debates.question.codes[rows.debate], rows.judge.codes
    design = np.concatenate([np.eye(clusters)[question], np.eye(judges)[judge]], axis=1)
    ident = np.repeat([0, 1], [clusters, judges])
    model = BinomialBayesMixedGLM(event, np.ones((len(event), 1)), design, ident, vcp_p=2, fe_p=5)
    theirs = model.fit_vb()
    assert fixed[0] == pytest.approx(theirs.fe_mean[0], abs=0.1)
    assert np.log(spread) == pytest.approx(theirs.vcp_mean, abs=0.4)


def test_the_marginal_share_is_the_mean_of_many_draws() -> None:
    """Of logits 1.2 + 0.9 z; and the slope is the difference quotient."""
    odds: Floats = np.array([1.2])
    share, slope = marginal(odds, 0.9)
    draws = expit(1.2 + 0.9 * np.random.default_rng(3).normal(size=400_000))
    assert share[0] == pytest.approx(draws.mean(), abs=0.002)
    assert slope[0] == pytest.approx((marginal(odds + 1e-5, 0.9)[0][0] - share[0]) / 1e-5, rel=1e-4)


def test_known_truths_are_covered() -> None:
    """Of many tournaments nearly all hold the accuracy that the model was drawn with, and the spreads are found."""
    rng = np.random.default_rng(4)
    truth = float(marginal(np.array([1.0]), 0.5**0.5)[0][0])
    covered, spreads = 0, np.zeros(2)
    for _ in range(REPETITIONS):
        found = crossed(outcomes(drawn(rng)))
        assert known(found.accuracy)
        assert found.accuracy.low is not None
        assert found.accuracy.high is not None
        covered += found.accuracy.low <= truth <= found.accuracy.high
        spreads += [found.judge_sd or 0.0, found.cluster_sd or 0.0]
    assert covered >= REPETITIONS * 0.95 - 4 * (REPETITIONS * 0.0475) ** 0.5
    assert spreads / REPETITIONS == pytest.approx([0.5, 0.5], abs=0.12)


def test_both_sides_of_a_consultancy_weigh_the_same() -> None:
    """Where right sides are heard three times as often, accuracy still is the mean over sides."""
    rng = np.random.default_rng(5)
    rows = []
    for q, j in product(range(40), range(8)):
        right = q % 4 > 0
        share = 0.9 if right else 0.5
        rows.append(Played((0.8, 0.2) if rng.random() < share else (0.2, 0.8), question=f"q{q}", judge=f"p{j}",
                           judge_kind="human", players=("ada",), argues=(0 if right else 1,)))  # fmt: skip
    held = outcomes(rows)
    found = crossed(held)
    each = [held.correct[held.on_right_side == side].mean() for side in (0, 1)]
    assert known(found.accuracy)
    assert found.accuracy.value == pytest.approx(np.mean(each), abs=0.01)
    assert held.correct.mean() > found.accuracy.value + 0.05


def test_under_five_people_it_is_of_these_only() -> None:
    """Then only questions are a sample, and the method says so."""
    found = crossed(outcomes(drawn(np.random.default_rng(6), people=4, each=4)))
    assert known(found.accuracy)
    assert "these 4 judges only" in found.accuracy.method
    assert (found.judge_sd, found.n_judges, found.n_clusters) == (None, 4, 40)
    assert found.cluster_sd is not None


def test_what_cannot_be_fitted_says_why() -> None:
    """No people, no wrong ruling, one question: no number, and the reason."""
    rows = drawn(np.random.default_rng(7))
    models = [Played(question=f"q{i}") for i in range(4)]
    assert "no person" in (crossed(outcomes(models)).accuracy.model_dump()["why"])
    perfect = [row for row in rows if row.p[0] > 0.5]
    assert "every ruling is right" in crossed(outcomes(perfect)).accuracy.model_dump()["why"]
    alone = [row for row in rows if row.question == "q1"]
    assert crossed(outcomes(alone)).accuracy.value is None


def test_questions_that_were_ruled_on_once_have_no_spread() -> None:
    """One ruling on each cannot tell a hard question from bad luck: only people differ."""
    found = crossed(outcomes(drawn(np.random.default_rng(8), questions=200, people=10, each=1)))
    assert known(found.accuracy)
    assert found.cluster_sd is None
    assert found.judge_sd is not None
