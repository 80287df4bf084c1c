"""How a command ends: the one place where what went wrong becomes a sentence on stderr and an exit code."""

from __future__ import annotations

import errno
import os
import shlex
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import typer

PIPE = 141  # as the shell reports a program that the closed pipe has ended
INTERRUPTED = 130
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # there is no room left
_GONE = (errno.EPIPE, errno.EIO)  # nobody reads any more: a closed pipe, a terminal that is gone


def attend() -> None:
    """Have standard streams that are closed lead nowhere: else the next file that is opened takes their number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def ended(act: Callable[[], Any]) -> Any:
    """Do what a command does; whatever it raises ends in `typer.Exit`."""
    from debate.errors import DebateError

    try:
        done = act()
        sys.stdout.flush()
    except (typer.Exit, typer.Abort, typer.TyperException):
        raise
    except DebateError as exc:
        _say(*told(exc))
        raise typer.Exit(exc.exit_code) from None
    except KeyboardInterrupt:
        _say("", "interrupted")
        raise typer.Exit(INTERRUPTED) from None
    except OSError as exc:
        raise typer.Exit(_unwritten(exc)) from None
    except Exception as exc:  # a bug: it is shown as one, whatever it is
        raise typer.Exit(_internal(exc)) from None
    return done


def told(exc: Exception) -> Iterator[str]:
    """Yield the lines that say what an error of ours means, and what to do."""
    from debate.errors import ConfigError, InputError, PlanChanged

    if isinstance(exc, PlanChanged):
        yield f'"{exc.name}" was planned otherwise than it is given now:'
        yield from (f"  {difference}" for difference in exc.differences)
        yield "Undo the changes to go on with it, or start another tournament beside it:"
        yield f"  {command(name='NEW')}"
    elif isinstance(exc, ConfigError | InputError) and len(exc.problems) > 1:
        yield f"{len(exc.problems)} problems:"
        yield from (f"  {problem}" for problem in exc.problems)
    else:
        yield f"error: {exc}"


def usage(exc: typer.TyperException) -> int:
    """Tell what is wrong with a command line, and return the exit code."""
    context = getattr(exc, "ctx", None)
    if context is not None:
        _say(*context.get_usage().splitlines(), f"Try: {context.command_path} --help")
    _say(f"error: {exc.format_message()}")
    return exc.exit_code


def command(**flags: str) -> str:
    """Return the command that was typed, with flags of other values."""
    words = list(sys.argv[1:])
    for name, value in flags.items():
        flag = f"--{name.replace('_', '-')}"
        words = [*_without(words, flag), flag, value]
    return shlex.join(["debate", *words])


def leave(code: int) -> NoReturn:
    """Leave with an exit code, and without a complaint if nobody reads what is still to be written."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        _mute()
    sys.exit(code)


def _without(words: list[str], flag: str) -> Iterator[str]:
    skip = False
    for word in words:
        if not skip and word != flag and not word.startswith(f"{flag}="):
            yield word
        skip = word == flag and not skip


def _unwritten(exc: OSError) -> int:
    """Tell what could not be read or written, if there is still somebody to tell."""
    if exc.errno in _GONE:
        _mute()
        return PIPE
    if exc.filename is None and exc.errno not in FULL:
        return _internal(exc)
    what = "what is printed" if exc.filename is None else f'"{exc.filename}"'
    _say(f"error: {what} could not be read or written: {exc.strerror}")
    _mute()
    return 1


def _internal(exc: Exception) -> int:
    """Tell of a bug in one line; a traceback may hold more than its reader should see, so it is asked for."""
    if os.environ.get("DEBATE_TRACEBACK") == "1":
        _say(*"".join(traceback.format_exception(exc)).splitlines())
    ours = [frame for frame in traceback.extract_tb(exc.__traceback__) if "debate" in Path(frame.filename).parts]
    where = f" at {Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    what = f"internal error: {type(exc).__name__}{where}"
    _say(f"{what}. This is a bug: please report it, with the traceback that DEBATE_TRACEBACK=1 shows.")
    return 1


def _say(*lines: str) -> None:
    from debate.sanitize import plain

    encoding = sys.stderr.encoding or "ascii"
    try:
        sys.stderr.write("".join(f"{plain(line, encoding)}\n" for line in lines))
        sys.stderr.flush()
    except OSError:
        _mute()


def _mute() -> None:
    """Send what is left to print nowhere: the interpreter would complain of it on its way out."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError):
            continue
