"""Does a speaker give its own answer up, or argue for another one?

Read sentence by sentence, and on the safe side: a claim counts only where nothing but a usual lead stands before it
in its clause, and nothing after it takes it back. What is quoted, asked, supposed, denied, limited to a point, or
put into someone else's mouth is no concession.

In the patterns a space stands for any white space, and `@` and `#` for the letters of one's own and the other answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial

_LONGEST = 20_000  # characters that are read; a speech within any sensible limit is shorter

_AUX = (
    r"(?:(?:must|have to|had to|will|now|do|hereby|therefore|fully|freely|gladly|can only|should|shall|honestly"
    r"|openly|(?:am|['’]m) (?:forced|obliged|compelled|bound) to|['’]ll|have come to|want to) )*"
)
_I = rf"\bI(?: |(?=['’])){_AUX}"
_SURELY = "(?:(?:actually|in fact|indeed|clearly|plainly|simply|probably|(?:most )?likely|certainly|really) )?"
_IS = "(?:is|was|must be|has to be|can only be)"
_ANSWER = "(?:answer|one|choice|option|reading|position)"
_RIGHT = (
    rf"{_SURELY}(?:right|correct|true|better(?: supported)?"
    rf"|the (?:right|correct|true|better|best|stronger) {_ANSWER})"
)
_WRONG = (
    rf"{_SURELY}(?:wrong|incorrect|false|mistaken|untenable|indefensible|unsupported|not supported|not true"
    rf"|not (?:the )?(?:right|correct)(?: {_ANSWER})?|the wrong {_ANSWER})"
)
_PICK = "(?:choose|select|pick|accept|prefer|favou?r|(?:rule|vote|find|decide) (?:for|in favou?r of)|(?:go|side) with)"
_EVIDENCE = "(?:the|all the) (?:passage|text|story|evidence|record)"
_FAVOURS = "(?:supports?|favou?rs?|points? to|confirms?|proves?)"
_OPPONENT = "(?:my opponent|the other (?:side|debater))"
_MINE = "(?:my|the) (?:(?:own|assigned) )?(?:answer|position|side|case)"
_STOP = r"(?=\s*(?:[.!;,—-]|\Z))"
_NOT = r"(?:no longer|do not|don['’]t|will not|won['’]t)"
_UNABLE = r"(?:can no longer|can(?:\s?not|['’]t)|am (?:not able|unable) to)"

_GIVES_UP = (
    rf"{_I}concede{_STOP}",
    rf"{_I}concede (?:defeat|(?:the|this) (?:debate|argument|match|case|question|answer)\b(?!['’]s| about))",
    rf"{_I}concede to (?:{_OPPONENT}|#)",
    rf"{_I}concede that (?:{_OPPONENT}|#) has (?:the )?(?:better|stronger|best|right)\b",
    rf"{_I}(?:admit|accept|acknowledge) defeat\b",
    rf"{_I}(?:give up|resign|surrender){_STOP}",
    rf"{_I}(?:yield|defer) to (?:{_OPPONENT}(?:['’]s {_ANSWER})?|#)",
    rf"{_I}(?:withdraw|retract|abandon|give up) my (?:assigned )?(?:answer|case|position)\b",
    rf"\bI (?:was|am|have been) {_SURELY}(?:wrong|mistaken)"
    rf"(?:{_STOP}| all along| about (?:the (?:answer|question)|it)\b)",
    rf"\bI (?:{_NOT}|{_UNABLE}) (?:[\w-]+ ){{0,4}}?(?:defend|argue for|support|maintain|stand by) "
    rf"(?:@|{_MINE}|this {_ANSWER})(?:{_STOP}| any| in good| honestly)",
    rf"\bI {_NOT} (?:believe|think) (?:that )?(?:@|{_MINE}) is {_RIGHT}",
    rf"(?:{_OPPONENT}|#) has (?:fully )?(?:convinced|persuaded) me\b",
    rf"{_OPPONENT}['’]s (?:answer|position|case) (?:stands|wins|is (?:better|stronger))\b",
)
_GIVING = (
    *("conced", "defeat", "give up", "resign", "surrender", "yield to", "defer to", "withdraw", "retract", "abandon"),
    *("convinced me", "persuaded me", "i was", "i am ", "i have been", "i no longer", "i do not", "i don"),
    *("i will not", "i won", "i cannot", "i can't", "i can’t", "i can no", "answer stands", "position stands"),
    *("case stands", "wins", "is better", "is stronger"),
)

_FOR_THE_OTHER = (
    rf"(?:the )?(?:right|correct|true|best|better) {_ANSWER} {_IS} {_SURELY}#",
    rf"the answer {_IS} {_SURELY}#",
    rf"(?:#|{_OPPONENT}(?:['’]s (?:answer|position))?|the other answer) {_IS} {_RIGHT}",
    "# (?:wins|should win|deserves to win)",
    rf"(?:the judge|judges|you|we) (?:should|must|ought to|has to|have to|can only) (?:therefore )?{_PICK} #",
    rf"I (?:recommend|urge|advise|ask) (?:that )?(?:the judge|you) (?:to )?{_PICK} #",
    rf"{_EVIDENCE} (?:\w+ly )?{_FAVOURS} #",
)
_AGAINST_ITSELF = (
    rf"(?:@|{_MINE}(?:, @,)?) {_IS} {_WRONG}",
    "there(?: is|['’]s) no (?:evidence|support) for @",
)
_AGAINST = (
    *("wrong", "incorrect", "false", "mistaken", "tenable", "defensible", "supported", "not true", "not right"),
    *("not correct", "not the ", "no evidence for", "no support for"),
)
"""One of these, as of the words after `_GIVES_UP`, is in whatever the patterns above find."""

_LEADS = (
    "so|thus|hence|therefore|and|but|yes|then|clearly|honestly|indeed|judge|frankly|sadly|now|here|in fact|overall",
    "in (?:the end|conclusion)|on reflection|to conclude|to be (?:candid|honest|fair|clear)|because|since|for",
    r"as an? honest \w+|(?:we|one) (?:must|can only|have to) conclude(?: that)?|I was wrong and",
    "it(?: is|['’]s) (?:clear|plain|obvious|true|evident)(?: now| to me)? that",
    rf"(?:this|which|that|{_EVIDENCE}) (?:shows|means|proves|makes (?:it )?clear) that",
    rf"I(?: |(?=['’])){_AUX}(?:(?:\w+ ){{1,8}}and )?(?:now )?"
    "(?:believe|think|agree|admit|acknowledge|accept|conclude|concede|say|see|find|argue)"
    rf"(?: with (?:{_OPPONENT}|debater \w))?(?: that)?",
)
_BACK = "my opponent|the other|they|he|she|debater|some|according|if|unless|only|or so|but only"
_ON = (
    "because|as|since|here|and|after all|given|not|over|rather than|by the (?:passage|text)|all along|to me|in light of"
)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)


_LEAD = _compiled(rf"\s*(?:(?:{'|'.join(_LEADS)})\b[\s,:]*)*+")
_AFTER = _compiled(rf"\s*(?:\Z|[.!;:)—–]|,(?! (?:{_BACK})\b)| (?:{_ON})\b(?! if\b))")
_UNREAL = _compiled(
    r"\b(?:if|unless|suppose|supposing|assuming|even|were|would|could|might|may|before|until|why|whether|not"
    r"|never|no one|nobody|nothing|refuse|hardly|opponent|debater|they|he|she|who|claims?|says?|said|argues?|asked"
    r"|wants)\b|n['’]t\b"
)
_SUPPOSED = _compiled(r"\s*(?:even )?(?:if|unless|suppose|assuming|were)\b")
_QUOTED = re.compile(
    r"<quote[^<>]{0,80}>.{0,5000}?(?:</quote>|\Z)|[\"“«]([^\"”»\n]{0,500})[\"”»]", re.IGNORECASE | re.DOTALL
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*+")


def concedes(text: str, label: str, other: str) -> bool:
    """Tell whether a speaker gives its own answer up, or argues for the other one, in its own words.

    Args:
        label: the letter of the speaker's answer.
        other: the letter of another answer.
    """
    unquoted = _QUOTED.sub(_unquoted, text[:_LONGEST])
    likely = _hinted(_kinds(label, other), unquoted)
    return bool(likely) and any(_conceding(sentence, likely) for sentence in _SENTENCE.findall(unquoted))


def _unquoted(found: re.Match[str]) -> str:
    inner = found[1] or ""
    return inner if len(inner) == 1 else " "  # a letter in quotation marks is an answer, not a quotation


@dataclass(frozen=True)
class _Kind:
    """One way of conceding."""

    pattern: re.Pattern[str]
    hinted: Callable[[str, str], bool]
    """Whether a text, also given in lower case, may hold the pattern at all: many times faster than looking for it."""
    holds: Callable[[str, re.Match[str]], bool]
    """Whether what was found in a sentence is meant."""


@lru_cache(maxsize=256)
def _kinds(label: str, other: str) -> tuple[_Kind, ...]:
    def patterns(alternatives: tuple[str, ...]) -> re.Pattern[str]:
        pattern = "|".join(alternatives).replace("@", _named(label)).replace("#", _named(other))
        return _compiled(rf"(?<![\w'’-])(?:{pattern})(?![\w'’])")

    return (
        _Kind(patterns(_GIVES_UP), lambda _, lower: any(map(lower.__contains__, _GIVING)), _first_hand),
        _Kind(patterns(_AGAINST_ITSELF), lambda _, lower: any(map(lower.__contains__, _AGAINST)), _claimed),
        _Kind(patterns(_FOR_THE_OTHER), partial(_names, _letter(other)), _claimed),
    )


def _letter(letter: str) -> re.Pattern[str]:
    letter = re.escape(letter)
    return re.compile(rf"{letter}(?<!\w{letter})(?!\w)")  # the letter first: measured, five times as fast


_NAMES_THE_OTHER = re.compile(
    r"(?:opponent|the\s+other\s+\w+)(?:['’]s\s+\w+)?\s+(?:is|was|must|has|can)\b", re.IGNORECASE
)


def _names(letter: re.Pattern[str], text: str, lower: str) -> bool:
    if letter.search(text):
        return True
    return ("opponent" in lower or "other" in lower) and _NAMES_THE_OTHER.search(text) is not None


def _hinted(kinds: Iterable[_Kind], text: str) -> list[_Kind]:
    lower = text.lower()
    return [kind for kind in kinds if kind.hinted(text, lower)]


def _conceding(sentence: str, kinds: Iterable[_Kind]) -> bool:
    if sentence.endswith("?"):
        return False
    likely = _hinted(kinds, sentence)
    return any(kind.holds(sentence, found) for kind in likely for found in kind.pattern.finditer(sentence))


def _named(letter: str) -> str:
    """Return the pattern of an answer's letter; case matters, since "a is right" is not about answer A."""
    return rf"(?:(?:answer|option|choice|position|side|debater|consultant) )?(?-i:\(?{re.escape(letter)}\)?)(?![\w'’])"


def _first_hand(sentence: str, found: re.Match[str]) -> bool:
    clause, supposed = _before(sentence, found)
    return not supposed and not _UNREAL.search(clause)


def _claimed(sentence: str, found: re.Match[str]) -> bool:
    """Tell whether a claim stands by itself: a usual lead before it, nothing that takes it back after it."""
    clause, supposed = _before(sentence, found)
    return not supposed and bool(_LEAD.fullmatch(clause) and _AFTER.match(sentence, found.end()))


def _before(sentence: str, found: re.Match[str]) -> tuple[str, bool]:
    """Return what stands before a match in its clause, and whether an earlier clause only supposes."""
    *earlier, clause = re.split(r"[;:—,]", sentence[: found.start()])
    return clause, any(_SUPPOSED.match(part) for part in earlier)
