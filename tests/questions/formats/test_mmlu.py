from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.questions.formats.taking import got, lines, right, table

ROWS = """What is 6 times 7?,36,42,48,54,B
"How many sides has a hexagon,
a plane figure?",6,5,8,7,A
"""


def test_a_file_without_a_header_names_its_subject(tmp_path: Path) -> None:
    """Six columns: a question, four choices, a letter; the subject is the name of the file."""
    found, problems, _ = got(table(tmp_path, ROWS, "elementary_mathematics_test.csv"), "mmlu")
    assert problems == []
    assert [right(one) for one in found] == ["42", "6"]
    assert [one.posed.answers for one in found] == [("36", "42", "48", "54"), ("6", "5", "8", "7")]
    assert {one.key.domain for one in found} == {"elementary_mathematics"}
    assert {(one.key.licence, one.key.share) for one in found} == {("MIT", True)}


def test_a_header_is_seen(tmp_path: Path) -> None:
    """The same columns with names are the same questions."""
    path = table(tmp_path, "question,A,B,C,D,answer\n" + ROWS)
    assert [right(one) for one in got(path, "mmlu").questions] == ["42", "6"]


def test_columns_with_choices_and_an_index(tmp_path: Path) -> None:
    """The form of Parquet files: the answer counts from 0, or is a class with a name."""
    rows = [
        {"question": "What is 6 times 7?", "subject": "arithmetic", "choices": ["36", "42", "48", "54"], "answer": 1},
        {"question": "How many sides has a hexagon?", "subject": "geometry", "choices": ["6", "5"], "answer": 0},
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "test.parquet")
    found, problems, _ = got(tmp_path / "test.parquet", "mmlu")
    assert problems == []
    assert [(right(one), one.key.domain) for one in found] == [("42", "arithmetic"), ("6", "geometry")]
    assert [right(one) for one in got(lines(tmp_path, *rows), "mmlu").questions] == ["42", "6"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [("E", '"E"'), (4, "4"), (-1, "-1"), ("", "is empty"), (None, "is empty"), (True, "true"), ("AB", '"AB"')],
)
def test_an_answer_out_of_range_is_told(tmp_path: Path, answer: object, said: str) -> None:
    """G7: a letter or a number that names no choice."""
    row = {"question": "What is 6 times 7?", "choices": ["36", "42", "48", "54"], "answer": answer}
    found, (problem,), _ = got(lines(tmp_path, row), "mmlu")
    assert found == []
    expected = f"answer: {said}" if said == "is empty" else f"answer: {said} is none of the 4 choices"
    assert problem == f"1: {expected}"


def test_bytes_that_are_not_utf8_are_told_by_their_row(tmp_path: Path) -> None:
    """G8: a file saved as Latin-1 is refused row by row, and read where its encoding is said."""
    path = tmp_path / "french.csv"
    path.write_bytes("Un café?,oui,non,si,peut-être,A\n".encode("latin-1") + ROWS.encode())
    found, problems, _ = got(path, "mmlu")
    assert len(found) == 2
    assert problems == ["1: holds the byte 0xe9, which is not UTF-8; save it as UTF-8 or say its --encoding"]
    assert got(path, "mmlu", encoding="iso8859-1").questions[0].posed.text == "Un café?"


def test_rows_of_another_width_are_told(tmp_path: Path) -> None:
    """A comma too many, and a quotation mark that is never closed."""
    path = table(tmp_path, ROWS + "Too, many?,1,2,3,4,A\n" + '"Open?,1,2,3,4,A\n')
    found, problems, _ = got(path, "mmlu")
    assert len(found) == 2
    assert problems == ["4: has 7 cells, not 6", "5: cannot be read as CSV from here on: unexpected end of data"]
