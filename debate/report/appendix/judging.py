"""The numbers that tell of judges: how right, and how swayed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from debate.report.appendix.term import Part, Term
from debate.report.layout import about
from debate.report.report import Report
from debate.report.rows import Group

Rows = Iterator[tuple[str, Any]]


def group(row: Group) -> str:
    """Return what a row of a group is about: its arm and its judge."""
    return f"{about(row)}, {row.judge or 'all judges'}"


def _accuracy(report: Report) -> Rows:
    return ((group(row), row) for row in report.accuracy)


def _varied(report: Report) -> Rows:
    for found in report.exclusions:
        yield from ((f"{group(row)}, {found.rules} exclusions", row) for row in found.accuracy)


def _people(report: Report) -> Rows:
    return ((group(row), row) for row in report.people)


def _bias(report: Report) -> Rows:
    return ((row.judge, row) for row in report.bias)


def _favours(report: Report) -> Rows:
    return ((f"{row.judge}, for {row.maker}", row) for row in report.favours)


ACCURACY = Part(
    "accuracy[]",
    "accuracy",
    _accuracy,
    (
        Term(
            "accuracy",
            "accuracy",
            "Share of valid rulings in which belief in the right answer was strictly the largest; where one side is "
            "heard, the mean of both sides' accuracies over the same questions.",
        ),
        Term(
            "ties",
            "ties",
            "Rulings whose two largest beliefs are equal: they count as not correct.",
            "count",
            n="n_judgments",
        ),
        Term("invalid", "not valid", "Rulings that are not valid, by state.", "count", n="n_judgments"),
        Term("accuracy_all", "accuracy of all", "Accuracy with every ruling that is not valid counted as wrong."),
        Term("bounds.low", "lower bound", "Accuracy if all missing rulings were wrong.", n="bounds.n_judgments"),
        Term("bounds.high", "upper bound", "Accuracy if all missing rulings were right.", n="bounds.n_judgments"),
        Term("bounds.n_missing", "missing", "Rulings that are not valid.", "count", n="bounds.n_judgments"),
        Term(
            "bounds.missing_right_side",
            "missing, right side",
            "Share of rulings missing where the side heard argued the right answer.",
            n="bounds.n_judgments",
        ),
        Term(
            "bounds.missing_wrong_side",
            "missing, wrong side",
            "Share of rulings missing where the side heard argued a wrong answer.",
            n="bounds.n_judgments",
        ),
        Term("right_side", "accuracy, right side", "Accuracy where the one side heard argued the right answer."),
        Term("wrong_side", "accuracy, wrong side", "Accuracy where the one side heard argued a wrong answer."),
        Term("probabilistic", "belief", "Mean belief in the right answer."),
        Term(
            "brier",
            "Brier score",
            "Mean of (1 - p)^2, p the belief in the right answer; of more than two answers half the sum of the squared "
            "distances. 0 is perfect, 0.25 a coin.",
            "number",
        ),
        Term("log_score", "log score", "Mean ln p, p cut to [0.01, 0.99]; a coin has -0.69.", "number"),
        Term(
            "judge_score",
            "judge score",
            "Mean of log2 p - 0.05 x rounds read, p cut to [0.01, 0.99] [Michael et al. 2023].",
            "number",
        ),
        Term(
            "bits_per_round",
            "bits per round",
            "Sum of log2(p_end / p_start) over the sum of rounds, p cut to [0.01, 0.99].",
            "number",
        ),
    ),
)

VARIED = Part(
    "exclusions[].accuracy[]",
    "accuracy",
    _varied,
    (
        Term(
            "accuracy",
            "accuracy with other exclusions",
            "Accuracy with, or without, what the rules declared beforehand exclude: the other way than above.",
        ),
    ),
)

PEOPLE = Part(
    "people[]",
    "accuracy",
    _people,
    (
        Term(
            "accuracy",
            "accuracy of people",
            "Of a person drawn anew on a question drawn anew: logit P(right) = m + b(question) + u(judge), both "
            "effects normal, by Laplace's approximation [Breslow and Clayton 1993].",
        ),
        Term(
            "judge_sd",
            "differences of people",
            "Standard deviation of u, in logits.",
            "number",
            n="n_judges",
            of="judge",
        ),
        Term(
            "cluster_sd",
            "differences of questions",
            "Standard deviation of b, in logits.",
            "number",
            n="n_clusters",
            of="cluster",
        ),
    ),
)

BIAS = Part(
    "bias[]",
    "bias",
    _bias,
    (
        Term(
            "chose_first",
            "chose the first",
            "Half of [P(first given right is first) + P(first given right is second)]: one half is fair.",
        ),
        Term("position", "position bias", "The same less one half, in points.", "points"),
        Term(
            "chose_longer",
            "chose the longer",
            "How often the side with more words was chosen, rulings weighing the same whether or not it was right.",
        ),
        Term(
            "length",
            "length slope",
            "Slope of 'this side was chosen' on the difference of log words, given which side is right; Firth's "
            "logistic regression.",
            "number",
        ),
        Term(
            "swaps.consistency",
            "same in both orders",
            "Share of debates read in both displayed orders in which the same answer wins [Khan et al. 2024].",
        ),
        Term("swaps.accuracy_in_all_orders", "right in both orders", "Share in which the right answer wins in each."),
    ),
)

FAVOURS = Part(
    "favours[]",
    "bias",
    _favours,
    (
        Term(
            "favour",
            "family bias",
            "What own-family less other-family judges give a player, less the same for players of neither family.",
            "points",
        ),
    ),
)

PARTS = (ACCURACY, VARIED, PEOPLE, BIAS, FAVOURS)
