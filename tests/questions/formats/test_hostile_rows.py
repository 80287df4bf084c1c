"""Whatever stands in a row, it comes to a question or to a problem, and never to a crash."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debate import questions
from debate.questions import formats
from tests.questions.formats import test_quality

SOUND: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "quality": (test_quality.line(test_quality.asked(1), test_quality.asked(2)), {}),
    "gpqa": (
        {
            "Question": "How fast?",
            "Correct Answer": "19.6 m/s",
            "Incorrect Answer 1": "4.9 m/s",
            "Incorrect Answer 2": "9.8 m/s",
            "Incorrect Answer 3": "39.2 m/s",
            "Explanation": "It falls.",
            "Subdomain": "Mechanics",
            "Non-Expert Validator Accuracy": 0.5,
        },
        {},
    ),
    "mmlu": ({"question": "6 times 7?", "subject": "sums", "choices": ["36", "42"], "answer": 1}, {}),
    "truthfulqa": (
        {
            "question": "Do storks?",
            "best_answer": "They do not",
            "correct_answers": ["No"],
            "incorrect_answers": ["They do", "They do."],
            "mc1_targets": {"a": 1, "b": 0},
            "mc2_targets": {"choices": ["a", "b"], "labels": [1, 0]},
        },
        {},
    ),
    "gsm8k": ({"question": "3 by 4?", "answer": "3*4=<<3*4=12>>12\n#### 12", "wrong": ["7"]}, {"perturb": 3}),
    "boolq": ({"question": "is it", "claim": "It is.", "passage": "It is so.", "label": True, "title": "So"}, {}),
    "flaws": (
        {
            "problem_text": "3 by 4?",
            "correct_solution": "Step 1: 12.",
            "flawed_solution": "Step 1: 7.",
            "llm_solution": "Twelve.",
            "llm_final_answer": "12",
            "correct_final_answer": "12",
            "step_of_injected_flaw": "Step 1",
            "flaw_explanation": "Added.",
        },
        {},
    ),
    "inspect": ({"id": 1, "input": "Which?", "choices": ["a", "b"], "target": "A", "metadata": {"x": 1}}, {}),
    "table": (
        {
            "question": "Which?",
            "answers": ["a", "b"],
            "correct": 1,
            "wrong": "a",
            "distractor": 0,
            "tags": "x",
            "difficulty": 0.5,
            "id": 3,
        },
        {"columns": {"passage": "doc.text"}},
    ),
}

GONE = object()  # a key that is taken away
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(
        ["", " ", "A", "nan", "inf", "1e999", "1" * 5_000, "#### 1", "Step " + "9" * 5_000, "[", "{}", "\x00"]
    )
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("form", SOUND)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_every_row_comes_to_something(form: str, data: st.DataObject) -> None:
    """G3, G7: keys are taken away, or hold anything that JSON can say; what is written is sound all the same."""
    base, more = SOUND[form]
    row = dict(base)
    for name in data.draw(st.lists(st.sampled_from(sorted(base)), max_size=4, unique=True)):
        value = data.draw(st.just(GONE) | JSON)
        if value is GONE:
            del row[name]
        else:
            row[name] = value
    with tempfile.TemporaryDirectory() as folder:
        path, bank = Path(folder) / "rows.jsonl", Path(folder) / "bank.jsonl"
        path.write_text(json.dumps(row) + "\n" + json.dumps(base) + "\n")
        stream = io.StringIO()
        *_, taken = formats.write(formats.convert([path], form, formats.Settings(**more)), stream)
        assert taken.rows == 2
        assert taken.questions + taken.bad >= 2
        bank.write_text(stream.getvalue(), "utf-8")
        if taken.questions:
            assert [str(problem) for problem in questions.check([bank])] == []
