"""What is kept for reports says what would be worked out now, whatever has happened since."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from sqlalchemy import text

from debate.domain import Belief, Debate, Judgment
from debate.stats.column import Column
from debate.store import Played, Store, take
from debate.store.outcomes import Snapshot, snapshot
from debate.store.tallies import keeping, part
from debate.store.tallies.frame import dumped, loaded, stacked
from debate.store.tallies.tally import Tally
from tests.builders import STORY, match, question, turn

MANY = 7


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with a tournament of which every third match is looked at closely."""
    monkeypatch.setattr(part, "MOST", 3)
    asked = [question(f"Which {i}?", correct=i % 2) for i in range(3)]
    with Store.open(tmp_path / "test.db", create=True) as store:
        take(store, [_played(i, asked[i % 3]) for i in range(MANY)], "t")
        take(store, [_played(i, asked[0]) for i in range(2)], "other")
    return tmp_path / "test.db"


def _played(number: int, asked: Any) -> Played:
    said = turn(0, "A", f'One two {STORY[:20]} "{STORY[2:9]}".'), turn(1, "B", "No. " * number, conceded=number == 2)
    held = Debate(match=match(asked.posed, repeat=number), turns=said)
    way = Belief(after_round=0, p=(0.5, 0.5)), Belief(after_round=1, p=(0.3, 0.7))
    rulings = tuple(
        Judgment(id=f"v1-{number}-{j}", match=held.match.id, judge=f"j{j}", shown=(j, 1 - j), final=final,
                 beliefs=way if j else (), transcript=held.digest, state="valid" if final else "refused")
        for j, final in enumerate(((0.1 * number, 1 - 0.1 * number), None)[: 1 + number % 2])
    )  # fmt: skip
    return Played(source="s", record=f"r{number}", question=asked, debate=held, judgments=rulings)


def seen(path: Path) -> Snapshot:
    with Store.open(path) as store:
        return snapshot(store, "t")


def kept(path: Path) -> int:
    with closing(sqlite3.connect(path)) as raw:
        return int(raw.execute("SELECT count(*) FROM tally").fetchone()[0])


def keep(path: Path) -> int:
    with Store.open(path) as store:
        return keeping.keep(store, "t")


def assert_same(one: object, other: object) -> None:
    """Every array and every name, to the last bit."""
    if isinstance(one, np.ndarray):
        assert isinstance(other, np.ndarray)
        assert one.dtype == other.dtype
        assert one.tobytes() == other.tobytes()
    elif hasattr(one, "__dataclass_fields__"):
        for field in fields(one):  # type: ignore[arg-type] # it has fields
            assert_same(getattr(one, field.name), getattr(other, field.name))
    else:
        assert one == other


def test_what_is_kept_is_what_is_worked_out(path: Path) -> None:
    """Not a bit of what is measured depends on whether a tally is kept."""
    plain = seen(path)
    assert kept(path) == 0
    assert keep(path) == 1
    assert kept(path) == 1
    assert_same(seen(path), plain)
    assert keep(path) == 0, "it is kept already"


def test_a_tally_that_is_kept_is_read(path: Path) -> None:
    """Otherwise it would save nothing."""
    keep(path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE tally SET data = x'00'")
        raw.commit()
    with pytest.raises(ValueError, match="Expecting"):
        seen(path)


CHANGES: dict[str, str] = {
    "a ruling is superseded": "UPDATE judgment SET superseded_by = 'v1-x' WHERE id = 'v1-1-0'",
    "a ruling is set aside": "UPDATE judgment SET state = 'refused', final = NULL WHERE id = 'v1-2-0'",
    "a ruling is withdrawn": "DELETE FROM judgment WHERE id = 'v1-4-0'",
    "a belief is gone": "DELETE FROM belief WHERE after_round = 1",
    "a belief is another": "UPDATE belief SET p = '[0.9,0.1]' WHERE after_round = 1",
    "a turn is added": """INSERT INTO turn SELECT match, 2, seat, 2, 3, kind, state, 0, text, scratchpad, rest, at
        FROM turn WHERE "index" = 0 AND match = 3""",
    "a turn is taken back": "DELETE FROM turn WHERE match = 3",
    "a turn is set aside": "UPDATE turn SET state = 'refused' WHERE match = 5",
    "a side is chosen": "UPDATE seat SET argues = 1 - argues WHERE match = 1 AND argues IS NOT NULL",
    "a match is opened again": "UPDATE match SET state = 'open' WHERE ordinal = 2",
    "evidence is marked": """UPDATE answer_key SET rest = '{"evidence":[{"start":2,"end":9}]}'""",
    "a record says otherwise": "UPDATE record SET judges = '{}'",
    "a call is made": """INSERT INTO call VALUES (99, 1, 1, 'c', 'turn:0', 'speak', 0, 1, '', 'lab/m', 0.5, '')""",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=[*CHANGES])
def test_whatever_changes_is_seen(path: Path, change: str) -> None:
    """Superseded, set aside, withdrawn, played on: a kept tally is forgotten, and the rest is as if none was."""
    keep(path)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute(change).rowcount > 0
        raw.commit()
    assert kept(path) == 0
    changed = seen(path)
    keep(path)
    assert_same(seen(path), changed)


def test_a_reply_changes_what_was_spent(path: Path) -> None:
    """The call was tallied before it was answered."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(CHANGES["a call is made"])
        raw.commit()
    keep(path)
    before = seen(path).spent
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("INSERT INTO reply VALUES (99,'answered','','','',10,0,5,0.25,1,'',1.0,'{}','')")
        raw.commit()
    assert (sum(s.cost_usd for s in before), sum(s.cost_usd for s in seen(path).spent)) == (0.0, 0.25)


def test_what_is_imported_later_is_seen(path: Path) -> None:
    """The tournament grows, and another share of its matches may be looked at closely."""
    keep(path)
    with Store.open(path) as store:
        take(store, [_played(i, question("Which 0?")) for i in range(MANY, 2 * MANY)], "t")
    grown = seen(path)
    assert len(grown.outcomes.debates) == 2 * MANY
    keep(path)
    assert_same(seen(path), grown)


def test_a_tally_of_another_version_is_not_read(path: Path) -> None:
    """It was worked out otherwise."""
    keep(path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE tally SET version = 0, data = x'00'")
        raw.commit()
    assert len(seen(path).outcomes.debates) == MANY
    assert keep(path) == 1


COLUMNS = {
    "matches": """argues arm broken cited cited_by conceded decisive id new passage player protocol question quoted
        quotes read repeat revealed rounds state verified words""",
    "rulings": "beliefs match recorded said",
    "beliefs": "after_round beliefs ruling",
    "answers": "beliefs match said",
    "calls": """cached_tokens calls cost_max_usd cost_usd failed input_tokens latency_s output_tokens reasoning_tokens
        recorded unpriced what""",
}


def test_a_version_has_these_columns(path: Path) -> None:
    """Whoever reads more, or otherwise, raises the version, so that older tallies are worked out anew."""
    keep(path)
    with closing(sqlite3.connect(path)) as raw:
        version, data = raw.execute("SELECT version, data FROM tally").fetchone()
    found = {name: " ".join(sorted(frame)) for name, frame in loaded(data).items()}
    assert (version, found) == (3, {name: " ".join(said.split()) for name, said in COLUMNS.items()})


def test_what_is_not_played_is_not_kept(path: Path) -> None:
    """It would be forgotten at once."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE match SET state = 'open' WHERE ordinal = 2")
        raw.commit()
    assert keep(path) == 0
    assert kept(path) == 0


def test_parts_together_are_the_whole(path: Path) -> None:
    """Rows, names and sums do not depend on where a plan is divided."""
    whole = seen(path)
    with Store.open(path) as store, store.database.reading() as connection:
        connection.execute(text("SELECT 1"))
        (one,) = part.parts(connection, 1)
        found = Tally.read(connection, one)
    twice = Tally.together([found, found])
    rows = len(found.rulings["match"])
    assert twice.rulings["match"][rows:].tolist() == [MANY + row for row in found.rulings["match"].tolist()]
    assert twice.beliefs["ruling"].max() == rows + found.beliefs["ruling"].max()
    assert len(whole.outcomes) == rows


columns = st.lists(st.sampled_from(["ada", "bob", "", "x\ny", "\u2603"]) | st.none(), max_size=9).map(Column.of)
numbers = arrays(st.sampled_from([np.int32, np.int64, np.float64, np.bool_]), array_shapes(max_dims=2, max_side=5))
texts = st.lists(st.text(st.characters(codec="utf-8")), max_size=5).map(tuple)
frames = st.dictionaries(st.text(max_size=3), columns | numbers | texts, max_size=4)


@given(st.dictionaries(st.text(max_size=3), frames, max_size=3))
def test_bytes_give_back_the_very_same(found: dict[str, Any]) -> None:
    """Codes, numbers of each width, texts; not-a-numbers, too."""
    back = loaded(dumped(found))
    assert back.keys() == found.keys()
    for name, frame in found.items():
        assert back[name].keys() == frame.keys()
        for column, cells in frame.items():
            assert_same(back[name][column], cells)


@given(st.lists(columns, min_size=1, max_size=4))
def test_columns_put_together_say_what_they_said(parts: list[Column]) -> None:
    """Each part has codes of its own; the whole has one, and none stays none."""
    whole: Column = stacked([{"c": column} for column in parts])["c"]
    said = [column.text(row) for column in parts for row in range(len(column))]
    assert [whole.text(row) for row in range(len(whole))] == said
    assert whole.names == tuple(sorted({name for column in parts for name in column.names}))


def test_beliefs_are_as_wide_as_the_widest_part() -> None:
    """What is not there is not a number."""
    whole = stacked([{"b": np.array([[0.5, 0.5]])}, {"b": np.array([[0.2, 0.3, 0.5]])}])["b"]
    assert np.isnan(whole[0, 2])
    assert whole[1].tolist() == [0.2, 0.3, 0.5]
