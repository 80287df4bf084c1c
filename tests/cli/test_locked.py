"""A judge's key on a server, as the documentation says to write it: it judges, and refuses everything else."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.driving import PATIENCE_S, ROOT, cli, environ
from tests.cli.judged import ANSWERS, acts, rulings, sat, study, typed

LINE = re.compile(r'^restrict,pty,command="([^"]+)" ssh-ed25519 ', re.MULTILINE)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A server with the study of the documentation, and `debate` on its path."""
    folder = tmp_path_factory.mktemp("server")
    study(folder, 1)
    program = folder / "debate"
    program.write_text(f'#!{sys.executable}\nfrom debate.cli import main\nmain()\n')  # fmt: skip
    program.chmod(0o755)
    return folder


def connected(server: Path, asked: str | None, typed: str = "") -> subprocess.CompletedProcess[str]:
    """What sshd does for a key with a forced command, whatever is asked for."""
    forced, _ = LINE.findall((ROOT / "docs" / "reading.md").read_text())
    command = forced.replace("/srv/study", str(server)).replace(" study ", " people ")
    more = {} if asked is None else {"SSH_ORIGINAL_COMMAND": asked}
    return subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=server,
        env=environ(PATH=f"{server}:/usr/bin:/bin", **more),
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )


def test_another_account_runs_this_command_and_no_other() -> None:
    """The documented line for sudo: what the key forces is what sudoers allows, word by word, and the same command."""
    page = (ROOT / "docs" / "reading.md").read_text()
    forced, by_sudo = LINE.findall(page)
    words = by_sudo.removeprefix("sudo -n -u study ")
    assert words == f"/usr/local/bin/{forced}"
    (allowed,) = re.findall(r"^judges ALL=\(study\) NOPASSWD: (.+)$", page, re.MULTILINE)
    assert allowed == words
    assert f'Defaults!{words.split()[0]} env_keep += "SSH_ORIGINAL_COMMAND ' in page


@pytest.mark.parametrize(
    "asked",
    [
        "sh",
        "cat debate.db",
        "/usr/lib/openssh/sftp-server",
        "scp -t .",
        "plain; sh",
        "plain --as j08",
        "debate show m1",
    ],
)
def test_anything_else_is_refused(monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    """One sentence, exit 2."""
    monkeypatch.setenv("SSH_ORIGINAL_COMMAND", asked)
    refused = cli("judge", "people", "--as", "j07")
    assert refused.exit_code == 2
    assert "this key is for judging and for nothing else" in refused.stderr


def test_what_is_refused_leaves_no_trace(server: Path) -> None:
    """Through the shell that sshd starts: one sentence, nothing done and nothing written."""
    before = (server / "debate.db").read_bytes()
    refused = connected(server, "touch taken; $(touch taken)", typed(*ANSWERS))
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert refused.stderr.startswith("error: this key is for judging and for nothing else")
    assert len(refused.stderr.splitlines()) == 1
    assert not (server / "taken").exists()
    assert (server / "debate.db").read_bytes() == before


def test_the_judge_of_the_key_judges(server: Path) -> None:
    """With "plain", under the code of the line, from where the judge was."""
    sat(server / "debate.db", *ANSWERS[:3])
    begun = acts(server / "debate.db")
    assert connected(server, "plain", typed(*ANSWERS[3:])).returncode == 0
    assert acts(server / "debate.db")[: len(begun)] == begun
    ((_, _, kind, judge, *_),) = rulings(server / "debate.db")
    assert (kind, judge) == ("human", "j07")
