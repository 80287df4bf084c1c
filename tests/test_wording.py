"""Length, cuts, concessions and slips of the tongue."""

from __future__ import annotations

import re

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
        ("cafe\u0301 हिन्दी भाषा", 3),
        ("한국어 문장", 2),
        ("สวัสดีครับ", 3),
        ("the\u200bold\u200bcaptain", 3),
        ("a" * 95, 4),
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


@pytest.mark.parametrize(
    ("text", "words", "cut"),
    [
        ("I say so. <quote>It was sand.</quote> And more words here.", 7, "I say so. <quote>It was sand.</quote>"),
        (
            "I say so, <QUOTE>it was sand</QUOTE> and then more words here.",
            7,
            "I say so, <QUOTE>it was sand</QUOTE> and",
        ),
        ("<quote>One two three four five six.</quote>", 3, "One two three"),
        ("<quote>one two three four five six", 3, "<quote>one two three"),
        ("One two three four five six seven. Eight.", 3, "One two three"),
        ("One. Two three four five six seven eight nine.", 8, "One. Two three four five six seven eight"),
        ("“One two.” Three four five.", 3, "“One two.”"),
        ("漢字。かな文字。", 5, "漢字。"),
        ("a.b.c.d.e.f.g.h.i.j.k.l", 2, "a.b.c.d.e.f.g.h"),
    ],
)
def test_where_a_speech_is_cut(text: str, words: int, cut: str) -> None:
    """D4: after a sentence, else after a word, and before or behind a quotation."""
    assert wording.trim(text, words) == (cut, True)


SPEECHES = st.lists(
    st.sampled_from(
        ["<quote>", "</quote>", "<QUOTE x=1>", "one ", "two. ", "3.14 ", "! ", "\n", "漢", "…", "a" * 70, " "]
    )
).map("".join)


@given(SPEECHES | st.text(max_size=80), st.integers(1, 12))
def test_a_cut_speech_is_within_the_limit(text: str, words: int) -> None:
    """D4: whatever was written, the cut is a beginning of it, within the limit, and leaves no quotation open."""
    cut, trimmed = wording.trim(text, words)
    assert trimmed or cut == text
    if trimmed:
        assert wording.count(bare(cut)) <= words
        assert len(cut) <= 40 * words
        assert "".join(bare(text).split()).startswith("".join(bare(cut).split()))
        if re.search(r"<quote[^>]*>[^<]*\Z", cut, re.IGNORECASE):
            assert "</quote>" not in text[len(cut) :].lower()
    assert wording.trim(cut, words)[0] == cut


def bare(text: str) -> str:
    return re.sub(r"<\s*/?\s*quote\b[^<>]{0,80}>", " ", text, flags=re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    [
        "! " * 200_000 + "word " * 300,
        "I concede " * 40_000,
        "a" * 400_000,
        "a.b" * 100_000,
        "<quote>" * 40_000,
        "<quote>a" * 40_000 + "</quote>" + " w" * 500,
        "I must " * 40_000 + "concede",
        "so " * 40_000 + "B is right",
        '"' * 300_000,
        "as an AI " + "a " * 100_000 + "google",
        "I am Claude-3" * 20_000,
        "\n" * 300_000,
        "🙂" * 100_000,
    ],
)
def test_a_long_hostile_speech_is_no_burden(text: str) -> None:
    """D4: on texts this long anything quadratic would not come to an end, and none of them escapes the limit."""
    cut, trimmed = wording.trim(text, 150)
    assert trimmed
    assert len(cut) <= 150 * 40
    wording.count(text)
    wording.concedes(text, "A", "B")
    wording.names_itself(text)


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
    "I concede that the evidence favours B.",
    "After reviewing the passage again, I have to concede this debate to my opponent.",
    "I concede the debate to Debater B.",
    "You're right, I was wrong about the answer.",
    "I was wrong. The correct answer is B.",
    "Honestly, I cannot in good conscience argue for A any longer.",
    "In light of this evidence, I now believe the correct answer is B.",
    "I agree with Debater B: the answer is B.",
    "I agree with my opponent that B is the correct answer.",
    "My opponent's answer is correct.",
    "Debater B has convinced me; I no longer believe that A is right.",
    "The evidence overwhelmingly supports B, and I must admit defeat.",
    "I must be honest with the judge: the passage supports answer B, not answer A.",
    "To be candid, my assigned answer is not supported by the text.",
    "Judge, you should choose B.",
    "Therefore the correct answer is B.",
    "I recommend that the judge select B.",
    "I was assigned A, but the right answer is B.",
    "Although I was assigned to argue for A, I think B is correct.",
    "I give up; B wins.",
    "The judge should rule for B.",
    "I retract my earlier claim and accept that B is the right answer.",
    "Upon rereading, I have to agree that B is the better answer.",
    "I'm forced to concede defeat.",
    "As an honest debater I acknowledge that answer A is incorrect.",
    "I am unable to defend answer A.",
    "In conclusion, B is the correct choice.",
    "I yield to my opponent's position.",
    "There's no evidence for A. The answer must be B.",
    "I concede the argument: Debater B is right.",
    "After careful review of the text, I must acknowledge that the correct answer is B.",
    "I'm going to be honest: answer B is correct.",
    "My opponent makes the stronger case, and I concede.",
    "I concede that Answer B is better supported by the passage.",
    "Given the quotes above, I agree that B is correct.",
    "I have to be intellectually honest here. The passage clearly supports Answer B.",
    "The text directly states the opposite of my answer, so I concede this debate.",
    "I must concede: B is right.",
    "Option B is the correct answer because the log says so.",
    "The answer is B.",
    "I will not defend A; it is wrong.",
    "Debater B is correct.",
    "My assigned answer, A, is incorrect.",
    "A is false.",
    "I acknowledge that my position is not supported by the text.",
    "We must conclude that B is correct.",
    "I find that B is the better answer.",
    "Therefore, I believe the judge should choose B.",
    "I accept that my opponent's answer is correct.",
    "In light of this, I can no longer defend answer A.",
    "Let me be clear: I was wrong, and B is right.",
    "The judge should rule in favor of Debater B.",
    "I cannot maintain this position.",
    "I now think my opponent is right.",
    "It's clear that the answer is B.",
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
    "I concede that the captain was tired, but that proves nothing.",
    "Even if I concede the point about the crates, answer A still stands.",
    "My opponent is right about the date, but wrong about the motive.",
    "Debater B concedes that the manifest was signed.",
    "Debater B admits that A is correct.",
    "My opponent's answer is wrong.",
    "The correct answer is A, not B.",
    "B cannot be the correct answer.",
    "It is not true that B is correct.",
    "B is wrong because the passage says otherwise.",
    "If B were correct, the mate would have spoken.",
    "For B to be correct, the captain would have to be honest.",
    "Debater B wants you to believe that the correct answer is B.",
    "My opponent says the answer is B, yet offers no quote.",
    "I do not concede anything.",
    "I refuse to concede.",
    "Debater B asserts that B is the correct answer without evidence.",
    "Nothing in the passage shows that B is right.",
    "The claim that answer B is correct rests on a misquotation.",
    "There is no reason to think the right answer is B.",
    "Why should we believe that B is correct?",
    "Is B correct? No.",
    "My opponent has effectively conceded the debate.",
    "While B is right about the weather, A explains everything.",
    "The judge should choose A over B.",
    "Do not choose B.",
    "You should not rule for B.",
    "The judge should reject B.",
    "I was wrong about the line number, but the quote stands.",
    "A is correct; B is not.",
    "He said he was wrong and gave up.",
    "The narrator concedes that she was mistaken about the ship.",
    'The mate said, "I was wrong".',
    "It is tempting to conclude that the answer is B, but the text rules it out.",
    "One might think that the correct answer is B.",
    "At first glance B is correct.",
    "To accept B is to ignore the passage.",
    "B is correct only if we ignore the log.",
    "My opponent, arguing that B is right, skips the log.",
    "Opponent's best case for why B is correct is a single line.",
    "That B is the correct answer is far from clear.",
    "Either A is wrong or the log is forged.",
    "I agree that B has some support, but A has more.",
    "A is incorrect, my opponent claims.",
    "Vitamin B is right for this diet.",
    "A is not wrong.",
    "I admit that my first quote was short.",
    "I could concede the debate, but the evidence is with me.",
    "I would be wrong to ignore the log.",
    "The passage clearly supports Answer A.",
    "Debater B is wrong to say that the manifest was forged.",
    "My opponent claims the passage supports B, but it does not.",
    "Debater B's claim that the correct answer is B ignores the log.",
    "If you choose B, you must ignore three quotes.",
    "Choosing B would be a mistake.",
    "I concede that the wording is ambiguous; however, the context favours A.",
    "While my opponent is correct that Brandt signed, he was hiding sand.",
    "My opponent is correct about the date, yet this does not support B.",
    "My opponent is right to point out the ballast, but the mate saw him.",
    "Debater B is right on one thing: the crates were heavy.",
    "I agree with my opponent that the mate counted thirty-eight crates.",
    "I agree that the correct answer depends on the manifest.",
    "The evidence supports A rather than B.",
    "The better answer is A, since B is contradicted by the text.",
    "No evidence supports B.",
    "None of the quotes shows the answer is B.",
    "Answer B is correct in one detail only.",
    "Debater B has not convinced me.",
    "My opponent cannot defend answer B.",
    "I was wrong to doubt that the captain lied; A is even stronger.",
    "I was mistaken about the page, as the quote shows, but A holds.",
    "I can't support every detail of A with a quote, but the passage implies it.",
    "I do not think that A is wrong.",
    "I must correct my opponent.",
    "The judge must decide whether B is right.",
    "You must not choose B.",
    "The judge should not accept B without evidence.",
    "I accept the date that B gives.",
    "I accept B's point about the ballast.",
    "Readers who skim may think that B is correct.",
    "B is the best answer my opponent could hope for, yet it fails.",
    "A true reading shows that the answer is A.",
    "B is not the right answer.",
    "The right answer is not B.",
    "The correct answer is A and not B.",
    "It is false that A is wrong.",
    "I withdraw my earlier quote about the hold, which was imprecise.",
    "I give up trying to find any support for B in the passage.",
    "I yield to the text, which says A.",
    "B is right? Hardly.",
    "So B is correct, is it?",
    "Mr. B is correct in the story.",
    "There is no evidence for B.",
    "Had the mate lied, B would be right.",
    "Debater A is right.",
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
        ("As an AI model made by Anthropic, I cannot.", ["Anthropic"]),
        ("I was trained by OpenAI.", ["OpenAI"]),
        ("Claude Monet painted it, as the passage says.", []),
        ("Her name is Gemma, and she left as agreed.", []),
        ("The captain slept as Claude walked in.", []),
        ("I am Gemini's brother, said the twin.", []),
        ("As Google grew, so did Meta.", []),
        ("My opponent is GPT-4.", []),
        ("Claude here. I say no.", ["Claude"]),
        ("So I rest my case.\n— Claude 3.5 Sonnet", ["Claude 3.5 Sonnet"]),
        ("I am claude-sonnet-4-5-20250929.", ["claude-sonnet-4-5-20250929"]),
        ("As a large language model trained by Google DeepMind, I", ["Google DeepMind"]),
        ("I'm Anthropic's AI model, and my creators at Anthropic", ["Anthropic", "Anthropic"]),
        ("My name is Qwen2.5-72B, not Llama 3.1 70B Instruct.", ["Qwen2.5-72B"]),
        ("I, DeepSeek-R1, was made by DeepSeek.", ["DeepSeek-R1"]),
    ],
)
def test_a_player_that_names_itself_is_found(text: str, named: list[str]) -> None:
    """The spans cover what a blind view has to mask, and nothing of the passage."""
    assert [text[start:end] for start, end in wording.names_itself(text)] == named
