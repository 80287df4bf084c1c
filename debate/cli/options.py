"""The flags that several commands share: each is declared once, so that it means the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DATABASE = "debate.db"

Db = Annotated[
    str, typer.Option("--db", metavar="URL", envvar="DEBATE_DB", help="The database: a path or sqlite:///PATH.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on stdout, and nothing else.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Leave out messages and progress.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]

Name = Annotated[str | None, typer.Argument(help="The tournament; may be left out where there is only one.")]
Named = Annotated[str, typer.Argument(metavar="NAME", help="The tournament.")]

Spec = Annotated[Path | None, typer.Argument(help="The tournament file. [default: tournament.toml, if it is here]")]
Questions = Annotated[
    list[str] | None, typer.Option("--questions", metavar="BANK", help="A bundled bank, a file, a folder or a glob.")
]
Debater = Annotated[
    list[str] | None,
    typer.Option("--debater", metavar="MODEL", help="A debater: provider/model or NAME=provider/model."),
]
Judge = Annotated[
    list[str] | None, typer.Option("--judge", metavar="MODEL", help="A judge: provider/model or NAME=provider/model.")
]
Protocol = Annotated[
    list[str] | None,
    typer.Option("--protocol", metavar="NAME", help="A protocol: debate, debate:sequential,rounds=2, ..."),
]
Control = Annotated[
    list[str] | None,
    typer.Option("--control", metavar="NAME", help="A control to play instead of all of them; none for no control."),
]
Pairing = Annotated[
    str | None, typer.Option("--pairing", metavar="KIND", help="Who meets whom: round-robin, self-play or swiss.")
]
Rounds = Annotated[int | None, typer.Option(help="The rounds of every debate and consultancy.")]
Sample = Annotated[int | None, typer.Option(help="How many questions are drawn; all where it is left out.")]
Seed = Annotated[int | None, typer.Option(help="Decides the draw and every other matter of chance.")]
Title = Annotated[str | None, typer.Option("--name", metavar="NAME", help="The tournament's name.")]
Intervention = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Change every debate of two: paraphrase, named, copy, canary, hidden, shuffled or critic; see audit.",
    ),
]
Paraphraser = Annotated[
    str | None, typer.Option(metavar="MODEL", help="Who restates speeches. [default: builtin/restater]")
]
MaxCost = Annotated[float | None, typer.Option(metavar="USD", help="The most that it may cost, over all its runs.")]
MaxCalls = Annotated[int | None, typer.Option(help="The most calls that it may make, over all its runs.")]
Concurrency = Annotated[int | None, typer.Option(help="The most matches and calls in flight at once.")]
Prompts = Annotated[Path | None, typer.Option(metavar="FOLDER", help="Your own templates over the bundled ones.")]
Outside = Annotated[bool, typer.Option("--allow-outside", help="Let the file name files outside its folder.")]
