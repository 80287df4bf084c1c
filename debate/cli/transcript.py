"""Blocks of a debate as Markdown and as a page of HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from debate import sanitize
from debate.tui.browsing.blocks import Block

_CSP = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = (
    "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:16px/1.5 system-ui,sans-serif;"
    "color-scheme:light dark}pre{white-space:pre-wrap;overflow-wrap:anywhere}q{font-style:italic}"
)
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~>:@$=])")


def markdown(block: Block) -> str:
    """Return a block as Markdown in which no text from outside means anything."""
    said = "".join(f'"{_inert(run)}" {_inert(mark)}' if mark else _inert(run) for run, mark in block.runs)
    if block.kind in ("title", "heading"):
        return f"{'#' if block.kind == 'title' else '##'} {' '.join(said.split())}\n"
    return "\n".join(f"> {line}  " if line.strip() else ">" for line in said.split("\n")) + "\n"


def _inert(said: str) -> str:
    return _SPECIAL.sub(r"\\\1", html.escape(sanitize.clean(said), quote=False))


def page(found: Iterable[Block], title: str) -> str:
    """Return blocks as one HTML page that needs nothing from elsewhere and runs nothing."""
    head = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f'content="{_CSP}"><title>{html.escape(sanitize.line(title))}</title><style>{_STYLE}</style>'
    )
    return "\n".join((head, *map(_element, found), "</html>\n"))


def _element(block: Block) -> str:
    tag = {"title": "h1", "heading": "h2", "text": "p", "verbatim": "pre"}[block.kind]
    said = "".join(
        f"<q>{_escaped(run, block)}</q> {html.escape(mark)}" if mark else _escaped(run, block)
        for run, mark in block.runs
    )
    return f"<{tag}>{said}</{tag}>"


def _escaped(run: str, block: Block) -> str:
    shown = html.escape(sanitize.clean(run))
    return shown if block.kind == "verbatim" else shown.replace("\n", "<br>")
