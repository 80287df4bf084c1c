"""Which matches a tournament consists of: pairings, both seatings, repeats; seeded and exactly balanced.

Chance decides by hashes of the seed and of contents, never by position, so that the same tournament has the same
plan on every machine, and more questions, players or repeats only add matches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from debate.domain import Judge, Match, Player, Posed, Protocol, Seat, Tournament, arm, chance, match_id
from debate.protocols import family
from debate.protocols.rounds import JUDGE


@dataclass(frozen=True)
class Cell:
    """A line of the plan: one protocol, and the players who sit in it together."""

    protocol: Protocol
    players: tuple[Player, ...] = ()
    judge: Judge | None = None
    """Who takes the judge's seat of an interactive game."""

    @property
    def name(self) -> str:
        """What the cell is called in the printed plan."""
        return " ".join((self.protocol.title, " v ".join(player.name for player in self.players))).strip()


def protocols(tournament: Tournament) -> tuple[Protocol, ...]:
    """Return every game that is played: the protocols of the file, then the controls that are games of their own.

    The consultancy among the controls is as long as the game of two that it is held against.
    """
    asked = list(tournament.protocols)
    games = sorted((p for p in asked if len(family(p).seats) == 2), key=lambda p: p.name != "debate")
    main = games[0] if games else None
    for control in tournament.controls:
        if control in ("quotes", "opening") or any(p.name == control for p in asked):
            continue
        rounds = main.rounds if main and control == "consultancy" else 1
        words = main.words if main else 150
        asked.append(Protocol(name=control, rounds=rounds if control in ("consultancy", "solo") else 0, words=words))
    return tuple(variant for protocol in asked for variant in family(protocol).variants(protocol))


def pairs(tournament: Tournament) -> tuple[tuple[Player, Player], ...]:
    """Return who meets whom; a pairing that depends on results has none before there are any."""
    pairing, players = tournament.pairing, tournament.debaters
    if pairing.kind == "self-play":
        return tuple((player, player) for player in players)
    if pairing.kind == "cross":
        others = [player for player in players if player.name in pairing.against]
        return tuple((p, q) for p in players if p.name not in pairing.against for q in others)
    if pairing.kind == "round-robin":
        return tuple(combinations(players, 2))
    return ()


def cells(tournament: Tournament, pairings: Sequence[tuple[Player, Player]] | None = None) -> Iterator[Cell]:
    """Yield the lines of the plan, protocol by protocol."""
    met = pairs(tournament) if pairings is None else pairings
    for protocol in protocols(tournament):
        seated = len(family(protocol).seats)
        judges = _sitting(tournament, protocol)
        tables: Iterable[tuple[Player, ...]] = (
            met if seated == 2 else [(player,) for player in tournament.debaters] if seated else [()]
        )
        for players in tables:
            for judge in judges:
                yield Cell(protocol, players, judge)


def _sitting(tournament: Tournament, protocol: Protocol) -> tuple[Judge | None, ...]:
    """Return who takes the judge's seat, each in matches of its own; nobody where the game has none."""
    return tuple(sitting(tournament, protocol)) if has_seat(protocol) else (None,)


def has_seat(protocol: Protocol) -> bool:
    """Tell whether a game has a judge's seat."""
    return protocol.interactive or bool(family(protocol).sits)


def sitting(tournament: Tournament, protocol: Protocol) -> Iterator[Judge]:
    """Yield the judges who take the seat of a game that has one; people ask, and are no market."""
    market = bool(family(protocol).sits)
    return (judge for judge in tournament.judges if judge.sits and not (market and judge.kind == "human"))


def matches(
    tournament: Tournament,
    questions: Iterable[Posed],
    *,
    prompts: Mapping[str, str] | None = None,
    argued: Mapping[str, tuple[int, ...]] | None = None,
    pairings: Sequence[tuple[Player, Player]] | None = None,
) -> Iterator[Match]:
    """Yield the matches, those on one passage side by side.

    Args:
        questions: in any order; each is held in memory once.
        prompts: by protocol name, the hash of the templates that its players' prompts are made from.
        argued: by question id, the two answers that are argued, in the bank's order; else the first two.
        pairings: who meets whom in this stage, for pairings that depend on results.
    """
    lines = tuple(cells(tournament, pairings))
    ranked = _ranked(tuple(questions), tournament.seed)
    for _, together in groupby(ranked, key=lambda pair: _place(pair[1])):
        for rank, question in sorted(together, key=lambda pair: pair[1].id):
            for number, cell in enumerate(lines):
                hashed = (prompts or {}).get(cell.protocol.name, "")
                two = (argued or {}).get(question.id, (0, 1))
                yield from _of_cell(tournament, cell, question, two, rank + number, hashed)


def _place(question: Posed) -> str:
    return question.passage.id if question.passage else question.id


def _ranked(questions: Sequence[Posed], seed: int) -> list[tuple[int, Posed]]:
    """Give every question a rank that the seed decides; what alternates with the rank is balanced exactly."""
    order = sorted(questions, key=lambda question: chance(seed, "rank", question.id))
    return sorted(enumerate(order), key=lambda pair: (chance(seed, "place", _place(pair[1])), _place(pair[1])))


def _of_cell(
    tournament: Tournament, cell: Cell, question: Posed, argued: tuple[int, ...], rank: int, prompts: str
) -> Iterator[Match]:
    changed = arm(tournament.intervention, tournament.paraphraser) if len(family(cell.protocol).seats) > 1 else ""
    for repeat in range(tournament.repeats):
        for number, seats in enumerate(_seatings(tournament, cell, question, argued, repeat)):
            yield Match(
                id=match_id(question.id, cell.protocol, seats, repeat, prompts, changed),
                question=question,
                protocol=cell.protocol,
                seats=seats,
                repeat=repeat,
                shown=_shown(len(question.answers), _first(cell, seats, rank + repeat, number)),
                prompts=prompts,
                arm=changed,
            )


def _first(cell: Cell, seats: tuple[Seat, ...], rank: int, number: int) -> int:
    """Return the answer that is displayed first.

    Over the seatings of a question each argued answer is first equally often, so that a judge that only looks at the
    place of an answer is right half the time; over the questions of a pair each player is.
    """
    arguing = [seat for seat in seats if seat.argues is not None]
    if len(arguing) < 2:
        return rank + number
    leader = cell.players[rank % 2]
    leading = arguing[rank % 2] if cell.players[0] == cell.players[1] else None
    return next(s.argues for s in arguing if (s is leading if leading else s.player == leader) and s.argues is not None)


def _shown(answers: int, first: int) -> tuple[int, ...]:
    """Turn the answers round until one of them stands first."""
    order = tuple(range(answers))
    turn = first % answers
    return order[turn:] + order[:turn]


def _seatings(
    tournament: Tournament, cell: Cell, question: Posed, argued: tuple[int, ...], repeat: int
) -> Iterator[tuple[Seat, ...]]:
    """Yield who sits where and argues what.

    Two players swap seats while the seats keep their answers, so each player sits in each seat and argues each
    answer once. Which answer has the first seat is up to chance, and turns with every repeat; it is part of a
    match's identity, so it may not depend on which other questions there are. Where a player chooses, no seat has an
    answer yet, and both seatings let each of the two choose once.
    """
    game = family(cell.protocol)
    tail = (Seat(seat=JUDGE, judge=cell.judge),) if cell.judge else ()
    if not cell.players:
        yield tail
    elif game.becomes:
        for players in _orders(tournament, cell.players, question) if len(game.seats) > 1 else (cell.players,):
            yield (*(Seat(seat=s, player=p) for s, p in zip(game.seats, players, strict=True)), *tail)
    elif not game.argued:
        yield (Seat(seat=game.seats[0], player=cell.players[0]), *tail)
    elif len(game.seats) == 1:
        for answer in argued:
            yield (Seat(seat=game.seats[0], player=cell.players[0], argues=answer), *tail)
    else:
        turn = chance(tournament.seed, "seats", question.id) + repeat
        answers = argued if turn % 2 == 0 else argued[::-1]
        for players in _orders(tournament, cell.players, question):
            yield (
                tuple(Seat(seat=s, player=p, argues=x) for s, p, x in zip(game.seats, players, answers, strict=True))
                + tail
            )


def _orders(tournament: Tournament, players: tuple[Player, ...], question: Posed) -> tuple[tuple[Player, ...], ...]:
    if players[0] == players[1]:
        return (players,)
    if tournament.pairing.both_sides:
        return (players, players[::-1])
    named = tuple(sorted(players, key=lambda player: player.name))
    swapped = chance(tournament.seed, "sides", question.id, *(player.name for player in named)) % 2
    return (named[::-1],) if swapped else (named,)


def swiss(
    players: Sequence[Player], points: Mapping[str, float], met: frozenset[frozenset[str]], *, seed: int, round: int
) -> tuple[tuple[Player, Player], ...]:
    """Return the pairings of one Swiss round: neighbours in the standings who have not met, the last one left a bye.

    Args:
        points: wins so far by player name, ties half; missing names have none.
        met: the pairs of names that have met.
    """
    order = sorted(players, key=lambda p: (-points.get(p.name, 0.0), chance(seed, "swiss", round, p.name)))
    paired: list[tuple[Player, Player]] = []
    while len(order) > 1:
        first = order.pop(0)
        fresh = (p for p in order if frozenset((first.name, p.name)) not in met)
        second = next(fresh, order[0])
        order.remove(second)
        paired.append((first, second))
    return tuple(paired)
