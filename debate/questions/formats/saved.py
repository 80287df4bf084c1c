"""What is in a folder that Hugging Face `datasets` wrote with `save_to_disk`: which files, and under which licence?"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from debate import intake
from debate.errors import InputError, UsageError


class About(NamedTuple):
    """What a dataset says of itself."""

    source: str = ""
    licence: str = ""


def files(folder: Path, split: str) -> list[Path]:
    """Return the Arrow files of one split of a dataset, in their order.

    Raises:
        UsageError: several splits are there and none is named, or one is named that is not there.
        InputError: the folder holds no saved dataset, or one that an old version saved with an index beside it.
    """
    folder = _chosen(folder, split)
    state = _read(folder / "state.json")
    if state.get("_indices_data_files"):
        raise InputError([f"{folder}: was saved with an index beside the data; save it again with a newer `datasets`"])
    found = [folder / str(one["filename"]) for one in state.get("_data_files") or [] if isinstance(one, dict)]
    if gone := [path.name for path in found if not path.is_file() or path.parent != folder]:
        raise InputError([f"{folder}: {name} is not there" for name in gone])
    return found


def about(folder: Path, split: str) -> About:
    """Return the source and the licence that a dataset names."""
    path = _chosen(folder, split) / "dataset_info.json"
    info = _read(path) if path.is_file() else {}
    said = {name: str(info.get(name) or "").strip() for name in ("dataset_name", "homepage", "citation", "license")}
    source = "; ".join(part for part in (said["dataset_name"], said["homepage"], said["citation"]) if part)
    return About(source[:2_000], said["license"][:2_000])


def _chosen(folder: Path, split: str) -> Path:
    """Return the folder of one split."""
    if (folder / "state.json").is_file():
        return folder
    if not (folder / "dataset_dict.json").is_file():
        raise InputError([f"{folder}: is not a dataset that `save_to_disk` wrote (it has no state.json)"])
    splits = [str(name) for name in _read(folder / "dataset_dict.json").get("splits") or []]
    if not split and len(splits) != 1:
        raise UsageError(f'"{folder}" has several splits, choose one with --split: {", ".join(splits)}')
    if split and split not in splits:
        raise UsageError(f'"{folder}" has no split "{split}"{intake.near(split, splits)}')
    return folder / (split or splits[0])


def _read(path: Path) -> dict[str, Any]:
    try:
        held = intake.parse(intake.decode(path.read_bytes()))
    except intake.Fault as fault:
        raise InputError([f"{path}: {fault}"]) from fault
    except OSError as exc:
        raise InputError([f"{path}: {exc.strerror}"]) from exc
    if not isinstance(held, dict):
        raise InputError([f"{path}: should hold an object"])
    return held
