"""Every prompt that was sent can be made again, whatever was played, and is proved to be the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from debate import preparing
from debate.providers import Providers
from debate.providers.scripted import Scripted
from debate.sent import sent
from debate.store import Store
from debate.tournament import run
from tests.builders import tournament
from tests.questions.banks import passage_line, question_line, write
from tests.scripts import cast, ends_at_once, first_candidate, once, speechless
from tests.test_forecast import PLANS

SCRIPTS = {
    "usable replies": cast(preference=first_candidate),
    "a judge's seat that ends at once": cast(seat=ends_at_once, preference=first_candidate),
    "speeches that are asked for twice": cast(
        speak=once(speechless, lambda _ask: "Now I speak."), preference=first_candidate
    ),
    "speeches that never come": cast(speak=speechless, preference=first_candidate),
}


async def played(folder: Path, changes: dict[str, Any], script: Any) -> Store:
    """A finished tournament, its store still open."""
    bank = write(folder, passage_line(), question_line())
    spec = tournament(**{"questions": (str(bank),), "controls": (), **changes})
    store = Store.open(folder / "test.db", create=True)
    preparing.prepare(spec, store)
    await run(store, spec.name, providers=Providers(given={"scripted": Scripted(script)}))
    return store


def check(store: Store) -> int:
    """Compare what is made again with what is stored, and return how many calls there were."""
    count = 0
    for debate, _ in store.debates("test"):
        again = sent(store, debate.match.id, "test")
        stored = [call for call in store.calls(debate.match.id, "test") if call.reply]
        assert sorted(one.call.request for one in again) == sorted(call.request for call in stored)
        assert all(one.same for one in again)
        count += len(again)
    return count


@pytest.mark.parametrize("changes", PLANS.values(), ids=PLANS)
async def test_every_call_of_every_game_is_made_again(changes: dict[str, Any], tmp_path: Path) -> None:
    """Candidates, preferences, critiques, questions from the judge's seat, rulings under every view."""
    with await played(tmp_path, changes, SCRIPTS["usable replies"]) as store:
        assert check(store) == store.status("test").calls


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
async def test_a_game_that_goes_wrong_is_made_again_too(script: Any, tmp_path: Path) -> None:
    """Re-asks, early ends and matches that were set aside."""
    changes = PLANS["interactive"] | PLANS["best of three, refined"]
    with await played(tmp_path, changes, script) as store:
        assert check(store) > 0
