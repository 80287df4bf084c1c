"""Scripts: functions and files that reply, and what is said where they cannot."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import pytest

from debate.domain import Ask, Completion, Request
from debate.errors import Transient, UsageError
from debate.providers.scripted import Scripted
from tests import builders, scripts


async def said(provider: Scripted, ask: Ask | None = None) -> Completion:
    return await provider.complete(builders.request(ask))


async def test_a_function_of_an_ask_replies() -> None:
    """The usual way in tests: one line."""
    done = await said(Scripted(lambda ask: f"{ask.voice.name} speaks"))
    assert (done.text, done.state, done.usage.cost_usd, done.usage.calls) == ("ada speaks", "ok", 0.0, 1)


async def test_a_parameter_called_request_gets_all_of_it() -> None:
    """The rendered messages are there too."""

    def speak(request: Request) -> str:
        return request.messages[0].text

    assert (await said(Scripted(speak))).text == "Speak."


async def test_a_coroutine_is_waited_for() -> None:
    """Slow models, without a clock: a gate that the test opens."""
    gate = asyncio.Event()
    reply = asyncio.create_task(said(Scripted(scripts.waits(gate, scripts.numbered))))
    await asyncio.sleep(0)
    assert not reply.done()
    gate.set()
    assert (await reply).text.startswith("Turn 0 of ada")


@pytest.mark.parametrize(
    ("script", "state"),
    [(scripts.refuser, "refused"), (scripts.speechless, "empty"), (scripts.cut_off, "truncated")],
)
async def test_a_script_can_fail_as_models_do(script: scripts.Script, state: str) -> None:
    """D1, D2, D3: states are part of a Completion."""
    assert (await said(Scripted(script))).state == state


async def test_blank_text_is_empty() -> None:
    """D2: as an endpoint's would be."""
    assert (await said(Scripted(lambda _ask: " \n"))).state == "empty"


async def test_what_a_script_raises_is_told_with_its_place() -> None:
    """A bug in the user's own code, with file and line."""

    def broken(_ask: Ask) -> str:
        return str(1 / 0)

    with pytest.raises(UsageError, match=r"test_scripted\.py:\d+: ZeroDivisionError: division by zero"):
        await said(Scripted(broken))


async def test_a_script_does_not_end_the_run_that_calls_it() -> None:
    """A11: `sys.exit` in a script is a bug of the script like any other, told with its place."""

    def leaves(_ask: Ask) -> str:
        sys.exit("enough")

    with pytest.raises(UsageError, match=r"test_scripted\.py:\d+: SystemExit: enough"):
        await said(Scripted(leaves))


async def test_errors_of_the_package_pass_through() -> None:
    """A script can play an endpoint that is down."""

    def down(_ask: Ask) -> str:
        raise Transient("busy")

    with pytest.raises(Transient):
        await said(Scripted(down))


async def test_only_texts_and_completions_are_replies() -> None:
    """Anything else is named."""
    with pytest.raises(UsageError, match="must return a text or a Completion, not int"):
        await said(Scripted(lambda _ask: 7))  # type: ignore[arg-type, return-value]  # what a user may write


async def test_a_python_file_speaks(tmp_path: Path) -> None:
    """`speak` unless another function is named."""
    file = tmp_path / "honest.py"
    file.write_text("def speak(ask):\n    return 'one'\n\nasync def other(ask):\n    return 'two'\n")
    assert (await said(Scripted.load(file))).text == "one"
    assert (await said(Scripted.load(f"{file}:other"))).text == "two"
    assert Scripted.load(file).account == "scripted/honest.py"


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("a.py", "def speak(ask):\n  return (", r"a\.py:2: SyntaxError"),
        ("a.py", "import nowhere_to_be_found", r"a\.py:1: ModuleNotFoundError"),
        ("a.py", "x = 1", r"a\.py: there is no function `speak`"),
        ("a.jsonl", '{"reply": "yes"}\n\n{"reply": 1}', r'a\.jsonl:3: "reply": '),
        ("a.jsonl", '{"reply": "yes", "palyer": "ada"}', r'a\.jsonl:1: "palyer": '),
        ("a.jsonl", '{"player": "ada"}', r'a\.jsonl:1: .*needs a "reply" or a "state"'),
        ("a.jsonl", "reply: yes", r"a\.jsonl:1: "),
        ("a.txt", "", r"must end in \.py or \.jsonl"),
    ],
)
def test_a_file_that_is_no_script_is_refused(tmp_path: Path, name: str, text: str, problem: str) -> None:
    """Before anything is played, with the line."""
    (tmp_path / name).write_text(text)
    with pytest.raises(UsageError, match=problem):
        Scripted.load(tmp_path / name)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The path as it was given."""
    with pytest.raises(UsageError, match=r'there is no file ".*gone\.py"'):
        Scripted.load(tmp_path / "gone.py")


def test_a_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    """G8: with the byte."""
    (tmp_path / "a.jsonl").write_bytes('{"reply": "é"}'.encode("latin-1"))
    with pytest.raises(UsageError, match="not UTF-8 at byte 11"):
        Scripted.load(tmp_path / "a.jsonl")


@pytest.fixture
def table(tmp_path: Path) -> Scripted:
    rows = [
        {"reply": "anything"},
        {"player": "ada", "round": 1, "reply": "ada opens"},
        {"player": "ada", "reply": "ada"},
        {"player": "ada", "round": 1, "argues": 1, "reply": "ada opens for the other"},
        {"player": "bob", "state": "refused"},
        {"purpose": "judge", "question": "Why?", "reply": "because"},
    ]
    file = tmp_path / "table.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)))
    return Scripted.load(file)


@pytest.mark.parametrize(
    ("ask", "text"),
    [
        (builders.ask(), "ada opens"),
        (builders.ask(builders.brief(cue=builders.cue(2, round=2))), "ada"),
        (builders.ask(builders.brief(argues=1)), "ada opens for the other"),
        (builders.ask(builders.ballot(builders.posed("Why?")), purpose="judge"), "because"),
        (builders.ask(builders.ballot(), purpose="judge"), "anything"),
    ],
)
async def test_the_most_particular_line_of_a_table_replies(table: Scripted, ask: Ask, text: str) -> None:
    """Of lines that are as particular, the first."""
    assert (await said(table, ask)).text == text


async def test_a_line_may_give_a_state(table: Scripted) -> None:
    """D1: a refusal in a table."""
    asked = builders.ask(voice=builders.player("bob", "scripted/bob"))
    assert (await said(table, asked)).state == "refused"


async def test_an_ask_that_no_line_fits_is_described(tmp_path: Path) -> None:
    """So that the missing line can be written."""
    (tmp_path / "t.jsonl").write_text('{"player": "eve", "reply": "mine"}')
    with pytest.raises(UsageError, match=r"no line fits player=ada, purpose=speak, slot=0, .*seat=A"):
        await said(Scripted.load(tmp_path / "t.jsonl"))
