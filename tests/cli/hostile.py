"""Text that would like to do something to whoever reads it, and what must never reach a terminal."""

from __future__ import annotations

import re

HOSTILE = (
    "\x1b]52;c;aGFja2Vk\x07 \x1b]0;owned\x07 \x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\ "
    "\x1bP+q\x1b\\ \x1b_x\x1b\\ "
    "\x1b[2J\x1b[6n\x1bc \x9b31m \x9d52;c;aa\x9c \x1b]52;c;never-ended "
    "\u202egnp.exe \u2066x\u2069 zero\u200bwidth \U000e0041tag \x00nul \x08\x7f "
    "[/bad] [link=http://evil.example]x[/link] [red]x [@click=app.quit]y[/] :smile: "
    "<script>alert(1)</script> <img src=x onerror=alert(1)> ](javascript:alert(1)) **bold** `code`"
)
"""F1, F2, F4, F5, H1: clipboard, title, links, device strings, cursor, C1, bidi, invisible, markup, script."""

OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\[\?25[lh]|\x1b\[\d*[AGK]|\x1b\[2K|\x1b\[1A")
"""What our own displays write: colours, the cursor shown and hidden, lines drawn again."""

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)


def dangerous(written: str) -> list[str]:
    """Return what a terminal would obey, or not show, in what was written to it."""
    return FORBIDDEN.findall(OURS.sub("", written))
