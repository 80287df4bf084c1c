"""The architecture, as a test: imports go down only, and what is pure stays pure."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "debate"

BANDS: dict[str, float] = {
    "errors": 0,
    "paths": 0,
    "plural": 0,
    "sanitize": 0,
    "domain": 1,
    "quotes": 2.1,
    "events": 2.1,
    "privacy": 2,
    "verdicts": 2.1,
    "wording": 2.1,
    "protocols": 2.2,
    "transcript": 2.21,
    "plan": 2.21,
    "speech": 2.22,
    "docket": 2.23,
    "worlds": 2.3,
    "studies": 2.3,
    "stats": 2.3,
    "audits": 2.4,
    "intake": 2.9,
    "config": 3,
    "questions": 3,
    "prompts": 3,
    "providers": 3,
    "store": 3,
    "records": 3,
    "room": 3.9,
    "desk": 4.0,
    "sent": 4.25,
    "play": 4.1,
    "judging": 4.1,
    "standing": 4.15,
    "window": 4.0,
    "preparing": 4.2,
    "forecast": 4.3,
    "tournament": 4.3,
    "probing": 4.4,
    "report": 5,
    "tui": 6,
    "cli": 7,
}
"""Each place of the package and its height; a place imports from lower ones only, and freely within itself."""

HEAVY = {
    "openai",
    "anthropic",
    "sqlmodel",
    "sqlalchemy",
    "textual",
    "numpy",
    "scipy",
    "jinja2",
    "alembic",
    "typer",
    "rich",
    "matplotlib",
    "pyarrow",
}
IMPURE = {
    "os",
    "time",
    "random",
    "socket",
    "sqlite3",
    "subprocess",
    "asyncio",
    "threading",
    "pathlib",
    "secrets",
    "datetime",
}


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def modules() -> list[Path]:
    return sorted(
        p for p in PACKAGE.rglob("*.py") if p.parent != PACKAGE or p.name not in ("__init__.py", "__main__.py")
    )


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def test_every_place_has_a_height() -> None:
    """A new folder or module is placed in the table before it is used."""
    assert {place(path) for path in modules()} <= BANDS.keys()


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_down_only(path: Path) -> None:
    """No module imports from its own height or above, other than from within its own place."""
    mine = place(path)
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "debate" and len(parts) > 1 and parts[1] in BANDS and parts[1] != mine:
            assert BANDS[parts[1]] < BANDS[mine], f"{path.name} imports {name}"


@pytest.mark.parametrize(
    "path",
    [p for p in modules() if BANDS[place(p)] < 2.9 and place(p) != "paths"],
    ids=lambda p: str(p.relative_to(PACKAGE)),
)
def test_the_pure_bands_touch_nothing(path: Path) -> None:
    """Below the edges there is no clock, no file, no network, no heavy library; statistics have numpy and scipy."""
    roots = {name.partition(".")[0] for name in imported(path)}
    allowed = {"stats": {"numpy", "scipy"}, "audits": {"numpy", "scipy"}, "sanitize": {"rich"}}.get(place(path), set())
    assert not roots & (IMPURE | HEAVY - allowed)
