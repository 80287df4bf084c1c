"""Banks that others have published: imported, checked, looked at and played."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from debate import questions
from tests.cli.driving import cli, process, read

LAMP = "The lamp at Kvalnes was lit at nine, when the fog came in from the sea, and the herring boats waited outside."

QUALITY = {
    "article_id": "1",
    "title": "The lamp",
    "article": LAMP,
    "source": "Gutenberg",
    "license": "Free to copy.",
    "questions": [
        {
            "question": f"When was lamp {number} lit?",
            "options": ["At eight", "At nine", "At ten", "At dawn"],
            "gold_label": 2,
            "writer_label": 2,
            "difficult": number % 2,
            "validation": [{"untimed_answer": 2, "untimed_best_distractor": 3}],
            "speed_validation": [{"speed_answer": 3}],
        }
        for number in range(4)
    ],
}
GPQA = (
    "Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2,Incorrect Answer 3,High-level domain\n"
    '"How fast is a ball\nafter two seconds?",19.6 m/s,9.8 m/s,4.9 m/s,39.2 m/s,Physics\n'
)
TRUTHFULQA = (
    "Type,Category,Question,Best Answer,Correct Answers,Incorrect Answers,Source\n"
    "Adversarial,Folklore,Do storks bring children?,Storks do not,Storks do not; No,They do; In spring they do,\n"
)
PUBLISHED: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "quality": ("q.train", json.dumps(QUALITY), ()),
    "gpqa": ("g.csv", GPQA, ()),
    "mmlu": ("geometry_test.csv", "How many sides has a hexagon?,6,5,8,7,A\n", ()),
    "truthfulqa": ("t.csv", TRUTHFULQA, ()),
    "gsm8k": (
        "s.jsonl",
        json.dumps({"question": "How many jars are 3 by 4?", "answer": "#### 12"}),
        ("--perturb", "3"),
    ),
    "boolq": ("b.jsonl", json.dumps({"question": "is it lit at nine", "passage": LAMP, "answer": True}), ()),
    "flaws": (
        "f.jsonl",
        json.dumps({"problem": "3 by 4?", "correct_solution": "3 fours are 12.", "flawed_solution": "3 and 4 are 7."}),
        (),
    ),
    "inspect": ("i.json", json.dumps([{"input": "Which lamp?", "choices": ["oil", "gas"], "target": "B"}]), ()),
    "table": ("x.csv", "question,a,b,correct\nWhich oil?,whale,olive,B\n", ("--column", "answers=a,b")),
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def published(form: str) -> tuple[Path, tuple[str, ...]]:
    """Write a file of a format, and return it with the options that it needs."""
    name, text, options = PUBLISHED[form]
    Path(name).write_text(text)
    return Path(name), options


def test_every_format_is_imported_checked_and_played() -> None:
    """The banks of all formats make one tournament of built-in players, whose judge rules on every question."""
    counts = {}
    for form in PUBLISHED:
        file, options = published(form)
        told = read(cli("questions", "import", file, "--format", form, *options, "-o", f"{form}.jsonl", "--json"))
        counts[form] = (told["questions"], told["bad"], told["shared"])
    assert counts == {
        "quality": (4, 0, 4),
        "gpqa": (1, 0, 0),
        "mmlu": (1, 0, 1),
        "truthfulqa": (1, 0, 1),
        "gsm8k": (1, 0, 1),
        "boolq": (1, 0, 1),
        "flaws": (2, 0, 0),
        "inspect": (1, 0, 1),
        "table": (1, 0, 1),
    }
    banks = [f"{form}.jsonl" for form in PUBLISHED]
    assert cli("questions", "check", *banks).exit_code == 0
    run = cli("run", tournament(*banks), "--quiet")
    assert run.exit_code == 0, run.stderr
    report = read(cli("report", "small", "--json"))
    assert report["complete"] == 1.0
    (row,) = report["accuracy"]
    assert row["accuracy"]["n_questions"] == 13


def tournament(*banks: str) -> Path:
    """Write the smallest tournament of built-in players on some banks."""
    path = Path("tournament.toml")
    path.write_text(
        f"name = 'small'\nquestions = {json.dumps(banks)}\ncontrols = []\n"
        "[[debaters]]\nname = 'ada'\nmodel = 'builtin/advocate'\n"
        "[[debaters]]\nname = 'bob'\nmodel = 'builtin/bluffer'\n"
        "[[judges]]\nname = 'jo'\nmodel = 'builtin/weigher'\n"
        "[[protocols]]\nname = 'debate'\nrounds = 1\n"
    )
    return path


def test_what_may_not_be_shared_is_not_exported() -> None:
    """GPQA's texts stay out of records, since its authors ask for that; `--share` says otherwise."""
    file, _ = published("gpqa")
    for name, flags in (("kept", ()), ("open", ("--share",))):
        assert cli("questions", "import", file, "--format", "gpqa", *flags, "-o", "g.jsonl").exit_code == 0
        assert cli("run", tournament("g.jsonl"), "--db", name, "--quiet").exit_code == 0
        (record,) = map(json.loads, cli("export", "small", "--db", name).stdout.splitlines()[:1])
        assert (record["question"]["share"], bool(record["question"]["text"])) == ((name == "open",) * 2)
        assert ("How fast is a ball" in json.dumps(record)) == (name == "open")


def test_a_person_reads_what_was_taken() -> None:
    """What was written, what a filter kept out, and what may be done with it."""
    file, _ = published("quality")
    shown = process(
        "questions", "import", file, "--format", "quality", "--difficulty", "hard", "-o", "q.jsonl", cwd=Path.cwd()
    )
    assert shown.returncode == 0
    assert shown.stdout.splitlines() == [
        'wrote 2 questions from 1 row to "q.jsonl"',
        "left out: 2, not hard",
        "licence: Free to copy.",
    ]
    assert shown.stderr == ""


def test_a_file_with_anything_wrong_writes_nothing() -> None:
    """G7: exit 7 and every problem; what was there before stays. With `--skip-bad` the rest is written."""
    rows = [{"question": f"Which lamp {n}?", "answers": ["oil", "gas"], "correct": n} for n in (0, 1, 2, 3, 1)]
    Path("t.jsonl").write_text("".join(json.dumps(row) + "\n" for row in [*rows, "x"]))
    Path("out.jsonl").write_text("before\n")
    words = ("questions", "import", "t.jsonl", "--format", "table", "-o", "out.jsonl")
    ended = cli(*words)
    assert ended.exit_code == 7
    assert ended.stdout == ""
    assert [line.strip() for line in ended.stderr.splitlines()] == [
        "4 problems:",
        "t.jsonl:3: correct: 2 names none of the 2 answers",
        "t.jsonl:4: correct: 3 names none of the 2 answers",
        "t.jsonl:5: text: the same question, with the same answers, stands at t.jsonl:2",
        't.jsonl:6: should be an object, not "x"',
    ]
    assert Path("out.jsonl").read_text() == "before\n"
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["out.jsonl", "t.jsonl"]
    skipped = cli(*words, "--skip-bad")
    assert skipped.exit_code == 0
    assert "left out: t.jsonl:5: text: the same question" in skipped.stderr
    assert len(list(questions.read(Path("out.jsonl")))) == 2


def test_problems_are_data_too() -> None:
    """Scripts get every problem on stdout, and no file."""
    Path("t.jsonl").write_text('{"question": "Which lamp?"}\n7\n')
    ended = cli("questions", "import", "t.jsonl", "--format", "table", "-o", "out.jsonl", "--json")
    told = read(ended)
    assert (ended.exit_code, told["file"], told["questions"], told["bad"]) == (7, None, 0, 2)
    assert [(problem["line"], problem["message"]) for problem in told["problems"]] == [
        (1, "answers: is missing"),
        (2, "should be an object, not 7"),
    ]
    assert not Path("out.jsonl").exists()


def test_a_pipe_is_refused() -> None:
    """It cannot be looked at before it is read."""
    os.mkfifo("pipe")
    ended = cli("questions", "import", "pipe", "--format", "table", "-o", "out.jsonl")
    assert ended.exit_code == 7
    assert "pipe: is no file that can be read twice; save it to one first" in ended.stderr


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("-", "save what comes through the pipe to one first"),
        ("gone.csv", 'there is no file "gone.csv"'),
    ],
)
def test_files_that_are_none_are_refused(file: str, said: str) -> None:
    """With what to do, before anything is written."""
    ended = cli("questions", "import", file, "--format", "table", "-o", "out.jsonl")
    assert ended.exit_code == 2
    assert said in ended.stderr
    assert not Path("out.jsonl").exists()


def test_a_packed_file_comes_to_the_same_bank() -> None:
    """What was packed with gzip is read as it is."""
    Path("t.jsonl").write_text('{"question": "Which lamp?", "answers": ["oil", "gas"], "correct": 1}\n')
    Path("p.jsonl.gz").write_bytes(gzip.compress(Path("t.jsonl").read_bytes()))
    for name in ("t.jsonl", "p.jsonl.gz"):
        assert cli("questions", "import", name, "--format", "table", "-o", f"{name[0]}.out.jsonl").exit_code == 0
    assert Path("t.out.jsonl").read_bytes() == Path("p.out.jsonl").read_bytes()


def test_nothing_left_is_an_error() -> None:
    """A bank without questions would only fail later."""
    file, _ = published("quality")
    ended = cli("questions", "import", file, "--format", "quality", "--speed", "0.5", "--untimed", "1", "-o", "q.jsonl")
    assert ended.exit_code == 0
    ended = cli("questions", "import", file, "--format", "quality", "--context", "2", "-o", "none.jsonl", "--skip-bad")
    assert ended.exit_code == 7
    assert "no question is left to write" in ended.stderr
    assert not Path("none.jsonl").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "mmlu", "--per-story", "1"), "--per-story means nothing for --format mmlu"),
        (("--format", "quality", "--perturb", "1"), "--perturb means nothing for --format quality"),
        (
            (
                "--format",
                "tabel",
            ),
            "'tabel' is not one of",
        ),
        (("--format", "table", "--column", "question"), "--column question: say OURS=THEIRS"),
        (("--format", "table", "--encoding", "klingon"), "--encoding klingon: there is no such encoding"),
        (("--format", "quality", "--context", "9"), "--context"),
        ((), "Missing option '--format'"),
    ],
)
def test_options_that_make_no_sense(words: tuple[str, ...], said: str) -> None:
    """Exit 2, nothing written: a filter that is not applied is never passed over in silence."""
    Path("t.jsonl").write_text("{}\n")
    ended = cli("questions", "import", "t.jsonl", *words, "-o", "out.jsonl")
    assert ended.exit_code == 2
    assert said in ended.stderr
    assert not Path("out.jsonl").exists()


def test_a_bank_is_not_written_over_its_source() -> None:
    """Nor is anything written where there is no folder."""
    file, _ = published("inspect")
    for out, said in ((file, "is read; write the bank to another file"), ("no/such.jsonl", "there is no folder")):
        ended = cli("questions", "import", file, "--format", "inspect", "-o", out)
        assert (ended.exit_code, said in ended.stderr) == (2, True)
    assert json.loads(file.read_text())


def test_several_files_are_one_bank() -> None:
    """A question that is in two of them is told with both places."""
    Path("a_test.csv").write_text("How many sides has a hexagon?,6,5,8,7,A\n")
    Path("b_test.csv").write_text("How many sides has a square?,6,5,4,7,C\nHow many sides has a hexagon?,6,5,8,7,A\n")
    words = ("questions", "import", "a_test.csv", "b_test.csv", "--format", "mmlu", "-o", "m.jsonl")
    ended = cli(*words)
    assert ended.exit_code == 7
    assert "b_test.csv:2: text: the same question, with the same answers, stands at a_test.csv:1" in ended.stderr
    told = read(cli(*words, "--skip-bad", "--json"))
    assert (told["questions"], told["rows"], told["bad"]) == (2, 3, 1)


def test_one_question_is_shown_with_its_passage() -> None:
    """By its name in the bank, its id, or the beginning of that."""
    file, _ = published("quality")
    assert cli("questions", "import", file, "--format", "quality", "-o", "q.jsonl").exit_code == 0
    first = next(iter(questions.read(Path("q.jsonl"))))
    named = str(first.key.meta["name"])
    for name in (named, named[:14], first.posed.id, first.posed.id[:9]):
        shown = cli("questions", "list", "q.jsonl", "--question", name).stdout
        assert LAMP in shown
        assert "B  At nine  [right]" in shown
        assert "C  At ten  [best distractor]" in shown
        assert "licence: Free to copy." in shown
    told = read(cli("questions", "list", "q.jsonl", "--question", first.posed.id, "--json"))
    assert (told["schema"], told["posed"]["id"]) == ("debate.questions.question/1", first.posed.id)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nosuch", 'no question "nosuch" is there'),
        ("q1-", "begins the names of several questions, such as"),
        ("quality-", "begins the names of"),
    ],
)
def test_a_question_that_is_not_there(name: str, said: str) -> None:
    """Exit 2, and what to do."""
    file, _ = published("quality")
    assert cli("questions", "import", file, "--format", "quality", "-o", "q.jsonl").exit_code == 0
    ended = cli("questions", "list", "q.jsonl", "--question", name)
    assert (ended.exit_code, said in ended.stderr) == (2, True)


def test_what_others_wrote_is_shown_safely() -> None:
    """F1: control characters are refused, and what remains is shown as text."""
    row: dict[str, Any] = {"question": "Which [bold]lamp[/bold]?", "answers": ["oil\u202e", "gas"], "correct": 0}
    Path("t.jsonl").write_text(json.dumps(row) + "\n" + json.dumps(row | {"question": "Which \x1b[2J?"}) + "\n")
    ended = cli("questions", "import", "t.jsonl", "--format", "table", "-o", "t.out", "--skip-bad")
    assert "left out: t.jsonl:2: text: holds the control character U+001B at 6" in ended.stderr
    (found,) = questions.read(Path("t.out"))
    shown = cli("questions", "list", "t.out", "--question", found.posed.id).stdout
    assert "Which [bold]lamp[/bold]?" in shown
    assert "\u202e" not in shown


def test_a_long_import_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """On stderr now and then, and not at all where quiet was asked for."""
    monkeypatch.setattr("debate.cli.importing.LINE_S", 0.0)
    file, _ = published("quality")
    words = ("questions", "import", file, "--format", "quality", "-o", "q.jsonl")
    assert "1 row read, 4 questions taken" in cli(*words).stderr
    assert cli(*words, "--quiet").stderr == ""


def test_the_help_has_examples_and_the_common_flags() -> None:
    """As that of every command."""
    help_ = cli("questions", "import", "--help").stdout
    assert "\n  debate questions import" in help_
    assert all(flag in help_ for flag in ("--db", "--json", "--quiet", "--yes"))


def lines_of(path: Path) -> Iterator[Any]:
    with path.open() as stream:
        yield from map(json.loads, stream)


def test_a_long_file_streams_in_constant_memory() -> None:
    """G17: twice the rows take no more memory, whatever is held to find repeats."""
    import tracemalloc

    def peak(rows: int) -> int:
        with Path("long.jsonl").open("w") as stream:
            for number in range(rows):
                text = f"The lamp of night {number}. " + "word " * 1_000
                stream.write(json.dumps({"claim": f"Lamp {number} burnt.", "passage": text, "label": True}) + "\n")
        tracemalloc.start()
        assert cli("questions", "import", "long.jsonl", "--format", "boolq", "-o", "out.jsonl", "-q").exit_code == 0
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(10)
    assert peak(120) < 1.2 * peak(60)
    assert sum(1 for _ in lines_of(Path("out.jsonl"))) == 120
