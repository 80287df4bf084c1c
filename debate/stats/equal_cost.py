"""Do two arms differ when both may spend the same? So many rulings of the cheaper one as one of the dearer one costs.

What a protocol uses buys something else, too: the plainest is to ask the cheaper arm several times and to average.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

import numpy as np

from debate.domain import Value
from debate.stats.column import Codes
from debate.stats.comparisons import Comparison, compare
from debate.stats.cost import Spent
from debate.stats.estimate import NoData
from debate.stats.outcomes import TIE, Outcomes
from debate.stats.sample import Sample, firsts, renumbered

Coin: TypeAlias = Literal["tokens", "usd"]


class Each(Value):
    """What one ruling of an arm takes: its debate, and what the judge reads and writes."""

    tokens: float
    """In and out."""
    usd: float | None
    """None where something in it had no price."""


class Matched(Comparison):
    """Arm a minus arm b, each with as many rulings pooled as the other's cost allows."""

    of: Coin
    spent_a: float
    """By one ruling."""
    spent_b: float
    copies_a: int
    """Rulings on a question whose beliefs are averaged into one."""
    copies_b: int


def each(spent: Iterable[Spent], *, protocol: str, model: str | None, debates: int, rulings: int) -> Each:
    """Return what one ruling in an arm takes.

    (all that the debates of the protocol took / debates) + (what its judge took there / rulings). Audits do not count.

    Args:
        spent: of the whole tournament.
        protocol: the arm's, by its title.
        model: the judge's; None of people, who use nothing that is counted.
        debates: how many of the protocol were played.
        rulings: how many the model made on them.
    """
    own = [row for row in spent if row.protocol == protocol and row.purpose != "audit"]
    tokens, usd, priced = 0.0, 0.0, True
    for rows, many in (
        ([row for row in own if row.purpose != "judge"], debates),
        ([row for row in own if row.purpose == "judge" and row.model == model], rulings),
    ):
        tokens += sum(row.tokens for row in rows) / max(many, 1)
        usd += sum(row.cost_usd for row in rows) / max(many, 1)
        priced &= not any(row.unpriced for row in rows)
    return Each(tokens=tokens, usd=usd if priced else None)


def copies(one: float, other: float) -> tuple[int, int]:
    """Return how many rulings of each of two arms come nearest to costing the same; of the dearer it is one."""
    return max(1, round(other / one)), max(1, round(one / other))


def at_copies(a: Outcomes, b: Outcomes, *, many: tuple[int, int], names: tuple[str, str], seed: int = 0) -> Comparison:
    """Compare two arms with so many rulings pooled in each, on the questions on which there are enough of them."""
    samples = [pooled(arm, each) for arm, each in zip((a, b), many, strict=True)]
    found = compare(samples[0], samples[1], names=names, seed=seed)
    if found.n_questions:
        return found
    short = f"no question was ruled on {max(many)} times in {names[many[1] > many[0]]}, which would cost the same"
    return found.model_copy(update={"difference": NoData(why=short)})


def pooled(arm: Outcomes, copies: int) -> Sample:
    """Return whether averages of so many rulings on a question are correct; a question with fewer is left out.

    Rulings are taken so many at a time in the order of the plan; the answer with the largest mean belief is chosen, and
    a tie within 1e-9 is not correct.
    """
    rulings = arm.select(arm.scored)
    if not len(rulings):
        nothing: Codes = np.zeros(0, np.int32)
        return Sample(np.zeros(0), nothing, nothing)
    question = rulings.debates.question.codes[rulings.debate]
    _, asked = renumbered(question)
    order = np.argsort(asked, kind="stable")
    place = np.empty(len(asked), np.intp)
    place[order] = np.arange(len(asked)) - firsts(asked[order])[asked[order]]
    kept = place < np.bincount(asked)[asked] // copies * copies
    _, group = renumbered((asked * (int(place.max()) + 1) + place // copies)[kept])
    belief = np.stack([np.bincount(group, held) for held in np.nan_to_num(rulings.beliefs[kept]).T], axis=1) / copies
    first = np.flatnonzero(kept)[np.unique(group, return_index=True)[1]]
    right = rulings.correct_answer[first][:, None] == np.arange(belief.shape[1])
    own, other = np.where(right, belief, -1.0).max(axis=1), np.where(right, -1.0, belief).max(axis=1)
    cluster = rulings.debates.cluster.codes[rulings.debate]
    return Sample((own - other > TIE).astype(np.float64), question[first], cluster[first])
