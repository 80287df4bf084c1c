"""Whose speeches stand in at a seat that is not played: those of the same tournament, left as it was."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from debate.domain import GIVEN, STOOD_IN, Debate, Match, Tournament, Turn, Usage, chance, live, match_id
from debate.errors import UsageError
from debate.protocols import due
from debate.store import Store


def check(store: Store, tournament: Tournament) -> None:
    """See that there is a tournament whose speeches can stand in, where an intervention needs one.

    Raises:
        UsageError: there is none.
    """
    if tournament.intervention not in STOOD_IN:
        return
    base = tournament.stand_ins
    if base is None or store.pinned(base) is None:
        named = f'there is no tournament "{base}"' if base else "it is not said which (stand_ins)"
        raise UsageError(
            f'under "{tournament.intervention}" speeches of a tournament that was played before stand in, '
            f"and {named}: run the tournament without the intervention first"
        )


class StandIns:
    """The speeches of a tournament that was played before."""

    def __init__(self, store: Store, base: str) -> None:
        self._store = store
        self._base = base

    def turns(self, match: Match) -> tuple[Turn, ...] | None:
        """Return the turns that stand in at the seat that is not played; None where they were not made."""
        played = live(match)
        other = next(seat for seat in match.seats if seat.argues is not None and seat.seat != played)
        source = self._same(match) if match.arm == "critic" else self._elsewhere(match, other.seat)
        if source is None or source.broken or due(source):
            return None
        return tuple(
            turn.model_copy(update={"usage": Usage(), "flags": (*turn.flags, GIVEN)})
            for turn in source.turns
            if turn.seat == other.seat
        )

    def _same(self, match: Match) -> Debate | None:
        """Return the same match, left as it was."""
        id = match_id(match.question.id, match.protocol, match.seats, match.repeat, match.prompts, "")
        return self._found(id)

    def _elsewhere(self, match: Match, seat: str) -> Debate | None:
        """Return a debate in which the same player argued the same from the same seat, with somebody else opposite."""
        sat = _sat(match, seat)
        mine = {one.player.name for one in match.seats if one.player}
        others = [id for id, names in self._by_place[sat] if names != mine]
        return self._found(others[chance("stands in", match.id) % len(others)]) if others else None

    @cached_property
    def _by_place(self) -> dict[tuple[object, ...], list[tuple[str, set[str]]]]:
        found: dict[tuple[object, ...], list[tuple[str, set[str]]]] = defaultdict(list)
        for debate, _ in self._store.debates(self._base):
            match = debate.match
            if debate.broken or due(debate):
                continue
            names = {seat.player.name for seat in match.seats if seat.player}
            for seat in match.seats:
                if seat.argues is not None:
                    found[_sat(match, seat.seat)].append((match.id, names))
        return found

    def _found(self, id: str) -> Debate | None:
        try:
            return self._store.debate(id, self._base)
        except UsageError:
            return None


def _sat(match: Match, seat: str) -> tuple[object, ...]:
    """Return what a place in a match has: question, rules, seat, who sits there and what is argued."""
    at = match.seat(seat)
    return match.question.id, match.protocol.digest, seat, at.argues, at.player.name if at.player else ""
