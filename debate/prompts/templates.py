"""The templates of a tournament: the bundled ones, with a folder's own files over them, and their hashes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from debate import paths
from debate.domain import digest
from debate.errors import ConfigError

MATERIAL = "material.md"
SPEECH = ("speech/preference.md", "speech/critique.md", "speech/refine.md")
AUDIT = "audit/"
JUDGES = frozenset({"judge.md"})


def load(folder: str | Path | None = None) -> dict[str, str]:
    """Return every template by its name, such as `debate/judge.md`.

    Raises:
        ConfigError: the folder does not exist, or holds a template that nothing uses.
    """
    return {name: text for name, text in _over(folder).items() if not name.startswith(AUDIT)}


def audit(folder: str | Path | None = None) -> dict[str, str]:
    """Return the templates by which an audit asks, and the material that they share with others.

    They are no part of what is pinned: an audit may ask otherwise of debates that were played long ago.

    Raises:
        ConfigError: the folder does not exist.
    """
    return {name: text for name, text in _over(folder).items() if name == MATERIAL or name.startswith(AUDIT)}


def _over(folder: str | Path | None) -> dict[str, str]:
    """Return the bundled templates with a folder's own over them."""
    texts = _read(paths.bundled("prompts"))
    if folder is None:
        return texts
    own = Path(folder)
    if not own.is_dir():
        raise ConfigError([f'prompts: there is no folder "{folder}"'])
    return texts | _read(own)


def _read(folder: Path) -> dict[str, str]:
    files = sorted(folder.rglob("*.md"))
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in files if p.name != "README.md"}


def played(texts: Mapping[str, str], *protocols: str) -> str:
    """Return the hash of the templates that the players of a protocol, or of one that becomes another, are given."""
    folders = tuple(f"{protocol}/" for protocol in protocols)
    names = {name for name in texts if name.startswith(folders) and name.rpartition("/")[2] not in JUDGES}
    return _hash(texts, names | {MATERIAL, *SPEECH}) if names else ""


def reads(texts: Mapping[str, str]) -> str:
    """Return the hash of the templates that an audit's readers are prompted with."""
    return _hash(texts, set(texts))


def judged(texts: Mapping[str, str], protocol: str) -> str:
    """Return the hash of the templates that the judges of a protocol are prompted with."""
    return _hash(texts, {MATERIAL, f"{protocol}/judge.md"} & texts.keys())


def _hash(texts: Mapping[str, str], names: set[str]) -> str:
    return digest("t1", {name: texts[name] for name in sorted(names) if name in texts})
