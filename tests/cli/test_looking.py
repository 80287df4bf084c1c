"""Commands that only look: plans, banks, models, this machine, the database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.driving import cli, read, small

KEY = "sk-live-4f9d8c7b6a5e4d3c2b1a0f9e8d7c6b5a"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_plan_counts_prices_and_says_where_each_value_comes_from(tmp_path: Path) -> None:
    """Nothing is made, not even a database."""
    small(tmp_path)
    shown = cli("plan", "--seed", 5)
    assert shown.exit_code == 0
    assert "4 matches, 4 rulings, 20 calls" in shown.stdout
    assert "--seed" in shown.stdout
    assert "tournament.toml:" in shown.stdout
    assert not Path("debate.db").exists()


def test_a_plan_is_json_too(tmp_path: Path) -> None:
    """Scripts get the same numbers, and the sources of the settings."""
    small(tmp_path)
    plan = read(cli("plan", "--json"))
    assert plan["schema"] == "debate.plan/1"
    assert (plan["matches"], plan["rulings"], plan["calls"]) == (4, 4, 20)
    assert {"key": "seed", "value": "1", "source": "tournament.toml:3"} in plan["settings"]


def test_a_file_to_start_from_plays_as_it_stands() -> None:
    """`init` writes it once, and never over another without being told."""
    assert cli("init").exit_code == 0
    assert cli("plan").exit_code == 0
    again = cli("init")
    assert again.exit_code == 2
    assert "there already" in again.stderr
    assert cli("init", "--yes").exit_code == 0


def test_the_bundled_banks_are_counted_and_right() -> None:
    """What comes with the package passes its own check."""
    listed = read(cli("questions", "list", "--json"))
    assert listed["schema"] == "debate.questions/1"
    assert sum(bank["questions"] for bank in listed["banks"].values()) >= 40
    assert cli("questions", "check").exit_code == 0


def test_every_problem_of_a_bank_is_listed(tmp_path: Path) -> None:
    """G6, G7: exit 7, the lines on stderr, or all of it as JSON."""
    bank = tmp_path / "bad.jsonl"
    bank.write_text('{"id": "a", "text": "?", "answers": ["x", "x"], "correct": 0}\nnot json\n')
    shown = cli("questions", "check", bank)
    assert shown.exit_code == 7
    assert f"{bank}:1:" in shown.stderr
    assert f"{bank}:2:" in shown.stderr
    told = cli("questions", "check", bank, "--json")
    assert told.exit_code == 7
    assert len(read(told)["problems"]) >= 2


def test_models_are_listed_with_prices() -> None:
    """Built-ins are free; others have prices, as far as they are known."""
    models = {one["model"]: one for one in read(cli("models", "--json"))["models"]}
    assert models["builtin/advocate"]["input"] == 0
    assert any(name.startswith("anthropic/") and price["output"] > 0 for name, price in models.items())
    assert "builtin/weigher" in cli("models", "weigh").stdout


def test_the_doctor_tells_keys_from_no_keys_and_shows_neither(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """J1, C20: present or absent, addresses and proxies without their passwords."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    monkeypatch.setenv("HTTPS_PROXY", f"http://me:{KEY}@proxy.example:3128")
    monkeypatch.setenv("OPENAI_BASE_URL", f"http://me:{KEY}@127.0.0.1:8000/v1?key={KEY}")
    shown = cli("doctor")
    assert KEY not in shown.stdout + shown.stderr
    told = read(cli("doctor", "--json"))
    assert told["keys"]["OPENAI_API_KEY"] is True
    assert told["keys"]["ANTHROPIC_API_KEY"] is False
    assert told["proxies"]["HTTPS_PROXY"] == "http://proxy.example:3128"
    assert told["base_urls"]["OPENAI_BASE_URL"] == "http://127.0.0.1:8000/v1"
    assert told["database"]["ok"] is None


def test_the_doctor_names_the_endpoints_here(tmp_path: Path) -> None:
    """The tables of the tournament file, and whether their keys are set."""
    lab = '[endpoints.lab]\napi = "openai"\nbase_url = "https://lab.example/v1"\napi_key_env = "LAB_KEY"\n'
    small(tmp_path, more=lab)
    told = read(cli("doctor", "--json"))
    assert told["endpoints"] == {"lab": "https://lab.example/v1"}
    assert told["keys"]["LAB_KEY"] is False


def test_a_damaged_database_is_found(tmp_path: Path) -> None:
    """B11: `db check` and `doctor` end with 6 and say what is wrong."""
    small(tmp_path)
    cli("run", "--quiet")
    assert cli("db", "check").exit_code == 0
    raw = bytearray(Path("debate.db").read_bytes())
    raw[8192:12288] = b"\xff" * 4096
    Path("debate.db").write_bytes(raw)
    assert cli("db", "check").exit_code == 6
    assert cli("doctor").exit_code == 6


def test_a_copy_is_whole_and_never_over_another(tmp_path: Path) -> None:
    """`db backup` makes a database that reads like the first."""
    small(tmp_path)
    cli("run", "--quiet")
    assert cli("db", "backup", "copy.db").exit_code == 0
    assert read(cli("status", "--db", "copy.db", "--json"))["matches"]["done"] == 4
    assert cli("db", "backup", "copy.db").exit_code == 2


def test_an_up_to_date_schema_stays(tmp_path: Path) -> None:
    """`db upgrade` says so."""
    small(tmp_path)
    cli("run", "--quiet")
    told = read(cli("db", "upgrade", "--json"))
    assert told["before"] == told["after"]


def test_one_tournament_needs_no_name_and_two_do(tmp_path: Path) -> None:
    """Which one is meant is asked back with the names there are."""
    small(tmp_path)
    cli("run", "--quiet")
    assert cli("status").exit_code == 0
    cli("run", "--quiet", "--name", "second")
    which = cli("status")
    assert which.exit_code == 2
    assert "small, second" in which.stderr
    near = cli("status", "secnd")
    assert near.exit_code == 2
    assert 'Did you mean "second"?' in near.stderr


def test_an_export_comes_back_with_the_same_numbers(tmp_path: Path) -> None:
    """H12: out, into another database, and the report is the same; the same file again changes nothing."""
    small(tmp_path)
    cli("run", "--quiet")
    assert cli("export", "small", "--out", "small.jsonl.gz").exit_code == 0
    assert cli("import", "small.jsonl.gz", "--db", "other.db").exit_code == 0
    here, there = (read(cli("report", "small", "--json", "--db", db)) for db in ("debate.db", "other.db"))
    for part in ("accuracy", "persuasion", "ratings", "n_debates", "n_judgments", "n_questions"):
        assert here[part] == there[part]
    assert "0 debates, 0 judgments, 4 known" in cli("import", "small.jsonl.gz", "--db", "other.db").stdout


def test_what_few_questions_cannot_show_is_said_as_a_sentence() -> None:
    """Arms on three passages each show no difference at all, which is no number of points."""
    players = ("--debater", "builtin/advocate", "--debater", "builtin/bluffer", "--judge", "builtin/weigher")
    said = cli("plan", *players, "--sample", 3, "--control", "none").stdout
    assert "on the same 3 passages with 2 rulings each, none on as many different ones" in said


def test_a_dash_is_stdout_or_no_file_at_all(tmp_path: Path) -> None:
    """What has lines goes on through a pipe; a page is never written to a file called "-"."""
    small(tmp_path)
    cli("run", "--quiet")
    assert cli("export", "small", "--out", "-").stdout == cli("export", "small").stdout
    made = ("questions", "make", "--world", "warehouse", "--n", 1)
    assert cli(*made, "-o", "-").stdout == cli(*made).stdout
    ended = cli("report", "small", "--html", "-", "--quiet")
    assert (ended.exit_code, "/dev/stdout" in ended.stderr) == (2, True)
    assert not Path("-").exists()
    assert read(cli(*made, "-o", "made.jsonl", "--json")) == {
        "schema": "debate.questions.make/1",
        "file": "made.jsonl",
        "questions": 1,
    }


def test_a_rejected_file_changes_nothing(tmp_path: Path) -> None:
    """One bad line: every problem is named, and nothing is taken."""
    small(tmp_path)
    cli("run", "--quiet")
    lines = cli("export", "small").stdout.splitlines()
    (tmp_path / "bad.jsonl").write_text("\n".join([lines[0], '{"schema": "debate.record/1"}', "nonsense"]))
    ended = cli("import", "bad.jsonl", "--db", "other.db")
    assert ended.exit_code == 7
    assert "bad.jsonl:2:" in ended.stderr
    assert "bad.jsonl:3:" in ended.stderr
    assert not Path("other.db").exists()


def test_answers_can_be_left_out_of_an_export(tmp_path: Path) -> None:
    """H11: a reader of the file does not learn which answer is right."""
    small(tmp_path)
    cli("run", "--quiet")
    for line in cli("export", "small", "--without-answers").stdout.splitlines():
        assert json.loads(line)["question"]["correct"] is None


def test_the_database_is_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DEBATE_DB stands for --db, and --db beats it."""
    small(tmp_path)
    monkeypatch.setenv("DEBATE_DB", "from-env.db")
    cli("run", "--quiet")
    assert Path("from-env.db").exists()
    assert not Path("debate.db").exists()
    assert cli("list", "--db", "none.db").exit_code == 2


def test_a_table_in_a_pipe_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is cut to a width that a pipe does not have, and no line ends in spaces."""
    monkeypatch.delenv("COLUMNS", raising=False)
    small(tmp_path)
    shown = cli("plan").stdout
    assert not [line for line in shown.splitlines() if line != line.rstrip()]
    assert "debate judged by jo, full" in shown
