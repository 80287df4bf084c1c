"""Rooms of human debates in the shape that their platform wrote, on a story of three sentences."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

WORDS = (
    "Brandt did n't sign `` at noon '' -- the mate ( or so -LRB- he -RRB- said ) saw sand . "
    "They 're gon na hide it ! No ? Two crates : sand , herring ; and 'em ."
)
TOKENS = ("\n", "\n", *WORDS.split())
ANSWERS = ("Sand was in it", "Herring was in it")
ROLES = {"Judge": "Jo", "Debater A": "Ann", "Debater B": "Bob"}


def said(speaker: str, *parts: str | tuple[int, int]) -> dict[str, Any]:
    """A speech of texts and of quotes, which are spans of tokens."""
    content = [{"Text": {"text": p}} if isinstance(p, str) else {"Quote": {"span": list(p)}} for p in parts]
    return {"speaker": speaker, "timestamp": 1_689_949_674_633, "content": content}


def spoke(a: Mapping[str, Any] | None = None, b: Mapping[str, Any] | None = None, *, together: bool = True) -> Any:
    """A round of speeches; B's stands first, as it does where B was quicker."""
    speeches = {side: speech for side, speech in (("1", b), ("0", a)) if speech}
    return {"SimultaneousSpeeches" if together else "SequentialSpeeches": {"speeches": speeches}}


def believed(p: float, *parts: str, end: bool = False, judge: str = "Jo") -> dict[str, Any]:
    """What a judge made of it so far: the belief in the room's first answer."""
    return {"distribution": [p, 1 - p], "feedback": said(judge, *(parts or ("",))), "endDebate": end}


def feedback(p: float, *parts: str, **more: Any) -> dict[str, Any]:
    """The same, by the live judge."""
    return {"JudgeFeedback": believed(p, *parts, **more)}


def offline(**rulings: tuple[str, Sequence[dict[str, Any]]]) -> dict[str, Any]:
    """Rulings of people who read the debate later: how they read it, and what they believed."""
    return {
        "OfflineJudgments": {"judgments": {who: {"mode": mode, "judgments": js} for who, (mode, js) in rulings.items()}}
    }


def room(*rounds: Any, **setup: Any) -> dict[str, Any]:
    """A whole room, ended after one round unless other rounds are given."""
    story = {"articleId": "1", "title": setup.pop("title", "The ferry"), "contents": setup.pop("tokens", TOKENS)}
    played = rounds or (
        feedback(0.5),
        spoke(said("Ann", "It was ", (11, 20)), said("Bob", "No.")),
        feedback(0.9, "A is right.", end=True),
    )
    base = {
        "sourceMaterial": {"QuALITYSourceMaterial": story},
        "question": "What was in it?",
        "answers": list(ANSWERS),
        "correctAnswerIndex": 0,
        "roles": ROLES,
    }
    return {"setup": base | setup, "rounds": list(played), "scratchpads": {"Ann": "my private note"}}


def write(folder: Path, rooms: Mapping[str, Any], metadata: Sequence[Mapping[str, Any]] = ()) -> Path:
    """Write rooms as a folder, with their metadata beside them."""
    (folder / "rooms").mkdir(parents=True)
    for name, held in rooms.items():
        (folder / "rooms" / f"{name}.json").write_text(json.dumps(held), "utf-8")
    (folder / "metadata.jsonl").write_text("".join(json.dumps(row) + "\n" for row in metadata), "utf-8")
    return folder
