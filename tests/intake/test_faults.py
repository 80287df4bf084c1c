from __future__ import annotations

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from debate import intake


class Inner(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")
    colour: str = ""


class Outer(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")
    inner: list[Inner] = []
    named: dict[str, Inner] = {}
    size: int = Field(default=1, le=5)
    name: str


def told(value: object) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        Outer.model_validate(value)
    return list(intake.told(caught.value, Outer))


def test_problems_are_said_in_plain_words() -> None:
    """G14: each has its place, what it should be and what it is."""
    assert told({"inner": [{"color": "x"}, 3], "named": {"a": {"colour": 3}}, "size": 9, "nmae": "x"}) == [
        'inner[0].color: unknown key. Did you mean "colour"?',
        "inner[1]: should be an object, not 3",
        "named.a.colour: should be text, not 3",
        "size: should be less than or equal to 5, not 9",
        "name: is missing",
        'nmae: unknown key. Did you mean "name"?',
    ]


def test_what_is_far_from_everything_has_no_suggestion() -> None:
    """A wrong guess is worse than none."""
    assert intake.near("zzz", ["debate", "naive"]) == ""
    assert intake.near("debaet", ["debate", "naive"]) == '. Did you mean "debate"?'


def test_long_values_are_cut() -> None:
    """A message is a line."""
    assert intake.shown("x" * 100) == '"' + "x" * 36 + "..."
