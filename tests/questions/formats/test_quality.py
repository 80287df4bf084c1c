from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.questions.formats.taking import got, lines, tempting

ARTICLE = "The keeper of Kvalnes lit the lamp at nine.\nBy ten the fog had come, and the herring boats waited outside."


def asked(number: int, **more: Any) -> dict[str, Any]:
    """A question as the annotators left it: three careful readers, five in a hurry."""
    base = {
        "question": f"Who lit lamp number {number}?",
        "question_unique_id": f"1_AB_{number}",
        "options": ["Ada", "Bo", "Cy", "Di"],
        "writer_label": 2,
        "gold_label": 2,
        "validation": voted((2, 1, 2, 3), (2, 1, 3, 3), (2, 1, 2, 1)),
        "speed_validation": hurried(2, 3, 3, 1, 2),
        "difficult": 1,
    }
    return base | more


def voted(*readers: tuple[int, int, int, int]) -> list[dict[str, int]]:
    names = (
        "untimed_answer",
        "untimed_eval1_answerability",
        "untimed_eval2_context",
        "untimed_best_distractor",
    )
    return [{"untimed_annotator_id": 7, **dict(zip(names, reader, strict=True))} for reader in readers]


def hurried(*answers: int) -> list[dict[str, int]]:
    return [{"speed_annotator_id": 9, "speed_answer": answer} for answer in answers]


def line(*questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    base = {
        "article_id": "10001",
        "set_unique_id": "10001_AB",
        "source": "Gutenberg",
        "title": "The lamp",
        "author": "A. Writer",
        "topic": "Sea stories; Lamps",
        "url": "http://example.org/10001",
        "license": "Free to copy.",
        "article": ARTICLE,
        "questions": list(questions),
    }
    return base | more


def test_a_line_is_an_article_and_its_questions(tmp_path: Path) -> None:
    """Labels count from 1 there and from 0 here; the annotators say the distractor and the difficulty."""
    (found, _), problems, left_out = got(lines(tmp_path, line(asked(1), asked(2))), "quality")
    assert (problems, left_out) == ([], {})
    assert found.posed.passage is not None
    assert (found.posed.passage.title, found.posed.passage.text) == ("The lamp", ARTICLE)
    key = found.key
    assert (key.correct, key.distractor, key.domain, key.tags) == (1, 2, "Gutenberg", ("Sea stories", "Lamps"))
    assert key.difficulty == pytest.approx(1 - 2 / 5)
    assert (key.source, key.licence, key.share) == ("QuALITY, http://example.org/10001", "Free to copy.", True)
    assert (key.meta["article_id"], key.meta["answerable"], key.meta["difficult"]) == ("10001", 1.0, 1)
    assert key.meta["context"] == pytest.approx(7 / 3)


def test_an_article_stands_on_two_lines(tmp_path: Path) -> None:
    """Each article has two writers, and one text here; its questions are told apart by what they ask."""
    path = lines(tmp_path, line(asked(1), asked(2)), line(asked(3), set_unique_id="10001_CD"))
    found = got(path, "quality").questions
    assert len(found) == 3
    assert len({one.posed.passage for one in found}) == 1
    assert (tmp_path / "bank.jsonl").read_text().count('{"passage": {') == 1


SEED = 3  # with which the first question of a story is chosen

FILTERS: list[tuple[dict[str, Any], str]] = [
    ({"difficulty": "easy"}, "not easy"),
    ({"answerable": 1.0}, "answerable below 1"),
    ({"untimed": 0.7}, "untimed below 0.7"),
    ({"context": 2.0}, "context below 2"),
    ({"speed": 0.3}, "speed above 0.3"),
    ({"tempting": 0.6}, "tempting below 0.6"),
    ({"agreed": True}, "the writer meant another answer"),
    ({"per_story": 1, "seed": SEED}, "beyond 1 of one story"),
]


@pytest.mark.parametrize(("settings", "why"), FILTERS, ids=lambda value: str(value))
def test_each_filter_tells_what_it_keeps_out(tmp_path: Path, settings: dict[str, Any], why: str) -> None:
    """Of two questions one passes: clear, hard, read with care; the other is everything that the filters are for."""
    good = asked(1, speed_validation=hurried(3, 3, 3, 1, 2), validation=voted(*[(2, 1, 3, 3)] * 3), difficult=0)
    doubtful = asked(2, writer_label=3, validation=voted((2, 1, 1, 3), (2, 2, 1, 1), (3, 1, 1, 4)))
    found, problems, left_out = got(lines(tmp_path, line(good, doubtful)), "quality", **settings)
    assert problems == []
    assert [one.posed.text for one in found] == ["Who lit lamp number 1?"]
    assert left_out == {why: 1}


def test_hard_questions_are_those_that_a_hurry_gets_wrong(tmp_path: Path) -> None:
    """The published definition of the hard subset is the flag `difficult`."""
    path = lines(tmp_path, line(asked(1), asked(2, difficult=0)))
    found = got(path, "quality", difficulty="hard")
    assert [one.posed.text for one in found.questions] == ["Who lit lamp number 1?"]
    assert found.left_out == {"not hard": 1}


def test_the_cap_holds_over_all_lines_of_a_story(tmp_path: Path) -> None:
    """Two writers ask about one article; its cap is one for both."""
    path = lines(
        tmp_path, line(asked(1), asked(2)), line(asked(3), article="Another lamp."), line(asked(4), set_unique_id="CD")
    )
    found = got(path, "quality", per_story=2)
    assert len(found.questions) == 3
    assert found.left_out == {"beyond 2 of one story": 1}


@pytest.mark.parametrize(
    ("named", "hurry", "best"),
    [
        ((3, 3, 1), (2, 2, 2), "Cy"),
        ((2, 2, 4), (2, 2, 2), "Di"),
        ((1, 3, 4), (4, 3, 4), "Di"),
        ((4, 3, 1), (2, 2, 2), "Ada"),
    ],
    ids=["most votes", "never the right one", "a tie goes to what the hurried took", "else to the first"],
)
def test_the_best_distractor_is_the_annotators(
    tmp_path: Path, named: tuple[int, ...], hurry: tuple[int, ...], best: str
) -> None:
    """The wrong option that most of them called the most tempting one."""
    question = asked(1, validation=voted(*((2, 1, 2, name) for name in named)), speed_validation=hurried(*hurry))
    (found,) = got(lines(tmp_path, line(question)), "quality").questions
    assert tempting(found) == best


def test_the_documented_name_of_the_distractor_is_known_too(tmp_path: Path) -> None:
    """The files say `untimed_best_distractor`, their documentation `untimed_eval3_distractor`."""
    question = asked(1, validation=[{"untimed_answer": 2, "untimed_eval3_distractor": 4}])
    (found,) = got(lines(tmp_path, line(question)), "quality").questions
    assert tempting(found) == "Di"


def test_the_test_split_has_no_labels(tmp_path: Path) -> None:
    """Its questions play without accuracy; a filter that needs its annotators says so."""
    hidden = {name: value for name, value in asked(1).items() if name in ("question", "options")}
    path = lines(tmp_path, line(hidden))
    (found,) = got(path, "quality").questions
    assert (found.key.correct, found.key.distractor, found.key.difficulty) == (None, None, None)
    assert got(path, "quality", context=2.0).problems == [
        "1: questions[0].validation: no annotator says what the filter --context asks"
    ]
    assert got(path, "quality", difficulty="hard").problems == ["1: questions[0].difficult: is missing"]


def test_every_problem_is_told_with_its_line_and_question(tmp_path: Path) -> None:
    """G7: one bad question does not hide the next, nor a bad line the lines below it."""
    path = lines(
        tmp_path,
        line(asked(1, gold_label=5), asked(2, options=["a", "a", "b"], gold_label=3), asked(3, question="")),
        "{nonsense",
        line(asked(4), article="<p>The lamp</p>"),
        line(asked(5, options="abcd")),
        line(asked(6)),
        line(asked(6), article_id="10002"),
        line(asked(6, gold_label=1)),
    )
    found, problems, _ = got(path, "quality")
    assert [one.posed.text for one in found] == ["Who lit lamp number 6?"]
    assert problems == [
        "1: questions[0].gold_label: 5 is none of the 4 options, which count from 1",
        "1: questions[1].answers[1]: is the same as answers[0]",
        "1: questions[2].question: is empty",
        "2: not valid JSON: Expecting property name enclosed in double quotes at column 2",
        '3: article: holds HTML; take the file that is called "htmlstripped"',
        '4: questions[0].options: should be a list, not "abcd"',
        f"6: questions[0].text: the same question, with the same answers, stands at {path}:5",
        f"7: questions[0].correct: contradicts the same question at {path}:5",
    ]


def test_a_bad_question_takes_no_place_of_a_story(tmp_path: Path) -> None:
    """The cap counts what is written."""
    twice = asked(2, options=["a", "A", "b", "c"])
    found = got(lines(tmp_path, line(twice, asked(1), asked(3))), "quality", per_story=1)
    assert len(found.questions) == 1
    assert found.problems == ["1: questions[0].answers[1]: is the same as answers[0]"]


def test_the_seed_chooses_within_a_story_and_the_order_does_not(tmp_path: Path) -> None:
    """Of twelve questions three: the same from a file in another order, others with another seed."""
    every = [asked(number) for number in range(12)]
    kept = {}
    for seed in (0, 1):
        for order, rows in (("there", every), ("back", every[::-1])):
            path = lines(tmp_path, line(*rows[:5]), line(*rows[5:], set_unique_id="CD"), name=f"{order}.jsonl")
            kept[seed, order] = {one.posed.text for one in got(path, "quality", per_story=3, seed=seed).questions}
    assert kept[0, "there"] == kept[0, "back"]
    assert kept[1, "there"] == kept[1, "back"]
    assert kept[0, "there"] != kept[1, "there"]
    assert {len(one) for one in kept.values()} == {3}
