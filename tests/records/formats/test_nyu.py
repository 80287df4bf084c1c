"""Small rooms, one for each oddity of the real ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from debate import records
from debate.domain import Quote
from debate.records.formats.nyu import joined
from tests.records.rooms import ANSWERS, ROLES, TOKENS, believed, feedback, offline, room, said, spoke, write


def read(folder: Path, *rooms: Any, **metadata: Any) -> list[records.Imported]:
    named = {f"room-{number}": held for number, held in enumerate(rooms)}
    return list(records.read(write(folder, named, [{"name": "room-0", **metadata}]), "nyu"))


def one(folder: Path, *rounds: Any, **setup: Any) -> records.Imported:
    (found,) = read(folder, room(*rounds, **setup))
    return found


def test_tokens_are_printed_as_people_write() -> None:
    """Punctuation, what begins with an apostrophe and closing marks stand at the word before; a dash stands apart."""
    text, spans = joined(TOKENS)
    assert text == (
        '\n \n Brandt didn\'t sign "at noon" — the mate ( or so (he) said ) saw sand. '
        "They're gonna hide it! No? Two crates: sand, herring; and'em."
    )
    assert [text[start:end] for start, end in spans[:9]] == [
        "\n",
        "\n",
        "Brandt",
        "did",
        "n't",
        "sign",
        '"',
        "at",
        "noon",
    ]


def test_a_room_is_a_debate_with_its_live_judge(tmp_path: Path) -> None:
    """Seats, turns, quotes, beliefs after each round, the ruling, and what the metadata say."""
    (found,) = read(tmp_path, room(), includedInPaper=True, status={"Complete": {}})
    debate, (ruling,) = found.debate, found.judgments
    assert (found.tournament, found.record_id, debate.match.protocol.name) == ("nyu", "room-0", "debate")
    seats = {s.seat: (s.player or s.judge, s.argues) for s in debate.match.seats}
    assert {seat: (who.name, who.kind, argues) for seat, (who, argues) in seats.items() if who} == {
        "A": ("Ann", "human", 1),
        "B": ("Bob", "human", 0),
        "judge": ("Jo", "human", None),
    }
    assert debate.match.question.answers == tuple(sorted(ANSWERS))
    assert found.question.key.correct == 1
    assert [(t.seat, t.round, t.kind, t.text) for t in debate.turns] == [
        ("A", 1, "argument", "It was the mate ( or so (he) said"),
        ("B", 1, "argument", "No."),
        ("judge", 1, "question", "A is right."),
    ]
    assert debate.match.question.passage is not None
    (quote,) = debate.turns[0].quotes
    assert debate.match.question.passage.text[quote.passage_start : quote.passage_end] == "the mate ( or so (he) said"
    assert [(b.after_round, b.p[1]) for b in ruling.beliefs] == [(0, 0.5), (1, 0.9)]
    assert ruling.final == pytest.approx((0.1, 0.9))
    assert (ruling.judge, ruling.kind, ruling.channel, ruling.shown) == ("Jo", "human", "live", (1, 0))
    assert (found.meta["included_in_paper"], found.meta["complete"]) == (True, True)
    assert "private" not in str(found)


def test_rooms_of_one_question_share_it_whatever_the_order_of_its_answers(tmp_path: Path) -> None:
    """The order is how the answers were shown; the same answer is right, and is argued from the other seat."""
    other = room(answers=ANSWERS[::-1], correctAnswerIndex=1)
    first, second = read(tmp_path, room(), other)
    assert first.question == second.question
    assert (first.debate.match.shown, second.debate.match.shown) == ((1, 0), (0, 1))
    assert [f.debate.match.seat("A").argues for f in (first, second)] == [1, 0]
    assert [f.judgments[0].final[1] for f in (first, second) if f.judgments[0].final] == pytest.approx([0.9, 0.1])


def test_two_stories_may_share_a_title(tmp_path: Path) -> None:
    """Their texts tell them apart."""
    first, second = read(tmp_path, room(), room(tokens=[*TOKENS, "The", "end", "."]))
    assert first.question.posed.id != second.question.posed.id


@pytest.mark.parametrize("tokens", [["The ferry left at six .", " It sank . ", "", "End", "."], ["", " ", "x", "y"]])
def test_tokens_may_be_lines_or_nothing(tmp_path: Path, tokens: list[str]) -> None:
    """Every quote says what stands at its place, and one without a character is none."""
    quotes = [(start, start + 1) for start in range(len(tokens))]
    found = one(tmp_path, spoke(said("Ann", *quotes)), feedback(0.6, end=True), tokens=tokens)
    turn, passage = found.debate.turns[0], found.debate.match.question.passage
    assert passage is not None
    assert len(turn.quotes) == sum(bool(token) for token in tokens)
    for quote in turn.quotes:
        assert turn.text[quote.start : quote.end] == passage.text[quote.passage_start : quote.passage_end]


def test_a_span_past_the_end_of_the_story_ends_there(tmp_path: Path) -> None:
    """One that lies wholly beyond it is no quote."""
    end = len(TOKENS)
    found = one(tmp_path, spoke(said("Ann", (end - 2, end + 9), (end + 1, end + 3))), feedback(0.6, end=True))
    turn = found.debate.turns[0]
    assert [turn.text[q.start : q.end] for q in turn.quotes] == ["'em."]


def test_somebody_else_may_speak_or_judge(tmp_path: Path) -> None:
    """What was said stands at the seat, the ruling belongs to who gave it, and the record is marked."""
    found = one(tmp_path, spoke(said("Zoe", "Yes.")), feedback(0.7, judge="Kim", end=True))
    assert found.debate.turns[0].seat == "A"
    assert [j.judge for j in found.judgments] == ["Kim"]
    assert found.meta["flags"] == ["a side is missing", "another judge", "another speaker"]


def test_one_debater_is_a_consultancy_and_a_model_is_one(tmp_path: Path) -> None:
    """The consultant argues the answer that the role stands for."""
    found = one(
        tmp_path, spoke(b=said("GPT-4", "Yes.")), feedback(0.3, end=True), roles={"Judge": "Jo", "Debater B": "GPT-4"}
    )
    assert found.debate.match.protocol.name == "consultancy"
    seat = found.debate.match.seat("consultant")
    assert (seat.argues, seat.player and seat.player.kind, found.debate.turns[0].seat) == (0, "model", "consultant")


def test_rounds_are_never_ordered_by_time(tmp_path: Path) -> None:
    """B's speech stands first in the file; A's comes first, and the beats say what was heard."""
    late = said("Ann", "One.") | {"timestamp": 9_000_000_000_000}
    found = one(
        tmp_path,
        spoke(late, said("Bob", "Two.")),
        spoke(said("Ann", "Three."), said("Bob", "Four."), together=False),
        feedback(0.6, end=True),
    )
    assert [(t.seat, t.round, t.beat) for t in found.debate.turns] == [
        ("A", 1, 2),
        ("B", 1, 2),
        ("A", 2, 4),
        ("B", 2, 5),
    ]
    assert found.debate.match.protocol.order == "mixed"


def test_an_unfinished_room_has_no_ruling(tmp_path: Path) -> None:
    """What was believed on the way is no verdict."""
    found = one(tmp_path, feedback(0.5), spoke(said("Ann", "One."), said("Bob", "Two.")), feedback(0.8, "Go on."))
    assert found.judgments == ()
    assert len(found.debate.turns) == 3


def test_a_judge_without_a_word_asks_nothing(tmp_path: Path) -> None:
    """An exact tie is a valid ruling, and silence is no turn."""
    found = one(tmp_path, spoke(said("Ann", "One.")), feedback(0.5, " ", end=True))
    assert [t.seat for t in found.debate.turns] == ["A"]
    assert found.judgments[0].final == (0.5, 0.5)


def test_marks_and_emoji_in_a_text_stay_as_they_are(tmp_path: Path) -> None:
    """A literal mark is no quote, and quotes count characters, not bytes."""
    found = one(
        tmp_path, spoke(said("Ann", "🛟 <quote>saw sand</quote> 👩‍🚀 ", (21, 23), "\n")), feedback(0.6, end=True)
    )
    turn = found.debate.turns[0]
    assert turn.text.startswith("🛟 <quote>saw sand</quote> 👩‍🚀 ")
    assert [type(q) for q in turn.quotes] == [Quote]
    assert turn.text[turn.quotes[0].start : turn.quotes[0].end] == "saw sand"


def test_rulings_of_readers(tmp_path: Path) -> None:
    """Stepped ones have beliefs by round, timed ones a verdict; an unfinished one is marked, and how is kept."""
    later = offline(
        Kim=("stepped", [believed(0.5, judge="Kim"), believed(0.8, "So.", judge="Kim", end=True)]),
        Lou=("timed", [believed(0.2, judge="Lou", end=True)]),
        Max=("stepped", [believed(0.5, judge="Max")]),
    )
    found = one(tmp_path, spoke(said("Ann", "One.")), feedback(0.6, end=True), later)
    rulings = {j.judge: j for j in found.judgments}
    assert set(rulings) == {"Jo", "Kim", "Lou"}
    assert [b.after_round for b in rulings["Kim"].beliefs] == [0, 1]
    assert rulings["Lou"].beliefs == ()
    assert {j.channel for j in found.judgments if j.judge != "Jo"} == {"offline"}
    assert found.meta["offline"] == {"Kim": "stepped", "Lou": "timed", "Max": "stepped"}
    assert "an offline ruling is not finished" in str(found.meta["flags"])


def test_noise_is_rounded_away_and_impossible_beliefs_are_refused(tmp_path: Path) -> None:
    """E14: a hair beyond 1 is 1; anything more is wrong, by the file's name, and nothing is imported."""
    ending = feedback(1 + 1e-15, end=True)
    assert one(tmp_path / "a", spoke(said("Ann", "One.")), ending).judgments[0].final == (0.0, 1.0)
    folder = write(tmp_path / "b", {"good": room(), "bad": room(feedback(1.5, end=True)), "none": {"rooms": []}})
    bad = f"{folder / 'rooms' / 'bad.json'}: judgments[0]"
    assert records.check(folder, "nyu") == (
        f"{bad}.final[0]: should be greater than or equal to 0, not -0.5",
        f"{bad}.final[1]: should be less than or equal to 1, not 1.5",
        f"{bad}.beliefs[0].p[0]: should be greater than or equal to 0, not -0.5",
        f"{bad}.beliefs[0].p[1]: should be less than or equal to 1, not 1.5",
        f'{folder / "rooms" / "none.json"}: is no room: there is no "setup"',
    )


@pytest.mark.parametrize(
    ("spoiled", "why"),
    [
        ({"setup": {"roles": ROLES}, "rounds": []}, 'is no room: there is no "sourceMaterial"'),
        (room(correctAnswerIndex=5), "5 is not in list"),
        (room(spoke(said("Ann", (3, 1), (-4, 2)))), "a quote begins at token -4"),
        (room({"SimultaneousSpeeches": {"speeches": {"7": said("Ann")}}}), "range"),
        (room(correctAnswerIndex="0"), "list"),
        ([], "list"),
    ],
)
def test_what_is_no_room_is_named(tmp_path: Path, spoiled: Any, why: str) -> None:
    """G7: a file of another shape is one problem, never a traceback."""
    (problem,) = records.check(write(tmp_path, {"odd": spoiled}), "nyu")
    assert problem.startswith(f"{tmp_path / 'rooms' / 'odd.json'}: ")
    assert why in problem
