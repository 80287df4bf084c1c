"""The numbers that tell of what judges believed: how calibrated, and how it changed from round to round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from debate.plural import count
from debate.report.appendix.judging import group
from debate.report.appendix.term import Part, Term
from debate.report.arms import label
from debate.report.report import Report

Rows = Iterator[tuple[str, Any]]


def _calibration(report: Report) -> Rows:
    return ((group(row), row) for row in report.calibration)


def _murphy(report: Report) -> Rows:
    return ((group(row), row) for row in report.calibration if row.murphy)


def _bins(report: Report) -> Rows:
    return ((f"{group(row)}, {b.low:.1f}-{b.high:.1f}", b) for row in report.calibration for b in row.bins)


def _covered(report: Report) -> Rows:
    for row in report.calibration:
        whole = count(row.selective.n_judgments, "ruling")
        for point in row.selective.curve:
            yield f"{group(row)}, the surest {point.coverage:.0%} of {whole}", point


def _paths(report: Report) -> Rows:
    return ((f"{label(row.protocol, None, row.agents)}, {row.judge}", row) for row in report.belief_paths)


def _steps(report: Report) -> Rows:
    for named, row in _paths(report):
        for step in row.steps:
            yield f"{named}, {f'round {step.after_round}' if step.after_round else 'before'}", step


CALIBRATION = Part(
    "calibration[]",
    "calibration",
    _calibration,
    (
        Term(
            "ece",
            "ECE",
            "Expected calibration error: sum over ten bins of their weight times |accuracy - mean confidence|; "
            "confidence is the largest belief.",
            "number",
        ),
        Term(
            "ece_if_perfect",
            "ECE by chance",
            "Mean ECE of a perfectly calibrated judge with these confidences.",
            "number",
            n="n_judgments",
        ),
        Term(
            "ece_if_perfect_95",
            "ECE by chance, 95%",
            "The 95% quantile of the same: an ECE above it is evidence of miscalibration.",
            "number",
            n="n_judgments",
        ),
        Term("ece_debiased", "ECE, debiased", "ECE less its mean by chance, not below 0.", "number", n="n_judgments"),
        Term("auroc", "AUROC", "Chance that a right ruling is more confident than a wrong one.", "number"),
        Term(
            "slope",
            "slope",
            "Logistic regression of being right on the log odds of confidence: 1 is calibrated, less overconfident.",
            "number",
        ),
        Term("intercept", "intercept", "Of the same regression.", "number"),
        Term(
            "selective.area",
            "area under risk",
            "Mean over all coverages of the share that is wrong among the surest rulings.",
            "number",
            n="selective.n_judgments",
        ),
    ),
)

MURPHY = Part(
    "calibration[]",
    "calibration",
    _murphy,
    (
        Term(
            "murphy.reliability",
            "Brier: reliability",
            "Squared distance of accuracy from confidence, over bins [Murphy 1973]; reliability - resolution + "
            "uncertainty + within bins is the Brier score, exactly.",
            "number",
            n="n_judgments",
        ),
        Term(
            "murphy.resolution",
            "Brier: resolution",
            "Squared distance of the bins' accuracies from the whole's: more is better.",
            "number",
            n="n_judgments",
        ),
        Term(
            "murphy.uncertainty",
            "Brier: uncertainty",
            "a (1 - a), a the share of rulings whose event came true.",
            "number",
            n="n_judgments",
        ),
        Term(
            "murphy.within_bins",
            "Brier: within bins",
            "Variance of forecasts within bins less twice their covariance with the event [Stephenson et al. 2008].",
            "number",
            n="n_judgments",
        ),
    ),
)

BINS = Part(
    "calibration[].bins[]",
    "calibration",
    _bins,
    (
        Term("accuracy", "right, by confidence", "Share right of the rulings whose confidence is in the bin.", n="n"),
        Term("confidence", "confidence, by bin", "Mean confidence of the rulings in the bin.", n="n"),
    ),
)

COVERED = Part(
    "calibration[].selective.curve[]",
    "calibration",
    _covered,
    (Term("risk", "risk by coverage", "Share wrong among the surest rulings; ties are wrong."),),
)

PATHS = Part(
    "belief_paths[]",
    "paths",
    _paths,
    (
        Term("swings", "swings", "Share of rulings whose belief in the right answer crossed one half on the way."),
        Term("last_swings", "last-round swings", "Share whose belief crossed one half in the last round."),
    ),
)

STEPS = Part(
    "belief_paths[].steps[]",
    "paths",
    _steps,
    (
        Term("belief", "belief after a round", "Mean belief in the right answer, the last one carried forward."),
        Term("accuracy", "accuracy after a round", "Share whose belief in the right answer was then the largest."),
        Term("at_risk", "still read", "Rulings that had not ended before this round.", "count"),
    ),
)

PARTS = (CALIBRATION, MURPHY, BINS, COVERED, PATHS, STEPS)
