"""`--where`, as every command that has it takes it."""

from __future__ import annotations

from typing import Annotated

import typer

Where = Annotated[
    list[str] | None,
    typer.Option("--where", metavar="WHERE", help="Only these: KEY=VALUE, or 'wrong and confidence>.9'; repeatable."),
]
