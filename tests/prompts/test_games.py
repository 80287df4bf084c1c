"""Prompts of games that are no debate: what a judge may know of a choice, and what an adversary may know of a price."""

from __future__ import annotations

import pytest

from debate import docket, prompts, speech
from debate.domain import Ask, Brief, Call, Debate, Judge, Match, Player, Protocol, Says, Seat, Tournament, Turn
from debate.protocols import due, rules_told
from debate.transcript import brief
from tests.builders import STORY, completion, judge, only, player, posed, tournament
from tests.builders import match as assigned
from tests.protocols.test_choosing import NOTE, said

OPEN = {"open-debate": ("A", "B"), "open-consultancy": ("consultant",)}


@pytest.fixture(scope="module")
def renderer() -> prompts.Renderer:
    return prompts.Renderer(prompts.load(), "a secret")


def text(renderer: prompts.Renderer, ask: Ask) -> str:
    return "\n".join(message.text for message in renderer.request(ask).messages)


def free(name: str, **options: bool) -> Debate:
    """An open game that was played, whose player chose the second answer."""
    seats = tuple(Seat(seat=seat, player=player(seat)) for seat in OPEN[name])
    rules = Protocol(name=name, rounds=2, options=dict(options))
    debate = Debate(match=Match(id="m1-same", question=posed(), protocol=rules, seats=seats, shown=(0, 1)))
    while cues := due(debate):
        for cue in cues:
            debate += said(cue, 1)
    return debate


def ruled(debate: Debate, judges: Judge | None = None) -> Ask:
    spec: Tournament = tournament(judges=(judges or judge(),))
    (hearing,) = docket.hearings(spec, debate, "")
    return only(docket.asks(hearing, debate, []))


@pytest.mark.parametrize("name", sorted(OPEN))
def test_a_judge_of_a_free_choice_is_asked_as_one_of_an_assigned_answer(renderer: prompts.Renderer, name: str) -> None:
    """Byte by byte the same prompt: nothing in it tells that anybody chose."""
    played = free(name)
    base = rules_told(played.match.protocol)
    spoken = tuple(turn for turn in played.turns if turn.kind == "argument")
    same = Debate(match=played.match.model_copy(update={"protocol": base}), turns=spoken)
    asked = text(renderer, ruled(played))
    assert asked == text(renderer, ruled(same))
    assert "chose" not in asked
    assert NOTE not in asked


@pytest.mark.parametrize("name", sorted(OPEN))
def test_the_rules_may_tell_of_the_choice(renderer: prompts.Renderer, name: str) -> None:
    """With `told` the judge knows that there was one, and not what was thought of it."""
    asked = text(renderer, ruled(free(name, told=True)))
    assert "chose freely" in asked
    assert NOTE not in asked


@pytest.mark.parametrize("name", sorted(OPEN))
@pytest.mark.parametrize("told", [False, True])
def test_who_chooses_knows_who_is_told(renderer: prompts.Renderer, name: str, told: bool) -> None:
    """It reads the passage and all answers, and is asked again for a choice that could not be read."""
    start = Debate(match=free(name, told=told).match.model_copy(update={"seats": _unseated(name)}))
    (cue,) = due(start)
    voice = player(persona="You are an old pilot.", instructions="Take your time.")
    seen = brief(start, cue)
    first = only(speech.asks(voice, seen, []))
    said = text(renderer, first)
    assert all(part in said for part in (STORY, "A: ", "B: ", '"answer": "A" or "B"', "old pilot", "Take your time"))
    assert ("not told" in said or "Neither the judge" in said) != told
    assert renderer.request(first).form == {
        "type": "object",
        "properties": {"reason": {"type": "string"}, "answer": {"type": "string", "enum": ["A", "B"]}},
        "required": ["reason", "answer"],
        "additionalProperties": False,
    }
    again = only(speech.asks(voice, seen, [Call(purpose="speak", completion=completion("I take both."))]))
    assert "could not be used" in text(renderer, again)


def _unseated(name: str) -> tuple[Seat, ...]:
    return tuple(Seat(seat=seat, player=player(seat)) for seat in OPEN[name])


def market(voice: Player) -> Debate:
    """A market whose seat believes 70 to 30 before the first speech."""
    seats = (Seat(seat="adversary", player=voice), Seat(seat="judge", judge=judge()))
    rules = Protocol(name="market-making", rounds=2)
    start = Debate(match=Match(id="m1-same", question=posed(), protocol=rules, seats=seats, shown=(1, 0)))
    (cue,) = due(start)
    return start + Turn(**cue.model_dump(), text="", says=Says(beliefs=(0.7, 0.3)), scratchpad=NOTE)


def test_the_adversary_reads_the_price_and_the_seat_no_passage(renderer: prompts.Renderer) -> None:
    """The letters are those of the displayed order, and the seat's own reason stays with it."""
    voice = player()
    debate = market(voice)
    (cue,) = due(debate)
    asked = text(renderer, only(speech.asks(voice, brief(debate, cue), [])))
    assert "A: 30%\nB: 70%" in asked
    assert STORY in asked
    assert NOTE not in asked
    debate += Turn(**cue.model_dump(), text="It is the second.")
    (cue,) = due(debate)
    seat = text(renderer, only(speech.asks(judge(), brief(debate, cue), [])))
    assert "after speech 1 of at most 2" in seat
    assert STORY not in seat
    assert "70%" not in seat


@pytest.mark.parametrize("voice", [player(best_of=2, preference="lab/taste"), player(refine=1)])
def test_candidates_and_drafts_of_an_adversary_are_for_whichever_answer_they_name(
    renderer: prompts.Renderer, voice: Player
) -> None:
    """It is assigned none, and the prompts about its texts say so."""
    debate = market(voice)
    (cue,) = due(debate)
    seen: Brief = brief(debate, cue)
    calls: list[Call] = []
    purposes = []
    while not isinstance(step := speech.asks(voice, seen, calls), Turn):
        for ask in step:
            purposes.append(ask.purpose)
            asked = text(renderer, ask)
            if ask.purpose in ("preference", "critique", "refine"):
                assert "that it names: whichever that is" in asked
            reply = '{"best": 1}' if ask.purpose == "preference" else f"Speech {len(calls)}."
            calls.append(Call(purpose=ask.purpose, slot=ask.slot, completion=completion(reply)))
    assert {"preference", "critique"} & set(purposes)


def test_assigned_games_keep_their_prompts(renderer: prompts.Renderer) -> None:
    """A debater reads under which letter it argues, as before."""
    debate = Debate(match=assigned())
    asks = [only(speech.asks(player(), brief(debate, cue), [])) for cue in due(debate)]
    assert ["You are debater A" in text(renderer, ask) for ask in asks] == [True, False]
