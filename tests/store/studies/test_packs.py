"""A pack unfolded is what was packed: every ballot reads as it was handed out, whatever stands in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from debate.domain import Act, Ballot, Protocol, Quote, Study
from debate.errors import StoreError, UsageError
from debate.store.studies.blind import Blind
from debate.store.studies.packs import LAST, result, unfold
from debate.studies.packing import Held, Pack, genuine, packed, whole
from tests.builders import ballot, posed, speech
from tests.cli.hostile import HOSTILE

DEBATE, EXPERT = Protocol(name="debate", rounds=2), Protocol(name="expert", rounds=1)
QUOTED = (Quote(start=0, end=10, passage_start=3, passage_end=13, status="verified"),)


def held(sitting: int, read: Ballot, *acts: Act) -> Held:
    """A transcript in a pack, read to its end."""
    last = max((one.round for one in read.speeches), default=0)
    return Held(sitting=sitting, ballot=read.model_copy(update={"round": last, "rounds": last}), acts=acts)


def pack(*found: Held, secret: str = "s") -> Pack:
    return packed("people", "j07", Study(), found, secret)


BALLOTS = (
    ballot(
        protocol=DEBATE,
        shown=(1, 0),
        speeches=(
            speech("Two crates.", label="A", argues=1, index=1, quotes=QUOTED),
            speech(f"Half a char \ud800, a NUL \x00, {HOSTILE}", label="B", argues=0, index=0),
            speech("Which crates?", label="judge", index=2, kind="question"),
            speech("Those.", label="A", argues=1, index=4, round=2, about=2),
            speech("None.", label="B", argues=0, index=3, round=2, about=2),
        ),
    ),
    ballot(question=posed(), protocol=EXPERT, shown=(0, 1)),
    ballot(protocol=DEBATE, view="quotes", speeches=(speech("Two crates", argues=0, quotes=QUOTED),)),
)


def test_ballots_read_as_they_were_packed(tmp_path: Path) -> None:
    """Speeches in their order, letters, quotes, views, half a character: all but the ids is the same."""
    packs = pack(*(held(n, read) for n, read in enumerate(BALLOTS, 1)))
    assert Pack.model_validate(json.loads(json.dumps(packs.model_dump(mode="json", by_alias=True)))) == packs
    file = tmp_path / "j07.pack.state"
    unfold(packs, file)
    with Blind.open(file, "j07") as blind:
        for one in packs.held:
            found = blind.ballot(one.sitting, LAST)
            same = {"match": found.match, "transcript": found.transcript}
            assert found == one.ballot.model_copy(update=same)
            assert blind.ballot(one.sitting, 0).speeches == ()
    assert (file.stat().st_mode & 0o077) == 0


def test_what_was_done_before_is_gone_on_with(tmp_path: Path) -> None:
    """Acts of the database are there, and come back with the rest."""
    acts = (Act(kind="begin", active_ms=5), Act(kind="believe", percent=60, idle_ms=7))
    packs = pack(held(4, BALLOTS[0], *acts))
    file = tmp_path / "j07.pack.state"
    unfold(packs, file)
    with Blind.open(file, "j07") as blind:
        assert blind.acts(4) == acts
    assert result(packs, file).done[0].acts == acts


def test_the_state_of_another_pack_is_left_alone(tmp_path: Path) -> None:
    """A new pack under an old name is refused; so is a file that is none."""
    file = tmp_path / "j07.pack.state"
    unfold(pack(held(1, BALLOTS[0])), file)
    before = file.read_bytes()
    with pytest.raises(UsageError, match="belongs to another pack"):
        unfold(pack(held(2, BALLOTS[0])), file)
    assert file.read_bytes() == before
    (tmp_path / "other.state").write_bytes(b"not a database")
    with pytest.raises(StoreError):
        unfold(pack(held(1, BALLOTS[0])), tmp_path / "other.state")


def test_a_seal_holds_a_pack_together() -> None:
    """Another secret, judge, study or transcript, and it does not fit."""
    made = pack(held(1, BALLOTS[0]))
    assert whole(made)
    assert genuine(made.cover, made.seal, "s")
    assert not genuine(made.cover, made.seal, "t")
    changes: tuple[dict[str, Any], ...] = (
        {"judge": "j08"},
        {"tournament": "others"},
        {"study": Study(penalty=0.5)},
        {"ballots": {}},
    )
    for change in changes:
        assert not genuine(made.cover.model_copy(update=change), made.seal, "s")
    assert not whole(made.model_copy(update={"held": ()}))
