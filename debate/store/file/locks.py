"""Who holds a database's write lock: Linux tells, in /proc/locks; elsewhere nobody is named."""

from __future__ import annotations

from pathlib import Path


def holders(path: Path) -> tuple[int, ...]:
    """Return the pids of the processes that hold a write lock on a database, where that can be told."""
    inodes = {str(file.stat().st_ino) for file in (path, path.with_name(path.name + "-shm")) if file.exists()}
    try:
        lines = Path("/proc/locks").read_text().splitlines()
    except OSError:
        return ()
    pids = [pid for pid, inode in map(_held, lines) if inode in inodes]
    return tuple(dict.fromkeys(pids))


def _held(line: str) -> tuple[int, str]:
    """Read `1: POSIX ADVISORY WRITE 1234 08:01:5678 120 120`; a lock that is only waited for has an arrow."""
    words = line.split()
    if "->" in words or "WRITE" not in words:
        return 0, ""
    at = words.index("WRITE")
    return int(words[at + 1]), words[at + 2].rpartition(":")[2]
