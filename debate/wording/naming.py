"""Where does a speaker say which model it is?"""

from __future__ import annotations

import re

_BRANDS = (
    *("openai", "anthropic", "google", "deepmind", "meta", "stral", "deepseek", "xai", "alibaba", "cohere", "amazon"),
    *("microsoft", "moonshot", "gpt", "claude", "gemini", "gemma", "llama", "qwen", "grok", "kimi", "command"),
)
"""One of them is in whatever the pattern below finds."""

_MAKER = (
    "(?:OpenAI|Anthropic|Google(?: DeepMind)?|DeepMind|Meta(?: AI)?|Mistral(?: AI)?|DeepSeek|xAI|Alibaba(?: Cloud)?"
    "|Cohere|Microsoft|Moonshot(?: AI)?|Amazon)"
)
_TIER = r"[\s-](?:Opus|Sonnet|Haiku|Instant|Pro|Ultra|Flash|Lite|Nano|Mini|Turbo|Large|Medium|Small|Max|Plus|Instruct)"
_VERSION = r"[\s-]?(?:[vVrRoO]?\d+(?:\.\d+)*[a-zA-Z]?)\b"
_MODEL = (
    rf"(?:(?:Chat-?GPT|GPT-oss|GPT(?=[\s-]?\d)|Claude|Gemini|Gemma|Llama|Mi[sx]tral|Qwen|DeepSeek|Grok|Kimi"
    rf"|Command[\s-]R\+?|Amazon Nova)(?![a-z])(?:{_VERSION}|{_TIER})*)"
)
_KIND = r"(?:\w{1,20}[\s-])?(?:AI|language|chat)\b[\w\s-]{0,40}?"
_I_AM = "(?:I am|I['’]m|as|being)"

_NAMES = re.compile(
    "|".join(
        (
            rf"\b(?:I am|I['’]m|my name is|call me|I,) (?:called |named |an? |the )?(?P<is>{_MODEL})(?![\w'’])",
            rf"\b(?:as|being) (?P<as>{_MODEL})(?=\s*(?:[,.;:!)—-]|I\b|\Z))",
            rf"(?:^|[.!?] )(?:this is )?(?P<here>{_MODEL}) (?:here|speaking)\b",
            rf"\bthis is (?P<this>{_MODEL})(?=\s*[,.;:!]|\s*$)",
            rf"^(?:[-–—~]\s?|(?:sincerely|regards|yours),? )(?P<signed>{_MODEL})\s*$",
            rf"\b{_I_AM} an? {_KIND},?\s?(?:\w+ by|from|of) (?P<by>{_MAKER})(?!\w)",
            rf"\bI (?:was|am|have been) (?:made|trained|built|created|developed|designed) by (?P<made>{_MAKER})(?!\w)",
            rf"\b{_I_AM} (?:an? )?(?P<owner>{_MAKER})['’]s {_KIND}",
            rf"\bmy (?:creator|developer|maker)s?(?: at|,)? (?P<creator>{_MAKER})(?!\w)",
        )
    ).replace(" ", r"\s+"),
    re.IGNORECASE | re.MULTILINE,
)


def names_itself(text: str) -> tuple[tuple[int, int], ...]:
    """Return where a speaker names the model that it is, or who made it, as spans of the text.

    The spans cover the name alone. A name that is somebody else's ("as Claude walked in") is left alone.
    """
    lower = text.lower()
    if not any(brand in lower for brand in _BRANDS):
        return ()
    return tuple(found.span(found.lastgroup or 0) for found in _NAMES.finditer(text))
