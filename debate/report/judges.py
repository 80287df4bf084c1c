"""What is measured of judges: how right, how calibrated, how swayed, and how their beliefs moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from debate.protocols.market_making import FAMILY as MARKET
from debate.report.arms import KEYS, Arm
from debate.report.rows import (
    Accuracy,
    BeliefPath,
    Bias,
    Group,
    MarketMaking,
    Panelled,
    People,
    Reliability,
    Transferred,
)
from debate.stats import accuracy, bias
from debate.stats.belief_paths import bits_per_round, paths
from debate.stats.calibration import Calibration, calibration
from debate.stats.crossed import crossed
from debate.stats.estimate import Unit
from debate.stats.market import market
from debate.stats.outcomes import Outcomes
from debate.stats.quorum import panels
from debate.stats.selective import selective
from debate.stats.transfer import reading, transfer

DRAWS = 1000

Rows = tuple[tuple[Accuracy, ...], tuple[Reliability, ...]]


def measured(chosen: Outcomes, *, by: Sequence[str], unit: Unit, seed: int) -> Rows:
    """Return, for every combination of the keys, how right judges were and how calibrated."""
    right, reliable = [], []
    for keys, group in chosen.group(by):
        about = _about(keys, group)
        found = calibration(group, unit=unit, seed=seed, draws=DRAWS)
        right.append(_accuracy(about, group, found, unit))
        reliable.append(
            Reliability(**about, **dict(found), selective=selective(group), n_judgments=int(group.scored.sum()))
        )
    return tuple(right), tuple(reliable)


def people(chosen: Outcomes, *, by: Sequence[str]) -> Iterator[People]:
    """Measure, for every combination of the keys, how right its human judges were as a sample of people."""
    ruled = chosen.select(chosen.scored & chosen.judge_kind.is_in("human"))
    for keys, group in ruled.group(by):
        yield People(**_about(keys, group), **dict(crossed(group)))


def transferred(everything: Outcomes, sources: Mapping[str, str], *, seed: int) -> Iterator[Transferred]:
    """Measure, arm by arm, what reading about a question brought on one that is said to be similar to it."""
    if not sources:
        return
    read, counts = reading(everything, sources), everything.purpose.is_in("study")
    ways = [everything.select(counts & (read == way)) for way in (1, 0)]
    after, without = ({tuple(keys.values()): group for keys, group in way.group(KEYS)} for way in ways)
    nothing = ways[0].select(np.zeros(len(ways[0]), np.bool_))
    for arm in dict.fromkeys([*after, *without]):
        protocol, _, view, agents, judge = arm
        found = transfer(after.get(arm, nothing), without.get(arm, nothing), seed=seed)
        yield Transferred(protocol=str(protocol), view=str(view), agents=agents, judge=str(judge), **dict(found))


def panelled(chosen: Outcomes, quorum: int | None, *, unit: Unit) -> Iterator[Panelled]:
    """Measure what judges ruled together under each protocol and view, where a quorum is asked for."""
    for keys, group in chosen.group(("protocol", "view", "agents")) if quorum else ():
        found = dict(panels(group, quorum or 1, unit=unit))
        about = {"protocol": str(keys["protocol"]), "view": str(keys["view"]), "agents": keys["agents"]}
        yield Panelled.model_validate(about | found | {"quorum": quorum})


def priced(chosen: Outcomes, *, unit: Unit) -> Iterator[MarketMaking]:
    """Measure the market of each judge's seat, by the rulings of every judge who read its games afterwards."""
    games = chosen.where(rules=MARKET.name, view="full")
    afterwards = games.where(channel="offline")
    for keys, seat in games.where(channel="live").group(("protocol", "judge")):
        ruled = afterwards.select(np.isin(afterwards.debate, seat.debate))
        for judge, own in ruled.group(("judge",)):
            found = dict(market(seat, own, unit=unit))
            names = {"protocol": str(keys["protocol"]), "seat": str(keys["judge"]), "judge": str(judge["judge"])}
            yield MarketMaking.model_validate(names | found)


def swayed(chosen: Outcomes) -> Iterator[Bias]:
    """Measure the biases of each judge, over debates that it read whole."""
    sided = chosen.where(view="full").select_debates(chosen.debates.seats == 2)
    for keys, group in sided.group(("judge",)):
        yield Bias(
            judge=str(keys["judge"]),
            position=bias.position_bias(group),
            chose_first=bias.chose_first(group),
            length=bias.length_bias(group),
            chose_longer=bias.chose_longer(group),
            swaps=bias.swaps(group),
        )


def moved(found: tuple[Arm, ...], *, unit: Unit) -> Iterator[BeliefPath]:
    """Follow belief through the rounds of each arm that was read whole."""
    for arm in found:
        if arm.view == "full" and arm.argued:
            way = paths(arm.rulings, unit=unit)
            if way.steps:
                yield BeliefPath(protocol=arm.protocol, agents=arm.agents, judge=arm.judge, **dict(way))


def _about(keys: Mapping[str, str | None], group: Outcomes) -> dict[str, Any]:
    known = Group.model_fields.keys() - {"keys"}
    own: dict[str, Any] = {key: group.column(key).only for key in known if key not in keys}
    own |= {key: value for key, value in keys.items() if key in known}
    return own | {"keys": {key: value for key, value in keys.items() if key not in known}}


def _accuracy(about: dict[str, Any], group: Outcomes, found: Calibration, unit: Unit) -> Accuracy:
    return Accuracy(
        **about,
        accuracy=accuracy.accuracy(group, unit=unit),
        probabilistic=accuracy.probabilistic(group, unit=unit),
        brier=accuracy.brier(group, unit=unit),
        log_score=accuracy.log_score(group, unit=unit),
        ece=found.ece,
        judge_score=accuracy.judge_score(group, unit=unit),
        bits_per_round=bits_per_round(group, unit=unit),
        ties=accuracy.ties(group),
        invalid=accuracy.invalid(group),
        right_side=accuracy.side_accuracy(group, right=True, unit=unit),
        wrong_side=accuracy.side_accuracy(group, right=False, unit=unit),
        accuracy_all=accuracy.accuracy_all(group, unit=unit),
        bounds=accuracy.bounds(group, unit=unit),
        n_judgments=len(group),
    )
