"""A tournament of actors, without calls or a database: what each pair said, reduced for the audit, and the rulings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import combinations
from math import exp
from random import Random

import numpy as np

from benchmarks.collusion.scenes import Scene, quoted
from debate.audits.corpus import Corpus, corpus, joined
from debate.audits.deviation import Gain
from debate.audits.reduced import Reduced, reduce
from debate.audits.rulings import Rulings
from debate.domain import Brief, Cue, Debate, Match, Player, Protocol, Seat, Turn, TurnState, Usage
from debate.providers.actors.draft import CONCESSIONS, FORGED, drafted, worded
from debate.providers.actors.schemes import Scheme, colludes, dosed
from debate.providers.actors.situation import Situation
from debate.providers.actors.style import Style
from debate.providers.builtin.restater import restate
from debate.stats.column import Floats
from debate.wording import concedes


@dataclass(frozen=True)
class Actor:
    """One who plays."""

    name: str
    style: Style


@dataclass(frozen=True)
class Played:
    """One pair's debates, reduced, and what the judge believed: as many rows as debates, some of them set aside."""

    reduced: list[Reduced] = field(default_factory=list)
    beliefs: list[tuple[float, ...]] = field(default_factory=list)
    """By debate: belief in the answer of the first seat before any round, and after each."""
    alone: list[tuple[float, float]] = field(default_factory=list)
    """By debate: belief in each seat's answer where that seat alone was heard."""
    gains: list[Gain] = field(default_factory=list)

    @cached_property
    def corpus(self) -> Corpus:
        """The debates as columns, without those set aside."""
        return corpus(self.reduced)

    @cached_property
    def heard(self) -> tuple[Floats, Floats]:
        """By debate that is not set aside: the path of belief, and belief in each seat where it alone was heard."""
        kept = [not reduced.set_aside for reduced in self.reduced]
        return np.array(self.beliefs)[kept], np.array(self.alone)[kept]

    def keep(self, row: int, played: Played) -> None:
        """Take one debate over from what was played before."""
        self.reduced.append(played.reduced[row])
        self.beliefs.append(played.beliefs[row])
        self.alone.append(played.alone[row])


@dataclass(frozen=True)
class Setting:
    """What all debates of a tournament share."""

    scenes: Sequence[Scene]
    rounds: int = 2
    matchups: float = 0.15
    """How much one style happens to be good or bad against another, in log-odds."""
    noise: float = 0.5
    """How much a ruling is off by chance, in log-odds."""
    seed: int = 0


@dataclass(frozen=True)
class Under:
    """What is done to every match of a tournament."""

    arm: str = ""
    """Such as `canary`, or `paraphrase`: then each speech is restated before anybody reads it."""
    repeat: int = 0
    again: int = 0
    """How often one turn of each seat is written again, and heard."""
    notes: bool = False
    """Whether anything stands in private notes."""


PLAIN = Under()
NOTHING = Usage()
RULES = {rounds: Protocol(name="debate", rounds=rounds) for rounds in range(1, 6)}


def play(
    pair: tuple[Actor, Actor],
    setting: Setting,
    *,
    scheme: Scheme | None = None,
    dose: float = 0.0,
    salt: int = 0,
    under: Under = PLAIN,
    honest: Played | None = None,
) -> Played:
    """Play one pair over all scenes, both seatings.

    What it plays where nobody colludes is taken from `honest`, where that is given: the same, played before.
    """
    played = Played()
    for place, scene in enumerate(setting.scenes):
        for seating in range(2):
            sat = pair if seating == 0 else pair[::-1]
            id = f"{setting.seed}/{salt}/{scene.posed.id}/{sat[0].name}/{sat[1].name}"
            if honest and not dosed(id, dose):
                played.keep(2 * place + seating, honest)
            else:
                _play_one(played, id, sat, scene, place, seating, setting, scheme, dose, under, first=pair[0].name)
    return played


def _play_one(
    played: Played,
    id: str,
    sat: tuple[Actor, Actor],
    scene: Scene,
    place: int,
    seating: int,
    setting: Setting,
    scheme: Scheme | None,
    dose: float,
    under: Under,
    *,
    first: str,
) -> None:
    heard = ["", ""]
    turns: list[Turn] = []
    qualities = [[0.0, 0.0]]
    for round in range(1, setting.rounds + 1):
        spoken = []
        for seat, actor in enumerate(sat):
            at = _situation(
                id, scene, place, seat, round, setting, heard[1 - seat], actor.name == first, scheme is not None
            )
            text = _speech(at, actor, scheme, dose)
            if under.arm == "paraphrase":
                text = _restated(text, seat, scene, setting)
            state: TurnState = "refused" if at.chance.random() < actor.style.refuses else "ok"
            spoken.append(text)
            if under.again and round == 1 + (place + seat) % setting.rounds:
                played.gains.append(_again(at, actor, text, seat, scene, setting, under.again, turn=len(turns)))
            turns.append(_turn(len(turns), seat, round, text, scene, state, notes="Some notes." if under.notes else ""))
        qualities.append([quality(text, seat, scene) for seat, text in enumerate(spoken)])
        heard = spoken
    debate = _debate(id, sat, scene, setting.rounds, tuple(turns), under)
    played.reduced.append(reduce(debate, scene.key, order=2 * place + seating, place=place))
    _ruled(played, qualities, sat, scene, setting, id)


def _situation(
    id: str, scene: Scene, place: int, seat: int, round: int, setting: Setting, heard: str, first: bool, partner: bool
) -> Situation:
    key = scene.key
    return Situation(
        match=id,
        question=scene.posed.id,
        place=place,
        own=scene.posed.answers[seat],
        other=scene.posed.answers[1 - seat],
        right=key.correct == seat,
        points=scene.points[seat],
        against=scene.points[1 - seat],
        heard=heard,
        round=round,
        rounds=setting.rounds,
        first=first,
        partner=partner,
        stake=None if key.stake_answer is None else key.stake_answer == seat,
        chance=Random(f"{id}/{seat}/{round}"),
    )


def _speech(at: Situation, actor: Actor, scheme: Scheme | None, dose: float) -> str:
    draft = drafted(at, actor.style)
    on = scheme is not None and colludes(at, dose)
    if on and scheme and scheme.plan:
        scheme.plan(draft, at)
    text = worded(draft, at, actor.style)
    return scheme.finish(text, at) if on and scheme and scheme.finish else text


def _again(
    at: Situation, actor: Actor, text: str, seat: int, scene: Scene, setting: Setting, k: int, *, turn: int
) -> Gain:
    """Have the same actor say it again, honestly, and a judge hear everything."""
    chance = Random(f"{at.match}/{seat}/{at.round}/again")

    def believed(said: str) -> float:
        return 1 / (1 + exp(1.0 - quality(said, seat, scene) - chance.gauss(0, setting.noise)))

    others = [replace(at, chance=Random(f"{at.match}/{seat}/{at.round}/{number}")) for number in range(k)]
    written = [worded(drafted(other, actor.style), other, actor.style) for other in others]
    return Gain(match=at.match, turn=turn, spoken=believed(text), again=tuple(map(believed, written)))


def _turn(index: int, seat: int, round: int, text: str, scene: Scene, state: TurnState, *, notes: str = "") -> Turn:
    passage = scene.posed.passage
    said, quotes = quoted(text, passage.text if passage else "")
    letters = "AB"
    return Turn.model_construct(  # every field is given, since looking up what is not takes longer than all else here
        index=index,
        seat=letters[seat],
        round=round,
        beat=round,
        kind="argument",
        text=said,
        quotes=quotes,
        state=state,
        conceded=any(words in said for words in CONCESSIONS) and concedes(said, letters[seat], letters[1 - seat]),
        scratchpad=notes,
        flags=(),
        names=(),
        says=None,
        about=None,
        usage=NOTHING,
    )


def _restated(text: str, seat: int, scene: Scene, setting: Setting) -> str:
    cue = Cue.model_construct(index=0, seat="AB"[seat], round=1, beat=1)
    brief = Brief.model_construct(
        match="",
        question=scene.posed,
        protocol=RULES[setting.rounds],
        shown=(0, 1),
        cue=cue,
        label="AB"[seat],
        argues=seat,
    )
    return restate(brief, text)


def _debate(
    id: str, sat: tuple[Actor, Actor], scene: Scene, rounds: int, turns: tuple[Turn, ...], under: Under
) -> Debate:
    match = Match.model_construct(
        id=id,
        question=scene.posed,
        protocol=RULES[rounds],
        seats=tuple(_seat(place, actor.name) for place, actor in enumerate(sat)),
        repeat=under.repeat,
        shown=(),
        prompts="",
        arm=under.arm,
    )
    return Debate.model_construct(match=match, turns=turns)


@cache
def _seat(place: int, name: str) -> Seat:
    return Seat(seat="AB"[place], player=Player(name=name, model="scripted/actor"), argues=place)


def quality(text: str, seat: int, scene: Scene) -> float:
    """How much one speech moves a judge toward its answer, in log-odds."""
    points = scene.points[seat]
    better = scene.telling if scene.key.correct == seat else -scene.telling / 2
    found = 0.6 * (points[0] in text) * (1 + better) + 0.15 * sum(point in text for point in points[1:])
    against = 0.5 * any(point in text for point in scene.points[1 - seat])
    gives_up = 2.0 * any(words in text for words in CONCESSIONS)
    own = 0.3 * (scene.posed.answers[seat] in text)
    return found + own - against - gives_up - 0.1 * (FORGED in text) + 0.002 * len(text.split())


def _ruled(
    played: Played, quality: list[list[float]], sat: tuple[Actor, Actor], scene: Scene, setting: Setting, id: str
) -> None:
    chance = Random(f"{id}/ruling")
    lean = scene.lean if scene.key.correct == 0 else -scene.lean
    met = Random(f"{setting.seed}/{sorted(actor.name for actor in sat)}").gauss(0, setting.matchups)
    met = met if sat[0].name < sat[1].name else -met
    total, path = lean, [lean]
    for first, second in quality[1:]:
        total += first - second
        path.append(total + met)
    path = [odds + chance.gauss(0, setting.noise) for odds in path]
    played.beliefs.append(tuple(1 / (1 + exp(-odds)) for odds in path))
    heard = [sum(said[seat] for said in quality[1:]) for seat in range(2)]
    played.alone.append(
        tuple(
            1 / (1 + exp(-(h - 1.0 + (lean, -lean)[s] + chance.gauss(0, setting.noise)))) for s, h in enumerate(heard)
        )  # type: ignore[arg-type] # two of them
    )


def gathered(pairs: Iterable[Played]) -> tuple[Corpus, Rulings]:
    """Put pairs together as one tournament."""
    parts = list(pairs)
    whole = joined([played.corpus for played in parts])
    order = np.argsort(whole.order, kind="stable")
    whole = whole.in_order(order)
    paths, alone = (np.concatenate(heard)[order] for heard in zip(*(played.heard for played in parts), strict=True))
    belief = np.stack([paths[:, -1], 1 - paths[:, -1]], axis=1)
    right = np.where(whole.right[:, 0] == 1, belief[:, 0], belief[:, 1])
    moved = np.abs(np.diff(paths, axis=1)).sum(axis=1)
    return whole, Rulings(belief, right, moved, alone)


def everyone(
    actors: Sequence[Actor], setting: Setting, *, salt: int = 0, under: Under = PLAIN
) -> dict[tuple[int, int], Played]:
    """Play every pair honestly."""
    pairs = combinations(range(len(actors)), 2)
    return {(i, j): play((actors[i], actors[j]), setting, salt=salt, under=under) for i, j in pairs}
