"""Matches that are changed so that an audit can compare: what a seat is told, and speeches that are restated."""

from __future__ import annotations

from pathlib import Path

import pytest

from debate.domain import (
    GIVEN,
    Ask,
    Brief,
    Debate,
    Intervention,
    Match,
    Player,
    Request,
    Turn,
    arm,
    canary,
    live,
    match_id,
    restater,
    told,
)
from debate.errors import PlanChanged
from debate.preparing import prepare
from debate.store import Store
from tests.builders import match
from tests.cli.driving import cli, read, small
from tests.runs import played, spec
from tests.scripts import VERDICT, counted

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


def says(ask: Ask) -> str:
    """Say who speaks, where, in which arm and what was heard: no two speeches are alike."""
    if ask.purpose == "judge":
        return VERDICT
    assert isinstance(ask.source, Brief)
    heard = " ".join(speech.text[:30] for speech in ask.source.speeches if speech.label != ask.source.label)
    return f"{ask.voice.name} {ask.source.match[-6:]} {ask.source.cue.index} heard {heard or 'nobody'}."


THREE = tuple(Player(name=name, model=f"lab/{name}") for name in ("ada", "bob", "cleo"))


async def arms(folder: Path, store: Store, intervention: Intervention, seen: list[Ask]) -> list[tuple[Debate, str]]:
    """Play three players' debates as they are and under an intervention; return the latter with the seat played."""
    base = spec(folder, debaters=THREE)
    await played(store, base, says)
    changed = base.model_copy(update={"name": "changed", "intervention": intervention, "stand_ins": "test"})
    assert (await played(store, changed, counted(says, seen))).ending == "done"
    return [(debate, live(debate.match) or "") for debate, _ in store.debates("changed")]


def plan_of(debate: Debate) -> tuple[str, ...]:
    """What a match has in common with the same one in another arm."""
    sat = (f"{seat.player.name} {seat.argues}" for seat in debate.match.seats if seat.player)
    return (debate.match.question.id, *sat)


def spoken(debate: Debate, seat: str) -> list[str]:
    return [turn.text for turn in debate.turns if turn.seat == seat]


async def test_a_lone_critic_answers_the_same_text(tmp_path: Path) -> None:
    """One seat is played, is told that nobody sits opposite, and hears what was said in the match left as it is."""
    seen: list[Ask] = []
    with Store.open(tmp_path / "t.db", create=True) as store:
        found = await arms(tmp_path, store, "critic", seen)
        base = {plan_of(debate): debate for debate, _ in store.debates("test")}
    asked = [ask for ask in seen if ask.purpose == "speak"]
    assert len(asked) * 2 == sum(len(debate.turns) for debate, _ in found)
    assert all(isinstance(ask.source, Brief) and "Nobody sits opposite" in ask.source.told for ask in asked)
    for debate, mine in found:
        other = "B" if mine == "A" else "A"
        same = base[plan_of(debate)]
        assert spoken(debate, other) == spoken(same, other)
        assert not set(spoken(debate, mine)) & set(spoken(same, mine))
        assert [GIVEN in turn.flags for turn in debate.turns if turn.seat == other] == [True] * 3
        assert spoken(same, other)[0][:30] in spoken(debate, mine)[1]
        assert sum(turn.usage.calls for turn in debate.turns if turn.seat == other) == 0
    assert {mine for _, mine in found} == {"A", "B"}


async def test_shuffled_partners_speak_as_they_spoke_to_somebody_else(tmp_path: Path) -> None:
    """The same player, question, seat and answer, in a debate with another opponent."""
    with Store.open(tmp_path / "t.db", create=True) as store:
        found = await arms(tmp_path, store, "shuffled", [])
        said = {turn.text: debate.match for debate, _ in store.debates("test") for turn in debate.turns}
    for debate, mine in found:
        other = "B" if mine == "A" else "A"
        for text in spoken(debate, other):
            source = said[text]
            assert source.question == debate.match.question
            assert source.seat(other) == debate.match.seat(other)
            assert source.seat(mine).player != debate.match.seat(mine).player


async def test_of_two_players_nobody_else_spoke_to_either(tmp_path: Path) -> None:
    """It is a failure that says why, not an empty seat."""
    with Store.open(tmp_path / "t.db", create=True) as store:
        base = spec(tmp_path, asked=1)
        await played(store, base, says)
        changed = base.model_copy(update={"name": "changed", "intervention": "shuffled", "stand_ins": "test"})
        assert (await played(store, changed, says)).ending == "failures"
        (match, *_) = [debate.match.id for debate, _ in store.debates("changed")]
        assert "no whole debate" in store.failures(match, "changed")[0].message


async def test_a_hidden_partner_shows_no_name(tmp_path: Path) -> None:
    """What a speech says of its own model is masked for the partner, as it is for judges."""
    heard: list[str] = []

    def names(ask: Ask) -> str:
        if isinstance(ask.source, Brief):
            heard.extend(speech.text for speech in ask.source.speeches)
        return VERDICT if ask.purpose == "judge" else "As GPT-4, a language model by OpenAI, I hold my answer."

    with Store.open(tmp_path / "t.db", create=True) as store:
        await played(store, spec(tmp_path, asked=1), names)
        plain, shown = list(heard), any("GPT-4" in text for text in heard)
        heard.clear()
        await played(store, spec(tmp_path, asked=1, name="hidden", intervention="hidden"), names)
    assert plain
    assert shown
    assert heard
    assert not any("GPT-4" in text for text in heard)


def test_stand_ins_are_those_of_the_tournament_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`debate run --intervention critic` finds them by name, and says what to do where there are none."""
    monkeypatch.chdir(tmp_path)
    small(tmp_path)
    early = cli("run", "--quiet", "--intervention", "critic")
    assert early.exit_code == 2
    assert 'no tournament "small"' in early.stderr
    assert cli("run", "--quiet").exit_code == 0
    assert cli("run", "--quiet", "--intervention", "critic").exit_code == 0
    calls = {one["name"]: one["calls"] for one in read(cli("list", "--json"))["tournaments"]}
    assert calls["small-critic"] < calls["small"]
    assert cli("run", "--quiet", "--intervention", "critic").exit_code == 0
    found = read(cli("audit", "small", "--against", "small-critic", "--json"))
    assert found["against"] == "small-critic"
