"""Transcripts by what was measured of them: what `debate list NAME --where` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from debate.stats.outcomes import Outcomes
    from debate.store import Store

HEADS = ("match", "question", "players", "judge", "view", "ruling", "confidence", "rounds")
ACROSS = 44
"""Characters of a question in a table."""


def found(store: Store, name: str, where: Sequence[str]) -> list[dict[str, Any]]:
    """Return the rulings of a tournament that are meant, as rows, in the order of the plan.

    Raises:
        UsageError: a condition cannot be read, or names a key that the records do not have.
    """
    from debate.stats.selection import Selection
    from debate.store.outcomes import outcomes

    asked = Selection.of(where)
    rulings = asked.chosen(outcomes(store, name, keys=asked.keys).study)
    texts = store.question_texts(name)
    return [dict(row, text=texts.get(row["question"], "")) for row in _rows(rulings)]


def _rows(rulings: Outcomes) -> Iterator[dict[str, Any]]:
    debates = rulings.debates
    for row in range(len(rulings)):
        at = int(rulings.debate[row])
        names = (debates.player.names[code] for code in debates.player.codes[at] if code >= 0)
        beliefs = [float(p) for p in rulings.beliefs[row] if p == p]
        yield {
            "match": debates.match.text(at),
            "question": debates.question.text(at),
            "protocol": debates.protocol.text(at),
            "players": list(names),
            "judge": rulings.judge.text(row),
            "view": rulings.view.text(row),
            "state": rulings.state.text(row),
            "ruling": _ruling(rulings, row),
            "beliefs": beliefs,
            "confidence": max(beliefs, default=None),
            "rounds": int(rulings.rounds[row]),
        }


def _ruling(rulings: Outcomes, row: int) -> str:
    if not rulings.valid[row]:
        return str(rulings.state.text(row))
    if not rulings.scored[row]:
        return "unknown"
    return "right" if rulings.correct[row] else "tied" if rulings.tied[row] else "wrong"


def cells(row: dict[str, Any]) -> tuple[str, ...]:
    """Return one row of the table."""
    text = row["text"] if len(row["text"]) <= ACROSS else f"{row['text'][: ACROSS - 3]}..."
    sure = "" if row["confidence"] is None else f"{row['confidence']:.2f}"
    players = " - ".join(row["players"]) or row["protocol"]
    return row["match"][:12], text, players, row["judge"], row["view"], row["ruling"], sure, str(row["rounds"])
