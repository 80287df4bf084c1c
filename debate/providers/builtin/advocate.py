"""The advocate: finds the lines that best support its answer, quotes them, and answers the other side's quotes.

It argues for whatever answer it is assigned, and never quotes a line twice. The skimmer is the same on a third of
the text.
"""

from __future__ import annotations

from debate.domain import Brief
from debate.providers.builtin.case import Case, Cited
from debate.providers.builtin.draft import Draft, quote
from debate.providers.builtin.evidence import Window
from debate.providers.builtin.words import clip, content, listed, own, plain, surface

MOST = 3  # quotations in a speech; more would be fragments


def speak(brief: Brief, *, stride: int = 1, slot: int = 0, avoid: tuple[str, ...] = ()) -> str:
    """Return a speech.

    Args:
        slot: candidates of one turn begin with different evidence.
        avoid: quotations that a critic has found weak.
    """
    case = Case(brief, stride=stride)
    draft = Draft(case.words)
    if case.words >= 40:
        draft.add(case.claim)
    fresh = case.fresh(avoid=avoid)
    turn = slot % len(fresh) if fresh else 0
    shown = _show(case, draft, fresh[turn:] + fresh[:turn], 1)
    _rebut(case, draft)
    _show(case, draft, [window for window in fresh if window not in shown], MOST - len(shown))
    if case.search is None:
        _argue_from_words(case, draft)
    elif not draft.quotes:
        draft.add("I found no further line of the passage that bears on this.")
    return draft.text or plain(case.answer, case.words - 1)


def _show(case: Case, draft: Draft, windows: list[Window], most: int) -> list[Window]:
    """Quote the best windows that fit, and return them."""
    shown: list[Window] = []
    for window in windows[:12]:
        if len(shown) < most and _cite(case, draft, window):
            shown.append(window)
    return shown


def _cite(case: Case, draft: Draft, window: Window) -> bool:
    text = clip(_text(case, window), case.longest, case.own)
    if not case.verifies(text):
        return False
    words = surface(text, case.own)
    point = f"This speaks of {listed(words)}." if words else ""
    lead = "It also says:" if draft.quotes else "The passage says:"
    return draft.add(lead, quote(text), point) or draft.add(lead, quote(text)) or draft.add(quote(text))


def _text(case: Case, window: Window) -> str:
    return case.search.text[window.start : window.end] if case.search else ""


def _rebut(case: Case, draft: Draft) -> None:
    """Answer the other side's last quotations: those that are not in the passage, then the strongest that is."""
    cited = case.cited()
    false = [each for each in cited if not each.verified]
    if false:
        draft.add(f"The other side's “{plain(false[0].text, 8)}” does not stand in the passage.")
    true = [each for each in cited if each.verified]
    if true:
        strongest = max(true, key=lambda each: (len(_held(case, each)), each.text))
        _narrow(case, draft, strongest)
        _show_elsewhere(case, draft, strongest)


def _held(case: Case, cited: Cited) -> set[str]:
    return set(own(cited.answer, case.question)).intersection(content(cited.text))


def _narrow(case: Case, draft: Draft, cited: Cited) -> None:
    """Say which words of its answer the quotation does not hold."""
    missing = surface(plain(cited.answer), set(own(cited.answer, case.question)) - _held(case, cited))
    if missing:
        draft.add(f"The other side's “{plain(cited.text, 6)}” says nothing of {listed(missing, 2)}.")


def _show_elsewhere(case: Case, draft: Draft, cited: Cited) -> None:
    """Quote a line that has the words of the other answer where the question is not at issue."""
    taken = case.quoted()
    for window in case.search.elsewhere(cited.answer)[:12] if case.search else ():
        text = _text(case, window)
        words = surface(text, own(cited.answer, case.question))
        lead = f"The passage has {listed(words, 2)} where the question is not at issue:"
        if window.apart(taken) and case.verifies(text) and draft.add(lead, quote(text)):
            return


def _argue_from_words(case: Case, draft: Draft) -> None:
    """Argue without a passage, from what the question and its answers say."""
    shared = surface(plain(case.answer), content(case.question))
    if shared:
        draft.add(f"It takes up what is asked: {listed(shared)}.")
    for other in case.others:
        strange = surface(plain(other), own(other, case.question))
        if strange:
            draft.add(f"“{plain(other, 12)}” brings in {listed(strange)}, which nothing in the question calls for.")
