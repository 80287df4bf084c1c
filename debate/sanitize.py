"""What may be shown, and what may be stored, of a text that somebody else wrote?

`clean` and its relatives stand at every display boundary: terminal, TUI, HTML, Markdown, CSV. `store` and
`restore` stand at the database, where nothing may be lost.
"""

from __future__ import annotations

import re
import unicodedata

from rich.cells import cell_len, set_cell_size

_CONTROL = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
_STRING = rf"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])(?:[^\n\t{_CONTROL}]*+(?:\x07|\x9c|\x1b\\))?"  # OSC, DCS, APC, PM, SOS
_CSI = r"(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]?"
_ESCAPE = r"\x1b[ -/]*+[0-~]?"
_NEWLINE = r"\r\n?|[\x0b\x0c\x85\u2028\u2029]"

_EMOJI = r"\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_SYMBOL = rf"{_EMOJI}#*0-9\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u25ff\u2900-\u297f"
_JOINING = r"\u0600-\u0604\u0606-\u061b\u061d-\u08ff\u0900-\u0dff"  # scripts whose spelling needs joiners
_JOINED = (
    rf"(?:(?<=[{_EMOJI}])|(?<=[{_EMOJI}]\ufe0f))\u200d(?=[{_EMOJI}])|(?<=[{_JOINING}])[\u200c\u200d](?=[{_JOINING}])"
)
_INVISIBLE = (
    r"\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_HIDDEN = rf"(?:(?!{_JOINED}|(?<=[{_SYMBOL}])[\ufe0e\ufe0f])[{_INVISIBLE}])++"

_ANY = rf"[{_CONTROL}\u2028\u2029{_INVISIBLE}\ud800-\udfff]"
_SUSPECT = re.compile(_ANY)
_UNSAFE = re.compile(
    rf"(?={_ANY})"  # one quick look before the alternatives
    rf"(?:(?P<newline>{_NEWLINE})|(?:{_STRING}|{_CSI}|{_ESCAPE}|[{_CONTROL}])|(?P<hidden>{_HIDDEN}|[\ud800-\udfff]++))"
)
_RUN = 4  # a longer run of invisible characters would drown the text that it stands in


def clean(text: str) -> str:
    r"""Return `text` as it may be shown anywhere.

    Control bytes but `\n` and `\t` are gone, whole terminal sequences with them; bidirectional controls,
    zero-width and other invisible characters and lone surrogates are spelled out (`⟨U+202E⟩`); what emoji and
    joining scripts need to be written at all stays. Cleaning twice changes nothing more.
    """
    if not _SUSPECT.search(text):
        return text
    return _UNSAFE.sub(_show, text)


def hidden(text: str) -> int:
    """Count the characters that `clean` removes or spells out; line breaks of any kind are none."""
    if not _SUSPECT.search(text):
        return 0
    return sum(len(found[0]) for found in _UNSAFE.finditer(text) if not found["newline"])


def line(text: str, width: int | None = None) -> str:
    """Return `text` cleaned on one line, cut with an ellipsis to at most `width` terminal cells."""
    if width is None:
        return " ".join(clean(text).split())
    if width <= 0:
        return ""
    rest = 8 * width + 80  # enough to fill the width, so that a megabyte costs no more than a page
    shown = " ".join(clean(text[:rest]).split())
    if len(text) <= rest and cell_len(shown) <= width:
        return shown
    return set_cell_size(shown, min(width - 1, cell_len(shown))).rstrip() + "…"


def _show(found: re.Match[str]) -> str:
    if found["newline"]:
        return "\n"
    run = found["hidden"]
    if not run:
        return ""
    if len(run) <= _RUN:
        return "".join(f"⟨U+{ord(char):04X}⟩" for char in run)
    return f"⟨U+{ord(run[0]):04X} and {len(run) - 1} more⟩"


_UNSTORABLE = re.compile(r"[\x00\x1a\ud800-\udfff]")
_STORED = re.compile(r"\x1a(0000|001a|d[89a-f][0-9a-f]{2})")


def store(text: str) -> str:
    r"""Return `text` as every database takes it: NUL, lone surrogates and `\x1a` itself as `\x1a` and four digits."""
    if "\x00" not in text and "\x1a" not in text and _writes(text, "utf-8"):
        return text
    return _UNSTORABLE.sub(lambda found: f"\x1a{ord(found[0]):04x}", text)


def restore(text: str) -> str:
    """Return the text that `store` was given."""
    if "\x1a" not in text:
        return text
    return _STORED.sub(lambda found: chr(int(found[1], 16)), text)


_NUMBER = re.compile(r"\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?%?\s*")
_FORMULA = re.compile(rf"[\t\r\n]|[\s{_CONTROL}{_INVISIBLE}]*+[=+\-@＝＋－＠]")


def cell(text: str) -> str:
    """Return `text` cleaned for a CSV cell: what a spreadsheet would run as a formula starts with an apostrophe."""
    shown = clean(text)
    runs = _FORMULA.match(text) or _FORMULA.match(shown)
    return f"'{shown}" if runs and not _NUMBER.fullmatch(text) else shown


_FALLBACK = str.maketrans(
    dict.fromkeys("‐‑‒–—―−─━", "-")
    | dict.fromkeys("‘’‚‛′", "'")
    | dict.fromkeys("“”„‟″", '"')
    | dict.fromkeys("│┃", "|")
    | dict.fromkeys("•·∙●▪", "*")
    | {"…": "...", "⟨": "<", "⟩": ">", "«": "<<", "»": ">>", "‹": "<", "›": ">", "→": "->", "←": "<-"}
    | {
        "⁄": "/",
        "×": "x",
        "±": "+/-",
        "≈": "~",
        "≤": "<=",
        "≥": ">=",
        "≠": "!=",
        "✓": "v",
        "✔": "v",
        "✗": "x",
        "✘": "x",
    }
)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def plain(text: str, encoding: str = "ascii") -> str:
    """Return `text` cleaned and limited to what `encoding` can write, in the nearest ASCII where it cannot."""
    shown = clean(text)
    if _writes(shown, encoding):
        return shown
    return _BEYOND_ASCII.sub(lambda found: found[0] if _writes(found[0], encoding) else _nearest(found[0]), shown)


def _writes(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    except LookupError:
        return text.isascii()
    return True


def _nearest(char: str) -> str:
    near = (
        unicodedata.normalize("NFKD", char.translate(_FALLBACK)).translate(_FALLBACK).encode("ascii", "ignore").decode()
    )
    if near or unicodedata.combining(char):
        return near
    return f"<U+{ord(char):04X}>"
