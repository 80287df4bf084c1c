"""What of a reply is said aloud? Thinking and scratchpads come off; whatever might be private stays private."""

from __future__ import annotations

import re


def strip_thinking(text: str) -> tuple[str, str]:
    """Return the reply without its thinking, and the thinking.

    A closing tag whose opening is lost makes thinking of all before it, an unclosed one of all after it.
    """
    return _apart(text, _THINKING)


def speech(text: str) -> tuple[str, str]:
    """Return what a debater's reply says aloud, and its private notes.

    Where there are `<argument>` tags, only what they hold is said aloud. A scratchpad that is opened and never
    closed swallows the rest, one that is closed and never opened all before it: rather an empty speech than a leak.
    """
    folded = text.casefold()
    if not any(map(folded.__contains__, _EVERY_HINT)):
        return text.strip(), ""
    aloud, notes = _apart(strip_thinking(text)[0], _SCRATCHPAD)
    if "<" in aloud and _ARGUMENT.search(aloud):
        outside, aloud = _apart(aloud, _ARGUMENT)
        notes += outside
    if any(_apart(aloud, tags) != (aloud, "") for tags in (_SCRATCHPAD, _THINKING)):
        return "", notes + aloud
    return aloud.strip(), notes.strip()


_THINKING = re.compile(
    r"<\s*+/?\s*+(?:seed:)?(?:think(?:ing)?|thoughts?|reasoning)\b[^<>]{0,80}?(?P<empty>/?)>|\[/?THINK\]|◁/?think▷",
    re.IGNORECASE,
)
_SCRATCHPAD = re.compile(
    r"(?:[<＜\[]|&lt;)\s*+/?\s*+scratch[ _-]?pad\b(?:[^<>＜＞\[\]\n]{0,80}?(?P<empty>/?)(?:[>＞\]]|&gt;))?",
    re.IGNORECASE,
)
_ARGUMENT = re.compile(r"<\s*+/?\s*+argument\b[^<>]{0,80}?(?P<empty>/?)>", re.IGNORECASE)
_CLOSES = re.compile(r"(?:.|&lt;)\s*+/")


_HINTS = {
    _THINKING: ("think", "thought", "reasoning"),
    _SCRATCHPAD: ("scratch",),
    _ARGUMENT: ("argument",),
}  # looking for a word is many times faster than for a tag
_EVERY_HINT = tuple(hint for hints in _HINTS.values() for hint in hints)


def _apart(text: str, tags: re.Pattern[str]) -> tuple[str, str]:
    """Split a text into what stands outside and what stands inside of `tags`."""
    if not _hinted(text, tags):
        return text, ""
    outside: list[str] = []
    inside: list[str] = []
    depth = last = 0
    for tag in tags.finditer(text):
        (inside if depth else outside).append(text[last : tag.start()])
        last = tag.end()
        if _CLOSES.match(tag[0]):
            if not depth:
                inside += outside
                outside = []
            depth = max(0, depth - 1)
        elif not tag["empty"]:
            depth += 1
    (inside if depth else outside).append(text[last:])
    rest = "".join(outside)
    if _hinted(rest, tags) and tags.search(rest):  # a tag made of the two ends around another one
        return "", text
    return rest, "".join(inside)


def _hinted(text: str, tags: re.Pattern[str]) -> bool:
    folded = text.casefold()
    return any(hint in folded for hint in _HINTS[tags])
