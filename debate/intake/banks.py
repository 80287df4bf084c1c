"""Which files does a bank's name mean: a bundled bank, a path, a folder or a glob?"""

from __future__ import annotations

from pathlib import Path

from debate.intake.faults import near
from debate.paths import bundled

_GLOB = frozenset("*?[")


def banks(name: str) -> list[Path]:
    """Return the files that a bank's name means, in the order of the alphabet; none where it means nothing."""
    first, _, rest = name.partition("/")
    if first == "bundled":
        folder = bundled("questions")
        return sorted(folder.glob("*.jsonl")) if not rest else _present(folder / f"{rest.removesuffix('.jsonl')}.jsonl")
    path = Path(name).expanduser()
    if path.is_dir():
        return sorted(path.glob("*.jsonl"))
    if path.is_file() or not _GLOB & set(name):
        return _present(path)
    pattern = str(path.relative_to(path.anchor))
    return sorted(one for one in Path(path.anchor).glob(pattern) if one.is_file())


def unknown_bank(name: str) -> str:
    """Say that a name means no bank, and what may be meant."""
    if "://" in name:
        return f'"{name}" is an address, and nothing is downloaded here: get the file first, and name that'
    known = ["bundled", *(f"bundled/{path.stem}" for path in bundled("questions").glob("*.jsonl"))]
    hint = near(name, known) or "; name a bundled bank, a file, a folder or a glob"
    return f'no bank "{name}" is there{hint}'


def _present(path: Path) -> list[Path]:
    return [path] if path.is_file() else []
