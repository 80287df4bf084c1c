"""Which formats are there?"""

from __future__ import annotations

from debate.questions.formats import quality
from debate.questions.formats.draft import Format

COMMON = frozenset({"columns", "encoding", "split", "source", "licence", "domain", "share"})
"""The settings that every format has a use for."""

FORMATS: dict[str, Format] = {
    "quality": quality.FORMAT,
}
