"""Short ways to make the nouns in tests; every argument has a default that plays."""

from __future__ import annotations

from typing import Any

from debate.domain import (
    Ask,
    Ballot,
    Brief,
    Completion,
    Cue,
    Debate,
    Judge,
    Key,
    Match,
    Message,
    Part,
    Passage,
    Player,
    Posed,
    Protocol,
    Purpose,
    Question,
    Request,
    Seat,
    Speech,
    Tournament,
    Turn,
    Usage,
    match_id,
)

STORY = (
    "The ferry left Oskarvik at six in the morning with forty crates of herring. "
    "Captain Brandt signed the manifest himself, though the mate had counted only thirty-eight. "
    "At noon the harbour master opened the hold and found two crates filled with sand. "
    "Brandt said that the sand was ballast, but the mate had seen him load it at night. "
    "The owners paid for forty crates and never asked again."
)


def passage(text: str = STORY, *, title: str = "The ferry") -> Passage:
    return Passage.of(text, title)


def posed(
    text: str = "Why did the captain sign for forty crates?",
    answers: tuple[str, ...] = ("He was hiding two crates of sand", "He had counted them himself"),
    *,
    story: str | None = STORY,
) -> Posed:
    return Posed.of(text, answers, passage(story) if story else None)


def question(
    text: str = "Why did the captain sign for forty crates?", *, correct: int | None = 0, **more: Any
) -> Question:
    asked = posed(text, **more)
    distractor = None if correct is None else (correct + 1) % len(asked.answers)
    return Question(posed=asked, key=Key(question=asked.id, correct=correct, distractor=distractor, domain="reading"))


def player(name: str = "ada", model: str = "scripted/ada", **more: Any) -> Player:
    return Player(name=name, model=model, **more)


def judge(name: str = "jo", model: str = "scripted/jo", **more: Any) -> Judge:
    return Judge(name=name, model=model, **more)


def match(
    asked: Posed | None = None,
    *,
    protocol: Protocol | None = None,
    players: tuple[Player, ...] = (),
    argues: tuple[int, ...] = (0, 1),
    repeat: int = 0,
    shown: tuple[int, ...] | None = None,
) -> Match:
    asked = asked or posed()
    rules = protocol or Protocol(name="debate", rounds=2)
    sitting = players or (player("ada"), player("bob", "scripted/bob"))
    names = {"consultancy": ("consultant",), "solo": ("solo",)}.get(rules.name, ("A", "B"))
    seats = tuple(Seat(seat=s, player=p, argues=a) for s, p, a in zip(names, sitting, argues, strict=False))
    if rules.name in ("naive", "expert"):
        seats = ()
    return Match(
        id=match_id(asked.id, rules, seats, repeat, "", ""),
        question=asked,
        protocol=rules,
        seats=seats,
        repeat=repeat,
        shown=shown or tuple(range(len(asked.answers))),
    )


def cue(index: int = 0, seat: str = "A", *, round: int = 1, **more: Any) -> Cue:
    base: dict[str, Any] = {"index": index, "seat": seat, "round": round, "beat": round, "kind": "argument"}
    return Cue(**base | more)


def turn(index: int = 0, seat: str = "A", text: str = "I hold my answer.", *, round: int = 1, **more: Any) -> Turn:
    base: dict[str, Any] = {
        "index": index,
        "seat": seat,
        "round": round,
        "beat": round,
        "kind": "argument",
        "text": text,
    }
    return Turn(**base | more)


def debate(played: Match | None = None, *texts: str) -> Debate:
    """A debate in which seats A and B said `texts` by turns, two to a round."""
    spoken = tuple(turn(i, "AB"[i % 2], text, round=i // 2 + 1) for i, text in enumerate(texts))
    return Debate(match=played or match(), turns=spoken)


def speech(text: str = "I hold my answer.", *, label: str = "A", round: int = 1, index: int = 0, **more: Any) -> Speech:
    return Speech(label=label, round=round, index=index, text=text, **more)


def brief(asked: Posed | None = None, *, argues: int | None = 0, **more: Any) -> Brief:
    base: dict[str, Any] = {
        "match": "m1-test",
        "question": asked or posed(),
        "protocol": Protocol(name="debate", rounds=2),
        "shown": (0, 1),
        "cue": cue(),
        "label": "" if argues is None else "AB"[argues],
        "argues": argues,
    }
    return Brief(**base | more)


def ballot(asked: Posed | None = None, *, speeches: tuple[Speech, ...] = (), **more: Any) -> Ballot:
    asked = asked or posed()
    base: dict[str, Any] = {
        "match": "m1-test",
        "question": asked.model_copy(update={"passage": None}),
        "protocol": Protocol(name="debate", rounds=2),
        "shown": (0, 1),
        "speeches": speeches,
        "round": max((s.round for s in speeches), default=0),
        "rounds": 2,
    }
    return Ballot(**base | more)


def ask(
    source: Brief | Ballot | None = None,
    *,
    purpose: Purpose = "speak",
    voice: Player | Judge | None = None,
    **more: Any,
) -> Ask:
    source = source or brief()
    voice = voice or (player() if isinstance(source, Brief) else judge())
    base: dict[str, Any] = {"purpose": purpose, "sampling": voice, "role": "debater", "source": source, "voice": voice}
    return Ask(**base | more)


def request(asked: Ask | None = None, *, text: str = "Speak.") -> Request:
    asked = asked or ask()
    return Request(
        sampling=asked.sampling,
        messages=(Message(role="user", parts=(Part(text=text),)),),
        purpose=asked.purpose,
        ask=asked,
    )


def completion(text: str = "I hold my answer.", **more: Any) -> Completion:
    return Completion(text=text, usage=Usage(input_tokens=10, output_tokens=5, cost_usd=0.0, calls=1), **more)


def tournament(**more: Any) -> Tournament:
    base: dict[str, Any] = {
        "name": "test",
        "seed": 7,
        "controls": (),
        "debaters": (player("ada"), player("bob", "scripted/bob")),
        "judges": (judge(),),
    }
    return Tournament(**base | more)


def only(step: object) -> Ask:
    """The one ask that a turn or a ruling needs now."""
    assert isinstance(step, tuple), "it is complete and needs none"
    (asked,) = step
    assert isinstance(asked, Ask)
    return asked
