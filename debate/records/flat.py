"""Which rows of flat tables does a record make? From them every number of a report can be computed again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple, TypeAlias

from debate.stats.evidence import Spans, length, news, united

Line: TypeAlias = Mapping[str, Any]
TIE = 1e-9
"""Beliefs that differ by less are equal."""


class JudgmentRow(NamedTuple):
    """A ruling beside what is right. `right` is 1, 0, or empty where there is no key or no valid ruling."""

    tournament: str
    record: str
    judgment: str
    question: str
    passage: str
    domain: str
    protocol: str
    arm: str
    repeat: int
    agents: str
    """`model`, `human`, `builtin`, or `mixed`: who argued."""
    rounds: int
    judge: str
    judge_kind: str
    judge_model: str
    view: str
    channel: str
    purpose: str
    state: str
    superseded: int
    counts: int
    """1 where a report counts it: valid, of the study, not superseded, on a question whose answer is known."""
    sample: int
    first_shown: int | None
    hears: int | None
    correct: int | None
    right: int | None
    tie: int | None
    p_right: float | None
    p_right_before: float | None
    """Belief before anything was read."""
    confidence: float | None
    chosen: int | None
    """The answer that was believed most; empty on a tie."""
    final: str
    """Beliefs in all answers, as JSON."""
    argued_right: int | None
    """Of a one-sided game, whether the right answer was argued."""
    right_player: str
    """Who argued the right answer, and who a wrong one; empty where nobody did."""
    wrong_player: str
    active_s: float | None
    idle_s: float | None
    at: str
    calls: int
    input_tokens: int
    output_tokens: int
    cost_usd: float | None


class TurnRow(NamedTuple):
    """An utterance, and what it quotes."""

    tournament: str
    record: str
    turn: int
    round: int
    beat: int
    seat: str
    kind: str
    player: str
    player_kind: str
    model: str
    argues: int | None
    argues_right: int | None
    state: str
    conceded: int
    words: int
    quotes: int
    verified: int
    quoted_characters: int
    new_characters: int
    """Of the passage, quoted by nobody in an earlier round."""
    at: str
    calls: int
    input_tokens: int
    output_tokens: int
    cost_usd: float | None
    text: str


class MatchRow(NamedTuple):
    """A debate: what was asked, who sat where, and how far it came."""

    tournament: str
    record: str
    question: str
    question_text: str
    answers: str
    """As a JSON list."""
    correct: int | None
    passage: str
    passage_characters: int
    domain: str
    difficulty: float | None
    protocol: str
    order: str
    rounds: int
    arm: str
    repeat: int
    state: str
    player_1: str
    argues_1: int | None
    player_2: str
    argues_2: int | None
    turns: int
    judgments: int
    revealed_characters: int
    meta: str
    """As JSON."""
    canary: str


class BeliefRow(NamedTuple):
    """What a judge believed after a round."""

    tournament: str
    record: str
    judgment: str
    after_round: int
    p_right: float | None
    p: str
    """Beliefs in all answers, as JSON."""


TABLES: dict[str, type[JudgmentRow] | type[TurnRow] | type[MatchRow] | type[BeliefRow]] = {
    "judgments": JudgmentRow,
    "turns": TurnRow,
    "matches": MatchRow,
    "beliefs": BeliefRow,
}
Row: TypeAlias = JudgmentRow | TurnRow | MatchRow | BeliefRow


def rows(line: Line) -> dict[str, list[Row]]:
    """Return the rows of a record by the name of their table."""
    return {
        "judgments": [judgment(line, ruling) for ruling in line["judgments"]],
        "turns": list(_turns(line)),
        "matches": [_match(line)],
        "beliefs": list(_beliefs(line)),
    }


def judgment(line: Line, ruling: Line) -> JudgmentRow:
    """Return the row of a ruling."""
    question, final, correct = line["question"], ruling["final"], line["question"]["correct"]
    best = sorted(final, reverse=True) if final else []
    tie = bool(best) and best[0] - best[1] < TIE
    chosen = final.index(best[0]) if best and not tie else None
    argued = [seat["argues"] for seat in _sides(line)]
    superseded = ruling["superseded_by"] is not None
    counts = bool(final) and correct is not None and not superseded
    played = max((turn["round"] for turn in line["turns"]), default=0)
    start = next((belief["p"] for belief in ruling["beliefs"] if belief["after_round"] == 0), None)
    return JudgmentRow(
        **_where(line),
        judgment=ruling["id"],
        question=question["id"],
        passage=(question["passage"] or {}).get("id", ""),
        domain=question["domain"],
        protocol=line["protocol"]["name"],
        arm=line["arm"],
        repeat=line["repeat"],
        agents=_agents(line),
        rounds=min(played, 1) if ruling["view"] == "opening" else played,
        judge=ruling["judge"],
        judge_kind=ruling["kind"],
        judge_model=ruling.get("model") or "",
        view=ruling["view"],
        channel=ruling["channel"],
        purpose=ruling["purpose"],
        state=ruling["state"],
        superseded=int(superseded),
        counts=int(counts and (ruling["state"], ruling["purpose"]) == ("valid", "study")),
        sample=ruling["sample"],
        first_shown=ruling["shown"][0] if ruling["shown"] else None,
        hears=ruling["hears"],
        correct=correct,
        right=None if correct is None or not final else int(chosen == correct),
        tie=int(tie) if final else None,
        p_right=_held(final, correct),
        p_right_before=_held(start, correct),
        confidence=best[0] if best else None,
        chosen=chosen,
        final=json.dumps(final) if final else "",
        argued_right=int(argued[0] == correct) if len(argued) == 1 and correct is not None else None,
        right_player=_arguing(line, {correct}),
        wrong_player=_arguing(line, {*argued} - {correct}),
        active_s=ruling["active_s"],
        idle_s=ruling["idle_s"],
        at=ruling.get("at", ""),
        **_used(ruling["usage"]),
    )


def _where(line: Line) -> dict[str, Any]:
    return {"tournament": line["tournament"], "record": line["id"]}


def _used(usage: Line) -> dict[str, Any]:
    return {name: usage[name] for name in ("calls", "input_tokens", "output_tokens", "cost_usd")}


def _held(beliefs: Sequence[float] | None, correct: int | None) -> float | None:
    return None if beliefs is None or correct is None else beliefs[correct]


def _sides(line: Line) -> list[Line]:
    return [seat for seat in line["seats"] if seat["argues"] is not None and seat["player"] is not None]


def _arguing(line: Line, answers: Set[int | None]) -> str:
    """Return who argued one of those answers, where it is known which are right."""
    known = line["question"]["correct"] is not None
    return next((seat["player"] for seat in _sides(line) if known and seat["argues"] in answers), "")


def _agents(line: Line) -> str:
    kinds = sorted({seat["kind"] for seat in _sides(line)[:2]})
    return kinds[0] if len(kinds) == 1 else "mixed" if kinds else ""


def _turns(line: Line) -> Iterator[TurnRow]:
    seats = {seat["seat"]: seat for seat in line["seats"]}
    correct = line["question"]["correct"]
    fresh = _fresh(line, seats)
    for turn in line["turns"]:
        seat = seats[turn["seat"]]
        argues = seat["argues"]
        yield TurnRow(
            **_where(line),
            turn=turn["index"],
            **{name: turn[name] for name in ("round", "beat", "seat", "kind", "state", "text")},
            player=seat["player"] or "",
            player_kind=seat["kind"],
            model=seat.get("model") or "",
            argues=argues,
            argues_right=None if None in (argues, correct) else int(argues == correct),
            conceded=int(turn["conceded"]),
            words=turn["text"].replace("\n", " ").count(" ") + 1,
            quotes=len(turn["quotes"]),
            verified=sum(quote["status"] != "unverified" for quote in turn["quotes"]),
            quoted_characters=length(_spans(turn)),
            new_characters=fresh.get(turn["index"], 0),
            at=turn.get("at", ""),
            **_used(turn["usage"]),
        )


def _spans(turn: Line) -> Spans:
    return [(q["passage_start"], q["passage_end"]) for q in turn["quotes"] if q["status"] != "unverified"]


def _text(line: Line) -> str:
    return (line["question"]["passage"] or {}).get("text") or ""


def _fresh(line: Line, seats: Mapping[str, Line]) -> dict[int, int]:
    """Return by turn how many characters it is the first to quote."""
    argued = [turn for turn in line["turns"] if seats[turn["seat"]]["argues"] is not None]
    argued.sort(key=lambda turn: (turn["round"], turn["index"]))
    counts = news([(turn["round"], _spans(turn)) for turn in argued], lambda: _text(line))
    return {turn["index"]: count for turn, count in zip(argued, counts, strict=True)}


def _match(line: Line) -> MatchRow:
    question, protocol = line["question"], line["protocol"]
    sides = [(seat["player"], seat["argues"]) for seat in _sides(line)]
    (one, argues_1), (two, argues_2) = [*sides, ("", None), ("", None)][:2]
    seats = {seat["seat"]: seat for seat in line["seats"]}
    quoted = united(s for t in line["turns"] if seats[t["seat"]]["argues"] is not None for s in _spans(t))
    return MatchRow(
        **_where(line),
        question=question["id"],
        question_text=question["text"],
        answers=json.dumps(question["answers"], ensure_ascii=False),
        correct=question["correct"],
        passage=(question["passage"] or {}).get("id", ""),
        passage_characters=len(_text(line)),
        domain=question["domain"],
        difficulty=question["difficulty"],
        protocol=protocol["name"],
        order=protocol["order"],
        rounds=max((turn["round"] for turn in line["turns"]), default=0),
        arm=line["arm"],
        repeat=line["repeat"],
        state=line["state"],
        player_1=one,
        argues_1=argues_1,
        player_2=two,
        argues_2=argues_2,
        turns=len(line["turns"]),
        judgments=len(line["judgments"]),
        revealed_characters=length(quoted),
        meta=json.dumps(line["meta"], ensure_ascii=False),
        canary=line["canary"],
    )


def _beliefs(line: Line) -> Iterator[BeliefRow]:
    correct = line["question"]["correct"]
    for ruling in line["judgments"]:
        for belief in ruling["beliefs"]:
            yield BeliefRow(
                **_where(line),
                judgment=ruling["id"],
                after_round=belief["after_round"],
                p_right=_held(belief["p"], correct),
                p=json.dumps(belief["p"]),
            )
