from __future__ import annotations

from typing import Any

import pytest

from debate.config.checking import faults
from debate.domain import Endpoint, Pairing, Price, Protocol, Study, Tournament
from debate.intake import place
from tests.builders import judge, player, tournament


def said(made: Tournament) -> list[str]:
    return [f"{place(loc)}: {what}" for loc, what in faults(made)]


def changed(**more: Any) -> list[str]:
    return said(tournament(**more))


def test_a_sound_tournament() -> None:
    """Nothing is reported where nothing is wrong."""
    assert said(tournament()) == []


def test_candidates_need_someone_else_to_choose() -> None:
    """The preference model may not be one that rules."""
    chosen = player("ada", best_of=4, preference="scripted/jo")
    assert changed(debaters=(chosen, player("bob", best_of=2))) == [
        'debaters[0].preference: "scripted/jo" rules as the judge "jo"; choose another model, '
        "or speeches are picked by the one they must convince",
        "debaters[1].best_of: needs a preference: the model that chooses among the candidates",
    ]


def test_nobody_to_debate_or_judge() -> None:
    """K3: a tournament without debaters or judges is no tournament."""
    assert changed(debaters=(), judges=()) == [
        'debaters: there are none; add a [[debaters]] table or "--debater provider/model"',
        'judges: there are none; add a [[judges]] table or "--judge provider/model" (people are "human/NAME")',
    ]


@pytest.mark.parametrize(
    ("arm", "problem"),
    [
        ("debate/quotes", ""),
        ("naive", ""),
        ("debat", 'no game here is called "debat". Did you mean "debate"?'),
        ("debate/solo", 'people are shown the views full, quotes, opening, not "solo"'),
        ("consultancy/double", 'people are shown the views full, quotes, opening, not "double"'),
    ],
)
def test_arms_are_games_that_are_played_and_views_that_people_read(arm: str, problem: str) -> None:
    """Else people would be given nothing to judge, or something else than what was declared."""
    found = changed(judging=Study(arms=(arm,)), controls=("naive", "consultancy"))
    assert found == ([f"judging.arms[0]: {problem}"] if problem else [])


def test_games_that_need_nobody() -> None:
    """A tournament of controls alone has no debaters, and solo answers are not judged."""
    assert changed(debaters=(), protocols=(Protocol(name="naive", rounds=0),)) == []
    assert changed(judges=(), protocols=(Protocol(name="solo", rounds=1),)) == []


def test_one_debater_in_a_round_robin() -> None:
    """K3: the message names self-play; a consultancy needs no opponent."""
    one = (player("ada"),)
    assert changed(debaters=one) == [
        'pairing.kind: a round-robin needs two debaters, and there is only "ada"; '
        'for one against itself say kind = "self-play" (--pairing self-play)'
    ]
    assert changed(debaters=one, pairing=Pairing(kind="self-play")) == []
    assert changed(debaters=one, protocols=(Protocol(name="consultancy"),)) == []


def test_swiss_needs_three() -> None:
    """K3: two players cannot be paired by their standings."""
    swiss = Pairing(kind="swiss")
    assert changed(pairing=swiss) == ["pairing.kind: a swiss tournament needs three debaters or more, and there are 2"]
    assert changed(pairing=swiss, debaters=(player("a"), player("b"), player("c"))) == []


def test_swiss_has_no_more_rounds_than_pairings() -> None:
    """K3: nobody meets a second time, so rounds beyond that would not be played."""
    four = tuple(map(player, "abcd"))
    assert changed(pairing=Pairing(kind="swiss", rounds=3), debaters=four) == []
    assert changed(pairing=Pairing(kind="swiss", rounds=4), debaters=four) == [
        "pairing.rounds: is 4, and after 3 rounds each of 4 debaters has met every other: say 3 or fewer"
    ]
    assert changed(pairing=Pairing(kind="swiss", rounds=5), debaters=tuple(map(player, "abcde"))) == []


@pytest.mark.parametrize(
    ("pairing", "problem"),
    [
        (Pairing(kind="cross"), 'pairing.kind: cross needs "against": the names of the debaters on the second side'),
        (
            Pairing(kind="cross", against=("bbo",)),
            'pairing.against[0]: no debater is called "bbo". Did you mean "bob"?',
        ),
        (Pairing(kind="cross", against=("x",)), 'pairing.against[0]: no debater is called "x"; there are ada, bob'),
        (
            Pairing(kind="cross", against=("ada", "bob")),
            "pairing.against: names every debater, so nobody is left on the first side",
        ),
        (Pairing(against=("ada",)), 'pairing.against: is for kind = "cross" only'),
    ],
)
def test_cross_names_its_second_side(pairing: Pairing, problem: str) -> None:
    """Each of one list meets each of another."""
    assert changed(pairing=pairing) == [problem]
    assert changed(pairing=Pairing(kind="cross", against=("bob",))) == []


def test_protocols_are_told_apart() -> None:
    """Reports split by the label, so two games of one name need one."""
    two = (Protocol(name="debate"), Protocol(name="debate", order="sequential"))
    assert changed(protocols=two) == [
        'protocols[1].name: is called "debate" like protocols[0]; give one of them a label'
    ]
    assert changed(protocols=(two[0], two[1].model_copy(update={"label": "in turn"}))) == []
    assert changed(protocols=()) == ["protocols: nothing is played: name a protocol or a control"]
    assert changed(protocols=(Protocol(name="debate", rounds=0),)) == [
        'protocols[0]: protocol "debate" needs at least one round'
    ]


@pytest.mark.parametrize("name", ["consultancy", "market-making", "naive"])
def test_an_order_is_for_games_in_which_several_speak(name: str) -> None:
    """What would change nothing is refused, not taken in silence."""
    assert changed(protocols=(Protocol(name=name, order="sequential"),)) == [
        f'protocols[0]: protocol "{name}" has no order in which several speak; leave out order'
    ]


def test_options_are_those_of_the_game() -> None:
    """G14: what a game does not take is named, with what it may have meant."""
    free = Protocol(name="open-debate", options={"told": True})
    assert changed(protocols=(free,)) == []
    assert changed(protocols=(free.model_copy(update={"options": {"tolled": True}}),)) == [
        'protocols[0].options.tolled: unknown key. Did you mean "told"?'
    ]
    assert changed(protocols=(free.model_copy(update={"options": {"told": "yes"}}),)) == [
        'protocols[0].options.told: should be true or false, not "yes"'
    ]
    assert changed(protocols=(Protocol(name="debate", options={"told": True}),)) == [
        "protocols[0].options.told: unknown key"
    ]


def test_who_does_not_choose_needs_one_answer_that_is_left() -> None:
    """Of many answers an open consultancy may play all, an open debate two."""
    free = tuple(Protocol(name=f"open-{name}") for name in ("debate", "consultancy"))
    assert changed(protocols=free) == []
    assert changed(protocols=free, answers="all") == [
        'protocols[0]: protocol "open-debate" needs answers = "pair": '
        "whoever does not choose argues the answer that is left"
    ]


def test_a_quorum_that_no_panel_has() -> None:
    """Three of two judges cannot rule; where people judge, more of them may come."""
    assert changed(quorum=1) == []
    assert changed(quorum=2) == ["quorum: is 2, and there is one judge"]
    assert changed(quorum=3, judges=(judge("a"), judge("b"))) == ["quorum: is 3, and there are 2 judges"]
    assert changed(quorum=3, judges=(judge("a"), judge("b", model="human/b"))) == []


def test_a_market_needs_a_seat_that_is_no_person() -> None:
    """People rule on its games afterwards."""
    market, ann = (Protocol(name="market-making"),), judge("ann", model="human/ann")
    assert changed(protocols=market, judges=(ann, judge())) == []
    assert changed(protocols=market, judges=(ann,)) == [
        'protocols[0]: protocol "market-making" has a judge\'s seat, and no judge takes it; '
        "let a model of them have sits = true"
    ]
    asking = (Protocol(name="debate", interactive=True),)
    assert changed(protocols=asking, judges=(judge(sits=False),)) == [
        'protocols[0]: protocol "debate" has a judge\'s seat, and no judge takes it; let one of them have sits = true'
    ]


def test_endpoints() -> None:
    """An endpoint has an address, a name of its own, and a variable for its key."""
    held = {
        "openai": Endpoint(api="openai", base_url="http://127.0.0.1/v1"),
        "a/b": Endpoint(api="openai", base_url=("127.0.0.1:80", "ftp://x", "http://x:99999")),
        "lab": Endpoint(api="openai", base_url=(), api_key_env="LAB KEY", api_key_command="pass lab"),
    }
    assert changed(endpoints=held) == [
        'endpoints.openai: "openai" is a provider of its own; choose another name; '
        "to reach it elsewhere set OPENAI_BASE_URL",
        "endpoints.a/b: the name of an endpoint is plain text without a slash",
        'endpoints.a/b.base_url[0]: "127.0.0.1:80" is no address; it begins with http:// or https:// and names a host',
        'endpoints.a/b.base_url[1]: "ftp://x" is no address; it begins with http:// or https:// and names a host',
        'endpoints.a/b.base_url[2]: "http://x:99999" is no address; '
        "it begins with http:// or https:// and names a host",
        "endpoints.lab.base_url: is empty",
        "endpoints.lab.api_key_env: must be the name of an environment variable, such as LAB_KEY",
        "endpoints.lab.api_key_command: stands beside api_key_env; keep one of them",
    ]


def test_models_of_endpoints_are_known() -> None:
    """The name of an endpoint is a provider; preferences and critics are models too."""
    lab = {"lab": Endpoint(api="openai", base_url="http://127.0.0.1/v1")}
    rich = player("ada", model="lab/big", best_of=2, preference="lba/small", refine=1, critic="human/me")
    assert changed(endpoints=lab, debaters=(rich, player("bob", model="lab/"))) == [
        'debaters[0].preference: unknown provider "lba". Did you mean "lab"?',
        "debaters[0].critic: must be a model: people take seats and judge, they do not choose or criticise",
        'debaters[1].model: "lab/" is no model; write "provider/model", such as "lab/MODEL"',
    ]


def test_people_are_named_as_a_provider_and_a_code() -> None:
    """Whoever writes "human" alone is told how people are meant."""
    assert changed(debaters=(player("ada", model="human"), player("bob", model="scripted/bob"))) == [
        'debaters[0].model: "human" is no model; write "provider/model", such as "human/any"',
    ]


def test_a_provider_alone_is_no_model() -> None:
    """What is given as an example is a model, and not the mistake once more."""
    assert changed(debaters=(player("ada", model="openai"), player("bob", model="scripted"))) == [
        'debaters[0].model: "openai" is no model; write "provider/model", such as "openai/gpt-5-mini"',
        'debaters[1].model: "scripted" is no model; write "provider/model", such as "scripted/MODEL"',
    ]


def test_prices_are_of_models_that_are_called() -> None:
    """C21: a misspelt price table would leave a model unpriced."""
    free = Price(input=0, output=0)
    assert changed(prices={"scripted/ada": free, "scripted/bbo": free}) == [
        'prices.scripted/bbo: no debater, judge, preference or critic is this model. Did you mean "scripted/bob"?'
    ]


@pytest.mark.parametrize("name", ["", "  ", " a", "a\nb", "a\x1b[2J", "a\u202e", "x" * 101])
def test_names_are_plain(name: str) -> None:
    """F1: names head tables and stand in commands."""
    found = changed(name=name, debaters=(player(name), player("bob")), judges=(judge(name),))
    assert [one.partition(":")[0] for one in found] == ["name", "debaters[0].name", "judges[0].name"]


def test_a_name_is_no_flag() -> None:
    """A tournament's name is an argument of commands."""
    assert changed(name="-x") == ["name: must not begin with a hyphen, or commands would take it for a flag"]


def test_views_are_not_none() -> None:
    """A judge with no views would rule on nothing."""
    assert changed(judges=(judge(views=()),)) == [
        "judges[0].views: is empty; leave it out for the views of the tournament"
    ]


def test_what_follows_from_a_broken_table_is_not_told() -> None:
    """A table that could not be read is reported once, not once more for being empty."""
    empty = tournament(debaters=(), judges=(), prices={"a/b": Price(input=0, output=0)})
    assert list(faults(empty, broken=frozenset({"debaters", "judges", "prices"}))) == []


@pytest.mark.parametrize("name", ["naive", "expert", "solo", "market-making"])
def test_a_judge_cannot_ask_where_there_are_no_rounds_to_ask_between(name: str) -> None:
    """A judge's seat that nobody would ever call upon is a mistake, and no plan."""
    assert changed(protocols=(Protocol(name=name, interactive=True),)) == [
        f'protocols[0]: protocol "{name}" has no rounds between which a judge asks; leave out interactive'
    ]
