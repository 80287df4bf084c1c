"""Judge one debate: make the calls that a hearing needs, and return the judgment."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from debate import docket
from debate.desk import Desk
from debate.docket import Hearing
from debate.domain import Call, Debate, Failure, Judgment, Row, Ruled
from debate.errors import ProviderError
from debate.events import Failed, Judged, Tell, silent


async def judge(
    hearing: Hearing,
    debate: Debate,
    desk: Desk,
    *,
    calls: Sequence[Call] = (),
    partner: Debate | None = None,
    tell: Tell = silent,
) -> Judgment:
    """Return the judgment of one hearing, which may stand in the place of one that failed.

    A call that fails for good makes a judgment of state `failed`: it is counted, and never filled in.
    """
    heard = list(calls)
    done: list[Judgment] = []

    def then(call: Call) -> tuple[Row, ...]:
        heard.append(call)
        step = docket.asks(hearing, debate, heard, partner=partner)
        if not isinstance(step, Judgment):
            return ()
        done.append(step)
        return (Ruled(judgment=step, supersedes=hearing.supersedes),)

    while not done:
        step = docket.asks(hearing, debate, heard, partner=partner)
        if isinstance(step, Judgment):
            desk.write(Ruled(judgment=step, supersedes=hearing.supersedes))
            done.append(step)
        elif failure := await desk.make_all(debate.match.id, hearing.id, step, then):
            done.append(_failed(hearing, debate, failure, desk, tell))
    tell(Judged(debate.match.id, hearing.judge.name, hearing.view, done[0].state, done[0].usage.cost_usd))
    return done[0]


def _failed(hearing: Hearing, debate: Debate, error: ProviderError, desk: Desk, tell: Tell) -> Judgment:
    judgment = Judgment(
        id=hearing.id,
        match=debate.match.id,
        judge=hearing.judge.name,
        kind=hearing.judge.kind,
        view=hearing.view,
        hears=hearing.hears,
        state="failed",
        shown=hearing.shown,
        sample=hearing.sample,
        reason=str(error),
        transcript=debate.digest,
    )
    failure = Failure(match=debate.match.id, where=hearing.id, kind=type(error).__name__, message=str(error))
    desk.write(Ruled(judgment=judgment, supersedes=hearing.supersedes), failure)
    tell(Failed(debate.match.id, hearing.id, str(error)))
    return judgment


async def judge_all(
    hearings: Sequence[Hearing],
    debate: Debate,
    desk: Desk,
    *,
    calls: Mapping[str, Sequence[Call]] | None = None,
    partner: Debate | None = None,
    tell: Tell = silent,
) -> tuple[Judgment, ...]:
    """Return the judgments of several hearings of one debate, held side by side."""
    held = [
        judge(hearing, debate, desk, calls=(calls or {}).get(hearing.id, ()), partner=partner, tell=tell)
        for hearing in hearings
    ]
    outcomes = await asyncio.gather(*held, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    return tuple(outcome for outcome in outcomes if isinstance(outcome, Judgment))
