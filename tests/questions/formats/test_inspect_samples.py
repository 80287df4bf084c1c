from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.questions.formats.taking import got, lines, right, table

SAMPLE = {
    "id": "s-1",
    "input": "Which lamp burns longest?",
    "choices": ["oil", "gas", "wax"],
    "target": "B",
    "metadata": {"author": "A. Writer", "text": "kept apart", "level": 3},
}


def test_a_sample_is_a_question(tmp_path: Path) -> None:
    """The target is a letter; metadata goes along, under names that are free."""
    (found,), problems, _ = got(lines(tmp_path, SAMPLE), "inspect")
    assert problems == []
    assert (found.posed.text, found.posed.answers, right(found)) == (
        "Which lamp burns longest?",
        ("oil", "gas", "wax"),
        "gas",
    )
    meta = found.key.meta
    assert (meta["sample"], meta["author"], meta["inspect_text"], meta["level"]) == (
        "s-1",
        "A. Writer",
        "kept apart",
        3,
    )


@pytest.mark.parametrize("target", ["B", "b", ["B"], "gas", ["gas"], "(B)"])
def test_targets_by_letter_or_text(tmp_path: Path, target: object) -> None:
    """A list of one is that one."""
    (found,) = got(lines(tmp_path, SAMPLE | {"target": target}), "inspect").questions
    assert right(found) == "gas"


def test_a_letter_is_a_letter_first(tmp_path: Path) -> None:
    """As in Inspect, where choices that are letters themselves stand in another order."""
    (found,) = got(lines(tmp_path, SAMPLE | {"choices": ["C", "A", "B"]}), "inspect").questions
    assert right(found) == "A"


def test_a_json_list(tmp_path: Path) -> None:
    """The same samples as one JSON value."""
    path = tmp_path / "samples.json"
    path.write_text(json.dumps([SAMPLE, SAMPLE | {"input": "And shortest?"}]))
    assert [right(one) for one in got(path, "inspect").questions] == ["gas", "gas"]


def test_a_table(tmp_path: Path) -> None:
    """In CSV choices stand between commas or spaces, and metadata is JSON."""
    stream = io.StringIO(newline="")
    rows = [["input", "choices", "target", "metadata"], ["Which?", "oil, gas lamp,wax,", "b", '{"level": 2}']]
    csv.writer(stream).writerows([*rows, ["And now?", "oil gas wax", "C", ""]])
    first, second = got(table(tmp_path, stream.getvalue()), "inspect").questions
    assert (first.posed.answers, right(first), first.key.meta["level"]) == (("oil", "gas lamp", "wax"), "gas lamp", 2)
    assert right(second) == "wax"


def test_messages_are_what_the_user_says(tmp_path: Path) -> None:
    """A system message is no part of the question."""
    said = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": [{"type": "text", "text": "Which lamp "}, {"type": "text", "text": "burns?"}]},
    ]
    (found,) = got(lines(tmp_path, SAMPLE | {"input": said}), "inspect").questions
    assert found.posed.text == "Which lamp burns?"


def test_columns_are_found_by_their_names(tmp_path: Path) -> None:
    """As a field specification does there: another name for the input, a passage within the metadata."""
    row = {"question": "Which?", "choices": ["oil", "gas"], "target": "A", "metadata": {"story": "Oil burns longest."}}
    columns = {"input": "question", "passage": "metadata.story"}
    (found,) = got(lines(tmp_path, row), "inspect", columns=columns).questions
    assert found.posed.passage is not None
    assert found.posed.passage.text == "Oil burns longest."


def test_no_target_is_no_known_answer(tmp_path: Path) -> None:
    """It plays without accuracy."""
    (found,) = got(lines(tmp_path, {"input": "Which?", "choices": ["oil", "gas"]}), "inspect").questions
    assert found.key.correct is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"target": "D"}, 'target: "D" is none of the 3 choices'),
        ({"target": ["A", "B"]}, "target: names 2 choices; a debate has one right answer"),
        ({"choices": None}, "choices: is empty"),
        ({"choices": ["oil"], "target": "A"}, 'answers: should have at least 2 items, not ["oil"]'),
        ({"choices": ["oil", "Oil."], "target": "A"}, "answers[1]: is the same as answers[0]"),
        ({"input": [{"role": "user", "content": [{"type": "image"}]}]}, "input: holds something else than text"),
        ({"input": 7}, "input: should be text or messages, one of them the user's, not 7"),
        ({"metadata": "{"}, "metadata: not valid JSON"),
        ({"metadata": 3}, "metadata: should be an object, not 3"),
    ],
)
def test_bad_samples(tmp_path: Path, change: dict[str, object], said: str) -> None:
    """G7: each is told with its line, and the next one is read."""
    found, (problem,), _ = got(lines(tmp_path, SAMPLE | change, SAMPLE), "inspect")
    assert len(found) == 1
    assert problem.startswith(f"1: {said}")
