"""Which keys does a judge want for what? A file of their own, checked before the screens open.

$XDG_CONFIG_HOME/debate/keys.toml, or ~/.config/debate/keys.toml:

[judge]
quotes = "o"
next-speech = ["s", "tab"]
"""

from __future__ import annotations

import difflib
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from string import ascii_letters
from typing import Any

from debate.config.file import read
from debate.errors import ConfigError
from debate.tui.judging.keys import ANYWHERE, DIGITS, QUEUE, READER, SHOWN, Key

TAKEN = {"ctrl+c": "stops the program", "ctrl+p": "opens the palette", "ctrl+q": "leaves"}
CALLED = {said: name for name, said in SHOWN.items()}
MORE = ("tab", "backspace", "insert", "delete", *(f"f{n}" for n in range(2, 13)))
CONTROL = tuple(f"ctrl+{letter}" for letter in "abdefgklnorstuvwxy")
"""With the others, terminals send what other keys send, too."""
LIST = (Key("choose", "up,down", "", None, ""), Key("open", "enter", "", None, ""))


def path(environment: Mapping[str, str] = os.environ) -> Path:
    """Return where the file of keys is, if there is one."""
    home = environment.get("XDG_CONFIG_HOME") or Path(environment.get("HOME", "~"), ".config")
    return Path(home, "debate", "keys.toml").expanduser()


def chosen(file: Path) -> dict[str, str]:
    """Return the keys that a file asks for, by the names of what they are for; none where there is no file.

    Raises:
        ConfigError: it names what is not there, keys that no terminal sends, or one key twice.
    """
    if not file.is_file():
        return {}
    tables = read(file).data
    problems = [f"{file}: there is only [judge], not [{name}]" for name in tables if name != "judge"]
    wanted = tables.get("judge", {})
    if not isinstance(wanted, dict):
        raise ConfigError([f"{file}: [judge] is a table of keys"])
    found = {name: _keys(file, name, keys, problems) for name, keys in wanted.items()}
    if not problems:
        problems = [f"{file}: {clash}" for screen in (READER, QUEUE) for clash in _clashes(screen, found)]
    if problems:
        raise ConfigError(list(dict.fromkeys(problems)))
    return found


def _keys(file: Path, name: str, keys: Any, problems: list[str]) -> str:
    """Return the keys of one line as they are called inside, adding what is wrong with it."""
    names = [key.name for key in (*READER, *QUEUE, *ANYWHERE)]
    if name not in names:
        close = difflib.get_close_matches(name, names, 1)
        near = f', perhaps "{close[0]}"' if close else ""
        problems.append(f'{file}: there is nothing called "{name}"{near}; there are {", ".join(dict.fromkeys(names))}')
        return ""
    listed = keys if isinstance(keys, list) else [keys]
    if not listed or not all(isinstance(key, str) for key in listed):
        problems.append(f'{file}: {name} = "a key", or a list of keys')
        return ""
    return ",".join(_key(file, name, key, problems) for key in listed)


def _key(file: Path, name: str, key: str, problems: list[str]) -> str:
    inside = CALLED.get(key, key)
    if inside in TAKEN:
        problems.append(f'{file}: {name}: "{key}" {TAKEN[inside]} everywhere')
    elif inside in tuple(DIGITS):
        problems.append(f"{file}: {name}: digits are the belief, and rounds")
    elif inside not in (*SHOWN, *MORE, *CONTROL, *ascii_letters):
        every = ", ".join((*CALLED, "tab", "backspace", "insert", "delete", "f2 to f12", "ctrl+a and the like"))
        problems.append(f'{file}: {name}: "{key}" is no key; there are letters, {every}')
    return inside


def _clashes(screen: Sequence[Key], found: Mapping[str, str]) -> Iterable[str]:
    """Yield a sentence on each key that would be for two things on one screen."""
    uses: defaultdict[str, list[str]] = defaultdict(list)
    for key in (*screen, *ANYWHERE, *(LIST if screen is QUEUE else ())):
        for pressed in found.get(key.name, key.pressed).split(","):
            uses[pressed].append(key.name)
    for pressed, names in uses.items():
        if len(names) > 1:
            both = " and for ".join(names)
            yield f'"{SHOWN.get(pressed, pressed)}" would be for {both}: give one of them another key'
