"""A judge's transcripts one after the other, by plain prompts."""

from __future__ import annotations

from typing import TextIO

from debate.studies import wording
from debate.studies.qualifying import barred
from debate.studies.sight import Place, Sight
from debate.tui.judging.clerk import Clerk
from debate.tui.judging.plain import Asked, Left, Plain
from debate.tui.judging.sitting import Sitting


def by_prompts(sight: Sight, tournament: str, clerk: Clerk, out: TextIO, ask: Asked) -> None:
    """Take a judge through everything that is open, until they leave."""
    face = Plain(out, ask)
    study = sight.study(tournament)
    queue = sight.queue(tournament)
    minutes = sum(place.minutes for place in queue if place.todo)
    face.say(f"{sum(place.todo for place in queue)} of {len(queue)} transcripts to judge, about {minutes} minutes.")
    seen: set[int] = set()
    while place := _next(sight.queue(tournament), seen):
        seen.add(place.id)
        if why := _barred(sight, tournament, place, clerk):
            face.say(f"The rest is {why}.")
            return
        practice = ", for practice" if place.purpose == "practice" else ""
        face.say(f"\n=== transcript {len(seen)} of {sum(p.todo or p.id in seen for p in queue)}{practice} ===")
        sitting = Sitting(
            sight, place.id, study, seated=clerk.seated, conditions=clerk.conditions, consent=clerk.consent
        )
        try:
            face.judge(sitting)
        except Left:
            return
        finally:
            sitting.leave()
        _tell(face, sitting, place, clerk)


def _next(queue: tuple[Place, ...], seen: set[int]) -> Place | None:
    return next((place for place in queue if place.todo and place.id not in seen), None)


def _barred(sight: Sight, tournament: str, place: Place, clerk: Clerk) -> str:
    study = sight.study(tournament)
    left = sum(one.purpose == "practice" and one.todo for one in sight.queue(tournament))
    right = clerk.right() if study.qualify and not left else 0
    return barred(study, place.purpose, practice_left=left, right=right)


def _tell(face: Plain, sitting: Sitting, place: Place, clerk: Clerk) -> None:
    if sitting.session.stage == "submitted" and wording.tells(sitting.study, place.purpose):
        right = clerk.told(place.id)
        if right is not None:
            face.say(wording.outcome(sitting.study, sitting.session, sitting.ballot(), right))
