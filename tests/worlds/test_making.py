"""Are made lines a sound bank: in the form that is wanted, the same for the same seed, as long and as hard as asked?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from itertools import islice, pairwise
from pathlib import Path
from statistics import fmean

import pytest

from debate import questions
from debate.worlds import WORLDS, make
from tests.worlds.lines import joined

ALL = tuple(WORLDS.values())
PRINT = (
    "import json; from debate.worlds import WORLDS, make\n"
    "for line in make(tuple(WORLDS.values()), n=60, seed=5): print(json.dumps(line))"
)


@pytest.mark.parametrize("name", WORLDS)
def test_what_is_made_passes_the_check_of_banks(name: str, tmp_path: Path) -> None:
    """Nothing is said twice, no answer is given away, and evidence lies in the passage."""
    path = tmp_path / "made.jsonl"
    path.write_text(
        "".join(json.dumps(line) + "\n" for line in make([WORLDS[name]], n=200, seed=1, words=500)), "utf-8"
    )
    assert [str(problem) for problem in questions.check([path])] == []
    assert len(list(questions.read(path))) == 200


def test_the_same_seed_makes_the_same_lines() -> None:
    """Whatever order Python's sets and dictionaries hash to."""
    outs = set()
    for hashing in ("0", "1"):
        environment = {**os.environ, "PYTHONHASHSEED": hashing}
        command = [sys.executable, "-c", PRINT]
        outs.add(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)
    assert len(outs) == 1
    assert outs.pop() == "".join(json.dumps(line) + "\n" for line in make(ALL, n=60, seed=5))


def test_fewer_questions_are_the_beginning_of_more() -> None:
    """So a bank can be made longer later; another seed makes another bank."""
    fewer = list(make(ALL, n=25, seed=2))
    assert list(islice(make(ALL, n=60, seed=2), len(fewer))) == fewer
    assert sum("text" in line for line in fewer) == 25
    assert next(make(ALL, n=1, seed=3))["passage"] != fewer[0]["passage"]


def test_lines_come_one_by_one() -> None:
    """A bank of any size is begun at once; with one question a passage there are as many passages."""
    lines = list(islice(make(ALL, n=10**9, seed=1, each=1), 30))
    assert ["text" in line for line in lines] == [False, True] * 15


@pytest.mark.parametrize("words", [500, 2_000, 20_000])
@pytest.mark.parametrize("name", WORLDS)
def test_passages_are_as_long_as_wanted(name: str, words: int) -> None:
    """Within a tenth, or the last hundred words that a world needs to come to an end."""
    for made in joined(make([WORLDS[name]], n=8 if words < 20_000 else 2, seed=4, words=words)):
        assert abs(len(made.passage["text"].split()) - words) <= max(words / 10, 110)


@pytest.mark.parametrize("name", WORLDS)
def test_evidence_is_whole_sentences(name: str) -> None:
    """Each place begins with a capital, ends with a stop and is followed by the next sentence; none is given twice."""
    for made in joined(make([WORLDS[name]], n=60, seed=6, words=700)):
        text = made.passage["text"]
        places = made.question["evidence"]
        assert places == sorted(places)
        assert len({tuple(place) for place in places}) == len(places) <= made.question["hops"]
        for start, end in places:
            assert text[start].isupper() or text[start] in '“"0123456789'
            assert text[end - 1] in '.!?”"'
            assert text[end : end + 1] in (" ", "\n", "")


@pytest.mark.parametrize("words", [500, 5_000])
@pytest.mark.parametrize("name", WORLDS)
def test_a_world_asks_at_least_six_kinds_of_question(name: str, words: int) -> None:
    """In short passages and in long ones; the first tag says the kind, and no kind is more than half."""
    kinds = Counter(m.question["tags"][0] for m in joined(make([WORLDS[name]], n=300, seed=12, words=words)))
    assert sum(count >= 3 for count in kinds.values()) >= 6
    assert max(kinds.values()) <= 150


@pytest.mark.parametrize("name", WORLDS)
def test_the_questions_on_one_passage_are_of_several_kinds(name: str) -> None:
    """Four questions are of two and a half kinds or more, on average."""
    kinds: dict[str, set[str]] = {}
    for made in joined(make([WORLDS[name]], n=120, seed=13)):
        kinds.setdefault(made.passage["id"], set()).add(made.question["tags"][0])
    assert fmean(len(found) for found in kinds.values()) >= 2.5


@pytest.mark.parametrize("name", WORLDS)
def test_the_dial_makes_questions_harder(name: str) -> None:
    """More statements to join, and a higher measured difficulty, at each step of the dial."""
    steps = [[m.question for m in joined(make([WORLDS[name]], n=60, seed=7, difficulty=d))] for d in (0.1, 0.5, 0.9)]
    for low, high in pairwise(steps):
        assert fmean(q["hops"] for q in low) < fmean(q["hops"] for q in high)
        assert fmean(q["difficulty"] for q in low) + 0.1 < fmean(q["difficulty"] for q in high)


@pytest.mark.parametrize("name", WORLDS)
def test_right_answers_have_every_place_equally_often(name: str) -> None:
    """Among questions with as many answers, to within one round."""
    places: Counter[tuple[int, int]] = Counter()
    for made in joined(make([WORLDS[name]], n=240, seed=8, words=500)):
        places[len(made.answers), made.question["correct"]] += 1
    for answers in {answers for answers, _ in places}:
        counts = [places[answers, place] for place in range(answers)]
        assert max(counts) - min(counts) <= 0.25 * sum(counts) / answers + 8
