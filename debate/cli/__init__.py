"""The command line. Every command is a file here: it parses, calls, prints, and imports what it needs when it runs."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from debate import __version__
from debate.cli import (
    database,
    demo,
    doctor,
    ending,
    init,
    models,
    plan,
    questions,
    records,
    rejudge,
    report,
    run,
    show,
    tournaments,
)


class Commands(TyperGroup):
    """The commands, which end as `ending` says."""

    def main(self, *args: Any, **more: Any) -> Any:
        """Run a command line and leave with its exit code."""
        for stream in (sys.stdout, sys.stderr):
            getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")
        more["standalone_mode"] = False
        run = super().main
        try:
            code = run(*args, **more)
        except typer.TyperException as exc:
            code = ending.usage(exc)
        except typer.Abort:
            code = ending.INTERRUPTED
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named."""
        run = super().invoke
        return ending.ended(lambda: run(ctx))


app = typer.Typer(
    cls=Commands,
    name="debate",
    rich_markup_mode=None,  # plain help starts faster, and reads the same in a pipe
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"debate {__version__}")
        raise typer.Exit


@app.callback()
def debate(
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Run AI-vs-AI debate tournaments, have judges rule on them, and report what came out.

    \b
    debate demo                 a whole tournament, offline
    debate init                 a tournament file to start from
    debate plan, debate run     what it comes to; play and judge it
    debate report               what came out
    """


app.command()(demo.demo)
app.command()(init.init)
app.command()(plan.plan)
app.command()(run.run)
app.command("list")(tournaments.tournaments)
app.command()(tournaments.status)
app.command()(show.show)
app.command()(rejudge.rejudge)
app.command()(report.report)
app.command()(records.export)
app.command("import")(records.import_)
app.add_typer(questions.app, name="questions")
app.command()(models.models)
app.command()(doctor.doctor)
app.add_typer(database.app, name="db")


def main() -> None:
    """Run the command line."""
    app()
