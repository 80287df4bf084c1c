from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

from debate import questions
from debate.paths import bundled
from tests.questions.banks import passage_line, question_line, write


def test_a_bank_is_counted_by_each_property(tmp_path: Path) -> None:
    """Domains, difficulties, tags, lengths of passages, numbers of answers and licences are counted."""
    path = write(
        tmp_path,
        passage_line(licence="MIT"),
        question_line("a", difficulty=0.1, domain="reading", tags=["count"]),
        question_line("b", "Where to?", difficulty=1.0, tags=["count", "place"]),
        passage_line("long", "word " * 600),
        question_line("c", "What is said?", passage="long", answers=["Word", "Ward"], correct=None),
        passage_line(),
        question_line("d", "From where?"),
        question_line("e", "Why?", passage=None, licence="CC0-1.0"),
    )
    count = questions.count(questions.read(path))
    assert (count.questions, count.passages, count.keyed) == (5, 2, 4)
    assert count.domains == {"none": 4, "reading": 1}
    assert count.difficulties == {"0.0 to 0.2": 1, "0.8 to 1.0": 1, "unknown": 3}
    assert count.tags == {"count": 2, "place": 1}
    assert list(count.lengths.items()) == [("no passage", 1), ("up to 500 words", 3), ("up to 1,500", 1)]
    assert count.answers == {"2": 1, "3": 4}
    assert count.licences == {"CC0-1.0": 1, "MIT": 2, "none": 2}


def test_several_banks_are_counted_together(tmp_path: Path) -> None:
    """The tallies of several banks add up, in the order of their scales."""
    one = write(tmp_path, question_line("a", passage=None, difficulty=0.9), name="a.jsonl")
    other = write(tmp_path, passage_line(), question_line("b", difficulty=0.1), name="b.jsonl")
    sums = questions.total(questions.count(questions.read(path)) for path in (other, one))
    assert list(sums["difficulties"].items()) == [("0.0 to 0.2", 1), ("0.8 to 1.0", 1)]
    assert list(sums["lengths"].items()) == [("no passage", 1), ("up to 500 words", 1)]


def test_every_bundled_question_says_where_it_is_from() -> None:
    """Each bundled question carries its source and its licence."""
    asked = [question for path in bundled("questions").glob("*.jsonl") for question in questions.read(path)]
    assert len(asked) >= 400
    assert {
        question.key.meta["name"] for question in asked if not (question.key.source and question.key.licence)
    } == set()


def test_counting_and_checking_take_flat_memory(tmp_path: Path) -> None:
    """G17: a bank twice as long is counted and checked in the same memory."""

    def peak(passages: int) -> int:
        path = tmp_path / f"{passages}.jsonl"
        with path.open("w") as stream:
            for n in range(passages):
                text = f"On day {n} " + "w" * 400_000  # one word: tracing 20,000 would take minutes
                stream.write(json.dumps(passage_line(f"p{n}", text)) + "\n")
                stream.write(json.dumps(question_line(f"q{n}", f"What of day {n}?", passage=f"p{n}")) + "\n")
        tracemalloc.start()
        assert questions.count(questions.read(path)).passages == passages
        assert questions.check([path]) == ()
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    assert peak(50) < 1.2 * peak(25)
