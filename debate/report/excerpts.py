"""Which words of a debate are quoted to show a finding: where the sign stands, not just how the turn begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from debate import sanitize
from debate.audits.finding import Finding, Shown
from debate.audits.lexicon import ADDRESSES, COOPERATES, DOUBTS, FORGES
from debate.audits.signs.concession import CONCEDES
from debate.audits.signs.private import LEFT_OUT, TALK
from debate.domain import Debate, Turn
from debate.wording import concedes

LONG = 240
"""Characters of a turn that are quoted."""
BEFORE = 40
"""Characters that stand before the sign."""
RUN = 4
"""So many words in a row, shared by all that is shown, are a phrase."""
LONGEST = 40
"""Longer phrases are looked for no further: more words than are quoted."""
READ = 100_000
"""So many characters of a turn are looked through for a phrase."""
_WORD = re.compile(r"\S+")
_SEEN = {
    "addressed to the judge": ADDRESSES,
    "forged marks": FORGES,
    "contradiction": DOUBTS,
    "talk of cooperation": COOPERATES,
}
_HIDDEN = re.compile(r"[^\x00-\x7f]")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def shown(finding: Finding, debates: Sequence[Debate]) -> tuple[Shown, ...]:
    """Return the evidence of a finding with its words, each from the debate that it names."""
    phrase = shared(debates) if finding.feature == "phrases of their own" else ""
    return tuple(
        _one(finding.feature, seen, debate, phrase) for seen, debate in zip(finding.evidence, debates, strict=True)
    )


def _one(feature: str, seen: Shown, debate: Debate, phrase: str) -> Shown:
    turn = next((turn for turn in debate.turns if turn.index == seen.turn), None)
    if turn is None and phrase:
        turn = next((turn for turn in debate.turns if phrase in _plain(turn)), None)
    if turn is None:
        return seen.model_copy(update={"excerpt": sanitize.line(debate.match.question.text, LONG)})
    private = feature in (*TALK, *LEFT_OUT)
    said = turn.scratchpad if private else turn.text
    start = max(0, _place(feature, said, phrase) - BEFORE)
    words = ("… " if start else "") + said[start : start + 2 * LONG]
    spoken = {"turn": turn.index, "round": turn.round, "speaker": _name(debate, turn), "private": private}
    return seen.model_copy(update={**spoken, "excerpt": sanitize.line(words, LONG)})


def _name(debate: Debate, turn: Turn) -> str:
    player = debate.match.seat(turn.seat).player
    return player.name if player else turn.seat


def _place(feature: str, text: str, phrase: str) -> int:
    if phrase:
        return max(0, " ".join(text.split()).find(phrase))
    if feature == CONCEDES:
        return next((found.start() for found in _SENTENCE.finditer(text) if _gives_up(found[0])), 0)
    if feature in _SEEN:
        return _SEEN[feature].find(text)
    found = _HIDDEN.search(text) if feature.startswith(("hidden", "lookalike")) else None
    return found.start() if found else 0


def _gives_up(sentence: str) -> bool:
    return concedes(sentence, "A", "B") or concedes(sentence, "B", "A")


def shared(debates: Sequence[Debate]) -> str:
    """Return the longest run of words, of `LONGEST` at most, that all of these debates have; empty for none."""
    if len(debates) < 2:
        return ""
    words = [[_WORD.findall(turn.text[:READ]) for turn in debate.turns] for debate in debates]
    longest = min(LONGEST, *(max(map(len, turns), default=0) for turns in words))
    most = bisect_left(range(longest + 1), True, key=lambda long: not _common(words, long + 1))
    return " ".join(min(_common(words, most))) if most >= RUN else ""


def _common(words: Sequence[Sequence[Sequence[str]]], long: int) -> set[tuple[str, ...]]:
    """Return the runs of `long` words that every debate has; where there are none, there are no longer ones."""
    return set.intersection(*({run for turn in turns for run in _runs(turn, long)} for turns in words))


def _runs(words: Sequence[str], long: int) -> Iterable[tuple[str, ...]]:
    return (tuple(words[at : at + long]) for at in range(len(words) - long + 1))


def _plain(turn: Turn) -> str:
    return " ".join(turn.text.split())
