"""The numbers that tell arms apart, and what they cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from debate.report.appendix.term import Form, Part, Term
from debate.report.arms import label
from debate.report.report import Report
from debate.report.rows import Recovery, Score, Turned

Rows = Iterator[tuple[str, Any]]


def _comparisons(report: Report) -> Rows:
    return ((f"{row.a} against {row.b}", row) for row in report.comparisons)


def _matched(report: Report) -> Rows:
    return ((f"{row.a} against {row.b}, {row.family}", row) for row in report.matched)


def _proportions(report: Report) -> Rows:
    return ((f"{row.a} against {row.b}", row) for row in report.proportions)


def _arm(row: Turned | Recovery | Score) -> str:
    return f"{label(row.protocol, row.view, row.agents)}, {row.judge}"


def _spent(report: Report) -> Rows:
    for row in report.cost.rows:
        yield ", ".join(filter(None, (row.purpose, row.model, row.protocol))), row


def _counted(path: str, name: str, means: str, form: Form = "count") -> Term:
    return Term(path, name, means, form)


def _questions(path: str, name: str, means: str, form: Form) -> Term:
    return Term(path, name, means, form, n="n_questions", of="question")


def _unpaired(path: str, name: str, means: str, form: Form) -> Term:
    return Term(path, name, means, form, n="n_a n_b")


COMPARISONS = Part(
    "comparisons[]",
    "comparisons",
    _comparisons,
    (
        Term("difference", "difference", "Accuracy of the one less that of the other, on shared questions.", "points"),
        Term(
            "p",
            "p",
            "Chance of a difference as large if arms were exchangeable: signs of the questions' differences flipped, "
            "all of them up to 2^20, else 19,999 draws and (b + 1) / (B + 1).",
            "p",
            n="n_questions",
            of="question",
            method="test",
        ),
        Term(
            "p_adjusted",
            "p after Holm",
            "The same, corrected for all tests of its family.",
            "p",
            n="n_questions",
            of="question",
            method="family",
        ),
        Term(
            "effect_size",
            "Cohen's h",
            "2 asin(sqrt a) - 2 asin(sqrt b) of the two accuracies; delta-method interval.",
            "number",
            n="n_questions",
            of="question",
            low="effect_low",
            high="effect_high",
        ),
        _questions("mean_a", "accuracy of the first", "On the shared questions.", "share"),
        _questions("mean_b", "accuracy of the second", "On the shared questions.", "share"),
        Term(
            "difference_all",
            "difference, all questions",
            "Between the arms' accuracies on all of their own questions, where these are not the same.",
            "points",
        ),
        _questions("margin", "margin", "Within so much, in points, two arms count as equal.", "points"),
        _questions(
            "p_equivalent",
            "p of equivalence",
            "Of two one-sided tests that the true difference is within the margin [Schuirmann 1987].",
            "p",
        ),
        _questions("discordant", "discordant", "Share of shared questions on which the arms differ.", "share"),
        _questions("mde", "detectable", "Smallest difference that had an 80% chance to show at p < 0.05.", "points"),
        _counted("n_only_a", "questions of the first only", "Left out: the other arm has no ruling on them."),
        _counted("n_only_b", "questions of the second only", "Left out: the first arm has no ruling on them."),
    ),
)

MATCHED = Part(
    "matched[]",
    "comparisons",
    _matched,
    (
        *(replace(term, name=f"{term.name}, spending alike") for term in COMPARISONS.terms),
        _questions(
            "spent_a",
            "spent on the first",
            "Tokens, or dollars, that one ruling takes: its debate, and what its judge reads and writes.",
            "number",
        ),
        _questions("spent_b", "spent on the second", "The same of the second arm.", "number"),
        _counted(
            "copies_a",
            "rulings of the first",
            "So many on a question are averaged into one, to spend as much as there.",
        ),
        _counted("copies_b", "rulings of the second", "The same of the second arm."),
    ),
)

PROPORTIONS = Part(
    "proportions[]",
    "proportions",
    _proportions,
    (
        Term(
            "difference",
            "difference, unpaired",
            "Share right of the one less that of the other, each ruling by itself.",
            "points",
            n="n_a n_b",
            low="low",
            high="high",
        ),
        _unpaired("chi2", "chi-square", "Pearson's statistic without continuity correction.", "number"),
        _unpaired("p", "p of chi-square", "Of that statistic, one degree of freedom.", "p"),
        _unpaired("p_yates", "p by Yates", "With Yates's continuity correction.", "p"),
        _unpaired("p_fisher", "p by Fisher", "Fisher's exact test, two-sided.", "p"),
    ),
)

HELPED = Part(
    "helped[]",
    "helped",
    lambda report: ((_arm(row), row) for row in report.helped),
    (
        Term("helped", "turned right", "Share of questions wrong in the judge's naive ruling and right with the arm."),
        Term("harmed", "turned wrong", "Share right in the naive ruling and wrong with the arm."),
    ),
)

RECOVERED = Part(
    "pgr[]",
    "pgr",
    lambda report: ((_arm(row), row) for row in report.pgr),
    (
        Term(
            "pgr",
            "PGR",
            "(protocol - naive) / (expert - naive), accuracies on the questions of all three, ties half [Burns et al. "
            "2023]; Fieller's interval.",
            "number",
        ),
        Term("probabilistic", "PGR of beliefs", "The same by mean belief in the right answer.", "number"),
        Term("gained", "gained", "Protocol minus naive: the numerator, in points.", "points"),
        Term("gap", "gap", "Expert minus naive: the denominator, in points.", "points"),
    ),
)

SCORES = Part(
    "asd[]",
    "asd",
    lambda report: ((_arm(row), row) for row in report.asd),
    (
        Term(
            "log",
            "ASD, log",
            "Agent score difference: mean over questions of the score of arguing right less that of arguing wrong, the "
            "score ln p of the argued answer [Sudhir et al. 2025]; p cut at 1e-4.",
            "number",
        ),
        Term("brier", "ASD, Brier", "The same, the score minus the squared distance; at most 2.", "number"),
        Term("logit", "ASD, logit", "The same, the score the log odds.", "number"),
        Term("zero_one", "ASD, 0/1", "The same, the score 1 for winning, ties half; at most 1.", "number"),
        _counted("dropped_right_side", "only the right side judged", "Questions that are left out for that."),
        _counted("dropped_wrong_side", "only the wrong side judged", "Questions that are left out for that."),
    ),
)

COST = Part(
    "cost",
    "cost",
    lambda report: iter((("all calls", report.cost),)),
    (
        _counted("calls", "calls", "Requests sent, failed ones too."),
        _counted("failed_calls", "failed calls", "Those that brought no reply."),
        _counted("input_tokens", "tokens in", "Tokens of all requests."),
        _counted("cached_tokens", "tokens cached", "Those of them that were read from a cache."),
        _counted("output_tokens", "tokens out", "Tokens of all replies, reasoning included."),
        _counted("reasoning_tokens", "tokens of reasoning", "Those of them that were not shown."),
        _counted("cost_usd", "spent", "Money for calls with a known price.", "money"),
        _counted("cost_max_usd", "spent at most", "With attempts that may have been billed.", "money"),
        _counted("unpriced_calls", "calls without a price", "What they cost is not in these sums."),
        _counted("recorded_calls", "calls made elsewhere", "Of what was imported with what it used."),
        _counted("debating_usd", "spent on debating", "Of that, for speeches and what led to them.", "money"),
        _counted("judging_usd", "spent on judging", "Of that, for rulings.", "money"),
        _counted("auditing_usd", "spent on audits", "Of that, for what audits asked models.", "money"),
        Term("per_debate_usd", "a debate", "Debating's cost over debates.", "money", n="n_debates", of="debate"),
        Term("per_judgment_usd", "a ruling", "Judging's cost over rulings.", "money", n="n_judgments"),
        Term(
            "per_correct_judgment_usd",
            "a correct ruling",
            "All that was spent over rulings that are correct.",
            "money",
            n="n_correct",
            of="correct ruling",
        ),
        Term("tokens_per_debate", "tokens a debate", "Of debating, over debates.", "count", n="n_debates", of="debate"),
        Term("tokens_per_judgment", "tokens a ruling", "Of judging, over rulings.", "count", n="n_judgments"),
        Term(
            "tokens_per_correct_judgment",
            "tokens a correct ruling",
            "All tokens, in and out, over rulings that are correct.",
            "count",
            n="n_correct",
            of="correct ruling",
        ),
    ),
)

SPENT = Part(
    "cost.rows[]",
    "cost",
    _spent,
    (
        _counted("calls", "calls, by kind", "By purpose, model and protocol."),
        _counted("failed", "failed calls, by kind", "Those that brought no reply."),
        _counted("input_tokens", "tokens in, by kind", "Tokens of these requests."),
        _counted("cached_tokens", "tokens cached, by kind", "Those of them that were read from a cache."),
        _counted("output_tokens", "tokens out, by kind", "Tokens of these replies."),
        _counted("reasoning_tokens", "tokens of reasoning, by kind", "Those of them that were not shown."),
        Term("cost_usd", "spent, by kind", "Money for calls with a known price.", "money", n="calls", of="call"),
        Term(
            "cost_max_usd", "spent at most, by kind", "With what may have been billed.", "money", n="calls", of="call"
        ),
        _counted("unpriced", "without a price, by kind", "Calls whose price is not known."),
        _counted("recorded", "made elsewhere, by kind", "Calls whose speeches and rulings were imported."),
        Term("latency_s", "seconds, by kind", "Waited for replies, all told.", "number", n="calls", of="call"),
    ),
)

PARTS = (COMPARISONS, MATCHED, PROPORTIONS, HELPED, RECOVERED, SCORES, COST, SPENT)
