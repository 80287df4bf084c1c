"""Which files does a tournament file name, are they there, and do they stay where its author may look?

A tournament file comes from somebody else as often as not: what it names must lie in its own folder or in the working
folder, links followed. What is typed as a flag may lie anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from debate import intake
from debate.config.checking import Fault
from debate.config.sources import Sources
from debate.domain import Tournament
from debate.intake import Loc


def rooted(data: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return what a file says with its relative paths taken from its own folder."""
    moved = dict(data)
    if isinstance(named := data.get("questions"), list):
        moved["questions"] = [_join(folder, name) if isinstance(name, str) else name for name in named]
    if isinstance(prompts := data.get("prompts"), str):
        moved["prompts"] = _join(folder, prompts)
    return moved


def faults(tournament: Tournament, sources: Sources, *, allow_outside: bool) -> Iterator[Fault]:
    """Yield the place and the problem of every path that is not there or lies outside."""
    for loc, name, found in _named(tournament):
        typed = sources.of(*loc).startswith("--")
        if not typed and not allow_outside and any(_outside(path, sources.file.folder) for path in found):
            yield loc, f'"{name}" lies outside the folder of this file; --allow-outside permits it'
        elif loc[0] == "prompts" and not Path(name).is_dir():
            yield loc, f'there is no folder "{name}"'
        elif loc[0] == "questions" and not intake.banks(name):
            yield loc, intake.unknown_bank(name)


def _named(tournament: Tournament) -> Iterator[tuple[Loc, str, list[Path]]]:
    """Yield every path that is named, with the files to look at before it is opened."""
    if tournament.prompts is not None:
        yield ("prompts",), tournament.prompts, [Path(tournament.prompts)]
    for index, name in enumerate(tournament.questions):
        own = [] if name.partition("/")[0] == "bundled" and ".." not in name else [Path(name).expanduser()]
        yield ("questions", index), name, [*own, *(intake.banks(name) if own else ())]
    for kind, agents in (("debaters", tournament.debaters), ("judges", tournament.judges)):
        for index, agent in enumerate(agents):
            provider, _, rest = agent.model.partition("/")
            if provider == "scripted" and rest:
                yield (kind, index, "model"), rest, [Path(rest).expanduser()]


def _outside(path: Path, folder: Path) -> bool:
    real = path.resolve()
    return not any(real.is_relative_to(place.resolve()) for place in (folder, Path()))


def _join(folder: Path, name: str) -> str:
    if name.partition("/")[0] == "bundled" or folder == Path() or name.startswith("~"):
        return name
    return str(folder / name)
