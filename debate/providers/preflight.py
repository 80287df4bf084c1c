"""Would this key and this model be accepted? Asked of the endpoint's list of models, which is free."""

from __future__ import annotations

import difflib
import urllib.parse

from debate.errors import Permanent, Transient, Unreachable
from debate.providers import http
from debate.providers.connections import Reply
from debate.providers.wire import Wire


async def accepted(model: str, wire: Wire, path: str) -> None:
    """Raise what a call would raise if the key or the model's name is not accepted.

    An endpoint that is busy, slow, or lists no models is given the benefit of the doubt.
    """
    try:
        await _look(model, wire, path)
    except Unreachable:
        raise
    except Transient:
        return


async def _look(model: str, wire: Wire, path: str) -> None:
    listing = await wire.get(path)
    if listing.status in (401, 402, 403):
        raise http.refused(listing, wire.account, model)
    names = _names(listing, wire)
    if not names or any(_means(model, name) for name in names):
        return
    one = await wire.get(f"{path.partition('?')[0]}/{urllib.parse.quote(model, safe='')}")
    if one.status == 404:  # an alias is found, though it is not listed
        raise Permanent(f'{wire.account.where} has no model "{model}".{_hint(model, wire.account.label, names)}')


def _names(listing: Reply, wire: Wire) -> list[str]:
    if not listing.ok:
        return []
    entries = http.loads(listing.content, wire.account).get("data")
    found = (entry.get("id") for entry in entries if isinstance(entry, dict)) if isinstance(entries, list) else ()
    return [name for name in found if isinstance(name, str)]


def _means(model: str, name: str) -> bool:
    """Tell whether a listed name stands for a model: itself, its newest version, or a pattern for many."""
    return name in (model, f"{model}:latest") or "*" in name


def _hint(model: str, label: str, names: list[str]) -> str:
    close = [f'"{label}/{name}"' for name in difflib.get_close_matches(model, names, n=3, cutoff=0.5)]
    return f" Did you mean {' or '.join(close)}?" if close else ""
