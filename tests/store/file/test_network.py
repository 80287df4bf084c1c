"""Which file systems hold a database."""

from __future__ import annotations

from pathlib import Path

import pytest

from debate.errors import StoreError
from debate.store import Store
from debate.store.file import network

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:41 / /home rw shared:2 - nfs4 server:/home rw,vers=4.2
31 30 8:2 / /home/local\\040disk rw - ext4 /dev/sdb1 rw
32 22 0:50 / /mnt/share rw master:3 - cifs //server/share rw
33 22 0:51 / /mnt/far rw - fuse.sshfs me@server: rw
34 22 0:52 / /mnt/fuse rw - fuse.local x rw
broken line
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/debate.db", None),
        ("/home/me/debate.db", "nfs4"),
        ("/homes/debate.db", None),
        ("/home/local disk/debate.db", None),
        ("/mnt/share/a/b.db", "cifs"),
        ("/mnt/far/b.db", "fuse.sshfs"),
        ("/mnt/fuse/b.db", None),
    ],
)
def test_the_nearest_mount_decides(path: str, kind: str | None) -> None:
    """B14: a local disk below a network mount is local, and a name that only begins alike is another."""
    assert network.network(Path(path), MOUNTS) == kind


def test_nobody_can_tell_where_there_is_no_list() -> None:
    """On a system without the kernel's list nothing is refused."""
    assert network.network(Path("/home/me/debate.db"), "") is None


def test_a_database_on_a_network_is_refused_until_somebody_takes_the_risk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B14: nothing is made there; forced, it opens with a warning."""
    mounts = tmp_path / "mounts"
    mounts.write_text(f"22 1 8:1 / / rw - ext4 /dev/sda1 rw\n23 22 0:4 / {tmp_path} rw - nfs server:/ rw\n")
    monkeypatch.setattr(network, "MOUNTS", mounts)
    path = tmp_path / "debate.db"
    with pytest.raises(StoreError, match=r"network file system.*local disk"):
        Store.open(path, create=True)
    assert not path.exists()
    monkeypatch.setenv(network.FORCE, "1")
    noticed: list[str] = []
    Store.open(path, create=True, notice=noticed.append).close()
    assert path.exists()
    assert "no second process" in noticed[0]
