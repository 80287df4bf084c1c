"""Which tournament is meant by a command line: a file, flags over it, or flags alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from debate.cli.page import Page
    from debate.config import Sources
    from debate.domain import Tournament
    from debate.store import Store

HERE = Path("tournament.toml")
_PLAYING = ("debater", "judge", "protocol")


def specified(page: Page, file: Path | None, **flags: Any) -> tuple[Tournament, Sources]:
    """Return the tournament that is asked for, and where each of its values came from."""
    from debate import config
    from debate.domain import STOOD_IN
    from debate.errors import UsageError

    named = [f"--{name}" for name in _PLAYING if flags.get(name)]
    if file is None and not named:
        if not HERE.is_file():
            raise UsageError(
                f'there is no "{HERE}" here: "debate init" writes one; or say who plays: --debater MODEL --judge MODEL'
            )
        file = HERE
    elif file is None and HERE.is_file():
        page.note(f'"{HERE}" is left aside, since {named[0]} is given; name the file to lay flags over it')
    tournament, sources = config.load(file, {name: _plain(value) for name, value in flags.items()})
    if flags.get("intervention") and not flags.get("name"):  # beside the one that it is held against
        beside = {"name": f"{tournament.name}-{tournament.intervention}"}
        if tournament.intervention in STOOD_IN and tournament.stand_ins is None:
            beside["stand_ins"] = tournament.name
        tournament = tournament.model_copy(update=beside)
    return tournament, sources


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


def named(store: Store, name: str | None) -> str:
    """Return the name of the tournament that is meant: the only one, where none is named."""
    from debate.errors import UsageError

    if name is not None:
        store.status(name)
        return name
    every = [summary.name for summary in store.tournaments()]
    if len(every) == 1:
        return every[0]
    if not every:
        raise UsageError(f'"{store.database.path}" holds no tournament yet: "debate run" plays one')
    raise UsageError(f"which tournament? There are: {', '.join(every)}")
