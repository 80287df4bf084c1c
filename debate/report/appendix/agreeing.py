"""The numbers that tell how alike judges rule: with each other, with themselves, and after having judged before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from debate.report.appendix.term import Part, Term
from debate.report.arms import label
from debate.report.report import Report

Rows = Iterator[tuple[str, Any]]


def _between(report: Report) -> Rows:
    return ((" with ".join(row.kinds), row) for row in report.agreement.between)


def _pairs(report: Report) -> Rows:
    return ((f"{pair.a} and {pair.b}", pair) for pair in report.agreement.pairs)


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
            "1 - observed / expected disagreement of the answers chosen, a tie an answer of its own; interval "
            "by the jackknife over clusters and one more transcript on which all agree, corrected for skewness.",
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

PARTS = (AGREEMENT, BETWEEN, PAIRS, RETEST, LEARNING, TRANSFER)
