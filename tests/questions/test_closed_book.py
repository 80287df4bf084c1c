"""Do the questions that can be computed have the right answers that their own recipes compute?

A recipe (`compute`) is an expression over a few pure names; `format` says how its value is written. A question of code
is answered by running its own program.
"""

from __future__ import annotations

import ast
import contextlib
import datetime
import io
import itertools
import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from types import CodeType
from typing import Any, TypeVar

import pytest

from debate.domain import Question
from debate.paths import bundled
from debate.questions import read

T = TypeVar("T")

FILES = ("closed-book", "flawed", "transfer")
DOMAINS = {"arithmetic", "probability", "logic", "code", "units"}
BARRED = (ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal, ast.With, ast.Try, ast.Raise, ast.Delete, ast.ClassDef)
BUILTINS: dict[str, Any] = {
    one.__name__: one
    for one in (
        *(abs, all, any, bool, chr, dict, divmod, enumerate, float, int, len, list, max, min, print, range, reversed),
        *(round, set, sorted, str, sum, tuple, zip),
    )
}


def only(values: Iterable[T]) -> T:
    """Return the one thing that `values` holds; a riddle with two solutions is no riddle."""
    (value,) = values
    return value


NAMES: dict[str, Any] = {
    "Fraction": Fraction,
    "datetime": datetime,
    "itertools": itertools,
    "math": math,
    "only": only,
}


def compiled(source: str, mode: str) -> CodeType:
    """Compile source, and refuse what reaches outside it."""
    for node in ast.walk(ast.parse(source, mode=mode)):
        name = {ast.Attribute: "attr", ast.Name: "id"}.get(type(node))
        if isinstance(node, BARRED) or (name and getattr(node, name).startswith("_")):
            raise ValueError(f"line {getattr(node, 'lineno', 0)}: not allowed in a recipe")
    return compile(source, "<recipe>", mode)


def computed(expression: str, **more: Any) -> Any:
    """Return the value of a recipe's expression."""
    return eval(compiled(expression, "eval"), {"__builtins__": BUILTINS, **NAMES, **more})


def printed(text: str) -> str:
    """Run the program in a question's text, and return what it prints."""
    source = text.partition("```python\n")[2].partition("\n```")[0]
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compiled(source, "exec"), {"__builtins__": BUILTINS})
    return output.getvalue().strip()


def written(value: Any, template: str) -> str:
    """Return a value as an answer writes it: a fraction is written out where the template asks for decimals."""
    if isinstance(value, Fraction) and value.denominator == 1:
        value = int(value)
    elif isinstance(value, Fraction) and ":" in template:
        value = float(value)
    return template.format(value)


def answer(question: Question) -> str:
    """Return the answer that the recipe of a question gives."""
    meta, text = question.key.meta, question.posed.text
    more = {"printed": printed(text)} if "```python" in text else {}
    return written(computed(str(meta["compute"]), **more), str(meta.get("format", "{}")))


def bank(name: str) -> Iterator[Question]:
    yield from read(bundled("questions") / f"{name}.jsonl")


def recipes() -> Iterator[Question]:
    for name in FILES:
        yield from (question for question in bank(name) if "compute" in question.key.meta)


def test_every_recipe_gives_the_right_answer_and_no_wrong_one() -> None:
    """What is computed is the right answer, to the letter, and none of the wrong ones."""
    asked = [question for question in recipes() if "stated" not in question.key.meta]
    wrong = []
    for question in asked:
        posed, key = question.posed, question.key
        right = [index for index, text in enumerate(posed.answers) if text == answer(question)]
        if right != [key.correct]:
            wrong.append((key.meta["name"], answer(question), posed.answers))
    assert len(asked) >= 66
    assert wrong == []


def test_a_worked_solution_states_the_computed_result_exactly_when_it_is_sound() -> None:
    """A planted error shows in the number that the solution ends with; a sound solution ends with the right one."""
    wrong = []
    for question in recipes():
        key, passage = question.key, question.posed.passage
        if "stated" not in key.meta or passage is None:
            continue
        ending = passage.text.rstrip().rpartition("\n")[2]
        right = answer(question) == key.meta["stated"]
        if str(key.meta["stated"]) not in ending or right != ("sound" in key.tags) or bool(key.flaws) == right:
            wrong.append((key.meta["name"], answer(question), key.meta["stated"]))
    assert wrong == []


def test_closed_book_questions_can_all_be_recomputed() -> None:
    """No closed-book question goes without a recipe, a domain, and the slip that makes its best wrong answer."""
    for question in bank("closed-book"):
        key = question.key
        assert question.posed.passage is None
        assert key.meta["compute"], key.meta["name"]
        assert key.domain in DOMAINS
        assert key.tags == ("closed-book",)
        assert key.distractor is not None
        assert len(question.posed.answers) == 4


@pytest.mark.parametrize(
    "source", ["().__class__", "__import__('os')", "(lambda: _private)()"], ids=["attribute", "name", "inner"]
)
def test_a_recipe_cannot_reach_outside_itself(source: str) -> None:
    """The evaluator refuses private names before anything runs, and knows no others than its own."""
    with pytest.raises(ValueError, match="not allowed"):
        computed(source)
    with pytest.raises(NameError):
        computed("open('bank')")
