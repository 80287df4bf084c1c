"""Where could a reader be misled? What a report says before its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from debate.domain import Tournament
from debate.report.report import Accuracy
from debate.stats.outcomes import Outcomes
from debate.stats.ratings import Ratings

FEW = 20
"""With fewer questions or passages, an interval says more than its middle."""


def warnings(
    tournament: Tournament, chosen: Outcomes, states: Mapping[str, int], rows: Sequence[Accuracy], rated: Ratings
) -> Iterator[str]:
    """Yield what a reader has to know."""
    total = sum(states.values())
    left = sum(states.get(state, 0) for state in ("open", "played", "waiting"))
    if left:
        yield f"Partial: {total - left:,} of {total:,} matches are done; what is missing may not be like what is there."
    bad = states.get("failed", 0) + states.get("set-aside", 0)
    if bad:
        yield f"{bad:,} of {total:,} matches failed or were set aside and are not judged; refusals may tell something."
    clusters = len(np.unique(chosen.debates.cluster.codes))
    if 0 < clusters < FEW:
        yield f"Few questions: intervals rest on {clusters} independent questions or passages."
    played = set(chosen.debates.rules.present)
    if "debate" in played and not {"naive", "expert"} <= played:
        yield "No naive and expert controls: whether debate helped the judge cannot be told."
    yield from _judges(tournament)
    ties = sum(row.ties for row in rows)
    if ties:
        yield f"{ties:,} rulings are ties: they count as not correct."
    lopsided = [f"{row.protocol}, {row.judge}" for row in rows if row.bounds.lopsided]
    if lopsided:
        yield f"Rulings are missing more often on one side than on the other: {'; '.join(lopsided)}."
    if rated.islands:
        yield "Some players never met, directly or through others: there is no single ranking."
    if tournament.peek:
        yield "Running accuracy was shown while this tournament ran."
    if any(player.kind == "builtin" for player in tournament.debaters):
        yield "The built-in players are heuristics, not language models: these numbers say nothing about any model."


def _judges(tournament: Tournament) -> Iterator[str]:
    """Yield judges that belong to the family of a debater."""
    for judge in tournament.judges:
        mine = _family(judge.model)
        kin = [p.name for p in tournament.debaters if _family(p.model) == mine and judge.kind == "model"]
        if kin:
            named = ", ".join(kin)
            yield f"The judge {judge.name} and {named} come from one provider: a judge may favour its own kind."


def _family(model: str) -> str:
    return model.partition("/")[0]
