"""The commands that a report names work where its tournament is."""

from __future__ import annotations

from debate.report.commands import Commands

MATCH = "m1-924ce2f3fb0d29e0f1e1"


def test_a_debate_is_opened_in_its_database_and_its_tournament() -> None:
    """Only what is needed is typed: a database of another name, and a tournament that is not the only one."""
    assert Commands("first").show(MATCH) == "debate show m1-924ce2f3"
    assert Commands("first", "a study.db", among=True).show(MATCH, private=True) == (
        "debate show m1-924ce2f3 --private --in first --db 'a study.db'"
    )
    assert Commands("my first").audit == "debate audit 'my first'"


def test_what_would_suffice_names_this_tournament_and_its_database() -> None:
    """NAME and FILE stand for what is typed; a tournament that another is held against needs no database again."""
    said = "the same under debate run FILE --intervention copy, then debate audit NAME-copy --against NAME"
    assert Commands("first", "study.db").named(said) == (
        "the same under debate run FILE --db study.db --intervention copy, "
        "then debate audit first-copy --db study.db --against first"
    )
    assert Commands().named("debate audit NAME --reader MODEL") == "debate audit NAME --reader MODEL"
    assert Commands("FILE", "NAME.db").named("debate audit NAME") == "debate audit FILE --db NAME.db"
