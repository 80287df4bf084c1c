"""`debate models`: which models can be named, and what they cost."""

from __future__ import annotations

from typing import Annotated

import typer

from debate.cli import options as o
from debate.cli.page import Page


def models(
    word: Annotated[str | None, typer.Argument(help="Only models whose name holds this.")] = None,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """List the models whose prices are known, in dollars per million tokens, and the built-in players and judges.

    Others can be named as well: any model of OpenAI or Anthropic, and any that an [endpoints] table serves.

    \b
    debate models
    debate models haiku
    """
    from debate.providers import prices
    from debate.providers.builtin import JUDGES, PLAYERS

    page = Page(as_json=as_json, quiet=quiet)
    offline = [(f"builtin/{name}", prices.FREE) for name in (*PLAYERS, *JUDGES)]
    found = [(name, price) for name, price in (*offline, *prices.known()) if (word or "").lower() in name.lower()]
    page.data("debate.models/1", models=[{"model": name, **price.model_dump(mode="json")} for name, price in found])
    rows = ((name, *map(_usd, (p.input, p.cached_input, p.cache_write, p.output))) for name, p in found)
    heads = ("model", "input", "cached", "written", "output")
    page.table(*heads, rows=rows, right=heads[1:])
    if not found:
        page.note(f'no known model is called like "{word}"; it may be named all the same, with a price in [prices]')


def _usd(price: float | None) -> str:
    return "" if price is None else f"{price:g}"
