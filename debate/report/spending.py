"""What arms reach for what they cost: the comparisons of a report once more, at equal tokens and at equal cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from debate.report.arms import Arm, contrasts
from debate.stats.comparisons import Comparison, holm
from debate.stats.cost import Spent
from debate.stats.equal_cost import Coin, Each, Matched, at_copies, copies, each
from debate.stats.outcomes import Outcomes

FAMILIES: dict[Coin, str] = {"tokens": "at equal tokens", "usd": "at equal cost"}


def matches(
    found: tuple[Arm, ...], everything: Outcomes, spent: tuple[Spent, ...], models: Mapping[str, str], *, seed: int
) -> Iterator[Matched]:
    """Yield each comparison at equal spending, where one ruling of the one arm costs several of the other.

    Args:
        found: the arms that are compared.
        everything: all that was played and ruled, which `spent` was spent on.
        spent: by purpose, model and protocol.
        models: of judges, by name.
        seed: of the permutations.
    """
    took = {(arm.protocol, arm.judge): _each(arm, everything, spent, models) for arm in found}
    rows: dict[Coin, list[Matched]] = {coin: [] for coin in FAMILIES}
    for _, a, b in contrasts(found):
        compared: dict[tuple[int, int], Comparison] = {}
        for coin, of in rows.items():
            one, other = (getattr(took[arm.protocol, arm.judge], coin) for arm in (a, b))
            if not one or not other or (many := copies(one, other)) == (1, 1):
                continue
            if many not in compared:
                compared[many] = at_copies(a.rulings, b.rulings, many=many, names=(a.label, b.label), seed=seed)
            spending = {"spent_a": one, "spent_b": other, "copies_a": many[0], "copies_b": many[1]}
            of.append(Matched(**dict(compared[many]), of=coin, **spending))
    for coin, of in rows.items():
        yield from (row for row in holm(tuple(of), family=FAMILIES[coin]) if isinstance(row, Matched))


def _each(arm: Arm, everything: Outcomes, spent: tuple[Spent, ...], models: Mapping[str, str]) -> Each:
    model, debates = models.get(arm.judge), everything.debates
    alike = [name for name, known in models.items() if known == model]
    rulings = everything.judge.is_in(*alike) & everything.column("protocol").is_in(arm.protocol)
    played = debates.protocol.is_in(arm.protocol) & (debates.rounds > 0)
    return each(spent, protocol=arm.protocol, model=model, debates=int(played.sum()), rulings=int(rulings.sum()))
