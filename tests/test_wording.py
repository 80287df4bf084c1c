"""Length, cuts, concessions and slips of the tongue."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate import wording


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("", 0),
        ("One two.", 2),
        ("don't re-read 3.14", 3),
        ("  — … !", 0),
        ("漢字かな", 4),
        ("naïve café", 2),
        ("🙂 ok", 1),
    ],
)
def test_words_are_counted_sensibly(text: str, n: int) -> None:
    """D14: a script without spaces has a word a character; punctuation and emoji are none."""
    assert wording.count(text) == n


def test_a_speech_is_cut_at_the_end_of_a_sentence() -> None:
    """D4: what goes beyond the limit is left out."""
    assert wording.trim("One two three. Four five six. Seven eight.", 7) == ("One two three. Four five six.", True)


def test_what_fits_is_left_alone() -> None:
    """No cut, no flag."""
    assert wording.trim("One two three.", 3) == ("One two three.", False)


def test_a_quotation_is_never_cut_apart() -> None:
    """Tags stay balanced, and the end of a sentence inside a quotation is no place to cut."""
    text = "I say so here. <quote>One two three. Four five six seven.</quote> And more."
    cut, trimmed = wording.trim(text, 8)
    assert trimmed
    assert cut.count("<quote>") == cut.count("</quote>")
    assert cut == "I say so here."


@given(st.text(alphabet="ab .<>/quote漢\n", max_size=300), st.integers(1, 40))
def test_a_cut_speech_is_within_the_limit(text: str, words: int) -> None:
    """Whatever was written."""
    cut, trimmed = wording.trim(text, words)
    assert text.startswith(cut)
    if trimmed:
        assert wording.count(wording._TAG.sub(" ", cut)) <= words


CONCESSIONS = [
    "I concede.",
    "I must concede that my opponent has the better answer.",
    "I concede the debate.",
    "The right answer is B.",
    "The correct answer is actually B, as the passage shows.",
    "I have to admit that my answer is wrong.",
    "I acknowledge that the other side is right.",
    "My answer is incorrect.",
    "My assigned position was wrong all along.",
    "I cannot defend my answer.",
    "I can no longer support this position.",
    "My opponent is right. The passage says so.",
    "The other side is correct, and I was wrong.",
    "I withdraw my case.",
    "Answer B is right.",
    "B is the correct answer.",
    "On reflection, answer A is wrong.",
    "A is not correct.",
    "Having read it again, I concede that B is right!",
    "I now concede the point; my opponent's answer stands.",
]
ARGUMENTS = [
    "I concede nothing.",
    "I will not concede that B is right.",
    "My opponent wants me to concede that B is right.",
    "If the right answer is B, why did he leave?",
    "The passage says: <quote>I concede the debate.</quote>",
    'He told her "the right answer is B" and left.',
    "My opponent claims that answer B is right.",
    "The right answer is A.",
    "Answer B is wrong.",
    "B is not correct.",
    "It would be a mistake to say that B is right.",
    "The judge should never think that my answer is wrong.",
    "My opponent is right that the ship sailed at noon, but that proves nothing.",
    "I admit that the quotation is short.",
    "I agree that the captain signed.",
    "The other side argues that my answer is wrong.",
    "A is right, and B is a guess.",
    "Nobody who reads it could say the correct answer is B.",
    "They insist that A is wrong.",
    "I concede only that the log is torn.",
]


@pytest.mark.parametrize("text", CONCESSIONS)
def test_a_concession_is_noticed(text: str) -> None:
    """D9: the speaker gives its own answer up."""
    assert wording.concedes(text, "A", "B")


@pytest.mark.parametrize("text", ARGUMENTS)
def test_what_is_no_concession_is_left_alone(text: str) -> None:
    """Denied, supposed, quoted or put into someone's mouth."""
    assert not wording.concedes(text, "A", "B")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("As Claude, I say so.", ["Claude"]),
        ("I am GPT-4o and I say so.", ["GPT-4o"]),
        ("I'm Claude Opus 4.", ["Claude Opus 4"]),
        ("As an AI model made by Anthropic, I cannot.", ["an AI model made by Anthropic"]),
        ("I was trained by OpenAI.", ["trained by OpenAI"]),
        ("Claude Monet painted it, as the passage says.", []),
        ("Her name is Gemma, and she left as agreed.", []),
    ],
)
def test_a_player_that_names_itself_is_found(text: str, named: list[str]) -> None:
    """The spans cover what a blind view has to mask, and nothing of the passage."""
    assert [text[start:end] for start, end in wording.names_itself(text)] == named
