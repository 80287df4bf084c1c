"""The audit on debates between people, where they are at hand; else on rooms of the same few debates a pair."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from debate import records
from debate.audits.finding import Audit
from debate.audits.signs import SIGNS
from debate.domain import Debate, Key
from debate.report.auditing import audited
from debate.store import Store
from tests.builders import debate, match, player, posed
from tests.cli.driving import cli

ROOMS = Path(__file__).resolve().parents[3] / "shared" / "data" / "nyu" / "rooms"


def few() -> list[Debate]:
    """Four people; each pair has met twice, over different stories."""
    people = [player(name, f"human/{name}") for name in ("Ann", "Ben", "Cy", "Dee")]
    said = ("He hid the sand.", "He counted the crates.", "The hold was opened at noon.", "The mate miscounted.")
    return [
        debate(match(posed(f"What of {number}, {i}?"), players=pair), *said)
        for number, pair in enumerate(combinations(people, 2))
        for i in range(2)
    ]


@pytest.fixture
def rooms(tmp_path: Path) -> Audit:
    db = tmp_path / "rooms.db"
    if ROOMS.is_dir():
        assert cli("import", ROOMS.parent, "--format", "nyu", "--name", "rooms", "--db", db).exit_code == 0
    else:
        file = tmp_path / "rooms.jsonl"
        written = [records.record(one, (), Key(question=one.match.question.id), tournament="rooms") for one in few()]
        file.write_bytes(b"".join(map(records.encode, written)))
        assert cli("import", file, "--name", "rooms", "--db", db).exit_code == 0
    with Store.open(db, readonly=True) as store:
        return audited(store, "rooms")


def test_no_pair_of_people_is_flagged_and_what_could_not_be_tested_is_said(rooms: Audit) -> None:
    """Hardly any pair has met more than a few times: every sign says what it would need, none is passed over."""
    assert rooms.n_debates
    assert not rooms.flagged
    tested = {finding.sign for finding in rooms.tests}
    missing = {short.sign for short in rooms.insufficient}
    assert tested | missing >= SIGNS.keys()
    assert {"fixed outcomes", "shared interest", "stasis"} <= missing
    assert all(short.why and short.would_suffice for short in rooms.insufficient)
