"""What is left of a judge who withdraws: nothing, or beliefs under a code of chance, and no byte of the code."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from debate.domain import Asked, Study
from debate.errors import StoreError
from debate.report import measure
from debate.store import Store
from debate.store.studies.excluding import exclude
from debate.store.studies.progress import progress
from debate.store.studies.sittings import invalidate
from debate.store.studies.withdrawing import Withdrawn, withdraw
from debate.studies.packing import told
from debate.studies.wording import WITHDRAWAL, consent, consent_hash
from debate.tui.judging.sitting import Sitting
from tests.tui.studied import enter, plainly, rows, ruled, sat, study

ANSWERS = ("", "50", "", "30", "", "", "20", "The sand in two crates.", "yes")


def test_who_withdraws_leaves_nothing(tmp_path: Path) -> None:
    """Sittings, acts, rulings and beliefs of one judge are gone, those of another stay."""
    path = study(tmp_path, 1, overlap=2)
    plainly(path, *ANSWERS, judge="j01")
    plainly(path, *ANSWERS, judge="j02")
    with Store.open(path) as store:
        assert withdraw(store, "test", "j01").transcripts == 1
    assert [row[1] for row in ruled(path)] == ["j02"]
    assert rows(path, "SELECT judge FROM sitting") == [("j02",)]
    assert rows(path, "SELECT count(*) FROM belief") == [(3,)]


WORDY = ("", "50", "", "30", "", "", "20", "Sentinel words of mine.", "yes", "3", "2", "Sentinel remark.")
SURVEY = (
    Asked(name="hard", text="How hard?"),
    Asked(name="side", text="Which?", kind="choice", options=("A", "B")),
    Asked(name="more", text="What else?", kind="text"),
)


def held(path: Path) -> bytes:
    """All bytes of the database and its log."""
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def counted(path: Path) -> str:
    """What is measured, without the names of judges."""
    with Store.open(path) as store:
        found = measure(store, "test").model_dump_json()
    return re.sub(r"withdrawn-[0-9a-f]{6}|j-sentinel", "j-sentinel", found)


def unsigned(path: Path, judge: str = "j-sentinel") -> Withdrawn:
    with Store.open(path) as store:
        return withdraw(store, "test", judge)


def test_who_withdraws_where_that_anonymises_leaves_beliefs_alone(tmp_path: Path) -> None:
    """Rows and measures stay; the code, ids that follow from it, words, marks, keys and times of day are gone."""
    path = study(tmp_path, 4, overlap=2, items=2, withdrawal="anonymise", survey=SURVEY)
    with sat(path, "j-sentinel") as blind:
        sitting = Sitting(blind, blind.queue("test")[0].id, blind.study("test"))
        sitting.do("begin", text="sentinel-terminal", about="c1-agreed")
        sitting.do("note", text="Sentinel note.", about="0")
        sitting.leave()
    plainly(path, *WORDY[1:], *WORDY, judge="j-sentinel")
    plainly(path, *WORDY, judge="j02")
    before, rulings = counted(path), ruled(path)
    ids = [id for (id,) in rows(path, "SELECT id FROM judgment WHERE judge = 'j-sentinel'")]
    assert ids
    mine = [row for row in rulings if row[1] == "j-sentinel"]
    left = unsigned(path)
    assert (left.transcripts, left.code[:10], len(left.code)) == (2, "withdrawn-", 16)
    assert ruled(path) == [(*row[:1], left.code, *row[2:7], "", *row[8:]) if row in mine else row for row in rulings]
    assert counted(path) == before
    code = left.code
    assert {len(at) for (at,) in rows(path, "SELECT at FROM judgment WHERE judge = ?", code)} == {10}
    done = rows(path, "SELECT act.kind, act.rest, act.at FROM act JOIN sitting ON id = sitting WHERE judge = ?", code)
    assert {len(at) for *_, at in done} == {10}
    assert not {"draft", "note"} & {kind for kind, *_ in done}
    assert not [rest for _, rest, _ in done if "keys" in rest]
    assert {json.loads(rest).get("text") for kind, rest, _ in done if kind == "answer"} == {"3", "2", None}
    everything = held(path)
    with closing(sqlite3.connect(path)) as raw:
        theirs = raw.execute("SELECT rest FROM act JOIN sitting ON id = sitting WHERE judge = 'j02'").fetchall()
    assert "Sentinel words" in str(theirs)
    for gone in ("j-sentinel", "sentinel-terminal", "Sentinel note", *ids):
        assert gone.encode() not in everything


@pytest.mark.parametrize("withdrawal", ["erase", "anonymise"])
def test_nothing_of_who_withdrew_is_left_in_the_file(tmp_path: Path, withdrawal: str) -> None:
    """Neither in free pages nor in the log; and it can be asked for again."""
    path = study(tmp_path, 2, withdrawal=withdrawal)
    plainly(path, *ANSWERS, *ANSWERS, judge="j-sentinel")
    assert b"j-sentinel" in held(path)
    assert b"two crates." in held(path)
    assert unsigned(path).transcripts == 2
    assert b"j-sentinel" not in held(path)
    assert b"The sand in two crates." not in held(path)
    assert unsigned(path).transcripts == 0


def test_a_file_that_is_being_read_is_rewritten_when_it_is_asked_for_again(tmp_path: Path) -> None:
    """Who reads holds the log; the rows are gone at once, and the second time the bytes are."""
    path = study(tmp_path, 1, withdrawal="anonymise")
    plainly(path, *ANSWERS, judge="j-sentinel")
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sitting").fetchone()
        with Store.open(path, patience_s=0) as store, pytest.raises(StoreError, match="run the same command again"):
            withdraw(store, "test", "j-sentinel")
    assert rows(path, "SELECT count(*) FROM sitting WHERE judge = 'j-sentinel'") == [(0,)]
    assert unsigned(path).transcripts == 0
    assert b"j-sentinel" not in held(path)


def test_consent_names_what_becomes_of_who_withdraws() -> None:
    """The hash covers it, and a judge with a pack agrees to the same text; where no consent is asked, none is told."""
    both = [Study(consent="Do you agree?", withdrawal=what) for what in ("erase", "anonymise")]
    assert consent_hash(both[0]) != consent_hash(both[1])
    assert [WITHDRAWAL[one.withdrawal] in consent(one) for one in both] == [True, True]
    assert [consent(told(one)) for one in both] == [consent(one) for one in both]
    assert consent(Study(withdrawal="anonymise")) == ""


def test_what_was_not_finished_goes_to_others_when_a_judge_is_made_nobody(tmp_path: Path) -> None:
    """And a ruling that a declared rule took out stays so, by that rule; other reasons are words about a person."""
    path = study(tmp_path, 3, items=3, withdrawal="anonymise", exclude_fast_s=9.0)
    plainly(path, *ANSWERS, judge="j01")
    with Store.open(path) as store:
        exclude(store, "test")
    assert unsigned(path, "j01").transcripts == 3
    assert rows(path, "SELECT state, why FROM sitting ORDER BY place") == [
        ("invalid", "by rule: faster than the study's rule"), ("skipped", ""), ("skipped", "")
    ]  # fmt: skip
    assert rows(path, "SELECT superseded_by FROM judgment") == [("invalid: by rule: faster than the study's rule",)]
    enter(path, "j02")
    assert rows(path, "SELECT count(*) FROM sitting WHERE judge = 'j02'") == [(3,)]
    plainly(path, *ANSWERS, judge="j02")
    with Store.open(path) as store:
        invalidate(store, "test", "j02", "Ann slept")
    code = unsigned(path, "j02").code
    assert b"Ann slept" not in held(path)
    assert rows(path, "SELECT count(*) FROM judgment WHERE judge = ? AND superseded_by IS NOT NULL", code) == [(1,)]


def test_checks_of_attention_are_failed_as_before_under_the_new_code(tmp_path: Path) -> None:
    """Which answer a check asks for follows from the code, so a code is drawn that asks for the same."""
    path = study(tmp_path, 8, attention=6, items=2, prior=False, beliefs="final", reason=False, withdrawal="anonymise")
    with sat(path) as blind:
        for place in blind.queue("test"):
            sitting = Sitting(blind, place.id, blind.study("test"))
            for kind in ("begin", "next", "next"):
                sitting.do(kind)
            sitting.do("believe", percent=95)
            sitting.do("next")
            sitting.do("submit")
    with Store.open(path) as store:
        (before,) = progress(store, "test")
        assert before.checks == 6
        code = withdraw(store, "test", "j07").code
        (after,) = progress(store, "test")
    assert after == before.model_copy(update={"judge": code})
