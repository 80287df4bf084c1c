"""How domain values become rows, and rows values again: the one place that knows both.

Text that somebody wrote passes `sanitize.store` on its way in and `restore` on its way out, so that NUL and lone
surrogates survive. The files are those of `tables`.
"""

from debate.store.mapping.cells import dumps, ints, ints_text, settings
from debate.store.mapping.plan import (
    key,
    key_row,
    match_row,
    passage_row,
    protocol_id,
    protocol_row,
    question_row,
    seat_rows,
)
from debate.store.mapping.play import (
    belief_rows,
    call,
    call_row,
    completion,
    failure,
    failure_row,
    judgment,
    judgment_row,
    reply_row,
    stored_call,
    turn,
    turn_row,
)
from debate.store.mapping.study import act, act_row, sitting_row

__all__ = [
    "act",
    "act_row",
    "belief_rows",
    "call",
    "call_row",
    "completion",
    "dumps",
    "failure",
    "failure_row",
    "ints",
    "ints_text",
    "judgment",
    "judgment_row",
    "key",
    "key_row",
    "match_row",
    "passage_row",
    "protocol_id",
    "protocol_row",
    "question_row",
    "reply_row",
    "seat_rows",
    "settings",
    "sitting_row",
    "stored_call",
    "turn",
    "turn_row",
]
