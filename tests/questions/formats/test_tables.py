from __future__ import annotations

import gzip
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate import intake
from debate.questions.formats import tables
from tests.questions.formats.taking import table


def read(path: Path, encoding: str = "utf-8") -> list[tuple[int, object]]:
    found = ((row.line, row.cells) for row in tables.rows(path, encoding=encoding))
    return [(line, str(cells) if isinstance(cells, intake.Fault) else cells) for line, cells in found]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rows.csv", "a,b\n1,2\n"),
        ("rows.CSV", '\ufeffa,b\r\n"1",2\r\n'),
        ("rows.csv", "a;b\n1;2\n"),
        ("rows.tsv", "a\tb\n1\t2\n"),
        ("rows.txt", "a,b\n\n1,2\n"),
        ("rows.jsonl", '{"a": "1", "b": "2"}\n'),
        ("rows.train", '\ufeff{"a": "1", "b": "2"}'),
        ("rows.json", '[{"a": "1", "b": "2"}]'),
        ("rows.json", ' [ {"a": "1",\n"b": "2"} , ]'),
    ],
)
def test_what_a_file_is_in_is_seen(tmp_path: Path, name: str, text: str) -> None:
    """From its name or its first characters."""
    assert [cells for _, cells in read(table(tmp_path, text, name))] == [{"a": "1", "b": "2"}]


def test_rows_know_the_line_that_they_begin_on(tmp_path: Path) -> None:
    """Quoted newlines and blank lines count."""
    path = table(tmp_path, 'a,b\n"1\n2",3\n\n4,5\n')
    assert read(path) == [(2, {"a": "1\n2", "b": "3"}), (5, {"a": "4", "b": "5"})]


@given(st.lists(st.tuples(st.text("ab,\"'\n \r;é"), st.text('x\n"', min_size=1)), min_size=1, max_size=6))
def test_what_a_spreadsheet_writes_is_read(rows: list[tuple[str, str]]) -> None:
    """Any cells come back as they were, with the lines that they begin on."""
    import csv
    import io
    import tempfile

    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([("one", "two"), *rows])
    with tempfile.TemporaryDirectory() as folder:
        found = read(table(Path(folder), stream.getvalue()))
    assert [tuple(cells.values()) for _, cells in found if isinstance(cells, dict)] == rows


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("a,b\n1,2\n".encode("utf-16"), "1: the file is UTF-16 (byte order mark at byte 0); save it as UTF-8"),
        (b"a,b\n1,2,3\n1\n", "2: has 3 cells, not 2|3: has 1 cells, not 2"),
        (b"a,a\n1,2\n", '1: the column "a" is there twice'),
        (b'a,b\n1,"2\n', "2: cannot be read as CSV from here on: unexpected end of data"),
        (b'a,b\n1,"2"x\n', "2: cannot be read as CSV from here on: ',' expected after '\"'"),
        (b"a,b\nx,caf\xe9\n", "2: holds the byte 0xe9, which is not UTF-8; save it as UTF-8 or say its --encoding"),
    ],
)
def test_tables_that_cannot_be_read(tmp_path: Path, raw: bytes, said: str) -> None:
    """G8: encodings, widths and quotation marks, each with its line."""
    path = tmp_path / "rows.csv"
    path.write_bytes(raw)
    assert "|".join(f"{line}: {cells}" for line, cells in read(path)) == said


def test_other_encodings_are_read_where_they_are_said(tmp_path: Path) -> None:
    """G8: CSV, JSON Lines and lists; a wrong one is told."""
    for name, text in (("r.csv", "a\ncafé\n"), ("r.jsonl", '{"a": "café"}\n'), ("r.json", '[{"a": "café"}]')):
        path = tmp_path / name
        path.write_bytes(text.encode("cp1252"))
        assert [cells for _, cells in read(path, encoding="cp1252")] == [{"a": "café"}]
        (fault,) = (str(cells) for _, cells in read(path, encoding="utf-16"))
        assert "utf-16" in fault.lower() or "UTF-16" in fault or "decode" in fault


def test_a_line_that_never_ends_is_not_read(tmp_path: Path) -> None:
    """G3: a line without an end is refused at the cap, and not held."""
    path = tmp_path / "huge.csv"
    path.write_bytes(b'a\n"' + b"x" * 4 * intake.LINE)
    tracemalloc.start()
    (row,) = read(path)
    assert row == (2, f"longer than {intake.LINE:,} characters; the rest of the file was not read")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * intake.LINE


ZIPPED = "(gzip is read as it is), and save a spreadsheet as CSV"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (
            b"\x1f\x8b\x08\x00rest",
            "the gzip stream is damaged or cut off (Compressed file ended before the end-of-stream marker was reached)",
        ),
        (b"PK\x03\x04rest", f"is packed; unpack it first {ZIPPED}"),
        (b"BZh91AYrest", f"is packed; unpack it first {ZIPPED}"),
        (b'{"data": [\n1\n]}', "holds neither a list nor an object on each line, so it has no rows"),
    ],
)
def test_files_without_rows_are_told_once(tmp_path: Path, raw: bytes, said: str) -> None:
    """What to do is said, and not a problem for each line."""
    path = tmp_path / "rows.json"
    path.write_bytes(raw)
    assert [cells for _, cells in read(path)] == [said]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("rows.csv.gz", b"a,b\n1,2\n"),
        ("rows.jsonl.gz", b'{"a": "1", "b": "2"}\n'),
        ("rows.json.gz", b'[{"a": "1", "b": "2"}]'),
        ("rows.dev", b'{"a": "1", "b": "2"}\n'),
        ("rows", b"a;b\n1;2\n"),
    ],
)
def test_what_is_packed_with_gzip_is_read(tmp_path: Path, name: str, raw: bytes) -> None:
    """Whatever its name says, in each kind of text."""
    path = tmp_path / name
    path.write_bytes(gzip.compress(raw))
    assert [cells for _, cells in read(path)] == [{"a": "1", "b": "2"}]


def test_a_bomb_is_not_unfolded(tmp_path: Path) -> None:
    """A small file that unfolds to more than a thousand times its size is read no further."""
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress((b"{}" + b" " * 1_000_000 + b"\n") * 128))
    assert "unfolds to more than 900 times its size" in str(list(read(path))[-1])
