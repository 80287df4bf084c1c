"""What happens inside one turn: which call is next, and, once the calls are in, what was spoken.

Candidates are written first, then the preference judge picks one, then it is criticised and rewritten. Everything
follows from the calls recorded under the cue, so a turn goes on after a crash exactly where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from debate import privacy, quotes, sanitize, verdicts, wording
from debate.domain import (
    Ask,
    Beliefs,
    Beside,
    Brief,
    Call,
    Completion,
    Judge,
    Player,
    Purpose,
    Sampling,
    Says,
    Turn,
    TurnState,
    Usage,
    chance,
)
from debate.protocols import SILENT, Form, family, form

RESTATER = "speech/restate"
"""The role of the model that restates speeches."""
RESTATED = 1_000
"""Calls that restate are refinements from this slot on."""
REASKS = 1
"""How often a reply that cannot be used is asked for again."""


@dataclass(frozen=True)
class Heard:
    """One reply, read: the words that would be spoken, or the state that makes it unusable."""

    state: TurnState
    text: str = ""
    scratchpad: str = ""
    says: Says | None = None
    trimmed: bool = False
    problem: str = ""


def asks(voice: Player | Judge, brief: Brief, calls: Sequence[Call]) -> tuple[Ask, ...] | Turn:
    """Return the calls that the turn needs now, or the turn itself when it needs no more.

    Args:
        voice: who sits at the seat of the cue.
        calls: those answered under this cue, in any order.
    """
    drafting = _Drafting(voice, brief, calls)
    if isinstance(voice, Judge):
        return drafting.only() or drafting.turn(drafting.spoken()[0], ())
    candidates = drafting.candidates()
    if candidates:
        return candidates
    usable = [heard for heard in drafting.spoken() if heard.state == "ok"]
    if not usable:
        return drafting.turn(drafting.spoken()[0], ())
    chosen = drafting.preferred(usable)
    if isinstance(chosen, tuple):
        return chosen
    if chosen is None:
        return drafting.turn(Heard("malformed", problem="no choice among the candidates"), ("no-preference",))
    return drafting.refined(chosen)


class _Drafting:
    """What one voice has been asked at one cue, and what it answered."""

    def __init__(self, voice: Player | Judge, brief: Brief, calls: Sequence[Call]) -> None:
        self.voice = voice
        self.brief = brief
        self.calls = calls
        self._heard: dict[tuple[Purpose, int], Heard] = {}
        self.wanted = voice.best_of if isinstance(voice, Player) and form(brief) == "speech" else 1

    def ask(
        self, purpose: Purpose, slot: int, *, reask: str = "", model: str | None = None, beside: Beside | None = None
    ) -> Ask:
        """Make an ask of this turn; a model of its own is called without the player's settings."""
        return Ask(
            purpose=purpose,
            slot=slot,
            sampling=Sampling(model=model) if model else self.voice,
            role=role(self.voice, self.brief),
            source=self.brief,
            voice=self.voice,
            beside=beside or Beside(),
            reask=reask,
        )

    def call(self, purpose: Purpose, slot: int) -> Call | None:
        return next((call for call in self.calls if call.purpose == purpose and call.slot == slot), None)

    def hear(self, call: Call) -> Heard:
        """Read a reply, once."""
        key = (call.purpose, call.slot)
        if key not in self._heard:
            self._heard[key] = hear(self.brief, call.completion)
        return self._heard[key]

    def only(self) -> tuple[Ask, ...]:
        """Return the one ask that is left when there is nothing to choose from."""
        return self._missing("speak", range(1))

    def candidates(self) -> tuple[Ask, ...]:
        """Return the speeches still to be written: the first alone, so that the others find its prompt cached."""
        if self.wanted == 1:
            return self.only()
        first = self._missing("candidate", range(1))
        return first or self._missing("candidate", range(self.wanted))

    def _missing(self, purpose: Purpose, slots: Iterable[int]) -> tuple[Ask, ...]:
        asked: list[Ask] = []
        for slot in slots:
            first, again = self.call(purpose, slot), self.call(purpose, self.wanted + slot)
            if first is None:
                asked.append(self.ask(purpose, slot))
            elif again is None and (heard := self.hear(first)).state != "ok":
                asked.append(self.ask(purpose, self.wanted + slot, reask=heard.problem))
        return tuple(asked)

    def spoken(self) -> list[Heard]:
        """Return what each candidate would say; of a slot that was asked again, the second reply counts."""
        purpose: Purpose = "speak" if self.wanted == 1 else "candidate"
        last = [self.call(purpose, self.wanted + slot) or self.call(purpose, slot) for slot in range(self.wanted)]
        return [self.hear(call) for call in last if call]

    def preferred(self, usable: list[Heard]) -> tuple[Ask, ...] | Heard | None:
        """Return the candidate that the preference judge likes best, or the ask that finds out."""
        if len(usable) == 1 or not isinstance(self.voice, Player) or self.voice.preference is None:
            return usable[0]
        order = sorted(usable, key=lambda heard: chance(self.brief.match, self.brief.cue.index, heard.text))
        beside = Beside(candidates=tuple(heard.text for heard in order))
        for slot in range(1 + REASKS):
            call = self.call("preference", slot)
            if call is None:
                reask = "it did not name one version" if slot else ""
                return (self.ask("preference", slot, reask=reask, model=self.voice.preference, beside=beside),)
            best = verdicts.choice(privacy.strip_thinking(call.completion.text)[0], len(order))
            if best is not None:
                return order[best - 1]
        return None

    def refined(self, draft: Heard) -> tuple[Ask, ...] | Turn:
        """Return the draft criticised and rewritten as often as the player's settings say."""
        flags: tuple[str, ...] = ()
        rounds = self.voice.refine if isinstance(self.voice, Player) and form(self.brief) == "speech" else 0
        for slot in range(rounds):
            critique = self.call("critique", slot)
            critic = self.voice.critic if isinstance(self.voice, Player) else None
            if critique is None:
                return (self.ask("critique", slot, model=critic, beside=Beside(draft=draft.text)),)
            said = privacy.strip_thinking(critique.completion.text)[0].strip()
            if critique.completion.state != "ok" or not said:
                flags += ("no-critique",)
                continue
            rewritten = self.call("refine", slot)
            if rewritten is None:
                return (self.ask("refine", slot, beside=Beside(draft=draft.text, critique=said)),)
            heard = self.hear(rewritten)
            if heard.state == "ok":
                draft = heard
            else:
                flags += (f"refinement-{heard.state}",)
        return self.restated(draft, flags)

    def restated(self, draft: Heard, flags: tuple[str, ...]) -> tuple[Ask, ...] | Turn:
        """Return the speech as a neutral model restates it, where that is played; as it is elsewhere."""
        if not self.brief.restater or form(self.brief) != "speech":
            return self.turn(draft, flags)
        heard = draft
        for slot in range(RESTATED, RESTATED + 1 + REASKS):
            call = self.call("refine", slot)
            if call is None:
                return (self._restating(draft, slot, heard.problem),)
            heard = self.hear(call)
            if heard.state == "ok":
                break
        return self.turn(replace(heard, scratchpad=draft.scratchpad), (*flags, "restated"))

    def _restating(self, draft: Heard, slot: int, problem: str) -> Ask:
        """Ask a model that knows nothing but the question and the speech."""
        unread = self.brief.question.model_copy(update={"passage": None})
        alone = self.brief.model_copy(update={"question": unread, "speeches": (), "notes": (), "told": ""})
        asked = self.ask("refine", slot, reask=problem, model=self.brief.restater, beside=Beside(draft=draft.text))
        return asked.model_copy(update={"role": RESTATER, "source": alone})

    def turn(self, heard: Heard, flags: tuple[str, ...]) -> Turn:
        """Make the turn that is recorded."""
        cue, passage = self.brief.cue, self.brief.question.passage
        text, marked = quotes.mark(heard.text, passage.text if passage else None)
        own = quotes.own_words(text, marked)
        names = wording.names_itself(own) if heard.says is None else ()
        noticed = (
            *(("trimmed",) if heard.trimmed else ()),
            *(("named-itself",) if names else ()),
            *(("hidden-characters",) if sanitize.hidden(text) else ()),
            *(
                ("reasked",)
                if any(call.slot >= self.wanted for call in self.calls if call.purpose in ("speak", "candidate"))
                else ()
            ),
            *flags,
        )
        return Turn(
            index=cue.index,
            seat=cue.seat,
            round=cue.round,
            beat=cue.beat,
            kind=cue.kind,
            about=cue.about,
            text=text,
            says=heard.says,
            quotes=marked,
            scratchpad=heard.scratchpad,
            state=heard.state if text or heard.state != "ok" or heard.says else "empty",
            conceded=self._conceded(own),
            flags=noticed,
            names=names,
            usage=total(call.completion.usage for call in self.calls),
        )

    def _conceded(self, text: str) -> bool:
        brief = self.brief
        if brief.argues is None or form(brief) != "speech":
            return False
        others = [chr(ord("A") + i) for i in range(len(brief.shown)) if chr(ord("A") + i) != brief.label]
        return any(wording.concedes(text, brief.label, other) for other in others)


def role(voice: Player | Judge, brief: Brief) -> str:
    """Return the name of the template that a voice is prompted with."""
    game = family(brief.protocol)
    return game.sits or "asker" if isinstance(voice, Judge) else game.role


def hear(brief: Brief, completion: Completion) -> Heard:
    """Read a reply in the form that its cue calls for."""
    if completion.state != "ok":
        return Heard(completion.state, problem=_PROBLEMS[completion.state])
    text, _ = privacy.strip_thinking(completion.text)
    if not text.strip():
        return Heard("empty", problem=_PROBLEMS["empty"])
    return _READ[form(brief)](brief, text)


_PROBLEMS = {
    "truncated": "it was cut off before its end",
    "refused": "it was a refusal",
    "empty": "it was empty",
}


def _speech(brief: Brief, text: str) -> Heard:
    said, scratchpad = privacy.speech(text)
    if not said.strip():
        return Heard("empty", scratchpad=scratchpad, problem=_PROBLEMS["empty"])
    spoken, trimmed = wording.trim(said.strip(), brief.protocol.words)
    return Heard("ok", text=spoken, scratchpad=scratchpad, trimmed=trimmed)


def _letters(brief: Brief) -> tuple[str, ...]:
    return tuple(chr(ord("A") + i) for i in range(len(brief.shown)))


def _beliefs(brief: Brief, text: str) -> Heard:
    """Read what is believed; where nobody may hear it, why is a private note."""
    ruled = verdicts.ruling(text, _letters(brief))
    if ruled.state != "valid" or ruled.p is None:
        return Heard("malformed", problem=ruled.problem)
    read = Heard("ok", text=ruled.reason, says=Says(beliefs=in_bank_order(ruled.p, brief.shown)))
    return replace(read, text="", scratchpad=read.text) if brief.cue.kind in SILENT else read


def _choice(brief: Brief, text: str) -> Heard:
    """Read which answer is chosen; why is a private note."""
    picked = verdicts.pick(text, _letters(brief))
    if picked.answer is None:
        return Heard("malformed", problem=picked.problem)
    return Heard("ok", scratchpad=picked.reason, says=Says(chose=brief.shown[picked.answer]))


def _act(brief: Brief, text: str) -> Heard:
    act = verdicts.act(text, _letters(brief))
    if act.p is None:
        return Heard("malformed", problem=act.problem)
    over = act.end or brief.cue.kind == "ruling"
    says = Says(beliefs=in_bank_order(act.p, brief.shown), question=act.question or None, end=over)
    return Heard("ok", text="" if over else act.question, says=says)


_READ: dict[Form, Callable[[Brief, str], Heard]] = {
    "speech": _speech,
    "beliefs": _beliefs,
    "choice": _choice,
    "act": _act,
}


def in_bank_order(p: Sequence[float], shown: tuple[int, ...]) -> Beliefs:
    """Turn beliefs over the displayed answers into beliefs over the bank's."""
    return tuple(p[shown.index(answer)] for answer in range(len(shown)))


def total(usages: Iterable[Usage]) -> Usage:
    """Add up usage; a cost that is unknown makes the sum unknown."""
    used = tuple(usages)
    costs = [usage.cost_usd for usage in used]
    most = [usage.cost_usd if usage.cost_max_usd is None else usage.cost_max_usd for usage in used]
    return Usage(
        input_tokens=sum(usage.input_tokens for usage in used),
        cached_tokens=sum(usage.cached_tokens for usage in used),
        output_tokens=sum(usage.output_tokens for usage in used),
        reasoning_tokens=sum(usage.reasoning_tokens for usage in used),
        cost_usd=None if None in costs else sum(cost for cost in costs if cost is not None),
        cost_max_usd=None if None in most else sum(cost for cost in most if cost is not None),
        calls=sum(usage.calls for usage in used),
    )
