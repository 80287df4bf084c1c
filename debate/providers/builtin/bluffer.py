"""The bluffer: misquotes the passage so that it says what its answer needs, and asserts the rest."""

from __future__ import annotations

import re

from debate import quotes
from debate.domain import Brief, chance
from debate.providers.builtin.case import Case
from debate.providers.builtin.draft import Draft, quote
from debate.providers.builtin.words import WORD, clip, content, own, plain, stems, surface
from debate.wording import trim

_NUMBER = re.compile(r"\b\d{1,9}\b")
_BOASTS = (
    "There is no doubt about this.",
    "Nobody who has read the passage can believe otherwise.",
    "This settles it.",
    "The text is perfectly clear.",
    "That is proof enough.",
)


def speak(brief: Brief, *, slot: int = 0) -> str:
    """Return a speech."""
    case = Case(brief)
    draft = Draft(case.words)
    if case.words >= 40:
        draft.add(f"Certainly the right answer is: {plain(case.answer, 25).rstrip('.')}.")
    if case.search is None:
        draft.add("Everyone who knows the matter agrees, and the other answers are obviously wrong.")
        draft.add(*_BOASTS[:1])
        return draft.text or trim(plain(case.answer), case.words)[0]
    for number, text in enumerate(_misquotations(case, slot)):
        boast = _BOASTS[chance(text) % len(_BOASTS)]
        lead = "It is written there:" if number == 0 else "And again:"
        draft.add(lead, quote(text), boast) or draft.add(quote(text))
        if number == 0 and case.cited():
            draft.add("What the other side quotes is torn out of its context and proves nothing.")
    return draft.text or trim(plain(case.answer), case.words)[0]


def _misquotations(case: Case, slot: int) -> list[str]:
    """Return an invention and some lines of the passage, changed; none stands in the passage."""
    text = case.search.text if case.search else ""
    windows = case.fresh(case.used())
    turn = (case.brief.cue.round - 1 + slot) % len(windows) if windows else 0
    found = [_invented(case)]
    for window in [*windows[turn:], *windows[:turn]][:3]:
        found.append(_twisted(case, clip(text[window.start : window.end], case.longest, case.own)))
    return [each for each in found if _is_false(each, text)]


def _is_false(text: str, passage: str) -> bool:
    return [each.status for each in quotes.mark(quote(text), passage)[1]] == ["unverified"]


def _invented(case: Case) -> str:
    frames = (
        "It was plain to everyone that the answer was this: {}",
        "As all of them knew by then, it came to this: {}",
        "And so it was, beyond dispute: {}",
    )
    frame = frames[(chance(case.question, case.answer) + case.brief.cue.round) % len(frames)]
    return frame.format(plain(case.answer, max(1, case.longest - 12)).rstrip(".")) + "."


def _twisted(case: Case, text: str) -> str:
    """Put the answer's words in the place of the other answers', change numbers, or turn a denial round."""
    mine = surface(plain(case.answer), case.own) or ("indeed",)
    theirs = {word for other in case.others for word in own(other, case.question)} - case.own
    hits = [word for word in WORD.finditer(text) if stems(word.group())[0] in theirs]
    if hits:
        at = hits[chance(text, case.answer) % len(hits)]
        return _swap(text, at, mine[chance(text) % len(mine)])
    number = _NUMBER.search(text)
    if number:
        return _swap(text, number, str(int(number.group()) + 1 + chance(text, case.answer) % 9))
    denial = re.search(r"\bnot\s+|\bnever\s+", text)
    if denial:
        return text[: denial.start()] + text[denial.end() :]
    words = [word for word in WORD.finditer(text) if stems(word.group())[0] not in content(case.question)]
    longest = max(words or list(WORD.finditer(text)), key=lambda word: (len(word.group()), -word.start()))
    return _swap(text, longest, mine[chance(text) % len(mine)])


def _swap(text: str, word: re.Match[str], other: str) -> str:
    return text[: word.start()] + other + text[word.end() :]
