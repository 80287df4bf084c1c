"""Which rulings are wanted of a debate, and, inside one of them, which call is next.

Like a turn, a ruling follows from the calls recorded under it, and is the same whenever it is asked for again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from debate import privacy, verdicts
from debate.domain import (
    Ask,
    Ballot,
    Belief,
    Beliefs,
    Beside,
    Call,
    Debate,
    Judge,
    Judgment,
    JudgmentState,
    Tournament,
    View,
    digest,
)
from debate.protocols import family
from debate.protocols.rounds import JUDGE
from debate.speech import in_bank_order, total
from debate.transcript import ballot, rounds

AGAIN = 1_000
"""Added to a slot, it is the slot of the second asking."""


@dataclass(frozen=True)
class Hearing:
    """One ruling that is wanted: which judge is to see what, in which order, for which time."""

    id: str
    judge: Judge
    view: View
    shown: tuple[int, ...]
    sample: int = 0
    hears: int | None = None
    supersedes: str | None = None
    """The judgment of the same hearing that failed before."""


def left(wanted: Sequence[Hearing], made: Sequence[Judgment], *, retry_failed: bool) -> tuple[Hearing, ...]:
    """Return the hearings that have no judgment yet, or, if wanted, only one that failed."""
    return tuple(still for hearing in wanted if (still := _left(hearing, made, retry_failed)))


def _left(hearing: Hearing, made: Sequence[Judgment], retry_failed: bool) -> Hearing | None:
    mine = [judgment for judgment in made if judgment.id.partition("/")[0] == hearing.id]
    if not mine:
        return hearing
    last = next((judgment for judgment in mine if judgment.superseded_by is None), None)
    if last is None or last.state != "failed" or not retry_failed:
        return None
    return replace(hearing, id=f"{hearing.id}/{len(mine) + 1}", supersedes=last.id)


def hearings(tournament: Tournament, debate: Debate, prompts: str) -> tuple[Hearing, ...]:
    """Return the rulings that a tournament wants of a finished debate; none of one that was set aside.

    Args:
        prompts: the hash of the templates that judges of this protocol are prompted with.
    """
    game = family(debate.match.protocol)
    if debate.broken or not game.judged:
        return ()
    models = [judge for judge in tournament.judges if judge.kind != "human"]
    return tuple(h for judge in models for h in _of_judge(tournament, debate, judge, prompts))


def _of_judge(tournament: Tournament, debate: Debate, judge: Judge, prompts: str) -> Iterator[Hearing]:
    match = debate.match
    flipped = match.shown[::-1]
    orders = (match.shown, flipped) if judge.orders == "both" else (match.shown,)
    for view in views(tournament, debate, judge):
        sides = sorted(s.argues for s in match.seats if s.argues is not None) if view == "solo" else (None,)
        for hears in sides:
            for number, shown in enumerate(orders):
                for sample in range(judge.samples):
                    order = shown if judge.orders == "both" or sample % 2 == 0 else flipped
                    identity = [match.id, judge.digest, prompts, view, hears, list(order), sample, debate.digest]
                    yield Hearing(digest("v1", identity), judge, view, order, number * judge.samples + sample, hears)


def views(tournament: Tournament, debate: Debate, judge: Judge) -> tuple[View, ...]:
    """Return the views under which a judge rules on a debate; one side alone has no sides to hide."""
    wanted: tuple[View, ...] = tournament.views if judge.views is None else judge.views
    spoken = any(turn.seat != JUDGE for turn in debate.turns)
    game = family(debate.match.protocol)
    if not spoken:
        return ("full",) if "full" in wanted else ()
    alone = len(game.seats) < 2
    fitting = {"full", "quotes", "opening", *(() if alone else ("solo",))}
    if alone and game.argued and not game.becomes:  # else there is no second consultancy to go with it
        fitting.add("double")
    return tuple(view for view in wanted if view in fitting)


def asks(
    hearing: Hearing, debate: Debate, calls: Sequence[Call], *, partner: Debate | None = None
) -> tuple[Ask, ...] | Judgment:
    """Return the calls that a ruling needs now, or the judgment when it needs no more."""
    return _Ruling(hearing, debate, calls, partner).asks()


_Read: TypeAlias = tuple[JudgmentState, Beliefs | None, str, str]
"""State, beliefs in the bank's order, what was wrong, and the reason given."""


class _Ruling:
    def __init__(self, hearing: Hearing, debate: Debate, calls: Sequence[Call], partner: Debate | None) -> None:
        self.hearing = hearing
        self.debate = debate
        self.partner = partner
        self.calls = {call.slot: call for call in calls}
        self._known: dict[int, _Read] = {}
        last = rounds(debate, hearing.view)
        every = hearing.judge.beliefs == "every-round"
        self.rounds = tuple(range(last + 1)) if every and last else (last,)

    def asks(self) -> tuple[Ask, ...] | Judgment:
        wanted = [ask for number in self.rounds if (ask := self._next(number))]
        if wanted:
            return tuple(wanted[:1] if self.hearing.judge.conversation else wanted)
        return self._judgment()

    def _next(self, number: int) -> Ask | None:
        first, again = self.calls.get(number), self.calls.get(AGAIN + number)
        if first is None:
            return self._ask(number, number, "")
        if again is None and (problem := self._read(first)[2]):
            return self._ask(number, AGAIN + number, problem)
        return None

    def _ask(self, number: int, slot: int, reask: str) -> Ask:
        judge = self.hearing.judge
        earlier: tuple[str, ...] = ()
        if judge.conversation and len(self.rounds) > 1:
            earlier = tuple(call.completion.text for n in range(number) if (call := self._counts(n)))
        return Ask(
            purpose="judge",
            slot=slot,
            sampling=judge,
            role="judge",
            source=self._ballot(number),
            voice=judge,
            beside=Beside(earlier=earlier),
            reask=reask,
        )

    def _ballot(self, number: int) -> Ballot:
        h = self.hearing
        return ballot(
            self.debate, h.judge, view=h.view, shown=h.shown, round=number, hears=h.hears, partner=self.partner
        )

    def _counts(self, number: int) -> Call | None:
        return self.calls.get(AGAIN + number) or self.calls.get(number)

    def _read(self, call: Call) -> _Read:
        """Read a reply, once."""
        if call.slot not in self._known:
            self._known[call.slot] = self._reading(call)
        return self._known[call.slot]

    def _reading(self, call: Call) -> _Read:
        done, shown = call.completion, self.hearing.shown
        if done.state != "ok":
            state: JudgmentState = "malformed" if done.state == "empty" else done.state
            return state, None, f"it was {done.state}", ""
        labels = tuple(chr(ord("A") + i) for i in range(len(shown)))
        if self.hearing.judge.logprobs and done.logprobs:
            p = verdicts.from_logprobs(done.logprobs, labels)
            if p is not None:
                return "valid", in_bank_order(p, shown), "", done.text
        ruled = verdicts.ruling(privacy.strip_thinking(done.text)[0], labels)
        if ruled.state == "valid" and ruled.p is not None:
            return "valid", in_bank_order(ruled.p, shown), "", ruled.reason
        return ruled.state, None, "" if ruled.state == "abstained" else ruled.problem, ruled.reason

    def _judgment(self) -> Judgment:
        h, match = self.hearing, self.debate.match
        read = {n: self._read(call) for n in self.rounds if (call := self._counts(n))}
        state, final, _, reason = read[self.rounds[-1]]
        beliefs = tuple(Belief(after_round=n, p=p) for n, (_, p, _, _) in read.items() if p is not None)
        return Judgment(
            id=h.id,
            match=match.id,
            judge=h.judge.name,
            kind=h.judge.kind,
            view=h.view,
            hears=h.hears,
            state=state,
            shown=h.shown,
            sample=h.sample,
            final=final,
            beliefs=beliefs if len(self.rounds) > 1 else (),
            reason=reason,
            transcript=self.debate.digest,
            usage=total(call.completion.usage for call in self.calls.values()),
        )


def live(debate: Debate) -> Judgment | None:
    """Return the ruling of the judge who sat in the debate, once it is over."""
    seat = next((s for s in debate.match.seats if s.seat == JUDGE and s.judge), None)
    acts = [turn for turn in debate.turns if turn.seat == JUDGE and turn.says and turn.says.beliefs]
    if seat is None or seat.judge is None or not acts or debate.broken:
        return None
    beliefs = tuple(Belief(after_round=t.round, p=t.says.beliefs) for t in acts if t.says and t.says.beliefs)
    return Judgment(
        id=digest("v1", [debate.match.id, seat.judge.digest, "live"]),
        match=debate.match.id,
        judge=seat.judge.name,
        kind=seat.judge.kind,
        channel="live",
        shown=debate.match.shown,
        final=beliefs[-1].p,
        beliefs=beliefs,
        transcript=debate.digest,
        usage=total(turn.usage for turn in acts),
    )
