"""Whether a file lies on a network file system, where SQLite's locks and shared memory cannot be relied on."""

from __future__ import annotations

import os
import re
from pathlib import Path

from debate.errors import StoreError

MOUNTS = Path("/proc/self/mountinfo")
FORCE = "DEBATE_NETWORK_FS"
"""The environment variable by which somebody takes the risk."""
KINDS = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "afs", "ncpfs", "lustre", "ceph", "glusterfs", "gpfs", "beegfs"}
    | {"fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.rclone", "fuse.s3fs"}
)
_OCTAL = re.compile(r"\\([0-7]{3})")


def allowed(path: Path) -> str | None:
    """Return a warning where a database may be written only because somebody took the risk, else None.

    Raises:
        StoreError: the file lies on a network file system, and nobody took the risk.
    """
    kind = network(path)
    if kind is None:
        return None
    if os.environ.get(FORCE):
        return f'"{path}" lies on {kind}, a network file system: let no second process write to it'
    raise StoreError(
        f'"{path}" lies on {kind}, a network file system, where SQLite loses data when two processes write: '
        f"put it on a local disk and copy it later (`debate db backup`), or set {FORCE}=1 and run one process alone"
    )


def network(path: Path, mounts: str | None = None) -> str | None:
    """Return the kind of the network file system that a path lies on; None for a local one, or where nobody can tell.

    Args:
        path: of a file that may not be there yet.
        mounts: the mounts of this machine as the kernel lists them.
    """
    found = _read() if mounts is None else mounts
    place = path.absolute()
    best, kind = -1, ""
    for line in found.splitlines():
        left, _, right = line.partition(" - ")
        fields, described = left.split(" "), right.split(" ")
        if len(fields) < 5:
            continue
        point = Path(_OCTAL.sub(lambda code: chr(int(code[1], 8)), fields[4]))
        if place.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), described[0]
    return kind if kind in KINDS else None


def _read() -> str:
    try:
        return MOUNTS.read_text("utf-8", "replace")
    except OSError:
        return ""
