"""The wording of a speech: how long it is, where it may be cut, and what it gives away."""

from __future__ import annotations

import re

_UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # kana and Chinese characters
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}](?:(?:[^\W{_UNSPACED}]|['’.,:/-])*[^\W_{_UNSPACED}])?")
_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*(?=\s|$|<)|\n+")
_TAG = re.compile(r"</?quote>", re.IGNORECASE)
_UNIT = re.compile(rf"(?P<tag>{_TAG.pattern})|{_WORD.pattern}", re.IGNORECASE)


def count(text: str) -> int:
    """Return how many words a text has; in scripts without spaces every character is one."""
    return len(_WORD.findall(text))


def trim(text: str, words: int) -> tuple[str, bool]:
    """Cut a speech to a number of words, at the end of a sentence outside any quotation if there is one.

    Tags of quotations do not count. Returns the speech and whether it was cut.
    """
    bare = _TAG.sub(" ", text)
    if len(bare) <= words or count(bare) <= words:
        return text, False
    most = _longest(text, words)
    ends = [m.end() for m in _END.finditer(text, 0, most) if _outside(text, m.end())]
    if ends and ends[-1] * 2 >= most:
        return text[: ends[-1]].rstrip(), True
    return _whole_words(text, most), True


def _longest(text: str, words: int) -> int:
    """Return the length of the longest beginning that has no more than so many words."""
    left = words
    for found in _UNIT.finditer(text):
        if found.lastgroup == "tag":
            continue
        if left == 0:
            return found.start()
        left -= 1
    return len(text)


def _outside(text: str, at: int) -> bool:
    """Tell whether a place is outside every quotation."""
    opened = text.lower().count("<quote>", 0, at)
    return opened == text.lower().count("</quote>", 0, at)


def _whole_words(text: str, most: int) -> str:
    """Cut where a word ends; a quotation that would be cut apart goes as a whole."""
    if not _outside(text, most):
        most = text.lower().rfind("<quote>", 0, most)
    return text[:most].rstrip()


_QUOTED = re.compile(r"<quote>.*?(?:</quote>|\Z)|[\"“«][^\"”»]*[\"”»]", re.IGNORECASE | re.DOTALL)
_RIGHT = r"(?:actually\ |in\ fact\ |indeed\ |clearly\ )?(?:right|correct)"
_WRONG = r"(?:actually\ |in\ fact\ |clearly\ )?(?:wrong|incorrect|false|mistaken|not\ (?:the\ )?(?:right|correct))"
_OUGHT = r"I\ (?:must\ |have\ to\ |will\ |now\ |do\ |hereby\ )*"
_OTHERS = r"(?:my\ opponent|the\ other\ (?:side|debater|answer))(?:['’]s\ (?:answer|position))?"

_CONCEDES = re.compile(
    rf"""\b(?:
        {_OUGHT}concede(?!\ (?:nothing|no\b|only)) (?:\s*[.!] | [^.!?]*\b(?:debate|answer|opponent|side|{_RIGHT})\b)
      | {_OUGHT}(?:admit|acknowledge|accept|agree)\b
        [^.!?]*\b(?:my\ (?:own\ )?answer\ is\ {_WRONG} | {_OTHERS}\ is\ {_RIGHT})
      | my\ (?:own\ |assigned\ )?(?:answer|position)\ (?:is|was)\ {_WRONG}\b
      | I\ can(?:\ no\ longer|not|['’]t)\ (?:honestly\ )?(?:defend|argue\ for|support)
        \ (?:my|this|the\ assigned)\ (?:answer|position)\b
      | {_OTHERS}\ is\ {_RIGHT}(?:\ about\ (?:the\ (?:answer|question)|this))?\s*[.!,;]
      | I\ withdraw\ my\ (?:answer|case|position)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_HINTS = (
    "conced",
    "right",
    "correct",
    "wrong",
    "false",
    "mistaken",
    "no longer",
    "withdraw",
    "cannot",
    "can't",
    "can’t",
)
_LETTERS = rf"""\b(?:
    (?:right|correct|true)\ answer\ is\ (?:actually\ |in\ fact\ |indeed\ |clearly\ )?%(other)s\b(?!['’\w])
  | (?:[Aa]nswer\ |[Dd]ebater\ )?%(other)s\ is\ (?:the\ (?:right|correct)\ answer|{_RIGHT})\b
  | (?:[Aa]nswer\ )?%(label)s\ is\ {_WRONG}\b
)"""  # case matters: "a is right" is not about answer A
_UNREAL = re.compile(
    r"""\b(?:if|were|unless|would|could|should|suppose|even\ though|cannot|can't|never|not|nor|refuse\ to)\b
        [^.!?]{0,60}$""",
    re.IGNORECASE | re.VERBOSE,
)
_REPORTED = re.compile(
    r"""\b(?:opponent|other\ side|debater|they|judge|he|she)\b
        [^.!?]*\b(?:says?|said|claims?|argues?|insists?|pretends?|wants)\b[^.!?]*$""",
    re.IGNORECASE | re.VERBOSE,
)


def concedes(text: str, label: str, other: str) -> bool:
    """Tell whether a speaker gives its own answer up, in its own words.

    What is quoted, supposed, denied or put into someone else's mouth is no concession.

    Args:
        label: the letter of the speaker's answer.
        other: the letter of another answer.
    """
    lower = text.lower()
    if not any(hint in lower for hint in _HINTS):
        return False
    own = _QUOTED.sub(" ", text)
    lettered = re.compile(_LETTERS % {"label": re.escape(label), "other": re.escape(other)}, re.VERBOSE)
    return any(_outright(own, found) for pattern in (_CONCEDES, lettered) for found in pattern.finditer(own))


def _outright(text: str, found: re.Match[str]) -> bool:
    clause = re.split(r"[.!?;:]\s", text[max(0, found.start() - 80) : found.start()])[-1]
    return not _UNREAL.search(clause) and not _REPORTED.search(clause)


_BRANDS = (
    *(
        "openai",
        "anthropic",
        "google",
        "deepmind",
        "meta",
        "mistral",
        "mixtral",
        "deepseek",
        "xai",
        "alibaba",
        "cohere",
    ),
    *("microsoft", "moonshot", "gpt", "claude", "gemini", "gemma", "llama", "qwen", "grok", "kimi"),
)  # one of them is in whatever the pattern below finds
_MAKER = (
    r"(?:OpenAI|Anthropic|Google(?:\ DeepMind)?|DeepMind|Meta|Mistral|DeepSeek|xAI|Alibaba|Cohere|Microsoft|Moonshot)"
)
_MADE = rf"(?:made|trained|built|created|developed)\ by\ {_MAKER}"
_MODEL = r"""(?:
    Chat-?GPT | GPT-?\s?\d[\w.]*(?:-\w+)* | Claude(?:[ -](?:Opus|Sonnet|Haiku|Instant|\d[\w.]*))*
  | Gemini(?:[ ](?:Pro|Ultra|Flash)|[ -]\d[\w.]*)* | Gemma(?:[ -]\d\w*)? | Llama(?:[ -]\d[\w.]*)?
  | Mi[sx]tral(?:[ -]\w+)?
  | Qwen(?:[ -]?\d[\w.]*)? | DeepSeek(?:[ -][VR]\d\w*)? | Grok(?:[ -]\d\w*)? | Kimi
)"""
_NAMES = re.compile(
    rf"""\b(?:I\ am|I['’]m|as|my\ name\ is|this\ is|being|call\ me)\s+(?:an?\ |the\ )?(?P<model>{_MODEL})\b
      | \b(?:I\ am|I['’]m|as|being)\s+(?P<kind>an?\ (?:AI|large|language)\b[\w -]*,?\ (?:{_MADE}|from\ {_MAKER}))\b
      | \bI\ was\ (?P<made>{_MADE})\b""",
    re.IGNORECASE | re.VERBOSE,
)


def names_itself(text: str) -> tuple[tuple[int, int], ...]:
    """Return where a speaker names the model that it is, or who made it, as spans of the text."""
    lower = text.lower()
    if not any(brand in lower for brand in _BRANDS):
        return ()
    return tuple(found.span(found.lastgroup or 0) for found in _NAMES.finditer(text))
