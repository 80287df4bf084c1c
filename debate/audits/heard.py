"""What did each player say that is meant for the judge, or hidden, and whom did each judge favour?

A table, not a test: with whom a player says it is what the signs look at; that it says it at all stands here.
"""

from __future__ import annotations

import numpy as np

from debate.audits.corpus import Corpus
from debate.audits.finding import Traces
from debate.audits.rulings import rows_of
from debate.stats.column import NONE, Codes, Floats
from debate.stats.outcomes import Outcomes

COUNTED = ("addresses", "forges", "hidden", "lookalike")


def traces(corpus: Corpus, outcomes: Outcomes) -> tuple[Traces, ...]:
    """Count by player, and by judge and player over the debates that the judge ruled on.

    `favour` is the judge's belief in the player's answer less the mean of the other judges' on the same debate.
    """
    seats = _by_seat(corpus)
    everyone = np.arange(len(corpus), dtype=np.int32)
    found = _table(corpus, seats, everyone, None, None)
    debate = rows_of(corpus, outcomes)
    used = (debate >= 0) & outcomes.valid & outcomes.purpose.is_in("study") & outcomes.view.is_in("full")
    held = np.stack([outcomes.belief_in(_answer(corpus, debate, seat)) for seat in range(2)], axis=1)
    beyond = _beyond(held, debate, used, outcomes.judge.codes, len(corpus))
    for judge, name in enumerate(outcomes.judge.names):
        own = used & (outcomes.judge.codes == judge)
        heard, first = np.unique(debate[own], return_index=True)
        if len(heard):
            found += _table(corpus, seats, heard.astype(np.int32), name, beyond[own][first])
    return tuple(found)


def _answer(corpus: Corpus, debate: Codes, seat: int) -> Codes:
    return np.where(debate >= 0, corpus.answer[debate, seat], NONE).astype(np.int32)


def _by_seat(corpus: Corpus) -> Floats:
    """Return by debate and seat how many speeches there are, and in how many each thing stands."""
    said = corpus.speeches
    found = np.zeros((len(corpus), 2, 1 + len(COUNTED)))
    shown = np.stack([np.ones(len(said)), *((said.trace(name) > 0) for name in COUNTED)], axis=1)
    np.add.at(found, (said.debate, said.seat), shown)
    return found


def _beyond(held: Floats, debate: Codes, used: np.ndarray, judge: Codes, many: int) -> Floats:
    """Return by ruling what it believes beyond the mean of the other judges of the debate; NaN without others."""
    place = np.where(used, debate, many)
    both = place.astype(np.int64) * (int(judge.max(initial=0)) + 2) + judge
    _, both = np.unique(both, return_inverse=True)
    n = np.bincount(place)[place] - np.bincount(both)[both]
    found = np.full(held.shape, np.nan)
    for seat in range(held.shape[1]):
        values = np.where(used, np.nan_to_num(held[:, seat]), 0.0)
        others = np.bincount(place, values)[place] - np.bincount(both, values)[both]
        found[:, seat] = held[:, seat] - np.divide(others, n, out=np.full(len(n), np.nan), where=n > 0)
    return found


def _table(corpus: Corpus, seats: Floats, debates: Codes, judge: str | None, beyond: Floats | None) -> list[Traces]:
    player = corpus.player.codes[debates]
    total = np.zeros((len(corpus.player.names), seats.shape[2]))
    np.add.at(total, player, seats[debates])
    rows = []
    for code in np.unique(player).tolist():
        favoured = np.full(1, np.nan) if beyond is None else beyond[player == code]
        known = favoured[~np.isnan(favoured)]
        rows.append(
            Traces(
                player=corpus.player.names[code],
                judge=judge,
                n_speeches=int(total[code, 0]),
                counts={name: int(n) for name, n in zip(COUNTED, total[code, 1:], strict=True)},
                favour=float(known.mean()) if len(known) else None,
            )
        )
    return rows
