"""A replay says again what was once paid for, for nothing, and only where the same is asked."""

from __future__ import annotations

from typing import Any

import pytest

from debate.domain import Ask, Completion
from debate.errors import Permanent
from debate.providers.replay import Replay, place
from tests import builders


def stored(*asks: Ask) -> dict[str, Completion]:
    return {
        place(ask): builders.completion(f"reply {n}").model_copy(update={"model": "gpt"}) for n, ask in enumerate(asks)
    }


def replay(*asks: Ask) -> Replay:
    known = stored(*asks)
    return Replay("first", lambda ask: known.get(place(ask)))


async def test_a_stored_reply_costs_nothing_and_is_marked() -> None:
    """Tokens stay what they were; money and calls are nought."""
    ask = builders.ask()
    done = await replay(ask).complete(builders.request(ask))
    assert (done.text, done.model, done.replayed) == ("reply 0", "gpt", True)
    assert (done.usage.cost_usd, done.usage.cost_max_usd, done.usage.calls) == (0.0, 0.0, 0)
    assert done.usage.input_tokens == 10


async def test_what_is_not_stored_fails_for_good() -> None:
    """Trying again would not help; the message says what was looked for."""
    with pytest.raises(Permanent, match=r'"first" holds no reply of ada, q1-\w+, debate, arguing 0, turn 0'):
        await replay().complete(builders.request())


@pytest.mark.parametrize(
    "other",
    [
        builders.ask(voice=builders.player("eve")),
        builders.ask(builders.brief(builders.posed("Who?"))),
        builders.ask(builders.brief(argues=1)),
        builders.ask(builders.brief(cue=builders.cue(2))),
        builders.ask(purpose="candidate"),
        builders.ask(slot=1),
        builders.ask(builders.ballot(), purpose="judge"),
    ],
    ids=["player", "question", "answer", "cue", "purpose", "slot", "ruling"],
)
def test_each_part_of_a_place_tells_asks_apart(other: Ask) -> None:
    """A reply never stands in for another one."""
    assert place(other) != place(builders.ask())


def test_opponents_and_matches_are_no_part_of_a_place() -> None:
    """The same player at the same cue may be replayed against someone else."""
    heard = builders.brief(match="m1-other", speeches=(builders.speech("Something else.", label="B", argues=1),))
    assert place(builders.ask(heard)) == place(builders.ask())


@pytest.mark.parametrize("change", [{"shown": (1, 0)}, {"view": "quotes"}, {"speeches": (builders.speech("New."),)}])
def test_a_ruling_holds_for_what_was_ruled_on(change: dict[str, Any]) -> None:
    """I5: other speeches, another view or order are another ruling."""
    ballot = builders.ballot()
    asks = [builders.ask(cut, purpose="judge") for cut in (ballot, ballot.model_copy(update=change))]
    assert place(asks[0]) != place(asks[1])
