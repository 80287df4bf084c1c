"""Which process a run is, and whether it still lives.

A pid may be used again, and a container or another machine may have the same one: a process is told by its host,
the boot of the host, its pid, and when it began.
"""

from __future__ import annotations

import os
import socket
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_PROC = Path("/proc")


@dataclass(frozen=True)
class Owner:
    """A process on some machine. `boot` is empty and `born` 0 where the kernel does not tell."""

    host: str
    boot: str
    pid: int
    born: int

    @classmethod
    def here(cls) -> Owner:
        """Return this process."""
        return cls(host=socket.gethostname(), boot=_boot(), pid=os.getpid(), born=_born(os.getpid()) or 0)

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the table `run` that say who it is."""
        return asdict(self)

    def dead(self) -> bool:
        """Tell whether this process is provably gone; one on another machine never is."""
        here = _boot()
        if self.host != socket.gethostname() or not (self.boot and here):
            return False
        machine, boot, space = self.boot.split("/")
        my_machine, my_boot, my_space = here.split("/")
        if machine != my_machine or not machine:
            return False
        if boot != my_boot:
            return True
        return space == my_space and _born(self.pid) != self.born


def _boot() -> str:
    """Return the ids of this machine, this boot and this space of pids, or nothing where they are not told."""
    try:
        machine = Path("/etc/machine-id").read_text().strip()
    except OSError:
        machine = ""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        return f"{machine or socket.gethostname()}/{boot}/{(_PROC / 'self/ns/pid').readlink()}"
    except OSError:
        return ""


def _born(pid: int) -> int | None:
    """Return when a process began, in ticks since boot, or None if there is none."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] == "Z" else int(fields[19])
