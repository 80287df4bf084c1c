from __future__ import annotations

import itertools
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from debate import questions
from debate.domain import Key, Passage, Posed, Question


def made(domain: str, passage: str, number: int) -> Question:
    text = Passage.of(f"The text of {domain} {passage}") if passage else None
    posed = Posed.of(f"{domain} {passage} {number}?", ("yes", "no"), text)
    return Question(posed=posed, key=Key(question=posed.id, correct=0, domain=domain))


def bank(domains: int, passages: int, each: int) -> list[Question]:
    numbers = itertools.product(range(domains), range(passages), range(each))
    return [made(f"d{domain}", f"p{passage}", number) for domain, passage, number in numbers]


def test_domains_and_passages_get_equal_shares() -> None:
    """A sample is spread over the domains first and over the passages of each after that."""
    drawn = questions.draw(bank(3, 4, 10), sample=24, seed=7)
    assert Counter(q.key.domain for q in drawn) == {"d0": 8, "d1": 8, "d2": 8}
    assert set(Counter(q.posed.passage for q in drawn).values()) == {2}


def test_a_small_domain_gives_all_it_has() -> None:
    """What one domain lacks the others give."""
    drawn = questions.draw([*bank(2, 5, 5), made("rare", "", 0)], sample=21, seed=7)
    assert Counter(q.key.domain for q in drawn) == {"d0": 10, "d1": 10, "rare": 1}


def test_questions_on_one_passage_stand_side_by_side() -> None:
    """Neighbouring matches share the long part of their prompts."""
    for sample in (None, 30):
        drawn = questions.draw(bank(3, 5, 4), sample=sample, seed=7)
        runs = [passage for passage, _ in itertools.groupby(drawn, key=lambda q: q.posed.passage)]
        assert len(runs) == len(set(runs)) == 15


def test_without_a_sample_all_are_drawn_once() -> None:
    """Everything is played, and a question that two files hold is played once."""
    held = bank(2, 3, 4)
    drawn = questions.draw([*held, *held], sample=None, seed=0)
    assert sorted(q.posed.id for q in drawn) == sorted(q.posed.id for q in held)
    assert questions.draw(held, sample=1_000, seed=0) == drawn


def test_another_seed_draws_others() -> None:
    """K1: the seed decides, and 0 is a seed like any other."""
    held = bank(3, 5, 5)
    draws = {tuple(q.posed.id for q in questions.draw(held, sample=6, seed=seed)) for seed in (0, 1, 2, 2**63 - 1)}
    assert len(draws) == 4


@given(st.permutations(bank(3, 3, 3)), st.integers(1, 30), st.integers(0, 2**63 - 1))
def test_the_order_of_the_file_does_not_matter(shuffled: list[Question], sample: int, seed: int) -> None:
    """K1: ids decide, so that a sorted or merged bank draws the same questions in the same order."""
    assert questions.draw(shuffled, sample=sample, seed=seed) == questions.draw(bank(3, 3, 3), sample=sample, seed=seed)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=60), st.integers(1, 4))
def test_letting_go_early_changes_nothing(places: list[tuple[int, int]], sample: int) -> None:
    """G17: a small sample of a stream is the one that would be drawn with everything in memory."""
    held = [made(f"d{domain}", f"p{passage}", number) for number, (domain, passage) in enumerate(places)]
    whole = {q.posed.id for q in questions.draw(held, sample=sample * 20, seed=3)}
    some = questions.draw(iter(held), sample=sample, seed=3)
    assert len(some) == min(sample, len(held))
    assert {q.posed.id for q in some} <= whole
    assert some == questions.draw(reversed(held), sample=sample, seed=3)


def test_counts() -> None:
    """`questions list` counts by domain, difficulty, tag, length of the passage and number of answers."""
    posed = Posed.of("What?", ("a", "b", "c"))
    open_ = Question(posed=posed, key=Key(question=posed.id, difficulty=1.0, tags=("x", "y")))
    counts = questions.count([*bank(1, 2, 3), open_])
    assert (counts.questions, counts.passages, counts.keyed) == (7, 2, 6)
    assert counts.domains == {"d0": 6, "none": 1}
    assert counts.difficulties == {"0.8 to 1.0": 1, "unknown": 6}
    assert counts.tags == {"x": 1, "y": 1}
    assert counts.lengths == {"no passage": 1, "up to 500 words": 6}
    assert counts.answers == {"2": 6, "3": 1}
