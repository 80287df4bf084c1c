"""Every purpose and every cue has its reply, and the same one everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given

from debate import verdicts
from debate.domain import Ballot, Beside, Debate, Match, Posed, Protocol, Seat
from debate.errors import UsageError
from debate.providers.builtin import JUDGES, PLAYERS
from debate.providers.builtin.provider import Builtin, reply
from tests import builders
from tests.providers.builtin.table import builtin, match, played, properties, questions, ruled, ruler

EVERYONE = (*PLAYERS, *JUDGES)


async def test_a_completion_is_free_and_estimates_its_tokens() -> None:
    """Usage is honest: about four characters a token, one call, no cost."""
    asked = builders.ask(builders.brief(), voice=builtin("advocate"))
    done = await Builtin().complete(builders.request(asked, text="x" * 400))
    assert (done.usage.input_tokens, done.usage.cost_usd, done.usage.calls) == (100, 0.0, 1)
    assert done.usage.output_tokens == -(-len(done.text) // 4)
    assert done.model == "builtin/advocate"


async def test_a_request_without_an_ask_is_refused() -> None:
    """There is nothing to read."""
    bare = builders.request().model_copy(update={"ask": None})
    with pytest.raises(UsageError, match="bare requests"):
        await Builtin().complete(bare)


@pytest.mark.parametrize("name", EVERYONE)
@pytest.mark.parametrize("story", [builders.STORY, None], ids=["open book", "closed book"])
def test_answering_alone_is_a_ruling(name: str, story: str | None) -> None:
    """Solo: strictly one JSON object, with and without a passage."""
    rules, cue = Protocol(name="solo", rounds=1), builders.cue(seat="solo", kind="answer")
    brief = builders.brief(builders.posed(story=story), argues=None, cue=cue, protocol=rules)
    read = verdicts.ruling(reply(builders.ask(brief, voice=builtin(name))), ("A", "B"))
    assert read.state == "valid"


@pytest.mark.parametrize("name", EVERYONE)
def test_ballots_with_many_answers_are_ruled_on(name: str) -> None:
    """A probability for each label."""
    asked = builders.posed(answers=("sand", "herring", "ballast", "the owners"), story=None)
    ballot = builders.ballot(asked, shown=(2, 0, 3, 1))
    read = verdicts.ruling(reply(builders.ask(ballot, purpose="judge", voice=ruler(name))), tuple("ABCD"))
    assert read.state == "valid"
    assert sum(read.p or ()) == pytest.approx(1)


@pytest.mark.parametrize("name", EVERYONE)
def test_a_preference_names_one_candidate(name: str) -> None:
    """`{"best": k}`; the model that prefers is not the voice that speaks."""
    beside = Beside(candidates=("It is so.", "It is so, <quote>with forty crates of herring</quote>.", "Perhaps."))
    asked = builders.ask(purpose="preference", beside=beside).model_copy(update={"sampling": builtin(name)})
    assert verdicts.choice(reply(asked), 3) in (1, 2, 3)


def test_a_weigher_prefers_the_candidate_without_false_quotations() -> None:
    """Wherever it stands among them."""
    false, true = (
        "<quote>The captain hid a hundred crates of sand himself.</quote>",
        "<quote>At noon the harbour master opened the hold and found two crates filled with sand.</quote>",
    )
    for candidates in ((false, true), (true, false)):
        beside = Beside(candidates=candidates)
        asked = builders.ask(purpose="preference", beside=beside).model_copy(update={"sampling": builtin("weigher")})
        assert json.loads(reply(asked))["best"] == candidates.index(true) + 1


@pytest.mark.parametrize("name", EVERYONE)
@pytest.mark.parametrize(
    ("draft", "said"),
    [
        ("I hold my answer.", "Nothing is quoted"),
        ("<quote>The captain hid a hundred crates.</quote>", "is not in the passage"),
        ("<quote>The owners paid for forty crates and never asked again.</quote>", "does not speak of"),
    ],
)
def test_a_critique_names_the_weakest_quotation(name: str, draft: str, said: str) -> None:
    """A false one before a true one that shows little."""
    asked = builders.ask(purpose="critique", beside=Beside(draft=draft)).model_copy(update={"sampling": builtin(name)})
    assert said in reply(asked)


def test_the_whole_turn_is_spoken_with_candidates_and_refinement() -> None:
    """Best-of-N, a preference judge, a critic and a rewriting, all of them built in."""
    ambitious = builtin("advocate", best_of=3, preference="builtin/weigher", refine=2, critic="builtin/weigher")
    game = match(builders.posed(), "advocate", "advocate")
    seats = tuple(seat.model_copy(update={"player": ambitious}) for seat in game.seats)
    debate = played(game.model_copy(update={"seats": seats}))
    assert [turn.state for turn in debate.turns] == ["ok"] * 4
    assert not any(turn.flags for turn in debate.turns)


@pytest.mark.parametrize("name", EVERYONE)
@pytest.mark.parametrize("family", ["debate", "consultancy"])
def test_a_judges_seat_asks_and_ends(name: str, family: str) -> None:
    """Interactive: a question or an end at every cue, until the game is over."""
    rules = Protocol(name=family, rounds=3, interactive=True)
    game = match(builders.posed(), "advocate", "advocate", protocol=rules)
    seats = (*game.seats, Seat(seat="judge", judge=ruler(name)))
    debate = played(Match(**game.model_dump() | {"seats": seats}))
    acts = [turn for turn in debate.turns if turn.seat == "judge"]
    assert all(turn.state == "ok" for turn in debate.turns)
    assert acts[0].says is not None
    assert acts[0].says.question
    assert acts[-1].says is not None
    assert acts[-1].says.end


@given(questions())
@properties
def test_one_consultant_is_heard(question: Posed) -> None:
    """A judge who hears one side rules all the same."""
    debate = played(match(question, "advocate", protocol=Protocol(name="consultancy", rounds=2), argues=(1,)))
    for name in JUDGES:
        assert sum(ruled(debate, ruler(name))) == pytest.approx(1)


@pytest.mark.parametrize("family", ["naive", "expert"])
def test_the_controls_are_ruled_on(family: str) -> None:
    """No debaters, without and with the passage."""
    debate = Debate(match=builders.match(builders.posed(), protocol=Protocol(name=family, rounds=0)))
    for name in JUDGES:
        assert sum(ruled(debate, ruler(name))) == pytest.approx(1)


def test_nothing_hangs_on_ids() -> None:
    """Ids of matches and questions hold the answers' order, so they must not decide anything."""
    brief = builders.brief(argues=0)
    renamed = brief.model_copy(
        update={"match": "m1-other", "question": brief.question.model_copy(update={"id": "q1-other"})}
    )
    for name in PLAYERS:
        voice = builtin(name)
        assert reply(builders.ask(brief, voice=voice)) == reply(builders.ask(renamed, voice=voice))


@pytest.mark.parametrize("name", JUDGES)
def test_judges_do_not_argue(name: str) -> None:
    """A judge in a debater's seat is the user's mistake, and says so."""
    with pytest.raises(UsageError, match=f'"builtin/{name}" rules and does not argue; builtin/advocate'):
        reply(builders.ask(builders.brief(), voice=builtin(name)))


def test_an_unknown_name_is_the_users_mistake() -> None:
    """With the names that there are."""
    with pytest.raises(UsageError, match='unknown model "builtin/advokate": there are builtin/advocate, '):
        reply(builders.ask(builders.brief(), voice=builtin("advokate")))


_PLAY = """
from tests import builders
from tests.providers.builtin.table import match, played, ruled, ruler
from debate.domain import Posed
for names in (("advocate", "bluffer"), ("skimmer", "advocate")):
    debate = played(match(builders.posed(), *names))
    print(debate.digest, [ruled(debate, ruler(name)) for name in ("weigher", "gullible", "naive")])
"""


def test_the_same_on_every_machine() -> None:
    """K1: whatever PYTHONHASHSEED is."""
    said = {
        subprocess.run(
            [sys.executable, "-c", _PLAY],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(said) == 1
    assert said.pop().count("t1-") == 2


def test_a_ballot_that_holds_the_passage_is_read_by_every_judge() -> None:
    """Judges that see the passage get it through the ballot."""
    ballot = builders.ballot()
    reading = Ballot(**ballot.model_dump() | {"question": builders.posed()})
    for name in EVERYONE:
        assert (
            verdicts.ruling(reply(builders.ask(reading, purpose="judge", voice=ruler(name))), ("A", "B")).p is not None
        )
