"""Nothing is spent that was not agreed to, and every account is asked before anything is."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import pytest

from tests.cli.driving import Terminal, cli, process, read, small
from tests.faults import Faults, status

LAB = """
[[debaters]]
name = "eve"
model = "lab/gpt-5"

[endpoints.lab]
api = "openai"
base_url = "{url}"
"""
PRICED = '[prices."lab/gpt-5"]\ninput = {price}\noutput = {price}\n'
NOWHERE = "http://127.0.0.1:9/v1"  # priced, so paid for; never reached, since consent comes first


def paid(folder: Path, price: float | None, url: str = NOWHERE) -> None:
    """A tournament with one debater that is paid for."""
    small(folder, more=LAB.format(url=url) + (PRICED.format(price=price) if price is not None else ""))


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_paid_run_needs_a_cap_or_a_yes(tmp_path: Path) -> None:
    """Without either nothing is called, and what to type is said."""
    paid(tmp_path, 1)
    ended = cli("run")
    assert ended.exit_code == 2
    assert "pays for calls to lab/gpt-5" in ended.stderr
    for flag in ("--max-cost", "--max-calls", "--yes"):
        assert flag in ended.stderr
    assert read(cli("list", "--json"))["tournaments"] == []


def test_a_large_sum_needs_someone_to_ask(tmp_path: Path) -> None:
    """Above five dollars likely, without a terminal, the run does not start."""
    paid(tmp_path, 5000)
    ended = cli("run", "--max-cost", 1000)
    assert ended.exit_code == 2
    assert "likely to cost $" in ended.stderr


def test_a_cap_below_the_question_is_an_answer(tmp_path: Path) -> None:
    """A run that cannot cost more than a few dollars is not asked about, however much the whole would be."""
    paid(tmp_path, 5000)
    ended = cli("run", "--max-cost", 4)
    assert "127.0.0.1:9" in ended.stderr


def test_on_a_terminal_the_plan_is_shown_and_asked_about(tmp_path: Path) -> None:
    """No is no: nothing is pinned, and the exit code says that it did not run."""
    paid(tmp_path, 5000)
    with Terminal("run", "--max-cost", 1000, cwd=tmp_path) as run:
        run.until(lambda: b"Spend about $" in run.seen)
        assert "judged by jo, full" in run.text
        run.press(b"n\n")
        assert run.end() == 2
    assert "nothing spent" in run.text
    assert read(cli("list", "--json"))["tournaments"] == []


def test_a_cap_on_money_needs_every_price(tmp_path: Path) -> None:
    """C21: a model without a price is refused up front where money is capped; a cap on calls will do."""
    paid(tmp_path, None, url="https://lab.example/v1")
    (tmp_path / "tournament.toml").write_text((tmp_path / "tournament.toml").read_text() + 'api_key_env = "LAB_KEY"\n')
    ended = cli("run", "--max-cost", 4)
    assert ended.exit_code == 2
    assert 'no price is known for "lab/gpt-5"' in ended.stderr
    assert '[prices."lab/gpt-5"]' in ended.stderr
    assert "LAB_KEY" in cli("run", "--max-calls", 4).stderr


async def run_against(server: Faults, folder: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    paid(folder, None, url=f"{server.url}/v1")
    return await asyncio.to_thread(process, "run", *flags, cwd=folder)


async def test_a_rejected_key_is_exit_5_before_any_call(tmp_path: Path) -> None:
    """C5: the list of models, which is free, says so; no completion is asked for."""
    async with Faults(models=status(401)) as server:
        ended = await run_against(server, tmp_path)
        assert server.bodies == []
    assert ended.returncode == 5
    assert "lab" in ended.stderr


async def test_a_model_that_is_not_there_is_exit_2_with_a_suggestion(tmp_path: Path) -> None:
    """C6: a typo costs nothing."""
    async with Faults(models=("gpt-5.5", "llama")) as server:
        ended = await run_against(server, tmp_path)
        assert server.bodies == []
    assert ended.returncode == 2
    assert 'Did you mean "lab/gpt-5.5"?' in ended.stderr


async def test_an_account_that_runs_dry_stops_the_run_with_the_way_on(tmp_path: Path) -> None:
    """C4: a quota that is used up is exit 5; what was paid for is kept."""
    dry = status(429, error={"code": "insufficient_quota", "type": "insufficient_quota"})
    async with Faults(otherwise=dry) as server:
        ended = await run_against(server, tmp_path)
    assert ended.returncode == 5
    assert "go on with: debate run" in ended.stderr


async def test_a_run_over_http_goes_the_whole_way(tmp_path: Path) -> None:
    """A server that answers: the whole way from the file to the database."""
    async with Faults() as server:
        paid(tmp_path, 2, url=f"{server.url}/v1")
        ended = await asyncio.to_thread(process, "run", "--max-cost", "4", cwd=tmp_path)
        assert server.bodies
    assert ended.returncode == 0, ended.stderr
    assert read(cli("status", "--json"))["matches"]["done"] == 12
