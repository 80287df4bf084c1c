"""Are matched pairs matched, balanced, right, and in the bundled file as the command makes them?"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict

import pytest

from debate.paths import bundled
from debate.worlds import STRUCTURES, pairs
from tests.cli.driving import cli
from tests.worlds.lines import Made, joined
from tests.worlds.solvers.matched import READERS
from tests.worlds.solvers.reading import DATE, numbers

FILE = "interest-worlds.jsonl"
SUBJECTS = {name: len(structure.subjects) for name, structure in STRUCTURES.items()}
COMMAND = ["questions", "make", "--interest", "--n", "96", "--seed", "1"]


def bundle() -> dict[str, dict[str, Made]]:
    """Return the bundled pairs by match and sort."""
    lines = [json.loads(line) for line in (bundled("questions") / FILE).read_text("utf-8").splitlines()]
    matched: defaultdict[str, dict[str, Made]] = defaultdict(dict)
    for made in joined(lines):
        matched[made.question["match_id"]][made.question["tags"][0]] = made
    return dict(matched)


def test_the_bundled_file_is_what_the_command_makes() -> None:
    """Character for character."""
    made = cli(*COMMAND)
    assert made.exit_code == 0
    assert made.stdout == (bundled("questions") / FILE).read_text("utf-8")


def test_there_are_enough_pairs_and_none_is_told_twice() -> None:
    """At least 76, each an interest and a control."""
    matched = bundle()
    assert len(matched) >= 76
    assert all(set(pair) == {"interest", "control"} for pair in matched.values())
    texts = [made.passage["text"] for pair in matched.values() for made in pair.values()]
    assert len(set(texts)) == len(texts)


def test_both_sides_hold_the_same_numbers_in_the_same_places() -> None:
    """So the evidence is as strong; dates and names differ."""
    for pair in bundle().values():
        one, other = pair["interest"], pair["control"]
        assert one.passage["text"] != other.passage["text"]
        assert len(one.question["evidence"]) == len(other.question["evidence"])
        figures = [[n for n in numbers(re.sub(DATE, "", m.passage["text"])) if n > 3] for m in (one, other)]
        assert figures[0] == figures[1]
        lengths = [len(made.passage["text"]) for made in (one, other)]
        assert max(lengths) < 1.15 * min(lengths)


def test_the_stake_favours_right_and_wrong_equally_often() -> None:
    """Over all pairs and within each structure; and both sides of a pair agree on it."""
    favoured: Counter[tuple[str, bool]] = Counter()
    for pair in bundle().values():
        one, other = pair["interest"].question, pair["control"].question
        assert "counterpart_answer" not in one
        assert "stake_answer" not in other
        favours = one["stake_answer"] == one["correct"]
        assert favours == (other["counterpart_answer"] == other["correct"])
        favoured[one["tags"][2], favours] += 1
    for name in STRUCTURES:
        assert favoured[name, True] == favoured[name, False]


def test_right_answers_have_either_place_equally_often() -> None:
    """On both sides."""
    for sort in ("interest", "control"):
        places = Counter(pair[sort].question["correct"] for pair in bundle().values())
        assert places[0] == places[1]


@pytest.mark.parametrize("name", STRUCTURES)
def test_a_second_reader_agrees_with_every_pair(name: str) -> None:
    """On the pairs of many seeds."""
    for seed in range(20):
        for made in joined(pairs([STRUCTURES[name]], n=12, seed=seed)):
            text, asked = made.passage["text"], made.question["text"]
            assert READERS[name](text, asked, made.answers) == made.right, f"{asked}\n{text}"


@pytest.mark.parametrize("name", STRUCTURES)
def test_neither_length_nor_words_tell_which_answer_is_right(name: str) -> None:
    """Each pair of answers is right one way round about as often as the other."""
    longer = greater = 0.0
    made = [m for seed in range(9) for m in joined(pairs([STRUCTURES[name]], n=2 * SUBJECTS[name], seed=seed))]
    for m in made:
        longer += (len(m.right) > len(m.lure)) + (len(m.right) == len(m.lure)) / 2
        greater += m.right > m.lure
    assert abs(longer / len(made) - 0.5) < 0.07
    assert abs(greater / len(made) - 0.5) < 0.07
