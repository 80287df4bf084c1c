"""The built-ins behind the seam that all providers share: which of them answers, and what its ask wants."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from debate.domain import Ask, Ballot, Brief, Completion, Judge, Posed, Request, Speech, Usage
from debate.errors import UsageError
from debate.protocols import form
from debate.providers.builtin import JUDGES, PLAYERS, advocate, bluffer, critic, gullible, naive, restater, weigher
from debate.providers.builtin.ruling import Ruling, act, choice, verdict

STRIDE = 3  # the skimmer reads one piece in three
CHARACTERS = 4  # to a token, roughly, in English

_QUOTE = re.compile(r"<quote>(.*?)</quote>", re.DOTALL)

Rule = Callable[[Posed, Sequence[Speech]], Ruling]

_RULES: dict[str, Rule] = {
    "weigher": weigher.rule,
    "gullible": gullible.rule,
    "naive": naive.rule,
    "advocate": weigher.rule,
    "skimmer": partial(weigher.rule, stride=STRIDE),
    "bluffer": partial(weigher.rule, boldness=4.0),
}


@dataclass(frozen=True)
class Builtin:
    """Answers for every `builtin/...` model. The same ask has the same reply, on every machine."""

    account: str = "builtin"
    paid: bool = False

    async def complete(self, request: Request) -> Completion:
        """Return the reply to a request's ask; tokens are estimates, and nothing is paid."""
        if request.ask is None:
            raise UsageError("a built-in answers asks, not bare requests")
        text = reply(request.ask)
        read = sum(len(part.text) for message in request.messages for part in message.parts)
        usage = Usage(
            input_tokens=-(-read // CHARACTERS), output_tokens=-(-len(text) // CHARACTERS), cost_usd=0.0, calls=1
        )
        return Completion(text=text, usage=usage, model=request.sampling.model)

    async def aclose(self) -> None:
        """Do nothing: no connection is held."""


def reply(ask: Ask) -> str:
    """Return what a built-in replies to an ask.

    Raises:
        UsageError: there is no built-in of that name, or it cannot do what is asked.
    """
    name = ask.sampling.model.partition("/")[2]
    if name == "restater" and isinstance(ask.source, Brief) and ask.purpose == "refine":
        return restater.restate(ask.source, ask.beside.draft)
    rule = _RULES.get(name)
    if rule is None:
        raise UsageError(f'unknown model "{ask.sampling.model}": there are {_named((*PLAYERS, *JUDGES))}')
    source = ask.source
    if isinstance(source, Ballot) or form(source) == "beliefs":
        return verdict(rule(source.question, source.speeches), source.shown)
    if form(source) == "choice":
        return choice(rule(source.question, ()), source)
    if ask.purpose == "preference":
        return json.dumps({"best": critic.best(rule, source, ask.beside.candidates)})
    if ask.purpose == "critique":
        return critic.critique(source, ask.beside.draft)
    if isinstance(ask.voice, Judge):
        return act(rule(source.question, source.speeches), source)
    return _speech(name, source, ask)


def _speech(name: str, brief: Brief, ask: Ask) -> str:
    if name not in PLAYERS:
        raise UsageError(f'"{ask.sampling.model}" rules and does not argue; {_named(PLAYERS)} argue')
    if name == "bluffer":
        return bluffer.speak(brief, slot=ask.slot)
    avoid = tuple(_QUOTE.findall(ask.beside.critique))
    return advocate.speak(brief, stride=STRIDE if name == "skimmer" else 1, slot=ask.slot, avoid=avoid)


def _named(names: Sequence[str]) -> str:
    return ", ".join(f"builtin/{name}" for name in names)
