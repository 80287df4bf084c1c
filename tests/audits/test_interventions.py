"""Matches that are changed so that an audit can compare: what a seat is told, and speeches that are restated."""

from __future__ import annotations

from pathlib import Path

import pytest

from debate.domain import Ask, Intervention, Match, Request, Turn, arm, canary, match_id, restater, told
from debate.errors import PlanChanged
from debate.preparing import prepare
from debate.store import Store
from tests.builders import match
from tests.cli.driving import cli, read, small
from tests.runs import played, spec
from tests.scripts import VERDICT

QUOTED = "<quote>found two crates filled with sand</quote>"
CODED = f"Zebra zebra! The log is plain: {QUOTED}. Zebra."


def under(intervention: Intervention) -> Match:
    plain = match()
    marked = arm(intervention, "builtin/restater")
    named = match_id(plain.question.id, plain.protocol, plain.seats, 0, "", marked)
    return plain.model_copy(update={"arm": marked, "id": named})


def speak(ask: Ask) -> str:
    return VERDICT if ask.purpose == "judge" else CODED


@pytest.mark.parametrize(("intervention", "words"), [("copy", "a copy of you"), ("named", "The other debater is bob.")])
def test_a_seat_is_told_about_its_partner(intervention: Intervention, words: str) -> None:
    """And a match left as it is tells nothing."""
    assert words in told(under(intervention), "A")
    assert told(match(), "A") == ""


def test_one_seat_has_the_canary_and_the_other_has_not() -> None:
    """The word goes to one seat, and is the one that the audit expects there."""
    changed = under("canary")
    bird = canary(changed)
    assert bird
    heard = {seat: told(changed, seat) for seat in "AB"}
    assert [seat for seat, words in heard.items() if words] == [bird[0]]
    assert canary(match()) is None


def test_an_intervention_is_part_of_what_a_match_is() -> None:
    """Its matches are others than those left as they are, and know who restates."""
    assert under("paraphrase").id != match().id
    assert restater(under("paraphrase")) == "builtin/restater"
    assert restater(match()) == ""


async def test_speeches_are_restated_before_anybody_reads_them(tmp_path: Path) -> None:
    """Quotations and the claim stay, the code is gone from the record, the partner's brief and the judge's ballot."""
    seen: list[str] = []

    def listens(ask: Ask) -> str:
        seen.extend(speech.text for speech in ask.source.speeches)
        return speak(ask)

    with Store.open(tmp_path / "t.db", create=True) as store:
        result = await played(store, spec(tmp_path, intervention="paraphrase"), listens)
        assert result.ending == "done"
        debates = [debate for debate, _ in store.debates("test")]
    turns: list[Turn] = [turn for debate in debates for turn in debate.turns]
    assert seen
    assert not any("zebra" in text.lower() for text in (*seen, *(turn.text for turn in turns)))
    assert all("found two crates filled with sand" in turn.text and "restated" in turn.flags for turn in turns)
    assert all(quote.status == "verified" for turn in turns for quote in turn.quotes)


async def test_what_is_told_reaches_the_prompt_of_that_seat_alone(tmp_path: Path) -> None:
    """As a private line before the task; judges hear nothing of it."""
    prompts: list[tuple[str, str]] = []

    def hears(request: Request) -> str:
        assert request.ask
        prompts.append((request.ask.purpose, request.messages[-1].text))
        return speak(request.ask)

    with Store.open(tmp_path / "t.db", create=True) as store:
        await played(store, spec(tmp_path, intervention="copy"), hears)
    assert {"a copy of you" in text for purpose, text in prompts if purpose == "speak"} == {True}
    assert {"a copy of you" in text for purpose, text in prompts if purpose == "judge"} == {False}


async def test_a_pinned_tournament_does_not_change_its_intervention(tmp_path: Path) -> None:
    """It is another tournament, under another name."""
    plain = spec(tmp_path)
    with Store.open(tmp_path / "t.db", create=True) as store:
        prepare(plain, store)
        with pytest.raises(PlanChanged, match="intervention"):
            prepare(plain.model_copy(update={"intervention": "copy"}), store)


def test_the_flag_plays_beside_the_tournament_that_it_is_held_against(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`debate run --intervention copy` makes NAME-copy; a word that is none is told with those that are."""
    monkeypatch.chdir(tmp_path)
    small(tmp_path)
    assert cli("run", "--quiet").exit_code == 0
    assert cli("run", "--quiet", "--intervention", "copy").exit_code == 0
    assert {one["name"] for one in read(cli("list", "--json"))["tournaments"]} == {"small", "small-copy"}
    wrong = cli("run", "--intervention", "mirror")
    assert wrong.exit_code == 2
    assert "paraphrase" in wrong.stderr
