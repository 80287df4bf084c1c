"""Replies from a function or a file of the user's own: for tests, for dry runs, and for odd agents.

`scripted/FILE.py` calls the file's `speak` (or `scripted/FILE.py:NAME` another function), given the ask, or the
whole request where the parameter is called `request`; it returns a text or a Completion, or is a coroutine that
does. `scripted/FILE.jsonl` is a table: each line has a `reply` (or a `state` such as "refused") and any of `player`,
`seat`, `argues`, `round`, `kind`, `purpose`, `slot`, `question`; the line with the most of them that all agree with
the ask is used, and of equal ones the first.
"""

from __future__ import annotations

import inspect
import runpy
import traceback
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any, Self, TypeAlias

from pydantic import ConfigDict, ValidationError, model_validator

from debate.domain import Ask, Brief, Completion, CompletionState, Purpose, Request, Usage, Value
from debate.errors import DebateError, UsageError

Said: TypeAlias = "str | Completion | Awaitable[str | Completion]"
Function: TypeAlias = "Callable[[Any], Said]"
"""Takes an Ask, or a Request where its parameter is called `request`."""

CHARACTERS = 4  # to a token, roughly, in English


class Scripted:
    """A provider whose replies come from a function: `Scripted(lambda ask: "I hold my answer.")`."""

    paid = False

    def __init__(self, function: Function, *, account: str = "scripted", file: str = "") -> None:
        self.account = account
        self._function = function
        self._file = file or getattr(getattr(function, "__code__", None), "co_filename", "")
        self._whole = _first_parameter(function) == "request"

    @classmethod
    def load(cls, path: str | Path) -> Scripted:
        """Return the provider of a script: `FILE.py`, `FILE.py:FUNCTION` or `FILE.jsonl`.

        Raises:
            UsageError: the file is missing, or is not a script.
        """
        file, _, name = str(path).partition(".py:")
        place = Path(f"{file}.py") if name else Path(path)
        if not place.is_file():
            raise UsageError(f'scripted: there is no file "{place}"')
        if place.suffix == ".py":
            function = _from_python(place, name or "speak")
        elif place.suffix in (".jsonl", ".ndjson"):
            function = _from_table(place)
        else:
            raise UsageError(f'scripted: "{place}" must end in .py or .jsonl')
        return cls(function, account=f"scripted/{place.name}", file=str(place))

    async def complete(self, request: Request) -> Completion:
        """Return what the script says to a request."""
        if request.ask is None:
            raise UsageError("a script answers asks, not bare requests")
        try:
            said = self._function(request if self._whole else request.ask)
            if inspect.isawaitable(said):
                said = await said
        except DebateError:
            raise
        except (Exception, SystemExit) as exc:  # the script is the user's code: whatever it raises is theirs to mend
            raise UsageError(_place(exc, self._file)) from exc
        return _completion(said, request, self._file)

    async def aclose(self) -> None:
        """Do nothing: no connection is held."""


def _first_parameter(function: Function) -> str:
    try:
        return next(iter(inspect.signature(function).parameters), "")
    except (TypeError, ValueError):  # some callables written in C have no signature
        return ""


def _completion(said: object, request: Request, file: str) -> Completion:
    if isinstance(said, Completion):
        return said
    if not isinstance(said, str):
        raise UsageError(f"{file}: a script must return a text or a Completion, not {type(said).__name__}")
    read = sum(len(part.text) for message in request.messages for part in message.parts)
    usage = Usage(input_tokens=-(-read // CHARACTERS), output_tokens=-(-len(said) // CHARACTERS), cost_usd=0.0, calls=1)
    state: CompletionState = "ok" if said.strip() else "empty"
    return Completion(text=said, state=state, usage=usage, model=request.sampling.model)


def _place(exc: BaseException, file: str) -> str:
    """Say where in the script an exception was raised, and which."""
    lines = [frame.lineno for frame in traceback.extract_tb(exc.__traceback__) if frame.filename == file]
    what = f"{type(exc).__name__}: {exc}" if str(exc) else type(exc).__name__
    if isinstance(exc, SyntaxError) and exc.lineno:
        return f"{file}:{exc.lineno}: SyntaxError: {exc.msg}"
    return f"{file}:{lines[-1]}: {what}" if lines else f"{file}: {what}"


def _from_python(file: Path, name: str) -> Function:
    try:
        found = runpy.run_path(str(file))
    except Exception as exc:  # as above
        raise UsageError(_place(exc, str(file))) from exc
    function = found.get(name)
    if not callable(function):
        raise UsageError(f"{file}: there is no function `{name}`; write `def {name}(ask): return ...`")
    speak: Function = function
    return speak


class Line(Value):
    """A line of a table of replies: what is said, and the asks that it answers; what is left out fits any."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    reply: str = ""
    state: CompletionState | None = None
    player: str | None = None
    seat: str | None = None
    argues: int | None = None
    round: int | None = None
    kind: str | None = None
    purpose: Purpose | None = None
    slot: int | None = None
    question: str | None = None
    """The question's id or its text."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set & {"reply", "state"}:
            raise ValueError('a line needs a "reply" or a "state"')
        return self

    @property
    def keys(self) -> set[str]:
        """What the line is particular about."""
        return self.model_fields_set - {"reply", "state"}

    def fits(self, ask: Ask) -> bool:
        """Tell whether the line answers an ask."""
        where = _where(ask)
        return all(getattr(self, key) in where.get(key, ()) for key in self.keys)


def _where(ask: Ask) -> dict[str, tuple[object, ...]]:
    """Return what a line may say of where an ask stands."""
    source = ask.source
    place: dict[str, tuple[object, ...]] = {
        "player": (ask.voice.name,),
        "purpose": (ask.purpose,),
        "slot": (ask.slot,),
        "question": (source.question.id, source.question.text),
    }
    if isinstance(source, Brief):
        cue = source.cue
        return place | {"seat": (cue.seat,), "argues": (source.argues,), "round": (cue.round,), "kind": (cue.kind,)}
    return place | {"round": (source.round,)}


def _from_table(file: Path) -> Function:
    lines = [_line(file, number, text) for number, text in _numbered(file) if text.strip()]

    def speak(ask: Ask) -> Completion:
        fitting = [line for line in lines if line.fits(ask)]
        if not fitting:
            told = ", ".join(f"{key}={values[0]}" for key, values in _where(ask).items())
            raise UsageError(f"{file}: no line fits {told}")
        line = max(fitting, key=lambda line: len(line.keys))
        usage = Usage(output_tokens=-(-len(line.reply) // CHARACTERS), cost_usd=0.0, calls=1)
        state = line.state or ("ok" if line.reply.strip() else "empty")
        return Completion(text=line.reply, state=state, usage=usage, model=ask.sampling.model)

    return speak


def _numbered(file: Path) -> Iterable[tuple[int, str]]:
    try:
        return enumerate(file.read_text(encoding="utf-8-sig").split("\n"), start=1)
    except UnicodeDecodeError as exc:
        raise UsageError(f"{file}: not UTF-8 at byte {exc.start}") from exc


def _line(file: Path, number: int, text: str) -> Line:
    try:
        return Line.model_validate_json(text)
    except ValidationError as exc:
        first = exc.errors()[0]
        key = f'"{first["loc"][0]}": ' if first["loc"] else ""
        raise UsageError(f"{file}:{number}: {key}{first['msg']}") from exc
