"""What statistics read from a database: every fact of a judgment beside its key, as of one moment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from debate.domain import (
    Belief,
    Completion,
    Debate,
    Judgment,
    Protocol,
    Question,
    Quote,
    QuoteStatus,
    Reply,
    Ruled,
    Says,
    Span,
    Turn,
    Usage,
)
from debate.errors import UsageError
from debate.store import Played, Store, take
from debate.store.outcomes import outcomes, snapshot
from debate.store.tallies.packed import parsed
from tests.builders import STORY, debate, judge, match, player, question, turn
from tests.store.making import intent, planned, said


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "test.db", create=True) as opened:
        yield opened


def ruled(id: str, final: tuple[float, ...] | None = (0.7, 0.3), **more: Any) -> Judgment:
    base: dict[str, Any] = {"id": id, "match": "", "judge": "jo", "shown": (0, 1), "final": final}
    return Judgment(**base | more)


def record(
    name: str, *judgments: Judgment, asked: Question | None = None, one: Debate | None = None, **more: Any
) -> Played:
    posed = asked or question()
    held = one or debate(match(posed.posed, repeat=int(name)), "One two three.", "One two\nthree four.")
    there = tuple(j.model_copy(update={"match": held.match.id, "transcript": held.digest}) for j in judgments)
    return Played(source="s", record=name, question=posed, debate=held, judgments=there, **more)


def test_a_judgment_comes_with_everything_that_is_measured(store: Store) -> None:
    """Who judged what how, what was displayed first, what was believed, and what is right."""
    path = (Belief(after_round=0, p=(0.5, 0.5)), Belief(after_round=1, p=(0.2, 0.8)))
    one = ruled("v1-a", (0.2, 0.8), shown=(1, 0), beliefs=path, view="quotes", channel="live", kind="human")
    take(store, [record("0", one, ruled("v1-b", None, state="refused", purpose="practice"))], "t")
    found = outcomes(store, "t")
    assert [found.judge.text(0), found.judge_kind.text(0), found.view.text(0)] == ["jo", "human", "quotes"]
    assert [found.channel.text(0), found.state.text(1), found.purpose.text(1)] == ["live", "refused", "practice"]
    assert found.beliefs[0].tolist() == [0.2, 0.8]
    assert np.isnan(found.beliefs[1]).all()
    assert (found.first.tolist(), found.heard.tolist()) == ([1, 0], [-1, -1])
    assert (found.path.ruling.tolist(), found.path.after_round.tolist()) == ([0, 0], [0, 1])
    assert found.path.beliefs.tolist() == [[0.5, 0.5], [0.2, 0.8]]
    assert found.correct.tolist() == [False, False]
    assert found.scored.tolist() == [True, False]


def test_a_debate_comes_with_its_seats(store: Store) -> None:
    """Who argued what, in how many words, and who conceded or broke off."""
    asked = question(correct=1)
    turns: tuple[Turn, ...] = (
        turn(0, "A", "One two three."),
        turn(1, "B", "One two\nthree four.", conceded=True),
        turn(2, "A", "", round=2, state="refused"),
    )
    held = Debate(match=match(asked.posed, argues=(1, 0)), turns=turns)
    take(store, [record("0", asked=asked, one=held)], "t")
    debates = outcomes(store, "t").debates
    assert [debates.player.names[c] for c in debates.player.codes[0]] == ["ada", "bob"]
    assert debates.argues.tolist() == [[1, 0]]
    assert debates.on_right_side.tolist() == [[True, False]]
    assert debates.words[0, 1] == 4
    assert debates.conceded.tolist() == [[False, True]]
    assert (debates.broken.names[debates.broken.codes[0, 0]], debates.broken.codes[0, 1]) == ("refused", -1)
    assert debates.rounds.tolist() == [2]
    assert debates.agents.text(0) == "model"


def test_questions_on_one_passage_are_one_cluster(store: Store) -> None:
    """K8: a passage that only one question is asked about is that question's cluster."""
    asked = [question("Why?"), question("Who?"), question("When?", story="Another story. " + STORY)]
    take(store, [record("0", ruled(f"v1-{i}"), asked=q) for i, q in enumerate(asked)][:1], "t")
    records = [
        Played(
            source="s",
            record=str(i),
            question=q,
            debate=debate(match(q.posed), "For 0.", "For 1."),
            judgments=(),
        )
        for i, q in enumerate(asked)
    ]
    take(store, records, "u")
    cluster = outcomes(store, "u").debates.cluster
    assert cluster.text(0) == cluster.text(1) == asked[0].posed.passage.id  # type: ignore[union-attr] # it has one
    assert cluster.text(2) == asked[2].posed.id


def test_superseded_judgments_do_not_count(store: Store) -> None:
    """A correction stands in the place of what it corrects."""
    take(store, [record("0", ruled("v1-a", superseded_by="v1-b"), ruled("v1-b", (0.1, 0.9)))], "t")
    assert outcomes(store, "t").beliefs.tolist() == [[0.1, 0.9]]


def test_questions_with_more_answers_stand_beside_those_with_two(store: Store) -> None:
    """Rows are as wide as the widest; what is not there is not a number."""
    four = question("Which?", answers=("a", "b", "c", "d"))
    held = debate(match(four.posed, repeat=1), "For 0.", "For 1.")
    wide = record("1", ruled("v1-b", (0.4, 0.3, 0.2, 0.1), shown=(3, 2, 1, 0)), asked=four, one=held)
    take(store, [record("0", ruled("v1-a")), wide], "t")
    found = outcomes(store, "t")
    assert np.isnan(found.beliefs[0, 2:]).all()
    assert found.beliefs[1].tolist() == [0.4, 0.3, 0.2, 0.1]
    assert found.correct.tolist() == [True, True]


def test_one_side_alone_is_heard(store: Store) -> None:
    """Under the view `solo` it is known whose side was heard, and whether that side was right."""
    take(store, [record("0", ruled("v1-a", view="solo", hears=1), ruled("v1-b", view="solo", hears=0))], "t")
    found = outcomes(store, "t")
    assert found.heard.tolist() == [1, 0]
    assert found.on_right_side.tolist() == [0, 1]


def test_the_opening_is_one_round(store: Store) -> None:
    """Who read the first round only has read one, however long the debate went on."""
    held = debate(match(), "a", "b", "c", "d")
    take(store, [record("0", ruled("v1-a"), ruled("v1-b", view="opening"), one=held)], "t")
    assert outcomes(store, "t").rounds.tolist() == [2, 1]


def test_what_players_answer_alone_is_read_beside_the_rulings(store: Store) -> None:
    """The player stands as the judge of its own answer; nothing of it is in the judges' numbers."""
    asked = question(correct=1)
    rules = Protocol(name="solo", label="solo-blind", rounds=1)
    seated = match(asked.posed, protocol=rules, players=(player("ada"),), argues=(0,))
    seats = (seated.seats[0].model_copy(update={"argues": None}),)
    alone = Debate(
        match=seated.model_copy(update={"seats": seats}),
        turns=(turn(0, "solo", "It is B.", kind="answer", says=Says(beliefs=(0.3, 0.7))),),
    )
    take(store, [record("0", asked=asked, one=alone)], "t")
    found = snapshot(store, "t")
    assert len(found.outcomes) == 0
    assert found.answers.judge.text(0) == "ada"
    assert found.answers.correct.tolist() == [True]
    assert found.answers.debates.protocol.text(0) == "solo-blind"


def test_what_records_say_selects_and_groups(store: Store) -> None:
    """`meta.X` is whatever an imported record says of X; true and false are words."""
    metas: tuple[dict[str, Any], ...] = ({"paper": True, "by": {"lab": "x"}}, {"paper": False}, {})
    records = [record(str(i), ruled(f"v1-{i}"), meta=meta) for i, meta in enumerate(metas)]
    take(store, records, "t")
    found = outcomes(store, "t", keys=("meta.paper", "meta.by.lab"))
    assert len(found.where(**{"meta.paper": "true"})) == 1
    assert len(found.where(**{"meta.paper": ("true", "false")})) == 2
    assert [keys["meta.by.lab"] for keys, _ in found.group(("meta.by.lab",))] == [None, "x"]


def test_no_ruling_is_valid_on_a_question_of_three_answers(store: Store) -> None:
    """There is room for a belief in each answer, so that a report says why there is none."""
    asked = question(answers=("x", "y", "z"), correct=2)
    take(store, [record("0", ruled("v1-a", None, state="malformed"), asked=asked)], "t")
    found = outcomes(store, "t")
    assert found.beliefs.shape == (1, 3)
    assert not found.scored.any()


def test_no_tournament_of_that_name(store: Store) -> None:
    """The mistake is the user's, and is said as one."""
    with pytest.raises(UsageError, match='no tournament "nope"'):
        outcomes(store, "nope")


def test_an_empty_tournament_is_no_error(store: Store) -> None:
    """H6: nothing played, nothing judged, nothing spent."""
    take(store, [record("0")], "t")
    found = snapshot(store, "t")
    assert (len(found.outcomes), len(found.answers), found.spent) == (0, 0, ())
    assert list(found.outcomes.group(("protocol", "judge"))) == []


def test_beliefs_are_parsed_at_once() -> None:
    """Lists of different lengths, and none at all, make one array."""
    assert parsed(["[0.5,0.5]", None, "[1.0]"]).tolist()[0] == [0.5, 0.5]
    assert parsed([]).shape == (0, 2)


def test_each_side_cites_the_evidence_that_the_key_marks(store: Store) -> None:
    """Of forty marked characters A's verified quotes hold twenty and B's ten; an unverified quote holds none."""
    asked = question()
    marked = asked.model_copy(update={"key": asked.key.model_copy(update={"evidence": (Span(start=10, end=50),)})})
    spans: tuple[tuple[int, int | None, int | None, QuoteStatus], ...] = (
        (0, 0, 30, "verified"),
        (1, 40, 60, "repaired"),
        (1, None, None, "unverified"),
    )
    turns = [
        turn(
            i, "AB"[side], "Said.", quotes=(Quote(start=0, end=4, passage_start=start, passage_end=end, status=status),)
        )
        for i, (side, start, end, status) in enumerate(spans)
    ]
    held = Debate(match=match(asked.posed), turns=tuple(turns))
    take(
        store,
        [record("0", ruled("v1-a"), asked=marked, one=held), record("1", ruled("v1-b"), asked=question("Who?"))],
        "t",
    )
    quotes = snapshot(store, "t").quotes
    assert (quotes.decisive.tolist(), quotes.cited.tolist()) == ([40, 0], [30, 0])
    assert quotes.cited_by.tolist() == [[20, 10], [0, 0]]


async def test_rulings_say_in_which_order_they_were_recorded(tmp_path: Path) -> None:
    """They come by debate, and the first to be recorded may be of a later one."""
    with planned(tmp_path / "live.db", 3) as opened:
        async with opened.run("test") as run:
            claimed = [each.debate.match.id for each in await run.claim(3)]
            for number in (2, 0, 1):
                held = claimed[number]
                await run.write(said(held, 0), said(held, 1), Ruled(judgment=ruled(f"v1-{number}", match=held)))
        found = outcomes(opened, "test")
    assert found.debate.tolist() == [0, 1, 2]
    assert found.order.argsort().tolist() == [2, 0, 1]


def test_questions_name_what_they_are_similar_to(store: Store) -> None:
    """By the bank's ids, or by ids of content; a name that leads nowhere is none."""
    old, new, lost = question("Why?"), question("Why, again?"), question("Who?")
    named = [
        each.model_copy(update={"key": each.key.model_copy(update=more)})
        for each, more in (
            (old, {"meta": {"name": "first"}}),
            (new, {"transfer_of": "first"}),
            (lost, {"transfer_of": "elsewhere"}),
        )
    ]
    take(store, [record(str(i), asked=each) for i, each in enumerate(named)], "t")
    assert snapshot(store, "t").transfers == {new.posed.id: old.posed.id}


def test_usage_of_imported_speeches_and_rulings_is_in_the_cost(store: Store) -> None:
    """Speeches under their player's model, rulings under their judge's; each call counts though it is not here."""
    used = Usage(input_tokens=100, output_tokens=20, reasoning_tokens=5, cost_usd=0.01, calls=2)
    bare = match()
    turns = (turn(0, "A", "Said.", usage=used), turn(1, "B", "Said.", usage=used.model_copy(update={"cost_usd": None})))
    known = {"jo": judge("jo", "lab/jo")}
    take(store, [record("0", ruled("v1-a", usage=used), one=Debate(match=bare, turns=turns), judges=known)], "t")
    spent = {(row.purpose, row.model): row for row in snapshot(store, "t").spent}
    assert set(spent) == {("speak", "scripted/ada"), ("speak", "scripted/bob"), ("judge", "lab/jo")}
    assert {(row.calls, row.recorded, row.input_tokens, row.reasoning_tokens) for row in spent.values()} == {
        (2, 2, 100, 5)
    }
    assert [spent["speak", f"scripted/{name}"].unpriced for name in ("ada", "bob")] == [0, 2]
    assert spent["judge", "lab/jo"].cost_max_usd == pytest.approx(0.01)


async def test_calls_count_once(tmp_path: Path) -> None:
    """What a speech used is in its call: with the call here it is not counted again; reasoning is."""
    with planned(tmp_path / "live.db", 1) as opened:
        async with opened.run("test") as run:
            (one,) = await run.claim(1)
            call = intent(one.debate.match.id)
            usage = Usage(input_tokens=10, output_tokens=5, reasoning_tokens=3, calls=1)
            held = Completion(text="Said.", usage=usage)
            await run.write(call)
            await run.write(Reply(call=call.call, completion=held), said(one.debate.match.id, 0, usage=usage))
        (row,) = snapshot(opened, "test").spent
    assert (row.calls, row.recorded, row.input_tokens, row.reasoning_tokens) == (1, 0, 10, 3)
