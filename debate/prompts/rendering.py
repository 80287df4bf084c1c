"""How an ask becomes the request that is sent: rules, passage, question, transcript, and one private tail.

The order is the order of what is shared most widely, so that a provider's prompt cache serves both seats, every
round, every judge, and the neighbouring matches on the same passage.
"""

from __future__ import annotations

import hmac
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from debate import quotes, verdicts
from debate.domain import (
    Ask,
    Ballot,
    Brief,
    Judge,
    Message,
    Part,
    Passage,
    Player,
    Posed,
    Protocol,
    Request,
    Speech,
    View,
    chance,
)
from debate.errors import ConfigError
from debate.prompts.templates import MATERIAL
from debate.protocols import form, settled
from debate.speech import RESTATER
from debate.transcript import label

_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")


def fenced(text: str, code: str) -> str:
    """Make a text of others safe to stand between tags that carry `code`: the code itself may not occur in it."""
    if not text.isascii():
        text = text.translate(_SURROGATES)
    return text.replace(code, "#" * len(code)) if code in text else text


_ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=False)
_ENVIRONMENT.filters["fenced"] = fenced
_GLOBALS = dict(_ENVIRONMENT.globals)


@lru_cache(maxsize=256)
def _compiled(name: str, text: str) -> Template:
    try:
        return _ENVIRONMENT.from_string(text)
    except TemplateError as exc:
        line = getattr(exc, "lineno", None)
        raise ConfigError([f"prompts/{name}{f', line {line}' if line else ''}: {exc}"]) from exc


SPEECHES = 16_384  # rendered speeches that are kept; of a match in play each is read by several


class Renderer:
    """Makes requests from asks, with the templates of one tournament and the secret of one database."""

    def __init__(self, templates: Mapping[str, str], secret: str) -> None:
        self._secret = secret.encode()
        self._templates = {name: _compiled(name, text) for name, text in templates.items()}
        self._passage = lru_cache(maxsize=2_048)(self._render_passage)
        self._rules = lru_cache(maxsize=256)(self._render_rules)
        self._question = lru_cache(maxsize=4_096)(self._render_question)
        self._code_of = lru_cache(maxsize=16_384)(self._hashed)
        self._speeches: OrderedDict[tuple[str, str, int, str], str] = OrderedDict()

    def request(self, ask: Ask) -> Request:
        """Return what is sent for an ask.

        Raises:
            ConfigError: a template is missing or names something that does not exist.
        """
        scene = _Scene(ask, self._code(ask))
        role = _template(ask)
        passage = ask.source.question.passage
        shared = [self._question(scene.shared)]
        if passage and (head := self._passage(passage, self._code_of("passage", passage.id, scene.audience))).text:
            shared.insert(0, head)
        tail = self._tail(ask, role, scene)
        system = self._rules(role, scene.rules)
        return Request(
            sampling=ask.sampling,
            messages=(system, *self._conversation(ask, scene, shared, tail)),
            purpose=ask.purpose,
            form=scene.form,
            labels=scene.letters if isinstance(ask.voice, Judge) and ask.voice.logprobs else (),
            cache_key=self._code_of(
                "cache", ask.sampling.model, scene.audience, passage.id if passage else scene.match
            ),
            seed=chance(scene.match, scene.place, ask.purpose, ask.slot) % 2**31,
            ask=ask,
        )

    def _conversation(self, ask: Ask, scene: _Scene, shared: list[Part], tail: Part) -> tuple[Message, ...]:
        """Put the speeches in one message, or, for rulings that are one conversation, each round in its own."""
        if not ask.beside.earlier:
            said = "".join(self._speech(scene, speech) for speech in ask.source.speeches)
            parts = (*shared, Part(text=said, cache=True), tail) if said else (*shared, tail)
            return (Message(role="user", parts=parts),)
        messages: list[Message] = []
        for number, reply in enumerate((*ask.beside.earlier, None)):
            heard = "".join(self._speech(scene, s) for s in ask.source.speeches if s.round == number)
            parts = (*(shared if number == 0 else ()), *([Part(text=heard, cache=True)] if heard else ()), tail)
            messages.append(Message(role="user", parts=parts))
            if reply is not None:
                messages.append(Message(role="assistant", parts=(Part(text=reply),)))
        return tuple(messages)

    def _tail(self, ask: Ask, role: str, scene: _Scene) -> Part:
        beside = ask.role != RESTATER and ask.purpose in ("preference", "critique", "refine")
        own = f"speech/{ask.purpose}.md" if beside else role
        told = ask.source.told if isinstance(ask.source, Brief) and not beside else ""
        text = self._block(own, "task", scene.private)
        return Part(text=f"{told}\n\n{text}" if told else text)

    def _speech(self, scene: _Scene, speech: Speech) -> str:
        """Render a speech, or find it as it was rendered for another reader of the same audience."""
        speaker = speech.label
        if speaker.isupper():
            speaker = f"consultant {speaker}" if scene.consults else f"debater {speaker}"
        key = (scene.code, speaker, speech.index, speech.text)
        known = self._speeches.get(key)
        if known is None:
            runs = quotes.segments(speech.text, speech.quotes)
            segments = tuple((run, quote.status if quote else "") for run, quote in runs)
            values = {"code": scene.code, "speaker": speaker, "round": speech.round, "segments": segments}
            known = self._speeches[key] = self._block(MATERIAL, "speech", values)
            if len(self._speeches) > SPEECHES:
                self._speeches.popitem(last=False)
        return known

    def _render_rules(self, role: str, rules: _Rules) -> Message:
        return Message(role="system", parts=(Part(text=self._block(role, "rules", vars(rules)), cache=True),))

    def _render_passage(self, passage: Passage, code: str) -> Part:
        return Part(text=self._block(MATERIAL, "passage", {"passage": passage, "code": code}), cache=True)

    def _render_question(self, shared: _Shared) -> Part:
        return Part(text=self._block(MATERIAL, "question", vars(shared)), cache=True)

    def _block(self, name: str, block: str, values: Mapping[str, Any]) -> str:
        try:
            template = self._templates[name]
            return "".join(template.blocks[block](template.new_context({**_GLOBALS, **values}, shared=True)))
        except KeyError as exc:
            raise ConfigError([f"prompts/{name}: there is no {exc} in the templates"]) from exc
        except TemplateError as exc:
            raise ConfigError([f"prompts/{name}, block {block}: {exc}"]) from exc

    def _code(self, ask: Ask) -> str:
        """The code of a match's tags: nobody who writes a speech can know it."""
        return self._code_of("speech", ask.source.match, type(ask.source).__name__)

    def _hashed(self, *parts: str) -> str:
        return hmac.digest(self._secret, "\x1f".join(parts).encode(), "sha256").hex()[:10]


def _template(ask: Ask) -> str:
    """Return the name of the template that an ask is made with."""
    return f"{ask.role}.md" if "/" in ask.role else f"{ask.source.protocol.name}/{ask.role}.md"


@dataclass(frozen=True)
class _Rules:
    """What the rules of a prompt may speak of: the same for everyone in an audience."""

    protocol: Protocol
    voice: Player | Judge
    letters: tuple[str, ...]
    reads: bool
    view: View

    def __hash__(self) -> int:
        return hash((self.protocol.digest, self.voice.digest, self.letters, self.reads, self.view))


@dataclass(frozen=True)
class _Shared:
    """What the block of the question may speak of: the same in every round of a match."""

    question: Posed
    answers: tuple[tuple[str, str], ...]
    code: str
    speaks: bool

    def __hash__(self) -> int:
        return hash((self.code, self.answers, self.speaks))


class _Scene:
    """What the blocks of a template may speak of, for one ask."""

    def __init__(self, ask: Ask, code: str) -> None:
        self.ask = ask
        self.source: Brief | Ballot = ask.source
        self.code = code
        self.match = ask.source.match
        self.audience = type(ask.source).__name__ + ask.role
        self.consults = settled(ask.source.protocol).name == "consultancy"
        self.letters = tuple(chr(ord("A") + i) for i in range(len(ask.source.shown)))
        self.answers = tuple((label(self.source.shown, i), self.source.question.answers[i]) for i in self.source.shown)

    @property
    def place(self) -> str:
        """Where in the match the ask stands."""
        return str(self.source.cue.index if isinstance(self.source, Brief) else self.source.round)

    @property
    def form(self) -> dict[str, Any] | None:
        """The schema of the reply, where it is data."""
        if self.ask.form:
            return self.ask.form
        if self.ask.purpose == "preference":
            return verdicts.choice_form(len(self.ask.beside.candidates))
        wanted = "beliefs" if isinstance(self.source, Ballot) else form(self.source)
        schemas = {"beliefs": verdicts.ruling_form, "choice": verdicts.pick_form, "act": verdicts.act_form}
        return schemas[wanted](self.letters) if wanted in schemas else None

    @property
    def rules(self) -> _Rules:
        view = self.source.view if isinstance(self.source, Ballot) else "full"
        reads = self.source.question.passage is not None
        return _Rules(self.source.protocol, self.ask.voice, self.letters, reads, view)

    @property
    def shared(self) -> _Shared:
        return _Shared(self.source.question, self.answers, self.code, self.source.protocol.rounds > 0)

    def _side(self, brief: Brief) -> dict[str, str]:
        """Return under which letter which answer is argued; an adversary argues whichever it likes."""
        if brief.argues is None and form(brief) == "speech":
            return {"label": "that it names", "answer": "whichever that is"}
        return {
            "label": brief.label,
            "answer": "" if brief.argues is None else brief.question.answers[brief.argues],
        }

    @property
    def private(self) -> dict[str, Any]:
        own: dict[str, Any] = {
            **vars(self.rules),
            "code": self.code,
            "reask": self.ask.reask,
            "speeches": self.source.speeches,
        }
        if isinstance(self.source, Ballot):
            seen = {"round": self.source.round, "rounds": self.source.rounds}
            return own | seen | {"draft": self.ask.beside.draft}
        brief = self.source
        asked = next((s.text for s in brief.speeches if s.index == brief.cue.about), "")
        return own | {
            "cue": brief.cue,
            **self._side(brief),
            "believed": tuple((label(brief.shown, i), brief.believed[i]) for i in brief.shown if brief.believed),
            "others": tuple(pair for pair in self.answers if pair[0] != brief.label),
            "notes": brief.notes,
            "asked": fenced(asked, self.code),
            "candidates": self.ask.beside.candidates,
            "draft": self.ask.beside.draft,
            "critique": self.ask.beside.critique,
        }
