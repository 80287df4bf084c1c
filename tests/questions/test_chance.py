"""Does whoever sees only a question and its answers do no better than chance on the bundled bank?"""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from debate.domain import Key, Passage, Posed, Question
from debate.providers.builtin import naive
from debate.stats.estimate import Estimate
from tests.questions.guessing import Asked, Guess, Part, bank, by_file, guessed, learned, length, likeness, number

PARTS = pytest.mark.parametrize("part", get_args(Part))
SIGNS: dict[str, Guess] = {
    "the longest": length,
    "the shortest": lambda posed: [-x for x in length(posed)],
    "most like the others": likeness,
    "the odd one out": lambda posed: [-x for x in likeness(posed)],
    "the largest number": number,
    "the smallest number": lambda posed: [-x for x in number(posed)],
}


def above(found: dict[str, Estimate]) -> list[str]:
    """Return where a guess is better than chance, beyond its interval."""
    return [
        f"{file}: {m.value:+.3f} ({m.low:+.3f} to {m.high:+.3f})"
        for file, m in found.items()
        if m.low is not None and m.low > 0
    ]


@PARTS
def test_the_naive_judge_is_at_chance(part: Part) -> None:
    """The built-in judge that reads no speech does no better than chance, in the whole bank and in each file."""
    asked = bank(part)
    assert above(by_file(asked, guessed(asked, lambda posed: naive.rule(posed).p))) == []


@PARTS
def test_the_words_of_the_answers_do_not_tell_the_right_one(part: Part) -> None:
    """A bag of words learned on other passages does no better than chance, in the whole bank and in each file."""
    asked = bank(part)
    assert above(by_file(asked, learned(asked))) == []


@PARTS
@pytest.mark.parametrize("sign", SIGNS)
def test_no_outward_sign_tells_the_right_answer(part: Part, sign: str) -> None:
    """The right answer is the longest, the odd one out or the largest number no more often than by chance."""
    asked = bank(part)
    assert above(by_file(asked, guessed(asked, SIGNS[sign]))) == []


@PARTS
def test_the_places_of_the_right_answers_are_balanced(part: Part) -> None:
    """In each file the right answer stands in each place about equally often."""
    asked = bank(part)
    for file in {one.file for one in asked}:
        keys = [one.question for one in asked if one.file == file]
        for many in {len(question.posed.answers) for question in keys}:
            places = Counter(q.key.correct for q in keys if len(q.posed.answers) == many)
            assert max(places[i] for i in range(many)) - min(places[i] for i in range(many)) <= 6, (file, places)


def test_a_bank_that_gives_itself_away_is_found_out() -> None:
    """The words and the lengths tell where every right answer is hedged and long."""
    asked = []
    for i in range(40):
        right = i % 2
        answers = [f"It was house {i}", f"It was boat {i}"]
        answers[right] = f"Most probably it was thing {i}"
        posed = Posed.of(f"What was it, {i}?", tuple(answers), Passage.of(f"Text {i}"))
        asked.append(Asked("file", Question(posed=posed, key=Key(question=posed.id, correct=right)), str(i)))
    assert above(by_file(asked, learned(asked)))
    assert above(by_file(asked, guessed(asked, length)))
    assert not above(by_file(asked, guessed(asked, SIGNS["the shortest"])))
