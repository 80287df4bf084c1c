"""Reports on what hardly is data: each says what cannot be estimated and why, in every form, and nothing breaks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from debate.domain import Belief, Judgment
from debate.report import Report, figures, markdown, measure, page, tables, terminal
from debate.store import Played, Store, take
from tests.builders import STORY, debate, match, player, question

Ruling = tuple[str, tuple[float, float] | None]
"""A judge, and what it believes; None where it refused."""
NAN = re.compile(r"(?<![\w-])(nan|inf|infinity)(?![\w-])", re.IGNORECASE)


def rulings(number: int, said: Sequence[Ruling]) -> Iterator[Judgment]:
    for i, (judge, final) in enumerate(said):
        path = (Belief(after_round=0, p=(0.5, 0.5)), Belief(after_round=2, p=final)) if final else ()
        base: dict[str, Any] = {"match": "", "shown": (0, 1), "state": "valid" if final else "refused"}
        yield Judgment(id=f"v1-{number}-{i}", judge=judge, kind="model", final=final, beliefs=path, **base)


def record(number: int, players: tuple[str, str], said: Sequence[Ruling], *, asked: int | None = None) -> Played:
    """One debate; the first player argues answer 0, which is right on even questions."""
    topic = number if asked is None else asked
    posed = question(f"Why, for the {topic}th time?", correct=topic % 2, story=f"Voyage {topic}. {STORY}")
    seated = match(posed.posed, players=(player(players[0]), player(players[1])), repeat=number)
    held = debate(seated, "One two three.", "Four five.")
    there = tuple(
        j.model_copy(update={"match": held.match.id, "transcript": held.digest}) for j in rulings(number, said)
    )
    return Played(source="s", record=str(number), question=posed, debate=held, judgments=there)


def leaning(number: int, *, right: bool) -> tuple[float, float]:
    return (0.9, 0.1) if (number % 2 == 0) is right else (0.1, 0.9)


def nobody_valid() -> list[Played]:
    return [record(n, ("ada", "bob"), [("jo", None), ("flo", None)]) for n in range(4)]


def one_question() -> list[Played]:
    return [record(n, ("ada", "bob"), [("jo", leaning(0, right=n > 0))], asked=0) for n in range(3)]


def one_debate() -> list[Played]:
    return [record(0, ("ada", "bob"), [("jo", (0.5, 0.5))])]


def one_judge() -> list[Played]:
    return [record(n, ("ada", "bob"), [("jo", leaning(n, right=n % 3 > 0))]) for n in range(6)]


def all_right() -> list[Played]:
    return [record(n, ("ada", "bob"), [(j, leaning(n, right=True)) for j in ("jo", "flo")]) for n in range(6)]


def all_tied() -> list[Played]:
    return [record(n, ("ada", "bob"), [("jo", (0.5, 0.5))]) for n in range(6)]


def a_winner_of_everything() -> list[Played]:
    pairs = (("ada", "bob"), ("ada", "cy"), ("bob", "cy"), ("cy", "bob"))
    return [record(n, pairs[n % 4], [("jo", (0.9, 0.1))]) for n in range(12)]


def two_islands() -> list[Played]:
    pairs = (("ada", "bob"), ("cy", "dee"))
    return [record(n, pairs[n % 2], [("jo", leaning(n, right=n % 3 > 0))]) for n in range(12)]


CASES: tuple[Callable[[], list[Played]], ...] = (
    nobody_valid,
    one_question,
    one_debate,
    one_judge,
    all_right,
    all_tied,
    a_winner_of_everything,
    two_islands,
)


def reported(folder: Path, records: list[Played]) -> Report:
    with Store.open(folder / "test.db", create=True) as store:
        take(store, records, "t")
        return measure(store, "t")


def measures(held: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every measured value of a report in JSON, and where it is."""
    if isinstance(held, dict):
        if "value" in held:
            yield where, held
        for key, value in held.items():
            yield from measures(value, f"{where}.{key}")
    elif isinstance(held, list):
        for i, value in enumerate(held):
            yield from measures(value, f"{where}[{i}]")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_every_form_says_why_and_never_nan(case: Callable[[], list[Played]], tmp_path: Path) -> None:
    """H7: whatever is missing has a reason; no form of the report holds NaN, and none of them breaks."""
    report = reported(tmp_path, case())
    told = json.loads(json.dumps(report.model_dump(mode="json", by_alias=True), allow_nan=False))
    for where, value in measures(told):
        if value["value"] is None:
            assert value["why"], where
        elif value.get("low") is None:
            assert value["why"] or value["method"], where
    console = Console(width=80, record=True, file=StringIO())
    console.print(terminal.render(report, width=80))
    forms = [console.export_text(), markdown.render(report)]
    forms += [tables.as_csv(rows) for rows in tables.tables(report).values()]
    forms.append(re.sub(r"<(style|script)\b.*?</\1>", "", page.render(report), flags=re.DOTALL))
    for form in forms:
        assert not NAN.search(form), NAN.search(form)


def test_figures_are_drawn_of_what_there_is(tmp_path: Path) -> None:
    """Two islands have no ratings, and everything else; nothing at all has no figures."""
    assert figures.write(reported(tmp_path, two_islands()), tmp_path)
    (tmp_path / "none").mkdir()
    assert figures.write(reported(tmp_path / "none", nobody_valid()), tmp_path / "none") is not None


def test_two_islands_are_named_and_not_ranked(tmp_path: Path) -> None:
    """H7: who never met cannot be compared: no ratings, and the groups are told."""
    report = reported(tmp_path, two_islands())
    whole = [row.rating for row in report.ratings if row.role == "all"]
    assert len(whole) == 4
    assert {rating.value for rating in whole} == {None}
    assert any("ada, bob" in note and "cy, dee" in note for note in report.rating_notes)
    assert any("no single ranking" in warning for warning in report.warnings)


def test_a_winner_of_everything_is_rated_with_a_ridge_that_is_told(tmp_path: Path) -> None:
    """H7: no finite rating is the most likely one, so a prior is used, and named."""
    report = reported(tmp_path, a_winner_of_everything())
    best = max((row for row in report.ratings if row.role == "all"), key=lambda row: row.rating.value or 0)
    assert best.player == "ada"
    assert any("ridge" in note for note in report.rating_notes)


def test_one_judge_agrees_with_nobody(tmp_path: Path) -> None:
    """Agreement takes two judges of one transcript, and says so."""
    report = reported(tmp_path, one_judge())
    assert report.agreement.alpha is None
    assert "two judges" in report.agreement.why


def test_all_right_leaves_nothing_to_discriminate(tmp_path: Path) -> None:
    """Accuracy has an interval below 1; what tells right rulings from wrong ones has no data."""
    report = reported(tmp_path, all_right())
    accuracy = report.accuracy[0].accuracy
    assert accuracy.value == 1.0
    assert getattr(accuracy, "low", 1.0) < 1.0
    assert report.calibration[0].auroc.value is None
