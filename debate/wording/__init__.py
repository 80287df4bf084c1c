"""The wording of a speech: how long it is, where it may be cut, and what it gives away."""

from debate.wording.concession import concedes
from debate.wording.length import count, trim
from debate.wording.naming import names_itself

__all__ = ["concedes", "count", "names_itself", "trim"]
