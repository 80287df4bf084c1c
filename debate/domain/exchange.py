"""What passes between the bands: what a reader may see, what a model is asked, what it replies."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Literal, TypeAlias

from pydantic import Field, JsonValue

from debate.domain.agent import Judge, Player, Sampling
from debate.domain.debate import Cue, Quote, Usage
from debate.domain.match import Protocol
from debate.domain.question import Posed
from debate.domain.value import Beliefs, Purpose, Value, View

PIECE = 2_000  # bytes hashed at once: of more, hashlib gives up the interpreter, and getting it back takes longer


class Speech(Value):
    """A turn as its readers see it: a label instead of a name, and quotes as spans beside the text."""

    label: str
    """`A`, `B`, ... in the order in which the reader is shown the answers; `judge` for the judge's seat."""
    argues: int | None = None
    round: int
    index: int
    kind: str = "argument"
    text: str
    quotes: tuple[Quote, ...] = ()
    about: int | None = None


class Brief(Value):
    """All that a player may see at a cue. The shared part is the same for every seat; the rest is private."""

    match: str
    question: Posed
    protocol: Protocol
    shown: tuple[int, ...]
    speeches: tuple[Speech, ...] = ()
    cue: Cue
    label: str
    argues: int | None = None
    notes: tuple[str, ...] = ()
    """The seat's own earlier scratchpads."""
    believed: Beliefs | None = None
    """What the judge's seat believes by now, where the rules show it to players."""
    told: str = ""
    """What the seat is told under an intervention, for itself alone."""
    restater: str = ""
    """The model that restates what is said here; empty where it stands as it was said."""


class Ballot(Value):
    """All that a judge may see: no names, no key, and no passage unless this judge reads it."""

    match: str
    question: Posed
    protocol: Protocol
    shown: tuple[int, ...]
    view: View = "full"
    hears: int | None = None
    """Under the view `solo`, the answer whose side is heard."""
    speeches: tuple[Speech, ...] = ()
    round: int = 0
    """The transcript is shown up to this round."""
    rounds: int = 0
    transcript: str = ""
    """The hash of the whole transcript that this ballot was cut from."""


class Beside(Value):
    """What an ask carries besides the brief: the texts that a preference, critique or refinement is about."""

    candidates: tuple[str, ...] = ()
    draft: str = ""
    critique: str = ""
    earlier: tuple[str, ...] = ()
    """A judge's replies to the rounds before, where its rulings are one conversation."""


class Ask(Value):
    """One call that a turn or a ruling needs: which template, which model, over which source."""

    purpose: Purpose
    slot: int = 0
    """Tells calls of one purpose under one cue apart."""
    sampling: Sampling
    role: str
    """The template's name in the protocol's folder; with a slash in it, among all templates."""
    source: Brief | Ballot
    voice: Player | Judge
    beside: Beside = Beside()
    reask: str = ""
    """Why the previous reply to the same ask could not be used, or empty."""
    form: dict[str, JsonValue] | None = None
    """The JSON schema of the reply, where it is none that the source calls for."""


class Part(Value):
    """A run of text in a message; `cache` marks the end of a prefix worth caching."""

    text: str
    cache: bool = False


Role: TypeAlias = Literal["system", "user", "assistant"]


class Message(Value):
    """One message of a conversation."""

    role: Role
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The whole text of the message."""
        return "".join(part.text for part in self.parts)


class Request(Value):
    """One call to a model. `source` is for built-in and scripted players; it is never sent and never hashed."""

    sampling: Sampling
    messages: tuple[Message, ...]
    purpose: Purpose
    form: dict[str, JsonValue] | None = None
    """The JSON schema that the reply must follow, where the endpoint can hold to one."""
    labels: tuple[str, ...] = ()
    """The labels whose log-probabilities are wanted; empty for none."""
    cache_key: str = ""
    seed: int = 0
    ask: Ask | None = Field(default=None, exclude=True, repr=False)

    @cached_property
    def digest(self) -> str:
        """The hash of what is sent."""
        raw = hashlib.sha256(self.sampling.settings.encode())
        said = "".join(f"\x1e{message.role}\x1f{message.text}" for message in self.messages)
        whole = f"{said}\x1e{self.seed}".encode("utf-8", "surrogatepass")
        for at in range(0, len(whole), PIECE):
            raw.update(whole[at : at + PIECE])
        return f"c1-{raw.hexdigest()[:20]}"


CompletionState: TypeAlias = Literal["ok", "truncated", "refused", "empty"]


class Completion(Value):
    """A reply, verbatim. `thinking` never reaches another seat or a judge."""

    text: str
    thinking: str = ""
    state: CompletionState = "ok"
    usage: Usage = Usage()
    model: str = ""
    """The model that the endpoint says it used."""
    logprobs: dict[str, float] | None = None
    """Label to probability, where they were asked for and given."""
    replayed: bool = False
    """Taken from an earlier tournament, so that nothing was bought."""


class Call(Value):
    """One API attempt that has ended well, as it is stored under a cue or a ruling."""

    purpose: Purpose
    slot: int = 0
    attempt: int = 1
    request: str = ""
    """The hash of the request."""
    completion: Completion
