"""From a database to a report: select, group, and measure each group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from debate import __version__
from debate.errors import UsageError
from debate.report import report as told
from debate.report.report import Report
from debate.report.warning import warnings
from debate.stats import accuracy, agreement, asd, bias, calibration, comparisons, cost, persuasion, pgr, ratings
from debate.stats.estimate import NoData, Unit
from debate.stats.outcomes import Outcomes
from debate.stats.persuasion import Bouts
from debate.store import Store
from debate.store.outcomes import outcomes, snapshot

SEED = 0
"""Of every resample: the same data give the same numbers, wherever they were played."""
BY = ("protocol", "view", "agents", "judge")
CONTROLS = ("naive", "expert", "solo", "solo-blind")


def measure(
    store: Store,
    name: str,
    *,
    where: Mapping[str, str] | None = None,
    by: Sequence[str] = BY,
    unit: Unit = "question",
) -> Report:
    """Measure a tournament.

    Args:
        where: values that records must have, by key.
        by: the keys whose combinations have rows of their own.
        unit: what counts once: a question, or, ignoring that questions repeat, a judgment.

    Raises:
        UsageError: a key that the records do not have.
    """
    pinned = store.pinned(name)
    if pinned is None:
        raise UsageError(f'there is no tournament "{name}" in this database')
    seen = snapshot(store, name, keys=(*(where or {}), *by))
    chosen = seen.outcomes.study.where(**dict(where or {}))
    states: dict[str, int] = {state: n for state, n in seen.matches.items() if n}
    rated = ratings.ratings(_debated(chosen), seed=SEED)
    rows = tuple(_accuracy(keys, group, unit) for keys, group in chosen.group(by))
    return Report(
        version=__version__,
        tournament=name,
        where=dict(where or {}),
        by=tuple(by),
        unit=unit,
        seed=SEED,
        complete=_complete(states),
        matches=states,
        n_questions=len(np.unique(chosen.debates.question.codes)),
        n_debates=len(chosen.debates),
        n_judgments=len(chosen),
        warnings=tuple(warnings(pinned.tournament, chosen, states, rows, rated)),
        accuracy=rows,
        comparisons=_comparisons(chosen),
        persuasion=tuple(_persuasion(chosen)),
        ratings=rated.rows,
        rating_notes=rated.notes,
        rating_slope=NoData(why="not measured by this version"),
        pgr=tuple(_recovered(chosen)),
        asd=tuple(_scores(chosen)),
        calibration=tuple(_reliability(keys, group, unit) for keys, group in chosen.group(by)),
        belief_paths=tuple(_paths(chosen)),
        agreement=agreement.agreement(chosen.where(view="full")),
        bias=tuple(_bias(chosen)),
        solo=tuple(_solo(seen.answers)),
        failures=tuple(_failures(chosen)),
        cost=cost.cost(
            seen.spent, debates=len(chosen.debates), judgments=len(chosen), correct=int(chosen.correct.sum())
        ),
    )


def _cost(used: Iterable[cost.Spent], chosen: Outcomes) -> cost.Cost:
    return cost.cost(used, debates=len(chosen.debates), judgments=len(chosen), correct=int(chosen.correct.sum()))


def running(store: Store, name: str) -> str:
    """Return the accuracy so far, on one line, for those who asked to peek."""
    found = outcomes(store, name).study.where(view="full")
    shares = (
        f"{keys['protocol']} {g.correct[g.scored].mean():.0%}"
        for keys, g in found.group(("protocol",))
        if g.scored.any()
    )
    return ", ".join(shares)


def _complete(states: Mapping[str, int]) -> float:
    total = sum(states.values())
    left = sum(states.get(state, 0) for state in ("open", "played", "waiting"))
    return 1.0 if not total else 1 - left / total


def _debated(chosen: Outcomes) -> Outcomes:
    return chosen.where(view="full")


def _group(keys: Mapping[str, str | None], group: Outcomes) -> dict[str, object]:
    known = told.Group.model_fields.keys() - {"keys"}
    own: dict[str, object] = {key: value for key, value in keys.items() if key in known}
    own.setdefault("judge_kind", group.judge_kind.only if len(group) else None)
    own.setdefault("channel", group.channel.only if len(group) else None)
    return own | {"keys": {key: value for key, value in keys.items() if key not in known}}


def _accuracy(keys: Mapping[str, str | None], group: Outcomes, unit: Unit) -> told.Accuracy:
    return told.Accuracy.model_validate(
        _group(keys, group)
        | {
            "accuracy": accuracy.accuracy(group, unit=unit),
            "probabilistic": accuracy.probabilistic(group, unit=unit),
            "brier": accuracy.brier(group, unit=unit),
            "log_score": accuracy.log_score(group, unit=unit),
            "ece": calibration.calibration(group, unit=unit, seed=SEED, draws=200).ece,
            "judge_score": accuracy.judge_score(group, unit=unit),
            "bits_per_round": NoData(why="not measured by this version"),
            "ties": accuracy.ties(group),
            "invalid": accuracy.invalid(group),
            "right_side": accuracy.side_accuracy(group, right=True, unit=unit),
            "wrong_side": accuracy.side_accuracy(group, right=False, unit=unit),
            "accuracy_all": accuracy.accuracy_all(group, unit=unit),
            "bounds": accuracy.bounds(group, unit=unit),
            "n_judgments": len(group),
        }
    )


def _reliability(keys: Mapping[str, str | None], group: Outcomes, unit: Unit) -> told.Reliability:
    found = calibration.calibration(group, unit=unit, seed=SEED, draws=200)
    names = ("ece", "ece_if_perfect", "auroc", "slope", "intercept", "bins")
    return told.Reliability.model_validate(_group(keys, group) | {name: getattr(found, name) for name in names})


def _arms(chosen: Outcomes) -> Iterator[tuple[str, str, str, Outcomes]]:
    """Yield protocol, view, judge and rulings of every arm."""
    for keys, group in chosen.group(("protocol", "view", "judge")) if len(chosen) else ():
        yield str(keys["protocol"]), str(keys["view"]), str(keys["judge"]), group


def _comparisons(chosen: Outcomes) -> tuple[comparisons.Comparison, ...]:
    """Compare every arm with the same judge's naive rulings, and the whole debate with every other arm."""
    arms = {(protocol, view, judge): group for protocol, view, judge, group in _arms(chosen)}
    found = []
    for (protocol, view, judge), group in arms.items():
        base = arms.get(("naive", "full", judge))
        if base is not None and protocol != "naive":
            names = (f"{_arm(protocol, view)}, {judge}", f"naive, {judge}")
            found.append(comparisons.compare_accuracy(group, base, names=names, seed=SEED))
        other = arms.get(("debate", "full", judge))
        if other is not None and protocol not in CONTROLS and (protocol, view) != ("debate", "full"):
            names = (f"debate, {judge}", f"{_arm(protocol, view)}, {judge}")
            found.append(comparisons.compare_accuracy(other, group, names=names, seed=SEED))
    return comparisons.holm(tuple(found), family="arms of this report") if found else ()


def _arm(protocol: str, view: str) -> str:
    return protocol if view == "full" else f"{protocol} ({view})"


def _persuasion(chosen: Outcomes) -> Iterator[told.Persuasion]:
    full = chosen.where(view="full")
    for keys, group in full.group(("protocol",)) if len(full) else ():
        bouts = Bouts.of(group)
        for player in bouts.player.present:
            own = bouts.of_player(player)
            yield told.Persuasion(
                player=player,
                protocol=str(keys["protocol"]),
                win_rate=persuasion.win_rate(own),
                right_side=persuasion.win_rate(bouts.of_player(player, "right_side")),
                wrong_side=persuasion.win_rate(bouts.of_player(player, "wrong_side")),
                win_rate_gap=persuasion.win_rate_gap(own),
                mean_belief=persuasion.mean_belief(own),
                log_odds_per_round=persuasion.log_odds_per_round(own),
                log_odds_gap=persuasion.log_odds_gap(own),
                log_odds_per_100_words=persuasion.log_odds_per_100_words(own),
            )


def _recovered(chosen: Outcomes) -> Iterator[told.Recovery]:
    arms = {(protocol, view, judge): group for protocol, view, judge, group in _arms(chosen)}
    for (protocol, view, judge), group in arms.items():
        naive, expert = arms.get(("naive", "full", judge)), arms.get(("expert", "full", judge))
        if naive is not None and expert is not None and protocol not in CONTROLS:
            found = pgr.recovered(group, naive, expert)
            yield told.Recovery(protocol=protocol, view=view, judge=judge, **dict(found))


def _scores(chosen: Outcomes) -> Iterator[told.Score]:
    for protocol, view, judge, group in _arms(chosen):
        if protocol not in CONTROLS:
            yield told.Score(protocol=protocol, view=view, judge=judge, **dict(asd.score_difference(group)))


def _paths(chosen: Outcomes) -> Iterator[told.Step]:
    for protocol, view, judge, group in _arms(chosen):
        path, right = group.path, group.correct_answer
        if view != "full" or not len(path.ruling):
            continue
        rows = np.flatnonzero(right[path.ruling] >= 0)
        held = path.beliefs[rows, right[path.ruling[rows]]]
        for after in np.unique(path.after_round[rows]):
            then = held[path.after_round[rows] == after]
            yield told.Step(
                protocol=protocol, judge=judge, after_round=int(after), belief=float(then.mean()), n=len(then)
            )


def _bias(chosen: Outcomes) -> Iterator[told.Bias]:
    for keys, group in chosen.where(view="full", rules="debate").group(("judge",)):
        if len(group):
            yield told.Bias(
                judge=str(keys["judge"]),
                position=bias.position_bias(group),
                chose_first=bias.chose_first(group),
                length=bias.length_bias(group),
                chose_longer=bias.chose_longer(group),
                swaps=bias.swaps(group),
            )


def _solo(answers: Outcomes) -> Iterator[told.Solo]:
    for keys, group in answers.group(("judge", "protocol")):
        if len(group):
            passage = keys["protocol"] != "solo-blind"
            yield told.Solo(player=str(keys["judge"]), passage=passage, accuracy=accuracy.accuracy(group))


def _failures(chosen: Outcomes) -> Iterator[told.Failures]:
    debates = chosen.debates
    counted: Counter[tuple[str, str, str]] = Counter()
    for row, at in zip(*np.nonzero(debates.broken.codes >= 0), strict=True):
        side = (
            "unknown" if debates.correct[row] < 0 else "right_side" if debates.on_right_side[row, at] else "wrong_side"
        )
        player = debates.player.names[debates.player.codes[row, at]]
        counted[player, debates.broken.names[debates.broken.codes[row, at]], side] += 1
    for (player, state, side), count in sorted(counted.items()):
        yield told.Failures.model_validate({"player": player, "state": state, "side": side, "count": count})
