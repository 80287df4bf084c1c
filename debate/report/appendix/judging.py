"""The numbers that tell of judges: how right, how calibrated, how swayed, how alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from debate.report import wording
from debate.report.appendix.term import Part, Term
from debate.report.arms import label
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


def _calibration(report: Report) -> Rows:
    return ((group(row), row) for row in report.calibration)


def _murphy(report: Report) -> Rows:
    return ((group(row), row) for row in report.calibration if row.murphy)


def _bins(report: Report) -> Rows:
    return ((f"{group(row)}, {b.low:.1f}-{b.high:.1f}", b) for row in report.calibration for b in row.bins)


def _covered(report: Report) -> Rows:
    for row in report.calibration:
        whole = wording.count(row.selective.n_judgments, "ruling")
        for point in row.selective.curve:
            yield f"{group(row)}, the surest {point.coverage:.0%} of {whole}", point


def _paths(report: Report) -> Rows:
    return ((f"{label(row.protocol, None, row.agents)}, {row.judge}", row) for row in report.belief_paths)


def _steps(report: Report) -> Rows:
    for named, row in _paths(report):
        for step in row.steps:
            yield f"{named}, {f'round {step.after_round}' if step.after_round else 'before'}", step


def _pairs(report: Report) -> Rows:
    return ((f"{pair.a} and {pair.b}", pair) for pair in report.agreement.pairs)


def _between(report: Report) -> Rows:
    return ((" with ".join(row.kinds), row) for row in report.agreement.between)


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

AGREEMENT = Part(
    "agreement",
    "agreement",
    lambda report: iter((("all judges", report.agreement),)),
    (
        Term(
            "raw",
            "alike",
            "Share of pairs of rulings on one transcript and view that chose the same answer, averaged over these.",
            n="n_ballots",
            of="transcript",
        ),
        Term(
            "alpha",
            "Krippendorff's alpha",
            "1 - observed / expected disagreement of the answers chosen, a tie an answer of its own; jackknife "
            "interval over clusters.",
            "number",
            n="n_ballots",
            of="transcript",
            low="alpha_low",
            high="alpha_high",
        ),
        Term(
            "alpha_beliefs",
            "alpha of beliefs",
            "Krippendorff's alpha of the belief in the first answer, by squared distance.",
            "number",
            n="n_ballots",
            of="transcript",
        ),
        Term(
            "ac1",
            "Gwet's AC1",
            "(a - e) / (1 - e), a the share alike, e = sum of s (1 - s) / (K - 1) over the shares of K answers.",
            "number",
            n="n_ballots",
            of="transcript",
        ),
        Term("n_judges", "judges who share", "Judges who ruled on a transcript that another ruled on.", "count"),
        Term("n_judgments", "rulings shared", "Rulings on these transcripts.", "count"),
    ),
)

BETWEEN = Part(
    "agreement.between[]",
    "agreement",
    _between,
    (
        Term(
            "raw",
            "alike, by kind",
            "The same share for pairs of people, of models, and of a person and a model.",
            n="n_ballots",
            of="transcript",
        ),
    ),
)

PAIRS = Part(
    "agreement.pairs[]",
    "agreement",
    _pairs,
    (
        Term("raw", "alike, by pair", "The same share for two judges.", n="n_ballots", of="transcript"),
        Term("kappa", "Cohen's kappa", "(a - e) / (1 - e) of two judges.", "number", n="n_ballots", of="transcript"),
    ),
)

RETEST = Part(
    "retest",
    "agreement",
    lambda report: iter((("repeats", report.retest),)),
    (
        Term("same", "same again", "Share of repeats in which a judge chose the same answer on the same transcript."),
        Term("moved", "moved", "Mean change of the belief in the first answer, up or down, in points.", "points"),
        Term("n_judges", "judges who repeat", "Judges who read a transcript twice.", "count"),
    ),
)

LEARNING = Part(
    "learning",
    "agreement",
    lambda report: iter((("people", report.learning),)),
    (
        Term("first", "first half", "Accuracy in the first half of each person's rulings, in their order."),
        Term("second", "second half", "Accuracy in the second half."),
        Term("change", "learning", "Second half less first, one number for each person, t over people.", "points"),
        Term("n_judges", "people in it", "People who ruled four times or more.", "count"),
    ),
)

TRANSFER = Part(
    "transfer[]",
    "transfer",
    lambda report: ((f"{label(row.protocol, row.view, row.agents)}, {row.judge}", row) for row in report.transfer),
    (
        Term("after", "after a similar one", "Accuracy on new questions after reading about a similar one."),
        Term("without", "without a similar one", "Accuracy on new questions without."),
        Term(
            "gain",
            "transfer",
            "After less without, in points: paired on the questions ruled on both ways, where there are two or more.",
            "points",
        ),
        Term("p", "p of transfer", "By sign flips, as for arms.", "p", n="n_questions", of="question"),
    ),
)

PARTS = (
    ACCURACY,
    VARIED,
    PEOPLE,
    CALIBRATION,
    MURPHY,
    BINS,
    COVERED,
    BIAS,
    FAVOURS,
    PATHS,
    STEPS,
    AGREEMENT,
    BETWEEN,
    PAIRS,
    RETEST,
    LEARNING,
    TRANSFER,
)
