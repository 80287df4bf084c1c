"""What passes a display boundary, and what comes back from the database."""

from __future__ import annotations

import csv
import io
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from debate.sanitize import cell, clean, hidden, line, plain, restore, store

ANYTHING = st.text(st.characters(codec=None, exclude_categories=()), max_size=200)
PIECES = [
    *"\x1b\x9b\x9d\x90\x07\x9c\x00\x7f[]\\ca \n\r\u202e\u2066\u200b\u200d\ufe0f\U000e0041\ud800\U0001f600❤",
    "52;c;",
    "31m",
]
NASTY = st.lists(st.sampled_from(PIECES)).map("".join)
FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("\x1b]52;c;ZXZpbA==\x07safe", "safe"),
        ("\x1b]52;c;ZXZpbA==\x1b\\safe", "safe"),
        ("\x9d52;c;ZXZpbA==\x9csafe", "safe"),
        ("\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]0;title\x07x", "x"),
        ("\x1bPq#0;1~\x1b\\x", "x"),
        ("\x1b_Gf=24;AAAA\x1b\\x", "x"),
        ("\x1b[2J\x1b[1;1Hx\x1b[6n", "x"),
        ("\x9b31mred\x9b0m", "red"),
        ("\x1bcreset", "reset"),
        ("\x1b(Bx", "x"),
        ("a\x1b", "a"),
        ("a\x1b[3", "a"),
        ("a\x08b\x00c\x7f", "abc"),
    ],
)
def test_terminal_sequences_are_gone(sent: str, shown: str) -> None:
    """F1, F2: clipboard, link, title, device and reset sequences leave nothing a terminal acts on."""
    assert clean(sent) == shown


def test_an_unfinished_sequence_does_not_swallow_the_text() -> None:
    """F2: what follows an unterminated OSC stays readable."""
    assert clean("before \x1b]52;c;never closed\nafter") == "before 52;c;never closed\nafter"


def test_direction_and_zero_width_characters_are_spelled_out() -> None:
    """F4: what the eye cannot see is written out, and counted."""
    text = "a\u202eb\u2066c\u200bd\U000e0041e\ufefff\xadg\ud800h"
    assert clean(text) == "a⟨U+202E⟩b⟨U+2066⟩c⟨U+200B⟩d⟨U+E0041⟩e⟨U+FEFF⟩f⟨U+00AD⟩g⟨U+D800⟩h"
    assert hidden(text) == 7


def test_a_long_hidden_run_is_counted_instead_of_spelled_out() -> None:
    """D11: a smuggled message of tag characters does not drown the speech."""
    assert clean("x" + "\U000e0041" * 300 + "y") == "x⟨U+E0041 and 299 more⟩y"
    assert hidden("x" + "\U000e0041" * 300 + "y") == 300


@pytest.mark.parametrize(
    "text", ["👨\u200d👩\u200d👧", "❤\ufe0f\u200d🔥", "⚠\ufe0f 1\ufe0f⃣", "می\u200cخواهم", "क्\u200dष", "naïve\tx\n"]
)
def test_what_a_script_or_an_emoji_needs_stays(text: str) -> None:
    """D14: joiners that belong to the spelling are no hidden channel."""
    assert clean(text) == text
    assert hidden(text) == 0


def test_line_ends_are_one_kind() -> None:
    """Every kind of line end becomes a newline, and none counts as hidden."""
    assert clean("a\r\nb\rc\u2028d\x85e\x0cf\x0bg") == "a\nb\nc\nd\ne\nf\ng"
    assert hidden("a\r\nb\rc\u2028d") == 0


@given(ANYTHING | NASTY)
@example("x\ufe0f\u200d\U0001f600")
def test_nothing_unsafe_survives(text: str) -> None:
    """I11: whatever comes in, no control byte, surrogate or stray format character comes out; twice is once."""
    shown = clean(text)
    assert not FORBIDDEN.search(shown)
    assert clean(shown) == shown
    assert hidden(shown) == 0
    assert (shown == text) or hidden(text) > 0 or re.search(r"[\r\x0b\x0c\x85\u2028\u2029]", text)
    for at, char in enumerate(shown):
        if unicodedata.category(char) == "Cf" and unicodedata.bidirectional(char) == "BN":
            assert char in "\u200c\u200d"
            assert 0 < at < len(shown) - 1


@given(ANYTHING | NASTY, st.integers(0, 40))
def test_a_line_is_one_line_and_fits(text: str, width: int) -> None:
    """A line has no break, no control character, and at most the cells that there are."""
    assert len(line(text).splitlines()) <= 1
    cut = line(text, width)
    assert cell_len(cut) <= width
    assert len(cut.splitlines()) <= 1
    assert not FORBIDDEN.search(cut)


def test_a_line_is_cut_by_cells() -> None:
    """D14: a wide character takes two cells."""
    assert line("日本語のテキスト", 7) == "日本語…"
    assert line("日本語", 6) == "日本語"
    assert line(" a\n\tb ", 10) == "a b"
    assert line("abcd", 3) == "ab…"


@given(ANYTHING | NASTY | st.text(st.sampled_from("\x1a\x000d8a1\ud800\udfff\U0001f600")))
def test_storing_loses_nothing(text: str) -> None:
    """D6: every string comes back from the database, which gets neither NUL nor a lone surrogate."""
    kept = store(text)
    assert restore(kept) == text
    assert "\x00" not in kept
    kept.encode()


def test_plain_text_is_stored_as_it_is() -> None:
    """Nothing is copied or escaped where nothing needs it."""
    text = "“Forty crates”, 日本語 😀\n"
    assert store(text) is text
    assert restore(text) is text


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "+1+2", "-1+2", "@SUM(A1)", "\t=1", "\rx", "\u200b=1", " =1", "＝1", "\x00=1"]
)
def test_formulas_are_text_in_a_cell(text: str) -> None:
    """H3: what a spreadsheet would run starts with an apostrophe."""
    assert cell(text).startswith("'")


@pytest.mark.parametrize("text", ["-3.5", "+1e-5", "-12%", "0", ".5", "a=b", "x-y", "", "forty crates"])
def test_numbers_and_words_are_untouched(text: str) -> None:
    """H3: a negative number stays a number."""
    assert cell(text) == text


@given(ANYTHING | NASTY | st.text(st.sampled_from("=+-@\t\r\n\u200b 1.eE")))
def test_no_cell_starts_a_formula(text: str) -> None:
    """H3: after writing and reading a CSV file no cell starts with a formula character unless it is a number."""
    out = io.StringIO(newline="")
    csv.writer(out).writerow([cell(text), "x"])
    back = next(csv.reader(io.StringIO(out.getvalue(), newline="")))[0]
    assert back == cell(text)
    if back.lstrip().startswith(("=", "+", "-", "@")):
        float(back.strip().rstrip("%"))


@given(ANYTHING | NASTY, st.sampled_from(["ascii", "latin-1", "cp1252", "utf-8", "no-such-encoding"]))
def test_every_terminal_can_write_plain_text(text: str, encoding: str) -> None:
    """F10: no terminal encoding crashes on a text."""
    shown = plain(text, encoding)
    shown.encode("ascii" if encoding == "no-such-encoding" else encoding)
    assert not FORBIDDEN.search(shown)


def test_the_fallback_reads_well() -> None:
    """F10: typography becomes its ASCII likeness, and only what the encoding lacks."""
    assert plain("“Café” — ½ … ✓ ⟨x⟩ 中") == '"Cafe" - 1/2 ... v <x> <U+4E2D>'
    assert plain("“Café”", "latin-1") == '"Café"'
    assert plain("“Café” ✓", "utf-8") == "“Café” ✓"


@pytest.mark.parametrize(
    "unit", ["\x1b]", "\x1b[0;", "\u200b", "\x9d", "a\x1b]b", "\r", "❤\ufe0f\u200d", " ", "=", "\t"]
)
def test_a_long_hostile_text_is_no_burden(unit: str) -> None:
    """F12: on a text this long anything quadratic would not come to an end."""
    text = unit * (300_000 // len(unit))
    assert not FORBIDDEN.search(clean(text))
    assert 0 <= hidden(text) <= len(text)
    assert cell_len(line(text, 80)) <= 80
    assert restore(store(text)) == text
    assert cell(text).removeprefix("'") == clean(text)
