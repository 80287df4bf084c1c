"""The numbers that tell of players: how they won judges over, what they quote, what they know alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from debate.plural import count
from debate.report import wording
from debate.report.appendix.term import Part, Term
from debate.report.arms import label
from debate.report.report import Report

Rows = Iterator[tuple[str, Any]]


def _persuasion(report: Report) -> Rows:
    return ((f"{row.player}, {row.protocol}", row) for row in report.persuasion)


def _pressure(report: Report) -> Rows:
    return ((f"best of {row.best_of} ({', '.join(row.players)})", row) for row in report.pressure)


def _risk(report: Report) -> Rows:
    chosen = report.dishonest_risk.chosen
    yield f"mostly {chosen}" if chosen else "all debates", report.dishonest_risk


def _ratings(report: Report) -> Rows:
    for row in report.ratings:
        yield row.player if row.role == "all" else f"{row.player}, {wording.side(row.role)}", row


def _slope(report: Report) -> Rows:
    yield count(report.rating_slope_players, "player"), report


def _meetings(report: Report) -> Rows:
    return ((f"{row.player} against {row.opponent}", row) for row in report.head_to_head)


def _evidence(report: Report) -> Rows:
    return ((label(row.protocol, None, row.agents), row) for row in report.evidence)


def _chosen(report: Report) -> Rows:
    for row in report.open_role:
        yield f"{row.player or 'all players'}, {label(row.protocol, None, row.agents)}, {row.judge}", row


def _solo(report: Report) -> Rows:
    return ((f"{row.player}, {'with' if row.passage else 'without'} the passage", row) for row in report.solo)


def _failures(report: Report) -> Rows:
    return ((f"{row.player}, {row.state}, {wording.side(row.side)}", row) for row in report.failures)


PERSUASION = Part(
    "persuasion[]",
    "persuasion",
    _persuasion,
    (
        Term("win_rate", "win rate", "Share of rulings won, ties half."),
        Term("right_side", "win rate, right side", "The same where the player argued the right answer."),
        Term("wrong_side", "win rate, wrong side", "The same where it argued a wrong one."),
        Term(
            "win_rate_gap",
            "win-rate gap",
            "Right side minus wrong side on the questions that have both, in points.",
            "points",
        ),
        Term("judge_accuracy", "judges right before it", "Accuracy of the rulings on this player's debates."),
        Term("mean_belief", "belief obtained", "Mean final belief in the player's own answer."),
        Term(
            "log_odds_per_round",
            "persuasion per round",
            "Change of the log odds of belief in the own answer, over rounds; beliefs cut to [0.01, 0.99].",
            "number",
        ),
        Term("log_odds_gap", "persuasion gap", "The same, right side minus wrong side.", "number"),
        Term("log_odds_per_100_words", "persuasion per 100 words", "The same change per 100 own words.", "number"),
    ),
)

PRESSURE = Part(
    "pressure[]",
    "persuasion",
    _pressure,
    (
        Term("judge_accuracy", "accuracy by best-of-N", "Accuracy before players that choose the best of N speeches."),
        Term("win_rate_gap", "win-rate gap by best-of-N", "Right side minus wrong side, for these players.", "points"),
    ),
)

RISK = Part(
    "dishonest_risk",
    "persuasion",
    _risk,
    (
        Term(
            "accuracy",
            "dishonest risk",
            "Accuracy before the debater who wins most arguing wrong answers, chosen on other questions.",
        ),
    ),
)

RATINGS = Part(
    "ratings[]",
    "ratings",
    _ratings,
    (
        Term(
            "rating",
            "rating",
            "Bradley-Terry by maximum likelihood, 400 points for odds of 10 to 1, mean 1500; a ruling is a game, a tie "
            "half.",
            "tenths",
        ),
        Term("n_comparisons", "games", "Rulings that the player took part in, in that role.", "count"),
    ),
)

SLOPE = Part(
    "",
    "ratings",
    _slope,
    (
        Term(
            "rating_slope",
            "accuracy against rating",
            "Change of accuracy, in points, for 100 points of rating; ratings from one half of the questions, accuracy "
            "from the other [Khan et al. 2024].",
            "points",
        ),
        Term(
            "rating_reliability",
            "split-half reliability",
            "Correlation of ratings from two halves of the questions, stepped up to the whole (Spearman-Brown).",
            "number",
            n="rating_slope_players",
            of="player",
        ),
    ),
)

MEETINGS = Part(
    "head_to_head[]",
    "ratings",
    _meetings,
    (Term("win_rate", "head to head", "Share of the rulings on their debates that went to the first, ties half."),),
)

EVIDENCE = Part(
    "evidence[]",
    "quoted",
    _evidence,
    (
        Term("rounds", "rounds", "Mean rounds of a debate.", "number"),
        Term("rounds_sd", "rounds, deviation", "Their standard deviation.", "number", n="n_debates", of="debate"),
        Term("verified", "quotes that stand", "Share of a debate's quotes that stand in the passage, by debate."),
        Term(
            "quoted_per_round",
            "quoted a round",
            "Characters of the passage quoted, pooled over rounds.",
            "tenths",
            n="n_debates",
            of="debate",
        ),
        Term(
            "new_per_round",
            "new a round",
            "Of those characters, the ones that no earlier round had quoted.",
            "tenths",
            n="n_debates",
            of="debate",
        ),
        Term("decisive", "evidence shown", "Share of the annotated evidence that has been quoted in the end."),
        Term("revealed", "passage shown", "Share of the passage that has been quoted in the end."),
    ),
)

DECISIVE = Part(
    "decisive[]",
    "quoted",
    lambda report: ((f"{row.player}, {row.protocol}", row) for row in report.decisive),
    (
        Term("cited", "evidence cited", "Share of the annotated evidence that the player's verified quotes hold."),
        Term("right_side", "evidence cited, right side", "The same where the player argued the right answer."),
        Term("wrong_side", "evidence cited, wrong side", "The same where it argued a wrong one."),
    ),
)

OPEN_ROLE = Part(
    "open_role[]",
    "open_role",
    _chosen,
    (
        Term(
            "chose_right", "chose the right answer", "Share of a player's choices that are right [Kenton et al. 2024]."
        ),
        Term("given_right", "accuracy given a right choice", "Accuracy of the judge where the choice was right."),
        Term("given_wrong", "accuracy given a wrong choice", "Accuracy of the judge where the choice was wrong."),
    ),
)

SOLO = Part(
    "solo[]",
    "solo",
    _solo,
    (Term("accuracy", "accuracy alone", "Accuracy of the player's own answers, unopposed."),),
)

FAILURES = Part(
    "failures[]",
    "failures",
    _failures,
    (Term("count", "debates set aside", "Debates set aside for a turn in that state.", "count"),),
)

PARTS = (PERSUASION, PRESSURE, RISK, RATINGS, SLOPE, MEETINGS, EVIDENCE, DECISIVE, OPEN_ROLE, SOLO, FAILURES)
