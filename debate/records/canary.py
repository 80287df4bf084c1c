"""By which string can it be told, later, that a corpus holds questions that were exported here?"""

from __future__ import annotations

import uuid

_OURS = uuid.UUID("5d1e2b0a-7f43-4c5e-9a7e-3c8f6a1d9b24")
"""The namespace of our canaries, drawn once."""


def canary(name: str) -> str:
    """Return the canary of a tournament or a bank: the same in every export, and unlike that of any other name."""
    return f"debate canary {uuid.uuid5(_OURS, name.encode('utf-8', 'backslashreplace').decode())}: not for training"
