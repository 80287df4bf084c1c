"""Datasets of Inspect: samples with an input, choices, and a target that names one of them.

They come as JSON, JSON Lines or CSV; in CSV, choices stand between commas (or spaces) and metadata is JSON. An input
may be a list of messages, of which the user's are taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from debate import intake
from debate.questions.formats.cells import Cells, as_json, as_text
from debate.questions.formats.draft import Draft, Drafted, Format, Reader, Settings, letter


def reader(_: Path, __: Settings) -> Reader:
    """Return what reads the samples of a file."""
    return _drafts


FORMAT = Format(reader, frozenset({"per_story", "seed"}))


def _drafts(sample: Cells) -> Iterator[Drafted]:
    choices = _choices(sample)
    about = _metadata(sample.value("metadata"))
    name = sample.maybe("id")
    yield Draft(
        text=_input(sample.some("input")),
        answers=choices,
        correct=_place(sample, choices),
        passage=sample.maybe("passage"),
        title=sample.maybe("title"),
        domain=sample.maybe("domain"),
        meta={**({"sample": name} if name else {}), **about},
    )


def _choices(sample: Cells) -> tuple[str, ...]:
    value = sample.some("choices")
    if not isinstance(value, str):
        return tuple(choice for choice in sample.texts("choices") if choice.strip())
    parts = value.split(",") if "," in value else value.split()
    return tuple(part.strip() for part in parts if part.strip())


def _input(value: Any) -> str:
    """Return what the user says in an input."""
    if isinstance(value, str):
        return value
    messages = value if isinstance(value, list) else [value]
    said = [_content(one.get("content")) for one in messages if isinstance(one, dict) and one.get("role") == "user"]
    if not said:
        raise intake.Fault(f"input: should be text or messages, one of them the user's, not {intake.shown(value)}")
    return "\n\n".join(said)


def _content(value: Any) -> str:
    if isinstance(value, str):
        return value
    parts = value if isinstance(value, list) else [value]
    if not all(isinstance(part, dict) and part.get("type") == "text" for part in parts):
        raise intake.Fault("input: holds something else than text")
    return "".join(as_text("input", part.get("text")) for part in parts)


def _place(sample: Cells, choices: tuple[str, ...]) -> int | None:
    """Return the place of the choice that the target names by its letter or its text."""
    if not sample.has("target") or sample.value("target") is None:
        return None
    value = sample.value("target")
    targets = sample.texts("target") if isinstance(value, list) else (sample.text("target"),)
    if len(targets) != 1:
        raise intake.Fault(f"target: names {len(targets)} choices; a debate has one right answer")
    place = letter(targets[0], choices)
    if place is None and targets[0].strip() in (known := [choice.strip() for choice in choices]):
        place = known.index(targets[0].strip())
    if place is None:
        raise intake.Fault(f"target: {intake.shown(targets[0])} is none of the {len(choices)} choices")
    return place


def _metadata(value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        value = as_json("metadata", value)
    if value is None or isinstance(value, dict):
        return value or {}
    raise intake.Fault(f"metadata: should be an object, not {intake.shown(value)}")
