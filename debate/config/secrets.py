"""Does a value look like a key that somebody pasted? Such a value is refused and never repeated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from debate.intake import Loc

_NAMED = re.compile(
    r"api[_-]?key$|password$|^authorization$|^credentials?$|(?:^|(?:api|auth|access|bearer|client)[_-]?)(?:token|secret)$",
    re.IGNORECASE,
)
_LOOKS = re.compile(
    r"""
      \b(?:sk|pk|rk)-[A-Za-z0-9_-]{16,}                              # OpenAI, Anthropic and others
    | \b(?:gsk|r8|xai|pplx|key|nvapi|hf|ghp|gho|ghs)[-_][A-Za-z0-9]{20,}
    | \b(?:glpat-|github_pat_)[A-Za-z0-9_-]{16,}
    | \b(?:AKIA|ASIA)[A-Z0-9]{16}\b
    | \bAIza[A-Za-z0-9_-]{30,}
    | \beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.                 # a JSON web token
    | \bBearer\s+\S{12,}
    | ://[^/\s:@]+:[^/\s@]+@                                        # a password in an address
    """,
    re.VERBOSE,
)


def exposed(data: Any, loc: Loc = ()) -> Iterator[Loc]:
    """Yield the place of every value that looks like a key, or whose name says that it is one."""
    if isinstance(data, dict):
        for name, held in data.items():
            if _LOOKS.search(name) or (isinstance(held, str) and held and _NAMED.search(name)):
                yield (*loc, name)
            else:
                yield from exposed(held, (*loc, name))
    elif isinstance(data, list | tuple):
        for index, held in enumerate(data):
            yield from exposed(held, (*loc, index))
    elif isinstance(data, str) and _LOOKS.search(data):
        yield loc


def hide(text: str) -> str:
    """Return a text with everything that looks like a key blotted out."""
    return _LOOKS.sub("...", text)
