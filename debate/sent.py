"""What was really asked, and what was answered? Prompts are not stored: they are made again from what is.

A turn or a ruling follows from the calls recorded under it, so asking the same rules again, call by call, gives the
same asks; the stored hash of each request proves that the prompt made from it is the one that was sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from debate import docket, prompts, speech
from debate.domain import Ask, Call, Completion, Debate, Judgment, Request, Tournament, Turn, partner_id
from debate.errors import UsageError
from debate.play import place, voice
from debate.prompts import Renderer
from debate.protocols import due, planned, rules_told
from debate.providers import replay
from debate.store import Pinned, Store, StoredCall
from debate.transcript import brief


@dataclass(frozen=True)
class Sent:
    """A call with the prompt made again."""

    call: StoredCall
    ask: Ask
    request: Request

    @property
    def same(self) -> bool:
        """Whether the stored hash proves that this is what was sent."""
        return self.request.digest == self.call.request


def sent(store: Store, match_id: str, name: str) -> tuple[Sent, ...]:
    """Return every answered call of a match, turns first, with what was sent."""
    pinned = _pinned(store, name)
    if not pinned.templates:
        raise UsageError(f'"{match_id}" was played elsewhere: what was sent for it is not in this database')
    renderer = Renderer(pinned.templates, pinned.secret)
    judged = prompts.judged(pinned.templates, rules_told(store.debate(match_id, name).match.protocol).name)
    found = asked(store, match_id, name, pinned.tournament, judged)
    return tuple(Sent(call, ask, renderer.request(ask)) for ask, call in found)


def asked(
    store: Store, match_id: str, name: str, tournament: Tournament, judged: str
) -> Iterator[tuple[Ask, StoredCall]]:
    """Yield what was asked in a match, with the call that answered it."""
    debate = store.debate(match_id, name)
    calls = [call for call in store.calls(match_id, name) if call.reply]
    yield from _spoken(debate, calls)
    for hearing in docket.hearings(tournament, debate, judged):
        ours = [call for call in calls if call.where == hearing.id]
        if ours:
            partner = _partner(store, debate, name) if hearing.view == "double" else None
            yield from _answered(partial(docket.asks, hearing, debate, partner=partner), ours)


def replies(store: Store) -> Callable[[str], replay.Lookup]:
    """Return how `replay/NAME` finds what was once replied in the tournament of that name."""

    @cache
    def of(name: str) -> dict[str, Completion]:
        pinned = _pinned(store, name)
        known: dict[str, Completion] = {}
        for debate, _ in store.debates(name):
            judged = prompts.judged(pinned.templates, rules_told(debate.match.protocol).name)
            for ask, call in asked(store, debate.match.id, name, pinned.tournament, judged):
                if call.reply:
                    known.setdefault(replay.place(ask), call.reply.completion)
        return known

    return lambda name: lambda ask: of(name).get(replay.place(ask))


def _pinned(store: Store, name: str) -> Pinned:
    pinned = store.pinned(name)
    if pinned is None:
        raise UsageError(f'there is no tournament "{name}" in this database')
    return pinned


def _spoken(debate: Debate, calls: Sequence[StoredCall]) -> Iterator[tuple[Ask, StoredCall]]:
    """Yield the asks of every cue that was taken or begun, in the order of play."""
    said = {turn.index: turn for turn in debate.turns}
    so_far = Debate(match=planned(debate.match))
    while cues := due(so_far):
        for cue in cues:
            sitting, seen = voice(debate.match, cue), brief(so_far, cue)
            ours = [call for call in calls if call.where == place(cue)]
            yield from _answered(partial(speech.asks, sitting, seen), ours)
        if not all(cue.index in said for cue in cues):
            return
        for cue in cues:
            so_far += said[cue.index]


def _answered(
    step: Callable[[Sequence[Call]], tuple[Ask, ...] | Turn | Judgment], calls: Sequence[StoredCall]
) -> Iterator[tuple[Ask, StoredCall]]:
    """Ask step by step, each time with the answers so far."""
    heard: list[Call] = []
    while isinstance(asks := step(heard), tuple):
        answers = [(ask, call) for ask in asks for call in calls if _fits(ask, call)]
        if not answers:
            return
        yield from answers
        heard += [call.reply for _, call in answers if call.reply]


def _fits(ask: Ask, call: StoredCall) -> bool:
    return call.purpose == ask.purpose and call.slot == ask.slot


def _partner(store: Store, debate: Debate, name: str) -> Debate | None:
    mine = next(seat.argues for seat in debate.match.seats if seat.argues is not None)
    for other in range(mine + 1, len(debate.match.question.answers)):
        try:
            return store.debate(partner_id(debate.match, other), name)
        except UsageError:
            continue
    return None
