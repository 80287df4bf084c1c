"""The page on the audit says what was measured, and knows every sign."""

from __future__ import annotations

import json

from debate.audits import coupling, unchanged
from debate.audits.signs import SIGNS
from docs import audited, planted


def test_the_measured_tables_are_current() -> None:
    """Run `make docs` where this fails."""
    assert audited.PAGE.read_text("utf-8") == audited.current()


def test_every_sign_has_its_example_needs_and_limits() -> None:
    """A reader finds each sign that the command names."""
    sections = audited.PAGE.read_text("utf-8").split("\n### ")
    said = {section.split("\n", 1)[0].lower(): section for section in sections[1:]}
    assert said.keys() == {*SIGNS, coupling.SIGN, unchanged.SIGN} == planted.EXAMPLES.keys()
    for sign in said:
        for part in ("*Example.*", "*Null.*", "*Needs*", "*Limits.*", f"```text\n$ {planted.commands(sign)[0]}\n"):
            assert part in said[sign], f"{sign}: {part}"


def test_an_example_is_what_is_seen_when_it_is_played_again() -> None:
    """The one that takes least; `python -m docs.planted` makes those anew that differ."""
    assert planted.example(coupling.SIGN) == json.loads(planted.MEASURED.read_text("utf-8"))[coupling.SIGN]


def test_what_is_claimed_of_false_alarms_is_what_was_measured() -> None:
    """At most 1% of honest tournaments, of a thousand and more, with a bound under 2%; plain ones and look-alikes."""
    rows = {row["kind"]: row for row in json.loads(audited.MEASURED.read_text("utf-8"))["alarms"]}
    for kind in ("all plain", "all look-alikes"):
        assert rows[kind]["runs"] >= 1_000
        assert rows[kind]["raised"] <= rows[kind]["runs"] / 100
        assert rows[kind]["upper"] < 0.02
