"""How often intervals cover: every cell of the grid, drawn many times and measured as a report measures it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.calibration.truths import Maker, Truth
from debate.stats.comparisons import Paired
from debate.stats.estimate import Estimate, Measure
from debate.stats.intervals import average, difference, proportion

SEED = 11
WANTED_MEAN = (0.94, 0.97)
"""Of the mean over the cells of one number of questions."""
WANTED_EACH = {20: 0.92, 60: 0.93, 200: 0.93}
"""Of every cell, by number of questions."""
MEASURES = ("accuracy", "mean belief", "paired difference")

Row = dict[str, Any]


def coverage(cells: Iterable[Truth], repetitions: int, *, seed: int = SEED) -> Iterator[Row]:
    """Yield for each cell and measure the share of intervals that cover the truth, and their mean width."""
    for truth in cells:
        covered, width = dict.fromkeys(MEASURES, 0), dict.fromkeys(MEASURES, 0.0)
        maker = Maker(truth, seed)
        for _ in range(repetitions):
            for name, measure, value in _measured(maker):
                low, high = _limits(measure)
                covered[name] += low - 1e-9 <= value <= high + 1e-9
                width[name] += high - low
        for name in MEASURES:
            yield {
                "measure": name,
                "questions": truth.questions,
                "per_passage": truth.per_passage,
                "design": truth.design.name,
                "accuracy": truth.accuracy,
                "repetitions": repetitions,
                "coverage": covered[name] / repetitions,
                "width": width[name] / repetitions,
            }


def _measured(maker: Maker) -> Iterator[tuple[str, Measure, float]]:
    drawn = maker.draw()
    yield "accuracy", proportion(drawn.right), drawn.accuracy
    yield "mean belief", average(drawn.belief, within=(0.0, 1.0)), drawn.mean_belief
    paired = Paired.of(drawn.gained, drawn.right).difference
    yield "paired difference", difference(paired), drawn.gained_accuracy - drawn.accuracy


def _limits(measure: Measure) -> tuple[float, float]:
    assert isinstance(measure, Estimate)
    assert measure.low is not None
    assert measure.high is not None
    return measure.low, measure.high


def summary(rows: Iterable[Row]) -> list[Row]:
    """Return by measure and number of questions the mean coverage, the worst cell, and whether both are as wanted."""
    groups: dict[tuple[str, int], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["measure"], row["questions"]), []).append(row)
    return [_summed(measure, questions, cells) for (measure, questions), cells in sorted(groups.items())]


def _summed(measure: str, questions: int, cells: list[Row]) -> Row:
    mean = sum(row["coverage"] for row in cells) / len(cells)
    worst = min(cells, key=lambda row: row["coverage"])
    kept = WANTED_MEAN[0] <= mean <= WANTED_MEAN[1] and worst["coverage"] >= WANTED_EACH[questions]
    return {
        "measure": measure,
        "questions": questions,
        "cells": len(cells),
        "mean": mean,
        "worst": worst["coverage"],
        "worst_cell": f"{_truth(worst)}, {worst['per_passage']} to a passage, {worst['design']}",
        "kept": kept,
    }


def _truth(row: Row) -> str:
    return f"accuracy {row['accuracy']}" if "accuracy" in row else f"one answer chosen {row['chosen']:.0%}"
