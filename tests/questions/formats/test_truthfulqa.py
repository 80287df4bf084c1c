from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.questions.formats.taking import got, lines, right, table, tempting

HEAD = "Type,Category,Question,Best Answer,Correct Answers,Incorrect Answers,Source\n"
ROW = (
    "Adversarial,Folklore,Do storks bring children?,Storks do not bring children,"
    '"Storks do not bring children; No, they do not; ",'
    '"Storks bring children; They do, in spring",https://example.org/storks\n'
)
TARGETS = {
    "question": "Do storks bring children?",
    "mc1_targets": {"They do": 0, "They do not": 1, "They do in spring": 0},
    "mc2_targets": {"They do": 0, "They do not": 1, "They do in spring": 0, "No stork ever did": 1},
}


def test_the_best_answer_is_debated_against_the_false_ones(tmp_path: Path) -> None:
    """Lists stand between semicolons; other true answers are kept, and are no answers of the question."""
    (found,), problems, _ = got(table(tmp_path, HEAD + ROW), "truthfulqa")
    assert problems == []
    assert right(found) == "Storks do not bring children"
    assert sorted(found.posed.answers) == [
        "Storks bring children",
        "Storks do not bring children",
        "They do, in spring",
    ]
    key = found.key
    assert (key.domain, key.tags, key.distractor) == ("Folklore", ("Adversarial",), None)
    assert key.meta["also_true"] == ["No, they do not"]
    assert (key.source, key.licence) == ("TruthfulQA, https://example.org/storks", "Apache-2.0")


def test_the_best_incorrect_answer_is_the_distractor(tmp_path: Path) -> None:
    """A later edition names the most tempting false answer."""
    head = HEAD.replace("Source", "Best Incorrect Answer")
    row = ROW.replace("https://example.org/storks", '"They do, in spring"')
    path = table(tmp_path, head + row)
    (found,) = got(path, "truthfulqa").questions
    assert tempting(found) == "They do, in spring"
    assert len(found.posed.answers) == 3


def test_a_false_answer_that_is_given_twice_counts_once(tmp_path: Path) -> None:
    """A true answer among the false ones is a problem all the same."""
    row = {"question": "Do storks?", "best_answer": "No", "correct_answers": ["No"]}
    (found,) = got(lines(tmp_path, row | {"incorrect_answers": ["Yes", "yes.", "Often"]}), "truthfulqa").questions
    assert sorted(found.posed.answers) == ["No", "Often", "Yes"]
    (problem,) = got(lines(tmp_path, row | {"incorrect_answers": ["Yes", "no."]}), "truthfulqa").problems
    assert "is the same as answers[" in problem


def test_columns_with_lists_are_the_same(tmp_path: Path) -> None:
    """The names in small letters with underscores, and lists instead of semicolons."""
    row = {
        "type": "Adversarial",
        "category": "Folklore",
        "question": "Do storks bring children?",
        "best_answer": "Storks do not bring children",
        "correct_answers": ["Storks do not bring children"],
        "incorrect_answers": ["Storks bring children", "They do, in spring"],
    }
    (found,) = got(lines(tmp_path, row), "truthfulqa").questions
    assert (right(found), len(found.posed.answers)) == ("Storks do not bring children", 3)


def test_multiple_choice_targets(tmp_path: Path) -> None:
    """A JSON list with a label for each answer; the right one is that of mc1."""
    path = tmp_path / "mc_task.json"
    path.write_text(json.dumps([TARGETS], indent=4))
    (found,) = got(path, "truthfulqa").questions
    assert (right(found), len(found.posed.answers)) == ("They do not", 3)
    assert found.key.meta["also_true"] == ["No stork ever did"]


def test_targets_as_choices_and_labels(tmp_path: Path) -> None:
    """The form of Parquet files."""
    target = {"choices": ["They do not", "They do", "They do in spring"], "labels": [1, 0, 0]}
    (found,) = got(lines(tmp_path, {"question": "Do storks?", "mc1_targets": target}), "truthfulqa").questions
    assert (right(found), len(found.posed.answers)) == ("They do not", 3)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"mc1_targets": {"a": 0, "b": 0}}, "mc1_targets: has 0 right answers, not one"),
        ({"mc1_targets": {"a": 1, "b": 1}}, "mc1_targets: has 2 right answers, not one"),
        ({"mc1_targets": {"a": 1}}, "Incorrect Answers: there is none"),
        ({"mc1_targets": [1]}, "mc1_targets: should be an object, not [1]"),
        ({"mc1_targets": {"choices": ["a"], "labels": []}}, "mc1_targets: has 1 choices and 0 labels"),
        ({"question": None}, "Question: is empty"),
    ],
)
def test_targets_that_are_none(tmp_path: Path, change: dict[str, object], said: str) -> None:
    """G7: told with the line, and the next row is read."""
    found, problems, _ = got(lines(tmp_path, TARGETS | change, TARGETS), "truthfulqa")
    assert (len(found), problems) == (1, [f"1: {said}"])


def test_a_bad_item_of_a_list_is_told_with_its_line(tmp_path: Path) -> None:
    """An item of a JSON list stands on the line that it begins on."""
    path = tmp_path / "mc_task.json"
    path.write_text('[\n {"question": "A?",\n  "mc1_targets": {}},\n 7\n]')
    assert got(path, "truthfulqa").problems == [
        "2: mc1_targets: has 0 right answers, not one",
        "4: should be an object, not 7",
    ]
    path.write_text('[\n {"question": "A?"},\n {"question": \n')
    assert [problem[:39] for problem in got(path, "truthfulqa").problems][1:] == [
        "3: not valid JSON from here on: Expecti"
    ]
