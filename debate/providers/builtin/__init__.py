"""Players and judges that need no model and no network: heuristics over words, not language models.

They read the source of an ask instead of its rendered prompt, reply in the fixed formats as a model would, and are
decided by content alone: relabelling answers, seats or the displayed order mirrors whatever they do.
"""

from typing import Final

PLAYERS: Final = ("advocate", "skimmer", "bluffer")
"""The built-ins that can sit in a debater's seat."""
JUDGES: Final = ("weigher", "gullible", "naive")
"""The built-ins that only rule."""
NEUTRAL: Final = ("restater",)
"""The built-ins that neither argue nor rule."""

__all__ = ["JUDGES", "NEUTRAL", "PLAYERS"]
