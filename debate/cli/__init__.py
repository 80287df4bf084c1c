"""The command line. Every command is a file here: it parses, calls, prints, and imports what it needs when it runs."""

from __future__ import annotations

import sys
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from debate import __version__
from debate.cli import (
    audit,
    browse,
    compare,
    database,
    demo,
    doctor,
    ending,
    init,
    judge,
    judges,
    locked,
    models,
    pack,
    payments,
    plan,
    questions,
    records,
    rejudge,
    report,
    run,
    show,
    tournaments,
    watch,
)


class Commands(TyperGroup):
    """The commands, which end as `ending` says."""

    def main(self, *args: Any, **more: Any) -> NoReturn:
        """Run a command line and leave with its exit code."""
        ending.attend()
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
        ending.leave(code if isinstance(code, int) else 0)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that was named; `judge pack` is one."""
        if args[:2] == ["judge", "pack"]:
            args = ["judge pack", *args[2:]]
        elif args[:1] == ["judge"]:
            args = locked.locked(args)
        return super().resolve_command(ctx, args)

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
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"debate {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def debate(
    context: typer.Context,
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Run AI-vs-AI debate tournaments, have judges rule on them, and report what came out.

    \b
    debate demo                 a whole tournament, offline
    debate init                 a tournament file to start from
    debate plan, debate run     what it comes to; play and judge it
    debate report               what came out
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


_COMMANDS = (
    ("demo", demo.demo, "Play, judge and report a tournament offline."),
    ("init", init.init, "Write a tournament file to start from."),
    ("plan", plan.plan, "Count and price a tournament; spend nothing."),
    ("run", run.run, "Play and judge a tournament, or go on with one."),
    ("list", tournaments.tournaments, "List the tournaments of a database."),
    ("status", tournaments.status, "Say how one tournament stands."),
    ("show", show.show, "Show one transcript with its judgments."),
    ("browse", browse.browse, "Find, read and compare debates."),
    ("watch", watch.watch, "Watch a run that goes on elsewhere."),
    ("judge", judge.judge, "Rule on transcripts yourself, blind."),
    ("judge pack", pack.pack, "Write what one judge reads into a file."),
    ("rejudge", rejudge.rejudge, "Have another judge rule on what is there."),
    ("report", report.report, "Report what came out of a tournament."),
    ("compare", compare.compare, "Compare arms or tournaments on shared questions."),
    ("audit", audit.audit, "Look for signs of collusion."),
    ("export", records.export, "Write debates as records."),
    ("import", records.import_, "Read records of debates played elsewhere."),
    ("models", models.models, "List models and their prices."),
    ("doctor", doctor.doctor, "Look at keys, endpoints, proxies, versions."),
)
for _name, _command, _short in _COMMANDS:
    app.command(_name, short_help=_short)(_command)
judges.app.command("payments")(payments.payments)
app.add_typer(judges.app, name="judges", short_help="See how far human judges are.")
app.add_typer(questions.app, name="questions", short_help="Look at question banks, and check them.")
app.add_typer(database.app, name="db", short_help="Check, copy and upgrade a database.")


def main() -> None:
    """Run the command line."""
    app()
