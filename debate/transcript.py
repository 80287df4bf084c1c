"""Who may see what: the brief of a player at a cue, and the ballot of a judge, cut from one debate."""

from __future__ import annotations

from collections.abc import Iterable

from debate.domain import (
    Ballot,
    Beliefs,
    Brief,
    Cue,
    Debate,
    Judge,
    Posed,
    Quote,
    Speech,
    Turn,
    View,
    restater,
    told,
    unseen,
)
from debate.protocols import CHOICE, SILENT, family, rules_told, settled
from debate.protocols.rounds import JUDGE

MASK = "█"


def label(shown: tuple[int, ...], argues: int | None) -> str:
    """Return the letter under which a reader knows an answer and the seat that argues it."""
    return "" if argues is None else chr(ord("A") + shown.index(argues))


def brief(debate: Debate, cue: Cue) -> Brief:
    """Return all that the player at a cue may see.

    Turns of the cue's own beat are hidden even when they are already stored.
    """
    match = debate.match
    seat = match.seat(cue.seat)
    heard = [turn for turn in debate.turns if turn.beat < cue.beat]
    game = family(match.protocol)
    reads = cue.seat != JUDGE and (game.reads or match.protocol.passage)
    return Brief(
        match=match.id,
        question=match.question if reads else _unread(match.question),
        protocol=match.protocol if cue.kind == CHOICE else settled(match.protocol),
        shown=match.shown,
        speeches=_speeches(debate, heard, match.shown, blind=cue.seat == JUDGE or unseen(match)),
        cue=cue,
        label=label(match.shown, seat.argues) or cue.seat,
        argues=seat.argues,
        told=told(match, cue.seat),
        believed=_believed(heard) if game.believed and cue.seat != JUDGE else None,
        restater=restater(match) if seat.argues is not None else "",
        notes=tuple(turn.scratchpad for turn in heard if turn.seat == cue.seat and turn.scratchpad),
    )


def _believed(heard: Iterable[Turn]) -> Beliefs | None:
    """Return what the judge's seat said last that it believes."""
    said = [turn.says.beliefs for turn in heard if turn.seat == JUDGE and turn.says and turn.says.beliefs]
    return said[-1] if said else None


def ballot(
    debate: Debate,
    judge: Judge,
    *,
    view: View = "full",
    shown: tuple[int, ...] | None = None,
    round: int | None = None,
    hears: int | None = None,
    partner: Debate | None = None,
) -> Ballot:
    """Return all that a judge may see of a debate, up to and including a round.

    Args:
        shown: the order in which the answers are displayed; the match's own where None.
        hears: under the view `solo`, the answer whose side is heard.
        partner: under the view `double`, the consultancy that argues the other answer.
    """
    match = debate.match
    order = shown or match.shown
    last = rounds(debate, view)
    until = last if round is None else min(round, last)
    speeches: list[Speech] = []
    for source in (debate, partner) if partner else (debate,):
        heard = [turn for turn in source.turns if turn.round <= until and _heard(source, turn, view, hears)]
        speeches += _speeches(source, heard, order, blind=True)
    if partner:
        speeches.sort(key=lambda speech: (speech.round, speech.label))
    reads = judge.passage or family(match.protocol).judge_reads
    return Ballot(
        match=match.id,
        question=match.question if reads else _unread(match.question),
        protocol=rules_told(match.protocol),
        shown=order,
        view=view,
        hears=hears,
        speeches=tuple(map(_quotes_only, speeches) if view == "quotes" else speeches),
        round=until,
        rounds=last,
        transcript=debate.digest,
    )


def rounds(debate: Debate, view: View) -> int:
    """Return the last round that a view shows."""
    last = max((turn.round for turn in debate.turns), default=0)
    return min(last, 1) if view == "opening" else last


def _unread(question: Posed) -> Posed:
    return question.model_copy(update={"passage": None}) if question.passage else question


def _heard(debate: Debate, turn: Turn, view: View, hears: int | None) -> bool:
    if view == "opening":
        return turn.round <= 1 and turn.seat != JUDGE
    if view == "solo":
        return turn.seat != JUDGE and debate.match.seat(turn.seat).argues == hears
    return True


def _speeches(debate: Debate, turns: Iterable[Turn], shown: tuple[int, ...], *, blind: bool) -> tuple[Speech, ...]:
    """Show turns under letters; those of one beat stand in the order of the letters, so that order tells nothing."""
    speeches = []
    for turn in turns:
        if turn.kind in SILENT:
            continue
        argues = debate.match.seat(turn.seat).argues
        name = label(shown, argues) or turn.seat
        text = _masked(turn) if blind else turn.text
        speeches.append(
            (
                (turn.beat, name),
                Speech(
                    label=name,
                    argues=argues,
                    round=turn.round,
                    index=turn.index,
                    kind=turn.kind,
                    text=text,
                    quotes=turn.quotes,
                    about=turn.about,
                ),
            )
        )
    return tuple(speech for _, speech in sorted(speeches, key=lambda pair: pair[0]))


def _masked(turn: Turn) -> str:
    text = turn.text
    for start, end in turn.names:
        text = text[:start] + MASK * (end - start) + text[end:]
    return text


def _quotes_only(speech: Speech) -> Speech:
    """Keep what the speech quotes truly, one quotation a line."""
    if speech.label == JUDGE:
        return speech
    lines: list[str] = []
    quotes: list[Quote] = []
    at = 0
    for quote in speech.quotes:
        if quote.status != "verified":
            continue
        line = speech.text[quote.start : quote.end]
        quotes.append(quote.model_copy(update={"start": at, "end": at + len(line)}))
        lines.append(line)
        at += len(line) + 1
    return speech.model_copy(update={"text": "\n".join(lines), "quotes": tuple(quotes)})
