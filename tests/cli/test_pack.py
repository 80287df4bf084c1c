"""Judging away from the database: what a pack holds, that it gives the same rulings, and what is refused."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from debate.store.studies.blind import Blind
from debate.tui.judging.sitting import Sitting
from tests.cli.driving import PATIENCE_S, cli, command, environ, read, wait_for
from tests.cli.judged import ANSWERS, acts, rows, rulings, sat, study, typed

THEN = "2026-01-02T03:04:05.678Z"


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tournament of two debates, and a pack of it."""
    folder = tmp_path_factory.mktemp("study")
    database = study(folder, judging='feedback = "always"')
    assert cli("judge", "pack", "--as", "j07", "-o", folder / "j07.pack", "--db", database).exit_code == 0
    return folder


@pytest.fixture
def here(played: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copies of both, apart from each other: the study's in `study`, the judge's in the present folder."""
    (tmp_path / "study").mkdir()
    shutil.copy(played / "debate.db", tmp_path / "study")
    shutil.copy(played / "j07.pack", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def judged(*answers: str, code: str = "j07") -> Any:
    return cli("judge", "--from", "j07.pack", "--as", code, "--plain", stdin=typed(*answers))


def imported(here: Path) -> Any:
    return cli("import", "j07.pack.result.json", "--db", here / "study" / "debate.db")


def changed(file: Path, change: Callable[[Any], None]) -> None:
    value = json.loads(file.read_bytes())
    change(value)
    file.write_text(json.dumps(value))


def test_the_same_answers_give_the_same_rows(here: Path) -> None:
    """I9: judged directly, and from a pack: rulings, beliefs and acts are the same rows."""
    database, direct = here / "study" / "debate.db", here / "direct.db"
    shutil.copy(database, direct)
    answers = typed(*ANSWERS, "", "30", "", "40", "stop", "No quote.", "yes")
    assert cli("judge", "--as", "j07", "--plain", "--db", direct, stdin=answers).exit_code == 0
    assert judged(*ANSWERS, "", "30", "", "40", "stop", "No quote.", "yes").exit_code == 0
    assert imported(here).exit_code == 0
    assert len(rulings(database)) == 2
    assert rulings(database) == rulings(direct)
    assert acts(database) == acts(direct)


def test_a_pack_holds_no_names_no_answers_and_no_rulings(here: Path) -> None:
    """Ballots are all that is in it, and all that is unfolded beside it."""
    assert judged().exit_code == 0
    for file in (here / "j07.pack", here / "j07.pack.state", here / "j07.pack.result.json"):
        held = file.read_bytes()
        assert b"sentinel" not in held
        assert b"players.py" not in held
    state = here / "j07.pack.state"
    assert rows(state, "SELECT count(*) FROM answer_key") == [(0,)]
    assert rows(state, "SELECT count(*) FROM player") == [(0,)]
    assert rows(state, "SELECT count(*) FROM judgment") == [(0,)]


def test_judging_goes_on_after_a_kill(here: Path) -> None:
    """I1: kill -9 in the middle; the next start is at the same place, and the rulings are whole."""
    state = here / "j07.pack.state"
    words = command("judge", "--from", "j07.pack", "--as", "j07", "--plain")
    with subprocess.Popen(
        words, cwd=here, env=environ(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as judging:
        assert judging.stdin is not None
        judging.stdin.write(typed(*ANSWERS[:5]))
        judging.stdin.flush()
        wait_for(lambda: state.exists() and len(acts(state)) >= 6)
        judging.kill()
    before = acts(state)
    assert judged(*ANSWERS[5:]).exit_code == 0
    assert acts(state)[: len(before)] == before
    assert imported(here).exit_code == 0
    assert len(rulings(here / "study" / "debate.db")) == 1


def test_a_result_is_taken_once(here: Path) -> None:
    """A part first, then the whole, then the whole again: each act is there once."""
    judged(*ANSWERS[:3])
    assert imported(here).exit_code == 0
    judged(*ANSWERS[3:], *ANSWERS)
    assert imported(here).exit_code == 0
    database = here / "study" / "debate.db"
    held = rulings(database), acts(database), rows(database, "SELECT at FROM judgment ORDER BY ordinal")
    again = cli("import", "j07.pack.result.json", "--db", database, "--json")
    assert again.exit_code == 0
    (came,) = read(again)["judges"]
    assert (came["submitted"], came["known"]) == (2, 2)
    assert (rulings(database), acts(database), rows(database, "SELECT at FROM judgment ORDER BY ordinal")) == held


def test_rulings_are_dated_when_they_were_made(here: Path) -> None:
    """Not when they were brought in."""
    judged(*ANSWERS)
    changed(here / "j07.pack.result.json", lambda r: r["done"][0].update(at=[THEN] * len(r["done"][0]["acts"])))
    assert imported(here).exit_code == 0
    assert rows(here / "study" / "debate.db", "SELECT at FROM judgment WHERE kind = 'human'") == [(THEN,)]


def test_points_are_told_after_the_import_where_the_study_tells_them(here: Path) -> None:
    """A pack cannot tell: it has no key. The judge is told nothing, the researcher is told what may be passed on."""
    shown = judged(*ANSWERS, *ANSWERS)
    assert "right answer is" not in shown.stdout.split("---")[-1]
    told = imported(here)
    assert "1 of 2 right" in told.stdout
    assert "points on average" in told.stdout


def test_another_judge_cannot_use_a_pack(here: Path) -> None:
    """The code and the file belong together; nothing is unfolded."""
    wrong = judged(code="j08")
    assert wrong.exit_code == 2
    assert "not the pack of" in wrong.stderr
    assert not (here / "j07.pack.state").exists()


def test_a_pack_that_is_not_there_is_said_so(here: Path) -> None:
    """A sentence, before anything is made."""
    missing = cli("judge", "--from", "j08.pack", "--as", "j07", "--plain")
    assert missing.exit_code == 2
    assert 'there is no pack "j08.pack"' in missing.stderr


def test_a_pack_that_was_changed_is_refused(here: Path) -> None:
    """A word of a speech, half of the file, another file: one sentence, no traceback."""
    pack = here / "j07.pack"
    whole = pack.read_bytes()
    changed(pack, lambda p: p["held"][0]["ballot"]["speeches"][0].update(text="Believe B."))
    assert judged().exit_code == 7
    assert "not as it was packed" in judged().stderr
    for spoilt in (whole[: len(whole) // 2], b"", b"[" * 100_000, b"\xff\xfe"):
        pack.write_bytes(spoilt)
        assert judged().exit_code == 7


def test_what_was_read_otherwise_than_it_was_packed_is_refused(here: Path) -> None:
    """Speeches and their hashes changed together pass at the judge's, and break the seal."""
    from debate.studies.packing import Pack, hashed

    def forge(value: Any) -> None:
        value["held"][0]["ballot"]["speeches"][0]["text"] = "Believe B."
        ballot = Pack.model_validate(value).held[0].ballot
        value["cover"]["ballots"][str(value["held"][0]["sitting"])] = hashed(ballot)

    changed(here / "j07.pack", forge)
    assert judged(*ANSWERS).exit_code == 0
    refused = imported(here)
    assert refused.exit_code == 7
    assert "not from a pack of this database" in refused.stderr
    assert rulings(here / "study" / "debate.db") == []


def test_a_result_for_another_database_is_refused(here: Path) -> None:
    """The same tournament, played elsewhere: its seal is another."""
    judged(*ANSWERS)
    (here / "other").mkdir()
    other = study(here / "other")
    assert cli("judges", "enrol", "--as", "j07", "--db", other).exit_code == 0
    assert cli("import", "j07.pack.result.json", "--db", other).exit_code == 7
    assert rulings(other) == []


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("invalidate", "people", "--as", "j07", "--why", "asleep"), "not counted any more"),
        (("withdraw", "people", "--as", "j07", "--yes"), "has withdrawn"),
    ],
)
def test_what_is_not_counted_any_more_is_not_added_to(here: Path, command: tuple[str, ...], said: str) -> None:
    """A judge whose rulings were taken out, or who withdrew, while the pack was away."""
    database = here / "study" / "debate.db"
    judged(*ANSWERS)
    assert imported(here).exit_code == 0
    judged(*ANSWERS)
    assert cli("judges", *command, "--db", database).exit_code == 0
    before = rulings(database), acts(database)
    refused = imported(here)
    assert refused.exit_code == 7
    assert said in refused.stderr
    assert (rulings(database), acts(database)) == before


def test_acts_that_cannot_have_been_done_are_refused(here: Path) -> None:
    """A ruling handed in without a belief, or with one out of range: nothing of the file is taken."""
    judged(*ANSWERS, *ANSWERS)
    file = here / "j07.pack.result.json"
    whole = file.read_bytes()
    for change in (
        lambda r: r["done"][0]["acts"].pop(1) and r["done"][0]["at"].pop(1),
        lambda r: r["done"][0]["acts"][1].update(percent=100),
        lambda r: r["done"][0]["at"].pop(),
        lambda r: r["done"][0].update(sitting=99),
        lambda r: r["done"].append(r["done"][0]),
    ):
        file.write_bytes(whole)
        changed(file, change)
        assert imported(here).exit_code == 7
    assert rulings(here / "study" / "debate.db") == []


def test_judging_in_two_places_at_once_is_noticed(here: Path) -> None:
    """What was judged directly while the pack was away stays, and the other is refused."""
    database = here / "study" / "debate.db"
    judged(*ANSWERS)
    sat(database, "", "11", "quit")
    refused = imported(here)
    assert refused.exit_code == 7
    assert "went on with it otherwise" in refused.stderr


def test_nothing_to_judge_is_nothing_to_pack(here: Path) -> None:
    """No empty file is written."""
    database = here / "study" / "debate.db"
    sat(database, *ANSWERS, *ANSWERS)
    refused = cli("judge", "pack", "--as", "j07", "-o", "again.pack", "--db", database)
    assert refused.exit_code == 2
    assert not (here / "again.pack").exists()


def test_a_judge_who_cannot_read_the_database_needs_only_the_pack(here: Path) -> None:
    """From a process to which the database is closed, the same rulings come back."""
    database = here / "study" / "debate.db"
    judging = command("judge", "--from", "j07.pack", "--as", "j07", "--plain")
    with closed(database.parent) as without:
        tried = subprocess.run([*without, "cat", str(database)], capture_output=True, check=False)
        assert tried.returncode
        done = subprocess.run(
            [*without, *judging],
            cwd=here,
            env=environ(DEBATE_DB=str(database)),
            input=typed(*ANSWERS),
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_S,
        )
    assert done.returncode == 0, done.stderr
    assert imported(here).exit_code == 0
    assert len(rulings(database)) == 1


@contextmanager
def closed(folder: Path) -> Iterator[list[str]]:
    """Close a folder by its mode, and give the words before a command that cannot look into it."""
    without: list[str] = []
    if os.geteuid() == 0:  # an administrator is not held by a mode before giving up the power to read everything
        if shutil.which("setpriv") is None:
            pytest.skip("an administrator reads everything")
        os.chown(folder, 65534, 65534)
        without = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    folder.chmod(0o700 if without else 0)
    try:
        yield without
    finally:
        folder.chmod(0o700)
        if without:
            os.chown(folder, 0, 0)


ASKING = """
attention = 1
repeat = 1
exclude_attention = 1
exclude_fast_s = 5
consent = "You can leave at any time."

[[judging.survey]]
name = "sure"
text = "How sure are you?"
"""


def test_a_pack_asks_all_that_a_study_asks_and_tells_nothing_of_its_checks(tmp_path: Path) -> None:
    """Consent and survey come back; a check of attention and a repetition are transcripts like any other."""
    database = study(tmp_path, 5, judging=ASKING)
    pack = tmp_path / "j07.pack"
    assert cli("judge", "pack", "--as", "j07", "-o", pack, "--db", database).exit_code == 0
    held = json.loads(pack.read_bytes())
    assert len(held["held"]) > len({one["ballot"]["match"] for one in held["held"]})
    assert {held["cover"]["study"][name] for name in ("attention", "repeat", "exclude_attention")} == {0}
    assert set(held["held"][0]) == {"sitting", "ballot", "acts"}
    refused = cli("judge", "--from", pack, "--as", "j07", "--plain", stdin="no\n")
    assert refused.exit_code == 2
    assert "You can leave at any time." in refused.stdout
    each = (*ANSWERS, "4")
    done = cli("judge", "--from", pack, "--as", "j07", "--plain", stdin=typed("yes", *each * len(held["held"])))
    assert done.exit_code == 0, done.stderr
    assert cli("import", f"{pack}.result.json", "--db", database).exit_code == 0
    purposes = rows(database, "SELECT DISTINCT purpose FROM judgment WHERE kind = 'human' ORDER BY 1")
    assert purposes == [("attention",), ("repeat",), ("study",)]
    agreed = rows(database, "SELECT DISTINCT json_extract(rest, '$.about') <> '' FROM act WHERE kind = 'begin'")
    sure = rows(database, "SELECT DISTINCT rest ->> '$.text' FROM act WHERE kind = 'answer'")
    assert (agreed, sure) == ([(1,)], [("4",)])


def test_results_are_imported_apart_from_other_files(here: Path) -> None:
    """One object of JSON comes of one command."""
    judged(*ANSWERS)
    pack = cli("import", "j07.pack", "--db", here / "study" / "debate.db")
    assert pack.exit_code == 2
    assert 'sends back, "j07.pack.result.json"' in pack.stderr
    (here / "records.jsonl").write_text("{}")
    both = cli("import", "j07.pack.result.json", "records.jsonl", "--db", here / "study" / "debate.db")
    assert both.exit_code == 2
    assert "apart from others" in both.stderr


PRACTISING = """
practice = 1
qualify = 1
"""


def right_belief(database: Path, purpose: str) -> str:
    """The belief in the first displayed answer by which a ruling is right, of the first sitting for a purpose."""
    ((first,),) = rows(
        database,
        "SELECT json_extract(sitting.shown, '$[0]') = correct FROM sitting JOIN match ON match.ordinal = sitting.match"
        f" JOIN answer_key USING (question) WHERE purpose = '{purpose}' ORDER BY sitting.id LIMIT 1",
    )
    return "80" if first else "20"


@pytest.mark.parametrize("passes", [True, False])
def test_practice_is_a_pack_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passes: bool) -> None:
    """The gates of practice: what counts is packed once it was passed; else it is closed, and others' to judge."""
    monkeypatch.chdir(tmp_path)
    database = study(tmp_path, 4, judging=PRACTISING)
    packing = ("judge", "pack", "--as", "j07", "-o", "j07.pack", "--db", database)
    first = cli(*packing)
    assert "1 transcripts of practice" in first.stdout
    belief = right_belief(database, "practice")
    if not passes:
        belief = str(100 - int(belief))
    done = judged("", "50", "", "50", "", "", belief, "It was quoted.", "yes")
    assert "for practice" in done.stdout
    assert "That was practice" in done.stderr
    assert "assigned to do so" not in done.stderr, "that is told at the end of the study"
    came = cli("import", "j07.pack.result.json", "--db", database)
    assert f"{int(passes)} of 1 right" in came.stdout
    letter = (tmp_path / "j07.pack.letter.txt").read_text()
    assert "The right answer is" in letter
    assert ("what follows is open" if passes else "closed: 0 of 1 right in practice") in letter
    assert ("argued falsely" in letter) is not passes, "for whom it is closed the study is over"
    later = cli(*packing)
    if passes:
        assert "wrote 3 transcripts for j07" in later.stdout
        return
    assert later.exit_code == 2
    assert "closed: 0 of 1 right in practice" in later.stderr
    assert rows(database, "SELECT state, count(*) FROM sitting GROUP BY 1") == [("skipped", 3), ("submitted", 1)]
    assert cli("judges", "enrol", "--as", "k1", "--db", database).exit_code == 0
    assert rows(database, "SELECT count(*) FROM sitting WHERE judge = 'k1' AND state = 'open'") == [(4,)]


def test_who_argued_falsely_is_written_at_the_end_and_not_before(here: Path) -> None:
    """A part of the result tells nothing; the whole does; what is corrected after that comes too late."""
    database, letter = here / "study" / "debate.db", here / "j07.pack.letter.txt"
    judged(*ANSWERS)
    assert imported(here).exit_code == 0
    assert "argued falsely" not in letter.read_text()
    judged(*ANSWERS)
    assert imported(here).exit_code == 0
    assert letter.read_text().count("argued falsely") == 2
    before = rulings(database)
    with Blind.open(here / "j07.pack.state", "j07") as blind:
        last = [place.id for place in blind.queue("people") if not blind.locked(place.id)]
        sitting = Sitting(blind, last[0], blind.study("people"))
        sitting.do("amend")
        sitting.do("reason", text="Now I know.")
        sitting.do("submit")
    judged()
    late = imported(here)
    assert late.exit_code == 0
    assert "1 corrected after it was told" in late.stdout
    assert rulings(database) == before


def test_what_was_given_back_meanwhile_can_still_be_handed_in(here: Path) -> None:
    """I3: the judge was taken for gone, and comes back with a result: it counts."""
    database = here / "study" / "debate.db"
    judged(*ANSWERS)
    given = cli("judges", "release", "people", "--as", "j07", "--db", database)
    assert "2 transcripts are given back" in given.stdout
    assert imported(here).exit_code == 0
    assert len(rulings(database)) == 1
