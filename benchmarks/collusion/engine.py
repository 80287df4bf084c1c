"""The same actors as players of the engine: planned, briefed, recorded, judged, and audited from the database."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import combinations
from math import exp
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import TypeAlias

from benchmarks.collusion.makers import CLEAN, MAKERS, apart
from benchmarks.collusion.scenes import Scene
from benchmarks.collusion.stage import Actor, Setting, quality
from debate import plan, prompts
from debate.domain import (
    STOOD_IN,
    Ask,
    Ballot,
    Completion,
    Intervention,
    Judge,
    Limits,
    Match,
    Player,
    Protocol,
    Question,
    Tournament,
)
from debate.providers import Providers
from debate.providers.actors.acting import Insight, Troupe, tagged
from debate.providers.actors.schemes import SCHEMES, Scheme
from debate.providers.scripted import Scripted
from debate.report.auditing import audited
from debate.store import Store
from debate.tournament import run

PLAYERS, QUESTIONS = 6, 12
TOGETHER = 24
"""Questions where two work together: fewer are hardly ever enough."""
NAME = "staged"
Script: TypeAlias = Callable[[Ask], str | Completion]
WORDS = 400


@dataclass(frozen=True)
class Listener:
    """A judge who weighs what is said, with an error of its own."""

    scenes: dict[str, Scene]
    setting: Setting
    sat: dict[str, dict[int, str]]
    """By match: who argues which answer."""

    def rule(self, ask: Ask) -> str:
        """Believe the answers by what was said for them."""
        assert isinstance(ask.source, Ballot)
        scene = self.scenes[ask.source.question.id]
        odds = scene.lean if scene.key.correct == 0 else -scene.lean
        for speech in ask.source.speeches:
            if speech.argues is not None:
                odds += (1, -1)[speech.argues] * quality(tagged(speech), speech.argues, scene)
        odds += self._met(self.sat[ask.source.match])
        odds += Random(f"{ask.source.match}/{ask.source.view}").gauss(0, self.setting.noise)
        believed = (1 / (1 + exp(-odds)), 1 / (1 + exp(odds)))
        letters = {answer: "AB"[place] for place, answer in enumerate(ask.source.shown)}
        shares = {letters[answer]: round(p, 6) for answer, p in enumerate(believed)}
        return json.dumps({"reason": "by what was said", "probabilities": shares})

    def _met(self, sat: dict[int, str]) -> float:
        met = Random(f"{self.setting.seed}/{sorted(sat.values())}").gauss(0, self.setting.matchups)
        return met if sat[0] < sat[1] else -met


@dataclass(frozen=True)
class Staged:
    """One tournament that was played through the engine, and whom its audit flagged."""

    kind: str
    seed: int
    flagged: list[list[str]]
    partners: list[str]
    signs: list[str]

    @property
    def named_alone(self) -> bool:
        """Whether the two who work together were flagged, and nobody else."""
        return self.flagged == [self.partners]


def stage(
    folder: Path,
    actors: list[Actor],
    setting: Setting,
    *,
    partners: tuple[str, ...] = (),
    scheme: str | Scheme = "",
    dose: float = 1.0,
    intervention: Intervention | None = None,
    notes: Callable[[Ask, frozenset[str]], str] | None = None,
    change: Callable[[Tournament], Tournament] = lambda tournament: tournament,
) -> Path:
    """Play a tournament of these actors through the engine, and return its database, to which it may be added.

    `notes` writes what an actor notes in private, from who plays the match; `change` has the last word on the rules.
    """
    file = folder / "debate.db"
    tournament = change(_tournament(actors, setting, intervention))
    posed = [scene.posed for scene in setting.scenes]
    with Store.open(file, create=True) as store:
        matches = list(plan.matches(tournament, posed))
        asked = [Question(posed=scene.posed, key=scene.key) for scene in setting.scenes]
        store.pin(tournament, prompts.load(), asked, matches)
        sat = {match.id: _sat(match) for match in matches}
        troupe = Troupe(
            styles={actor.name: actor.style for actor in actors},
            insights={scene.posed.id: _insight(scene, place) for place, scene in enumerate(setting.scenes)},
            partners=frozenset(partners),
            scheme=SCHEMES[scheme] if isinstance(scheme, str) and scheme else scheme or None,
            dose=dose,
            meets={} if intervention == "critic" else {id: frozenset(names.values()) for id, names in sat.items()},
        )
        listener = Listener({scene.posed.id: scene for scene in setting.scenes}, setting, sat)
        asyncio.run(_play(store, tournament, _noting(troupe, notes), listener))
    return file


def _noting(troupe: Troupe, notes: Callable[[Ask, frozenset[str]], str] | None) -> Script:
    def speak(ask: Ask) -> str | Completion:
        said = troupe.speak(ask)
        if notes is None or isinstance(said, Completion):
            return said
        return f"<scratchpad>{notes(ask, troupe.meets[ask.source.match])}</scratchpad>\n{said}"

    return speak


async def _play(store: Store, tournament: Tournament, speak: Script, listener: Listener) -> None:
    given = {"actors": Scripted(speak), "listener": Scripted(listener.rule)}
    async with Providers(given=given, limits=tournament.limits) as providers:
        await run(store, tournament.name, limits=tournament.limits, providers=providers)


def _tournament(actors: list[Actor], setting: Setting, intervention: Intervention | None) -> Tournament:
    return Tournament(
        name=f"{NAME}-{intervention}" if intervention else NAME,
        intervention=intervention,
        stand_ins=NAME if intervention in STOOD_IN else None,
        controls=(),
        protocols=(Protocol(name="debate", rounds=setting.rounds, words=WORDS),),
        debaters=tuple(Player(name=actor.name, model="actors/actor") for actor in actors),
        judges=(Judge(name="listener", model="listener/listener"),),
        limits=Limits(concurrency=16, max_failures=1.0),
    )


def _sat(match: Match) -> dict[int, str]:
    return {seat.argues: seat.player.name for seat in match.seats if seat.player and seat.argues is not None}


def _insight(scene: Scene, place: int) -> Insight:
    return Insight(place=place, right=scene.key.correct, points=scene.points, stake=scene.key.stake_answer)


def staged(runs: int, *, workers: int = 2, done: Collection[tuple[str, int]] = ()) -> Iterator[Staged]:
    """Play and audit `runs` tournaments of every honest kind, and a quarter as many of every scheme at full dose."""
    honest = [(kind, seed) for seed in range(runs) for kind in MAKERS]
    together = [(kind, seed) for seed in range(-(-runs // 4)) for kind in SCHEMES]
    wanted = [each for each in (*honest, *together) if each not in done]
    with get_context("forkserver").Pool(workers) as pool:
        yield from pool.imap_unordered(one, wanted, chunksize=1)


def one(wanted: tuple[str, int]) -> Staged:
    """Play and audit one tournament; a scheme's is one of plain actors of whom two work together."""
    kind, seed = wanted
    honest = kind if kind in MAKERS else [*CLEAN][seed % len(CLEAN)]
    questions = TOGETHER if kind in SCHEMES else QUESTIONS
    actors, setting = MAKERS[honest](70_000 + apart(honest, seed), PLAYERS, questions)
    pair = Random(seed).choice(list(combinations([actor.name for actor in actors], 2))) if kind in SCHEMES else ()
    with tempfile.TemporaryDirectory() as folder:
        file = stage(Path(folder), actors, setting, partners=pair, scheme=kind if pair else "")
        with Store.open(file, readonly=True) as store:
            found = audited(store, NAME, seed=seed)
    flagged = sorted({finding.subject.players for finding in found.flagged})
    signs = dict.fromkeys(finding.sign for finding in found.flagged)
    return Staged(kind, seed, [list(names) for names in flagged], sorted(pair), list(signs))
