from __future__ import annotations

import json

import choix
import evalica
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debate.stats.bradley_terry import Graph, strengths
from debate.stats.contests import POINTS, contests
from debate.stats.estimate import Estimate, NoData
from debate.stats.ratings import Ratings, ratings
from tests.stats.builders import Played, bouts

NAMES = ("ada", "bob", "cyd", "dot")
STRENGTH = dict(zip(NAMES, (1.0, 0.3, -0.3, -1.0), strict=True))


def league(questions: int = 40, *, names: tuple[str, ...] = NAMES, seed: int = 0, right: float = 0.0) -> list[Played]:
    """Every pair plays every question twice, once from each side; the right side has an advantage."""
    rng = np.random.default_rng(seed)
    rows = []
    for q in range(questions):
        for i, one in enumerate(names):
            for other in names[i + 1 :]:
                for players in ((one, other), (other, one)):
                    odds = STRENGTH[players[0]] - STRENGTH[players[1]] + right
                    p = 0.8 if rng.random() < 1 / (1 + np.exp(-odds)) else 0.2
                    rows.append(Played((p, 1 - p), f"q{q}", players=players))
    return rows


def rating(found: Ratings, player: str, role: str = "all") -> Estimate:
    row = next(r for r in found.rows if (r.player, r.role) == (player, role))
    assert isinstance(row.rating, Estimate), row.rating
    return row.rating


def test_strengths_agree_with_choix_and_evalica() -> None:
    """Newton finds the same maximum as two other libraries' methods."""
    rng = np.random.default_rng(1)
    games = [tuple(rng.choice(6, 2, replace=False)) for _ in range(300)]
    wins = np.zeros((6, 6))
    for winner, loser in games:
        wins[winner, loser] += 1
    found = strengths(wins)
    theirs = choix.opt_pairwise(6, games, method="Newton-CG", tol=1e-12)
    assert found == pytest.approx(theirs - theirs.mean(), abs=1e-6)
    other = evalica.bradley_terry(
        [w for w, _ in games], [loser for _, loser in games], [evalica.Winner.X] * len(games), tolerance=1e-12
    )
    logs = np.log(other.scores.sort_index().to_numpy())
    assert found == pytest.approx(logs - logs.mean(), abs=1e-4)


def test_two_players_by_hand() -> None:
    """Won three of four: the odds are 3 to 1, so 400 log10 3 points apart."""
    rows = [Played((0.9, 0.1) if q % 4 else (0.1, 0.9), f"q{q}") for q in range(80)]
    found = ratings(bouts(rows), draws=50)
    apart = rating(found, "ada").value - rating(found, "bob").value
    assert apart == pytest.approx(400 * np.log10(3), abs=1e-4)
    assert not found.notes


def test_ties_are_half_a_win() -> None:
    """Players who always tie are equal."""
    found = ratings(bouts([Played((0.5, 0.5), f"q{q}") for q in range(30)]), draws=50)
    assert rating(found, "ada").value == pytest.approx(1500)
    assert rating(found, "ada").low == pytest.approx(1500)


def test_copies_share_a_weight_of_one() -> None:
    """Judging one question a hundred times does not make it count a hundred times."""
    rows = [Played((0.9, 0.1) if q % 4 else (0.1, 0.9), f"q{q}") for q in range(80)]
    more = [Played((0.9, 0.1), "q1", repeat=i) for i in range(1, 100)]
    once, often = (ratings(bouts(r), draws=20) for r in (rows, rows + more))
    assert rating(often, "ada").value == pytest.approx(rating(once, "ada").value, abs=1e-6)


def test_ratings_find_the_truth() -> None:
    """Ratings recover known strengths, and intervals hold them."""
    found = ratings(bouts(league(60)), draws=300)
    for name in NAMES:
        measured = rating(found, name)
        truth = 1500 + POINTS * STRENGTH[name]
        assert measured.low is not None
        assert measured.high is not None
        assert measured.low < truth < measured.high
        assert measured.n_questions == 60
    assert np.mean([rating(found, name).value for name in NAMES]) == pytest.approx(1500)
    assert found.reliability is not None
    assert found.reliability > 0.9


def test_sides_share_one_scale() -> None:
    """With three debaters or more, arguing right answers is rated against arguing wrong ones."""
    found = ratings(bouts(league(60, right=1.0)), draws=100)
    gaps = [rating(found, n, "right_side").value - rating(found, n, "wrong_side").value for n in NAMES]
    assert np.mean(gaps) == pytest.approx(POINTS, abs=60)
    assert np.mean([rating(found, n, r).value for n in NAMES for r in ("right_side", "wrong_side")]) == pytest.approx(
        1500
    )


def test_two_debaters_have_no_common_scale_of_sides() -> None:
    """H7: ada-right only ever met bob-wrong."""
    found = ratings(bouts(league(30, names=NAMES[:2])), draws=50)
    split = [row for row in found.rows if row.role != "all"]
    assert len(split) == 4
    for row in split:
        assert isinstance(row.rating, NoData)
        assert "three debaters or self-play" in row.rating.why


def test_self_play_connects_the_sides() -> None:
    """Two debaters who also play themselves can be rated by side."""
    alone = [Played((0.8, 0.2) if q % 3 else (0.3, 0.7), f"q{q}", players=(n, n)) for q in range(30) for n in NAMES[:2]]
    found = ratings(bouts([*league(30, names=NAMES[:2]), *alone]), draws=50)
    assert rating(found, "ada", "right_side").value > rating(found, "ada", "wrong_side").value


def test_islands_are_not_ranked() -> None:
    """K6: players who never met, directly or through others, get no common ranking."""
    rows = [Played((0.9, 0.1) if q % 2 else (0.2, 0.8), f"q{q}", players=p) for q in range(20) for p in PAIRS]
    found = ratings(bouts(rows), draws=50)
    assert sorted(found.islands) == [("ada", "bob"), ("cyd", "dot")]
    for row in found.rows:
        assert isinstance(row.rating, NoData)
    assert any("never met: {ada, bob}; {cyd, dot}" in note for note in found.notes)


PAIRS = (("ada", "bob"), ("cyd", "dot"))


def test_a_player_that_wins_everything_is_finite() -> None:
    """H7: separation is said, and a ridge keeps the rating finite."""
    rows = [Played((0.9, 0.1), f"q{q}", players=("ada", other)) for q in range(20) for other in NAMES[1:]]
    rows += [r for r in league(20) if "ada" not in r.players]
    found = ratings(bouts(rows), draws=100)
    assert any("separated" in note for note in found.notes)
    assert np.isfinite(rating(found, "ada").value)
    assert rating(found, "ada").value > max(rating(found, n).value for n in NAMES[1:])
    json.loads(found.model_dump_json())


def test_the_ridge_stays_the_same_in_resamples() -> None:
    """It is decided once, on all data, so that resamples differ by their questions alone."""
    found = contests(bouts(league(40)))
    assert found.ridge == 0.0
    few = contests(bouts(league(3)))
    assert few.ridge > 0.0


def test_nothing_to_rate() -> None:
    """H6: consultancies, failed rulings and self-play alone give no rating."""
    for rows in (
        [Played(players=("ada",), argues=(0,))],
        [Played(state="failed")],
        [Played(players=("ada", "ada"))],
    ):
        for row in ratings(bouts(rows), draws=10).rows:
            assert row.role != "all" or isinstance(row.rating, NoData)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_seats_do_not_matter(seed: int) -> None:
    """Swapping the seats of every debate changes no rating."""
    rows = league(6, seed=seed)
    mirrored = [Played(r.p, r.question, players=r.players[::-1], argues=r.argues[::-1]) for r in rows]
    one, other = (ratings(bouts(r), draws=20, seed=1) for r in (rows, mirrored))
    for a, b in zip(one.rows, other.rows, strict=True):
        assert isinstance(a.rating, Estimate) == isinstance(b.rating, Estimate)
        if isinstance(a.rating, Estimate) and isinstance(b.rating, Estimate):
            assert a.rating.value == pytest.approx(b.rating.value, abs=1e-5)


def test_the_graph_knows_who_never_lost() -> None:
    """Strongly connected results have finite strengths; others do not."""
    cycle = np.array([[0, 1, 0], [0, 0, 1], [1, 0, 0]], float)
    assert not Graph.of(cycle).separated
    assert Graph.of(np.triu(np.ones((3, 3)), 1)).separated


def test_islands_apart_by_side_are_counted() -> None:
    """H7: four players of whom two always argue right and two always wrong, and never cross, are two groups."""
    rows = [
        Played((p, 1 - p), f"q{q}", players=pair)
        for q in range(4)
        for pair in (("ada", "bob"), ("cy", "dee"), ("ada", "cy"))
        for p in (0.8, 0.3)
    ]
    found = ratings(bouts(rows), draws=10)
    (why,) = {row.rating.why for row in found.rows if row.role != "all" and isinstance(row.rating, NoData)}
    assert why == "not estimable, because players apart by side fall into 2 groups that never met"


def test_who_wins_everything_has_a_rating_and_no_interval() -> None:
    """H7: every resample of separated results is separated, too: the ridge's interval would have no width at all."""
    found = ratings(bouts([Played((0.8, 0.2), f"q{q}", players=("ada", "bob")) for q in range(12)]), draws=10)
    rated = [row.rating for row in found.rows if row.role == "all"]
    assert len(rated) == 2
    for rating in rated:
        assert isinstance(rating, Estimate)
        assert (rating.low, rating.high) == (None, None)
        assert "nothing but the ridge bounds" in rating.why
