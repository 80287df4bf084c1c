"""Runs from the command line: to the end, to a cap, past failures, and on from where they stopped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.driving import cli, read, small


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def states() -> dict[str, int]:
    found: dict[str, int] = read(cli("status", "--json"))["matches"]
    return {state: count for state, count in found.items() if count}


def test_a_run_plays_judges_and_says_what_to_do_next(tmp_path: Path) -> None:
    """Four matches, sixteen speeches, four rulings."""
    small(tmp_path)
    ended = cli("run")
    assert ended.exit_code == 0
    assert "finished: 4 of 4 matches done, 4 judgments" in ended.stderr
    assert "debate report small" in ended.stderr
    assert read(cli("status", "--json"))["calls"] == 20


def test_a_finished_run_makes_no_calls_and_says_so(tmp_path: Path) -> None:
    """I8: the same command again does nothing, even if nobody could answer any more."""
    small(tmp_path)
    cli("run")
    (tmp_path / "players.py").write_text("def speak(ask): raise SystemExit('called')")
    ended = cli("run")
    assert ended.exit_code == 0
    assert '"small" is finished: nothing to do' in ended.stderr
    assert read(cli("status", "--json"))["calls"] == 20


def test_flags_alone_make_a_tournament(tmp_path: Path) -> None:
    """Without a file, who plays is typed; another database is named with --db."""
    small(tmp_path)
    (tmp_path / "tournament.toml").unlink()
    players = ("--debater", "x=scripted/players.py", "--debater", "y=scripted/players.py")
    rest = ("--judge", "scripted/players.py", "--questions", "bank.jsonl", "--sample", 1, "--rounds", 1)
    ended = cli("run", *players, *rest, "--name", "typed", "--db", "other.db")
    assert ended.exit_code == 0
    assert "debate report typed --db other.db" in ended.stderr
    assert not Path("debate.db").exists()


def test_flags_alone_say_who_meets_whom_and_what_it_is_held_against(tmp_path: Path) -> None:
    """One debater may meet itself; controls are named, or there are none of them."""
    small(tmp_path)
    typed = ("--debater", "scripted/players.py", "--judge", "scripted/players.py", "--questions", "bank.jsonl")
    alone = cli("plan", *typed, "--json")
    assert alone.exit_code == 2
    assert "(--pairing self-play)" in alone.stderr
    games = {}
    for controls in (("none",), ("naive", "consultancy")):
        flags = [word for control in controls for word in ("--control", control)]
        planned = read(cli("plan", *typed, "--pairing", "self-play", *flags, "--json"))
        games[controls] = {line["cell"].split()[0] for line in planned["lines"]}
    assert games == {("none",): {"debate"}, ("naive", "consultancy"): {"debate", "naive", "consultancy"}}
    assert 'Did you mean "naive"?' in cli("plan", *typed, "--pairing", "self-play", "--control", "naiv").stderr


def test_a_file_that_is_left_aside_is_mentioned(tmp_path: Path) -> None:
    """Flags alone and a tournament.toml: nobody has to guess which one counts."""
    small(tmp_path)
    players = ("--debater", "x=scripted/players.py", "--debater", "y=scripted/players.py")
    ended = cli("plan", *players, "--judge", "scripted/players.py", "--questions", "bank.jsonl")
    assert '"tournament.toml" is left aside, since --debater is given' in ended.stderr


def test_a_cap_on_calls_stops_cleanly_and_is_raised_to_go_on(tmp_path: Path) -> None:
    """C22: exit 4, never more calls than the cap, and the rest later."""
    small(tmp_path)
    ended = cli("run", "--max-calls", 7)
    assert ended.exit_code == 4
    assert "--max-calls N" in ended.stderr
    assert read(cli("status", "--json"))["calls"] == 7
    ended = cli("run", "--max-calls", 1)
    assert "the cap of 1 call is reached" in ended.stderr
    assert "--max-calls N" in ended.stderr
    assert cli("run", "--max-calls", 20).exit_code == 0
    assert states() == {"done": 4}


def test_failed_turns_are_counted_and_exit_3(tmp_path: Path) -> None:
    """D2: an empty speech, asked for once more, sets the match aside; the others go on."""
    small(tmp_path, how=":refuses")
    ended = cli("run")
    assert ended.exit_code == 3
    assert "4 set aside" in ended.stderr
    assert states() == {"set-aside": 4}
    assert "with a turn that is empty, ada at seat A" in cli("status").stdout


def test_events_are_json_lines_on_stdout_and_nothing_else_is(tmp_path: Path) -> None:
    """Scripts read one object a line, each with its schema; messages go to stderr."""
    small(tmp_path)
    ended = cli("run", "--json")
    events = [json.loads(line) for line in ended.stdout.splitlines()]
    assert {event["schema"] for event in events} == {"debate.event/1"}
    names = [event["event"] for event in events]
    assert (names[0], names[-1]) == ("started", "ended")
    assert (names.count("turn"), names.count("judgment"), names.count("match")) == (16, 4, 4)
    assert events[-1]["ending"] == "done"
    assert events[-1]["exit_code"] == 0


def test_quiet_says_nothing(tmp_path: Path) -> None:
    """`--quiet` leaves both streams empty when all is well."""
    small(tmp_path)
    ended = cli("run", "--quiet")
    assert (ended.exit_code, ended.stdout, ended.stderr) == (0, "", "")


def test_another_judge_rules_on_what_is_there(tmp_path: Path) -> None:
    """`rejudge` makes rulings and no speech, once."""
    small(tmp_path)
    cli("run")
    again = ("rejudge", "small", "--judge", "flo=scripted/players.py", "--view", "quotes", "--view", "full")
    ended = cli(*again)
    assert ended.exit_code == 0
    stands = read(cli("status", "--json"))
    assert (stands["turns"], stands["judgments"], stands["calls"]) == (16, 12, 28)
    assert "nothing to do" in cli(*again).stderr


def test_a_run_goes_on_after_another_judge_has_ruled(tmp_path: Path) -> None:
    """Who joined by `rejudge` is missing in the file, and stays a judge: of what is played later as well."""
    small(tmp_path)
    assert cli("run", "--max-calls", 6).exit_code == 4
    assert cli("rejudge", "small", "--judge", "flo=scripted/players.py", "--max-calls", 200).exit_code == 0
    assert cli("run", "--max-calls", 200).exit_code == 0
    stands = read(cli("status", "--json"))
    assert "nothing to do" in cli("run").stderr
    assert stands["judgments"] == 8


def test_another_judge_takes_no_seat(tmp_path: Path) -> None:
    """Where games have a judge's seat, one who comes later rules on those that are there, and starts none."""
    small(tmp_path)
    players = ("--debater", "builtin/advocate", "--judge", "builtin/gullible", "--protocol", "market-making:rounds=2")
    cli("run", *players, "--questions", "bank.jsonl", "--name", "priced")
    before = read(cli("status", "priced", "--json"))
    assert cli("rejudge", "priced", "--judge", "builtin/weigher").exit_code == 0
    after = read(cli("status", "priced", "--json"))
    assert after["turns"] == before["turns"]
    assert after["judgments"] > before["judgments"]


def test_a_judge_of_the_same_name_must_be_the_same(tmp_path: Path) -> None:
    """Two judges of one name could not be told apart in a report."""
    small(tmp_path)
    cli("run")
    ended = cli("rejudge", "small", "--judge", "jo=builtin/naive")
    assert ended.exit_code == 2
    assert 'there is a judge "jo"' in ended.stderr


def test_an_unknown_judge_is_refused_by_name(tmp_path: Path) -> None:
    """What is added is checked as a file would be."""
    small(tmp_path)
    cli("run")
    ended = cli("rejudge", "small", "--judge", "builtin/weiger")
    assert ended.exit_code == 2
    assert 'Did you mean "builtin/weigher"?' in ended.stderr


def test_peeking_is_shown_and_recorded(tmp_path: Path) -> None:
    """Running accuracy is shown on request alone, and the request is kept with the tournament."""
    from debate.store import Store

    small(tmp_path)
    assert cli("run", "--peek", "--max-calls", 6).exit_code == 4
    with Store.open("debate.db", readonly=True) as store:
        pinned = store.pinned("small")
    assert pinned
    assert pinned.tournament.peek


def test_peeking_later_on_is_recorded_and_stays_so(tmp_path: Path) -> None:
    """Who looks half way has looked, also when the rest is played without looking."""
    from debate.store import Store

    small(tmp_path)
    for more in (("--max-calls", 6), ("--peek", "--max-calls", 12), ()):
        cli("run", *more)
    with Store.open("debate.db", readonly=True) as store:
        pinned = store.pinned("small")
    assert pinned
    assert pinned.tournament.peek
    assert "nothing to do" in cli("run").stderr


def test_a_replay_costs_no_call_of_anyones(tmp_path: Path) -> None:
    """`replay/NAME` finds in the database what was once said, for the same player on the same question."""
    file = small(tmp_path)
    cli("run")
    text = (
        file.read_text().replace("scripted/players.py:speak", "replay/small").replace('"small"\nseed', '"again"\nseed')
    )
    file.write_text(text)
    ended = cli("run")
    assert ended.exit_code == 0, ended.stderr
    said = [
        [turn["text"] for turn in json.loads(line)["turns"]]
        for name in ("small", "again")
        for line in cli("export", name).stdout.splitlines()
    ]
    assert sorted(said[:4]) == sorted(said[4:])


def test_the_demo_plays_judges_and_reports_offline(tmp_path: Path) -> None:
    """The main job on the embedded default: a database, a page, the report, and one debate to look at."""
    ended = cli("demo", "--sample", 2)
    assert ended.exit_code == 0, ended.stderr
    assert "weigher" in ended.stdout
    assert Path("demo.db").exists()
    assert Path("debate-demo.html").read_text().startswith("<!doctype html>")
    shown = next(line for line in ended.stderr.splitlines() if "debate show" in line)
    assert cli(*shown.split("debate ")[1].split()).exit_code == 0
    assert read(cli("demo", "--sample", 2, "--json"))["tournament"] == "demo"
