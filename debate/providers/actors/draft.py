"""How does an actor put a speech together: what it claims, quotes and answers, and in which words?"""

from __future__ import annotations

from dataclasses import dataclass, field

from debate.providers.actors.situation import Situation
from debate.providers.actors.style import DOUBTS, FILLERS, LEADS, LINKS, REBUTTALS, Style

FORGED = "and so it was agreed by all who were present"
CONCESSIONS = (
    "I concede that the other answer is right.",
    "I can no longer defend my answer.",
    "I concede the debate.",
)


@dataclass(slots=True)
class Draft:
    """A speech before it is put into words."""

    claim: str
    """The answer that is spoken for."""
    quotes: list[str] = field(default_factory=list)
    forged: bool = False
    """Whether a quotation is made up."""
    rebuts: bool = False
    doubts: bool = False
    fillers: int = 0
    concedes: bool = False
    before: str = ""
    """What is said first, as it is."""
    after: str = ""
    """What is said last, as it is."""


def drafted(at: Situation, style: Style) -> Draft:
    """Draft what an honest actor of this style says."""
    chance = at.chance
    more = style.truth_length if at.right and chance.random() < style.truth_length * 3 else 0.0
    return Draft(
        claim=at.own,
        quotes=_chosen(at, style),
        forged=chance.random() < style.misquotes,
        rebuts=bool(at.heard) and chance.random() < style.responsive,
        doubts=FORGED in at.heard and chance.random() < style.careful,
        fillers=style.fillers + round(style.fillers * more * 3) + chance.choice((-1, 0, 0, 1)),
        concedes=at.right is False and at.round > 1 and chance.random() < style.yields,
    )


def _chosen(at: Situation, style: Style) -> list[str]:
    """Choose sentences to quote: telling ones are found with skill, the others by chance, none twice."""
    found: list[str] = []
    for rank, point in enumerate(at.points):
        salience = style.skill * (1.0 if rank == 0 else 0.5)
        if len(found) < style.quotes and at.chance.random() < salience:
            found.append(point)
    return found


def worded(draft: Draft, at: Situation, style: Style) -> str:
    """Put a draft into words, quotations in tags."""
    chance = at.chance
    said = [draft.before] if draft.before else []
    said.append(f"{style.fond(LEADS, chance)} {draft.claim}.")
    said += [f"{style.fond(LINKS, chance)}: <quote>{quote}</quote>." for quote in draft.quotes]
    if draft.forged:
        said.append(f"{style.fond(LINKS, chance)}: <quote>{FORGED}</quote>.")
    if draft.doubts:
        said.append(chance.choice(DOUBTS))
    if draft.rebuts:
        said.append(chance.choice(REBUTTALS).format(point=_taken_up(at)))
    said += [style.fond(FILLERS, chance) for _ in range(draft.fillers)]
    if draft.concedes:
        said.append(chance.choice(CONCESSIONS))
    return " ".join([*said, draft.after] if draft.after else said)


def _taken_up(at: Situation) -> str:
    """Return some words in a row of what is answered: of a quotation, where there is one."""
    start = at.heard.find("<quote>")
    words = (at.heard[start + 7 :] if start >= 0 else at.heard).replace("</quote>", "").split()
    return " ".join(words[:5]).rstrip(".,:")
