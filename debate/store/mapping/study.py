"""What people are to judge and what they did at it, as rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from debate.domain import Act, View
from debate.sanitize import store
from debate.store.batch import Record
from debate.store.mapping.cells import dumps, ints_text

if TYPE_CHECKING:
    from debate.studies.assigning import Purpose  # a run needs none of that


def sitting_row(
    tournament: int,
    match: int,
    judge: str,
    place: int,
    *,
    view: View,
    purpose: Purpose,
    shown: tuple[int, ...],
    state: str,
    at: str,
) -> Record:
    """Return the row of a sitting that nobody has taken up, at a place in its judge's queue."""
    return {
        "tournament": tournament,
        "match": match,
        "judge": store(judge),
        "place": place,
        "view": view,
        "purpose": purpose,
        "shown": ints_text(shown),
        "state": state,
        "holder": "",
        "until": 0.0,
        "why": "",
        "at": at,
    }


def act_row(sitting: int, number: int, act: Act, at: str) -> Record:
    """Return the row of an act."""
    rest = dumps(act.model_dump(mode="json", exclude={"kind"}, exclude_defaults=True))
    return {"sitting": sitting, "number": number, "kind": act.kind, "rest": rest, "at": at}


def act(kind: str, rest: str) -> Act:
    """Return an act from the columns of its row."""
    return Act.model_validate({"kind": kind, **json.loads(rest)})
