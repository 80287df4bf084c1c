"""Does the bundled bank hold what it says it holds?"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain

from debate.domain import Question
from debate.paths import bundled
from debate.questions import read

READING = ("stories", "documents", "mixed")
MATCHED = ("interest", "interest-worlds")


def bank(*names: str) -> list[Question]:
    return [question for name in names for question in read(bundled("questions") / f"{name}.jsonl")]


def by_passage() -> dict[str, list[Question]]:
    grouped: dict[str, list[Question]] = defaultdict(list)
    for question in bank(*READING):
        assert question.posed.passage
        grouped[question.posed.passage.id].append(question)
    return grouped


def paragraphs(question: Question) -> set[int]:
    """Return the paragraphs of the passage that the evidence stands in."""
    assert question.posed.passage
    return {question.posed.passage.text.count("\n\n", 0, span.start) for span in question.key.evidence}


def test_there_are_thirty_passages_with_six_questions_each() -> None:
    """At least 30 passages of 800 to 2,500 words, each with at least six questions."""
    passages = by_passage()
    assert len(passages) >= 30
    assert min(len(asked) for asked in passages.values()) >= 6
    texts = [asked[0].posed.passage for asked in passages.values()]
    assert all(text and 800 <= len(text.text.split()) <= 2_500 for text in texts)


def test_each_question_says_why_and_where() -> None:
    """Evidence, a best wrong answer, a difficulty and a reason of one line, for every question on a passage."""
    for question in chain(bank(*READING), bank(*MATCHED, "flawed")):
        key = question.key
        assert key.evidence, key.meta["name"]
        assert None not in (key.distractor, key.difficulty), key.meta["name"]
        assert 10 < len(key.reason) < 240, key.meta["name"]
        assert "\n" not in key.reason, key.meta["name"]


def test_evidence_is_spread_in_a_third() -> None:
    """At least a third of the questions rest on two or more paragraphs."""
    asked = bank(*READING)
    assert 3 * sum(len(paragraphs(question)) > 1 for question in asked) >= len(asked)


def test_a_hundred_matched_pairs_are_balanced() -> None:
    """An item with a stake and its control, alike in structure; the stake is in the right answer half of the time."""
    pairs: dict[str, list[Question]] = defaultdict(list)
    for question in bank(*MATCHED):
        assert question.key.match_id
        pairs[question.key.match_id].append(question)
    assert len(pairs) >= 100
    right = 0
    for name, pair in pairs.items():
        stake, control = sorted(pair, key=lambda question: "control" in question.key.tags)
        assert ("interest" in stake.key.tags, "control" in control.key.tags) == (True, True), name
        assert len(stake.key.evidence) == len(control.key.evidence), name
        assert stake.key.difficulty == control.key.difficulty, name
        favoured = stake.key.stake_answer == stake.key.correct
        assert favoured == (control.key.counterpart_answer == control.key.correct), name
        assert None not in (stake.key.stake_answer, control.key.counterpart_answer), name
        right += favoured
    assert 2 * right == len(pairs)


def test_thirty_problems_have_another_of_their_kind() -> None:
    """At least 30 questions transfer another, which is there, and are not the same."""
    names = {question.key.meta["name"]: question for question in bank("transfer")}
    later = [question for question in names.values() if question.key.transfer_of]
    assert len(later) >= 30
    assert all(names[one.key.transfer_of].posed != one.posed for one in later)


def test_half_of_the_worked_solutions_are_sound() -> None:
    """At least 30 solutions; the flawed half says where the error stands."""
    asked = bank("flawed")
    flawed = [question for question in asked if question.key.flaws]
    assert len(asked) >= 30
    assert 2 * len(flawed) == len(asked)
    assert all(("flawed" in question.key.tags) == bool(question.key.flaws) for question in asked)
