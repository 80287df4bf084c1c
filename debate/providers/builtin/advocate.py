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
from debate.wording import trim

MOST = 3  # quotations in a speech; more would be fragments


def speak(brief: Brief, *, stride: int = 1, slot: int = 0, avoid: tuple[str, ...] = ()) -> str:
    """Return a speech.

    Args:
        slot: candidates of one turn begin with different evidence.
        avoid: quotations that a critic has found weak.
    """
    case = Case(brief, stride=stride)
    draft = Draft(case.words, taken=case.used(avoid))
    if case.words >= 40:
        draft.add(case.claim)
    fresh = case.fresh(draft.taken)
    turn = slot % len(fresh) if fresh else 0
    _show(case, draft, fresh[turn:] + fresh[:turn], 1)
    _rebut(case, draft)
    _show(case, draft, [window for window in fresh if window.telling], MOST - 1)
    if case.search is None:
        _argue_from_words(case, draft)
    elif not draft.quotes:
        draft.add("I found no further line of the passage that bears on this.")
    return draft.text or trim(plain(case.answer), case.words)[0]


def _show(case: Case, draft: Draft, windows: list[Window], most: int) -> None:
    """Quote the best windows that fit."""
    shown = 0
    for window in windows[:12]:
        if shown < most:
            shown += _cite(case, draft, window, "It also says:" if draft.quotes else "The passage says:")


def _cite(case: Case, draft: Draft, window: Window, lead: str) -> bool:
    """Quote a window, if it is not quoted yet and there is room, with what it speaks of or without."""
    text = clip(_text(case, window), case.longest, case.own)
    if not window.apart(draft.taken) or not case.verifies(text):
        return False
    words = surface(text, case.own)
    said = (lead, quote(text), f"This speaks of {listed(words)}." if words else "")
    done = draft.add(*said) or draft.add(*said[:2]) or draft.add(said[1])
    if done:
        draft.taken.append((window.start, window.end))
    return done


def _text(case: Case, window: Window) -> str:
    return case.search.text[window.start : window.end] if case.search else ""


def _rebut(case: Case, draft: Draft) -> None:
    """Answer the other side's last quotations: those that are not in the passage, then the strongest that is."""
    cited = case.cited()
    false = [each for each in cited if each.span is None]
    if false:
        draft.add(f"The other side's “{plain(false[0].text, 8)}” does not stand in the passage.")
    true = [each for each in cited if each.span]
    if true:
        strongest = max(true, key=lambda each: (len(_held(case, each)), each.text))
        _narrow(case, draft, strongest)
        _read_on(case, draft, strongest)


def _held(case: Case, cited: Cited) -> set[str]:
    return set(own(cited.answer, case.question)).intersection(content(cited.text))


def _narrow(case: Case, draft: Draft, cited: Cited) -> None:
    """Say which words of its answer the quotation does not hold."""
    missing = surface(plain(cited.answer), set(own(cited.answer, case.question)) - _held(case, cited))
    if missing:
        draft.add(f"The other side's “{plain(cited.text, 6)}” says nothing of {listed(missing, 2)}.")


def _read_on(case: Case, draft: Draft, cited: Cited) -> None:
    """Quote what stands beside the quotation, where that speaks for this side."""
    if case.search is None or cited.span is None:
        return
    for window in case.search.context(*cited.span, case.own):
        if _cite(case, draft, window, "Right beside it stands:"):
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
