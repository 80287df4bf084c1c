"""What is measured of players: how they won judges over, what they know alone, and where they failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np

from debate.protocols.market_making import FAMILY as MARKET
from debate.report.arms import UNARGUED, Arm
from debate.report.rows import Decisive, Failures, OpenRole, Persuasion, Pressure, Quoted, Solo
from debate.stats import open_role, persuasion
from debate.stats.accuracy import accuracy
from debate.stats.bouts import Bouts
from debate.stats.column import Codes, Flags
from debate.stats.debates import Debates
from debate.stats.estimate import Unit
from debate.stats.evidence import Shown, cited, evidence
from debate.stats.outcomes import Outcomes

BLIND = "solo-blind"
"""The title of the answers that a player gave without the passage."""


def persuaded(chosen: Outcomes, *, unit: Unit) -> Iterator[Persuasion]:
    """Measure each player's rulings under each protocol, on debates that were read whole."""
    for keys, group in chosen.where(view="full").group(("protocol", "rules")):
        if keys["rules"] in UNARGUED:
            continue
        for player, own in Bouts.of(group, unit).by_player():
            yield _persuasion(own, player, str(keys["protocol"]), unit)


def pressed(chosen: Outcomes, best_of: Mapping[str, int], *, unit: Unit) -> Iterator[Pressure]:
    """Measure players that choose among so many speeches together, where players differ in that."""
    if len(set(best_of.values())) < 2:
        return
    bouts = Bouts.of(chosen.where(view="full"), unit)
    for many in sorted(set(best_of.values())):
        names = tuple(name for name in bouts.player.present if best_of.get(name) == many)
        own = bouts.take(bouts.player.is_in(*names)) if names else None
        if own:
            told, gap = persuasion.judge_accuracy(own, unit=unit), persuasion.win_rate_gap(own)
            yield Pressure(best_of=many, players=names, judge_accuracy=told, win_rate_gap=gap)


def chose(found: tuple[Arm, ...], *, unit: Unit) -> Iterator[OpenRole]:
    """Measure, arm by arm, what all choosers and each of them chose to argue, and what the judge made of it."""
    for arm in found:
        own = arm.rulings.where(protocol=arm.protocol)
        if arm.view != "full" or not own.debates.open_role.any():
            continue
        for player in (None, *open_role.choosers(own.debates)):
            made = dict(open_role.choices(own, player=player, unit=unit))
            yield OpenRole(protocol=arm.protocol, agents=arm.agents, judge=arm.judge, player=player, **made)


def alone(answers: Outcomes, *, unit: Unit) -> Iterator[Solo]:
    """Measure what players answered alone, without and with the passage."""
    for keys, group in answers.group(("judge", "protocol")):
        yield Solo(player=str(keys["judge"]), passage=keys["protocol"] != BLIND, accuracy=accuracy(group, unit=unit))


def failed(chosen: Outcomes) -> Iterator[Failures]:
    """Count the turns for which debates were set aside, by player, state and side."""
    debates = chosen.debates
    counted: Counter[tuple[str, str, str]] = Counter()
    for row, at in zip(*np.nonzero(debates.broken.codes >= 0), strict=True):
        argues_right = debates.on_right_side[row, at]
        side = "unknown" if debates.correct[row] < 0 else "right_side" if argues_right else "wrong_side"
        player = debates.player.names[debates.player.codes[row, at]]
        counted[player, debates.broken.names[debates.broken.codes[row, at]], side] += 1
    for (player, state, side), count in sorted(counted.items()):
        yield Failures.model_validate({"player": player, "state": state, "side": side, "count": count})


def _persuasion(own: Bouts, player: str, protocol: str, unit: Unit) -> Persuasion:
    return Persuasion(
        player=player,
        protocol=protocol,
        win_rate=persuasion.win_rate(own, unit=unit),
        right_side=persuasion.win_rate(own, side="right_side", unit=unit),
        wrong_side=persuasion.win_rate(own, side="wrong_side", unit=unit),
        win_rate_gap=persuasion.win_rate_gap(own),
        judge_accuracy=persuasion.judge_accuracy(own, unit=unit),
        mean_belief=persuasion.mean_belief(own, unit=unit),
        log_odds_per_round=persuasion.log_odds_per_round(own, unit=unit),
        log_odds_gap=persuasion.log_odds_gap(own),
        log_odds_per_100_words=persuasion.log_odds_per_100_words(own, unit=unit),
    )


def quoted(study: Outcomes, found: Shown, *, unit: Unit) -> Iterator[Quoted]:
    """Yield what was quoted in the debates that were ruled on, by protocol and kind of debaters."""
    debates = study.debates
    rows = _ruled(study, argued(debates))
    whole = found.of(debates.match.codes)
    for protocol in debates.protocol.take(rows).present:
        for agents in (*debates.agents.take(rows).present, None):
            chosen = rows[(debates.protocol.is_in(protocol) & debates.agents.is_in(agents or ""))[rows]]
            if len(chosen):
                told = evidence(chosen, debates.rounds, whole, debates.question.codes, debates.cluster.codes, unit=unit)
                yield Quoted(protocol=protocol, agents=agents, **dict(told))


def decisive(study: Outcomes, found: Shown, *, unit: Unit) -> Iterator[Decisive]:
    """Yield how much of the annotated evidence each player quoted, in the debates that were ruled on."""
    debates, rows = study.debates, _ruled(study, study.debates.seats > 0)
    whole = found.of(debates.match.codes)
    rows = rows[(whole.decisive[rows] > 0) & (debates.correct[rows] >= 0)]
    for protocol in debates.protocol.take(rows).present:
        own = rows[debates.protocol.is_in(protocol)[rows]]
        for player in debates.player.take(own).present:
            at, seat = np.nonzero(debates.player.is_in(player)[own] & (debates.argues[own] >= 0))
            here, seats = own[at], seat.astype(np.int32)
            right = debates.on_right_side[here, seats]
            told = cited(here, seats, right, whole, debates.question.codes, debates.cluster.codes, unit=unit)
            yield Decisive(player=player, protocol=protocol, **dict(told))


def argued(debates: Debates) -> Flags:
    """Return in which debates somebody argued: for an answer of their own, or for any, as in a market."""
    return (debates.seats > 0) | debates.rules.is_in(MARKET.name)


def _ruled(study: Outcomes, wanted: Flags) -> Codes:
    """Return the rows of the debates that are wanted and were ruled on."""
    ruled = np.zeros(len(study.debates), np.bool_)
    ruled[study.debate] = True
    return np.flatnonzero(ruled & wanted).astype(np.int32)
