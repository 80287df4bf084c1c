"""Files of the published shapes and sizes, written here, come to the counts that their documentation gives."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from tests.questions.formats import test_flaws, test_gpqa, test_quality, test_saved
from tests.questions.formats.taking import got, lines, table


def test_quality_dev(tmp_path: Path) -> None:
    """115 articles on two lines each, and 2,086 questions; half of them are flagged as hard."""
    articles, questions = 115, 2_086
    sizes = [questions // (2 * articles) + (index < questions % (2 * articles)) for index in range(2 * articles)]
    written, rows = 0, []
    for index, size in enumerate(sizes):
        asked = [test_quality.asked(written + place, difficult=(written + place) % 2) for place in range(size)]
        text = f"Article {index // 2}. {test_quality.ARTICLE}"
        rows.append(test_quality.line(*asked, article_id=str(index // 2), article=text))
        written += size
    path = lines(tmp_path, *rows)
    found, problems, _ = got(path, "quality")
    assert (len(found), problems) == (2_086, [])
    assert len({one.posed.passage for one in found}) == 115
    assert sum(one.key.meta["difficult"] == 1 for one in found) == 1_043


def test_gpqa_diamond(tmp_path: Path) -> None:
    """198 questions of four answers."""
    found, problems, _ = got(table(tmp_path, test_gpqa.sheet(*map(test_gpqa.row, range(2, 200)))), "gpqa")
    assert (len(found), problems) == (198, [])
    assert {len(one.posed.answers) for one in found} == {4}


def test_mmlu_dev(tmp_path: Path) -> None:
    """57 subjects of five questions, each in a file of its own without a header."""
    subjects: Counter[str] = Counter()
    for subject in range(57):
        rows = "".join(f"What is {subject} plus {number}?,a,b,c,{subject + number},D\n" for number in range(5))
        found, problems, _ = got(table(tmp_path, rows, f"subject_{subject}_dev.csv"), "mmlu")
        assert problems == []
        subjects.update(one.key.domain for one in found)
    assert subjects == {f"subject_{subject}": 5 for subject in range(57)}


def test_truthfulqa(tmp_path: Path) -> None:
    """817 questions in 38 categories."""
    path = tmp_path / "file.csv"
    with path.open("w", newline="") as stream:
        write = csv.writer(stream)
        write.writerow(
            ["Type", "Category", "Question", "Best Answer", "Correct Answers", "Incorrect Answers", "Source"]
        )
        for number in range(817):
            asked = f"Does lamp {number} burn?"
            write.writerow(
                ["Adversarial", f"Kind {number % 38}", asked, "It does", "It does; Yes", "Never; No", "ours"]
            )
    found, problems, _ = got(path, "truthfulqa")
    assert (len(found), problems) == (817, [])
    assert len({one.key.domain for one in found}) == 38


def test_gsm8k_test(tmp_path: Path) -> None:
    """1,319 problems, each with as many made answers as were asked for."""
    rows = [
        {"question": f"What is {n} times 17?", "answer": f"{n}*17=<<{n}*17={n * 17}>>\n#### {n * 17}"}
        for n in range(2, 1_321)
    ]
    found, problems, _ = got(lines(tmp_path, *rows), "gsm8k", perturb=3)
    assert (len(found), problems) == (1_319, [])
    assert {len(one.posed.answers) for one in found} == {4}


def test_boolq_dev(tmp_path: Path) -> None:
    """3,270 questions that are answered by Yes or No, each below its passage."""
    rows = [
        {"question": f"does lamp {n} burn", "title": f"Lamp {n}", "answer": n % 8 < 5, "passage": f"Lamp {n} is lit."}
        for n in range(3_270)
    ]
    found, problems, _ = got(lines(tmp_path, *rows), "boolq")
    assert (len(found), problems) == (3_270, [])
    assert {one.posed.answers for one in found} == {("Yes", "No")}
    assert len({one.posed.passage for one in found}) == 3_270


def test_worked_solutions(tmp_path: Path) -> None:
    """A row with a correct and a flawed solution is two questions; a row that its authors flagged is none."""
    rows = []
    for n in range(100):
        problem = f"{n} crates hold 4 jars each. How many jars are there?"
        solutions = {"correct_solution": f"Step 1: {4 * n}.", "flawed_solution": f"Step 1: {n} and 4 are {n + 4}."}
        rows.append({**test_flaws.PAIR, "problem_text": problem, **solutions, "flag_unreliable_data": str(n % 10 == 0)})
    found, problems, left_out = got(lines(tmp_path, *rows), "flaws")
    assert (len(found), problems, sum(left_out.values())) == (180, [], 20)
    assert sum("flawed" in one.key.tags for one in found) == 90


def test_arc_as_samples_a_table_and_a_saved_dataset(tmp_path: Path) -> None:
    """ARC: 570 easy questions for validation as Inspect's samples, 1,172 hard ones as rows, 299 of them saved."""
    choices = ["oil", "gas", "wax", "tar"]
    samples = [{"input": f"What is in lamp {n}?", "choices": choices, "target": "ABCD"[n % 4]} for n in range(570)]
    found, problems, _ = got(lines(tmp_path, *samples), "inspect")
    assert (len(found), problems) == (570, [])
    rows = [
        {
            "question": f"What is in lamp {n}?",
            "choices": {"text": choices, "label": ["A", "B", "C", "D"]},
            "answerKey": "ABCD"[n % 4],
        }
        for n in range(1_172)
    ]
    named = {"answers": "choices.text", "correct": "answerKey"}
    found, problems, _ = got(lines(tmp_path, *rows), "table", columns=named)
    assert (len(found), problems) == (1_172, [])
    assert Counter(one.key.correct for one in found) == dict.fromkeys(range(4), 293)
    folder = test_saved.saved(tmp_path / "saved", rows[:299])
    found, problems, _ = got(folder, "huggingface", columns=named)
    assert (len(found), problems) == (299, [])
