"""The documented key on a real sshd: it judges, by prompts and on a full screen, and opens nothing else.

Each connection has an sshd of its own, which speaks over a pipe: there is no port, and nothing is left running.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli import driving
from tests.cli.driving import PATIENCE_S, ROOT, Terminal, environ
from tests.cli.judged import ANSWERS, rows, rulings, study, typed
from tests.cli.seen import Seen
from tests.cli.test_locked import LINE

SSHD = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/sbin:/usr/bin")


def _missing() -> str:
    """Return why there is no sshd to try; nothing where there is."""
    if SSHD is None or not (shutil.which("ssh") and shutil.which("ssh-keygen")):
        return "OpenSSH is not installed"
    if os.geteuid() == 0:
        return "an administrator's sshd serves other accounts: run as an ordinary one"
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        return "this account has no name"
    return ""


pytestmark = pytest.mark.skipif(bool(_missing()), reason=_missing() or "there is one")


def _no_terminal() -> bool:
    """Tell whether an sshd of this account cannot give terminals to their group, as it insists on doing."""
    master, slave = os.openpty()
    try:
        tty = grp.getgrnam("tty").gr_gid
        return tty not in (os.fstat(slave).st_gid, *os.getgroups())
    except KeyError:
        return False
    finally:
        os.close(master)
        os.close(slave)


with_terminal = pytest.mark.skipif(_no_terminal(), reason="terminals here are not of the group of terminals")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A server with a study, an account's keys, and one line for a judge, as documented."""
    folder = tmp_path_factory.mktemp("server")
    study(folder, 3)
    program = folder / "debate"
    program.write_text(f"#!{sys.executable}\nfrom debate.cli import main\nmain()\n")
    program.chmod(0o755)
    for name in ("host", "judge"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    forced, _ = LINE.findall((ROOT / "docs" / "reading.md").read_text())
    forced = forced.replace("/srv/study", str(folder)).replace(" study ", " people ")
    public = (folder / "judge.pub").read_text()
    (folder / "authorized_keys").write_text(f'restrict,pty,command="{forced}" {public}')
    (folder / "sshd_config").write_text(f"""
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized_keys
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
Subsystem sftp internal-sftp
SetEnv PATH={folder}:/usr/bin:/bin PYTHONPATH={os.pathsep.join((str(ROOT), *sys.path[1:]))}
""")
    return folder


def client(server: Path, *options: str) -> list[str]:
    """The words of ssh, to the server by a pipe, with the judge's key and nothing of this account."""
    proxy = f"ProxyCommand={SSHD} -i -f {server}/sshd_config"
    given = (proxy, "BatchMode=yes", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR")
    words = ["ssh", "-F", "none", "-i", f"{server}/judge", "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none"]
    name = pwd.getpwuid(os.geteuid()).pw_name
    return [*words, *(word for one in given for word in ("-o", one)), *options, f"{name}@judging"]


def ssh(server: Path, *asked: str, options: tuple[str, ...] = (), stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Connect, ask for something, and type."""
    return subprocess.run(
        [*client(server, *options), *asked],
        env=environ(),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )


def test_a_judge_judges_by_prompts(server: Path) -> None:
    """`ssh judge@server plain`: the ruling of the judge whose key it is."""
    before = len(rulings(server / "debate.db"))
    done = ssh(server, "plain", stdin=typed(*ANSWERS, "quit"))
    assert done.returncode == 0, done.stderr
    found = rulings(server / "debate.db")
    assert len(found) == before + 1
    assert found[-1][2:4] == ("human", "j07")


@with_terminal
def test_a_judge_judges_on_a_full_screen(server: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F11: `ssh -t judge@server` at 80x24: a belief is typed, and the terminal is whole afterwards."""
    monkeypatch.setattr(driving, "command", lambda *words: list(map(str, words)))
    with Terminal(*client(server, "-tt"), cwd=server, size=(80, 24)) as terminal:
        seen = Seen(terminal)
        seen.shows("to do")
        seen.press("\r")
        seen.shows(" of 3")
        seen.press("\r64\r")
        terminal.until(lambda: rows(server / "debate.db", "SELECT 1 FROM act WHERE json_extract(rest, '$.percent')=64"))
        seen.press("q")
        seen.shows("begun")
        seen.press("q")
        assert terminal.end() == 0
    assert terminal.text.count("\x1b[?1049h") == terminal.text.count("\x1b[?1049l") == 1
    assert terminal.text.rindex("\x1b[?25h") > terminal.text.rindex("\x1b[?25l")


@pytest.mark.parametrize("options", [(), pytest.param(("-tt",), marks=with_terminal)])
@pytest.mark.parametrize("asked", ["sh", "plain; cat {server}/debate.db"])
def test_there_is_no_shell(server: Path, asked: str, options: tuple[str, ...]) -> None:
    """Whatever is asked for: one sentence, with a terminal or without, and not a byte of the database."""
    before = (server / "debate.db").read_bytes()
    refused = ssh(server, asked.format(server=server), options=options, stdin="cat debate.db\n")
    assert refused.returncode == 2
    assert "this key is for judging and for nothing else" in refused.stdout + refused.stderr
    assert "SQLite" not in refused.stdout
    assert (server / "debate.db").read_bytes() == before


def test_files_are_not_transferred(server: Path) -> None:
    """Neither by sftp, which is a subsystem of this very sshd, nor by scp."""
    asked = ssh(server, "sftp", options=("-s",))
    assert (asked.returncode, asked.stdout) == (2, "")
    assert ssh(server, f"scp -f {server}/debate.db").stdout == ""


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """A port of this machine to which nobody should come."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        found.settimeout(0.0)
        yield found


def test_no_port_is_forwarded(server: Path, listening: socket.socket) -> None:
    """Neither from here to there nor back."""
    port = listening.getsockname()[1]
    out = ssh(server, options=("-W", f"127.0.0.1:{port}"))
    assert out.returncode == 255
    assert "forwarding failed" in out.stderr
    back = ssh(server, options=("-N", "-R", f"0:127.0.0.1:{port}", "-o", "ExitOnForwardFailure=yes"))
    assert back.returncode == 255
    assert "forwarding failed" in back.stderr
    with pytest.raises(BlockingIOError):
        listening.accept()


def test_another_key_is_nobody(server: Path, tmp_path: Path) -> None:
    """A key without a line in the file opens nothing."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "other"], check=True)
    words = [str(tmp_path / "other") if word == f"{server}/judge" else word for word in client(server)]
    tried = subprocess.run([*words, "plain"], env=environ(), capture_output=True, text=True, check=False)
    assert tried.returncode == 255
    assert "Permission denied" in tried.stderr
