"""What does a tournament come to before it is run: matches, calls, tokens, money, and what it can detect?

    likely    every reply as long as its limit asks for, the shared part of prompts served from a cache where it may be
    most      every reply as long as it may be, asked for twice, nothing cached; retries of failed calls come on top

A few typical questions are rehearsed and stand for the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from debate import plan, preparing
from debate.domain import Match, Player, Protocol, Question, Tournament, Value, View
from debate.forecast.estimate import Meter, Use
from debate.forecast.rehearsal import Rehearsed, played, ruled
from debate.prompts import Renderer
from debate.protocols import family
from debate.providers.prices import FREE
from debate.questions.drawing import group
from debate.stats.power import Power, mde

REHEARSED = 3  # questions: a short, a middling and a long one
MANY = 40  # cells from which on one question has to do


class Line(Value):
    """What one cell of the plan takes, to be played or to be judged under one view."""

    cell: str
    judge: str | None = None
    """The judge that rules; None for the playing."""
    view: View | None = None
    matches: int = 0
    rulings: int = 0
    calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    likely_usd: float | None = None
    """None where a price is not known."""
    most_usd: float | None = None


class Model(Value):
    """What one model is called for, and what its tokens cost."""

    model: str
    calls: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    likely_usd: float | None
    most_usd: float | None
    paid: bool


class Forecast(Value):
    """What a whole tournament comes to."""

    questions: int
    passages: int
    """Different passages, and questions without one: the units of inference."""
    matches: int
    rulings: int
    calls: int
    lines: tuple[Line, ...]
    models: tuple[Model, ...]
    likely_usd: float
    """Of the models whose price is known."""
    most_usd: float
    playing: float
    """The share of the likely cost that is for playing; the rest is for judging."""
    unpriced: tuple[str, ...]
    power: Power | None
    """For the first protocol and its whole transcripts; None where nothing is judged."""

    @property
    def paid(self) -> bool:
        """Whether anything is paid for, as far as can be told."""
        return any(model.paid and model.calls for model in self.models)


def forecast(tournament: Tournament, chosen: Sequence[Question], templates: Mapping[str, str]) -> Forecast:
    """Return what a tournament comes to over its questions; nothing is called and nothing spent."""
    meter = Meter(tournament)
    sums = _Sums()
    few = 1 if sum(1 for _ in plan.cells(tournament)) > MANY else REHEARSED
    for question, times in _typical(chosen, few):
        for match in preparing.matches(tournament, [question], templates):
            _rehearse(tournament, match, times, Renderer(templates, secret=""), meter, sums)
    models = tuple(_model(name, use, meter) for name, use in sums.models.items())
    lines = tuple(sums.lines[key].line(key) for key in sums.lines)
    likely = sum(model.likely_usd or 0.0 for model in models)
    judging = sum(entry.use.likely_usd for key, entry in sums.lines.items() if key.judge)
    return Forecast(
        questions=len(chosen),
        passages=len({group(question) for question in chosen}),
        matches=sum(line.matches for line in lines),
        rulings=sum(line.rulings for line in lines),
        calls=sum(line.calls for line in lines),
        lines=lines,
        models=models,
        likely_usd=likely,
        most_usd=sum(model.most_usd or 0.0 for model in models),
        playing=1 - judging / likely if likely else 1.0,
        unpriced=tuple(model.model for model in models if model.likely_usd is None),
        power=_power(tournament, chosen, lines),
    )


@dataclass(frozen=True)
class _Place:
    """Which line of the forecast something belongs to."""

    cell: str
    judge: str | None = None
    view: View | None = None


@dataclass
class _Entry:
    matches: int = 0
    rulings: int = 0
    use: Use = field(default_factory=Use)

    def line(self, place: _Place) -> Line:
        use = self.use
        known = not use.unpriced
        return Line(
            **vars(place),
            matches=self.matches,
            rulings=self.rulings,
            calls=use.calls,
            input_tokens=round(use.input_tokens),
            cached_tokens=round(use.cached_tokens),
            output_tokens=round(use.output_tokens),
            likely_usd=use.likely_usd if known else None,
            most_usd=use.most_usd if known else None,
        )


@dataclass
class _Sums:
    lines: dict[_Place, _Entry] = field(default_factory=dict)
    models: dict[str, Use] = field(default_factory=dict)

    def add(self, place: _Place, calls: Sequence[Rehearsed], meter: Meter, times: int) -> _Entry:
        """Count calls, made so many times, under a place and under their models."""
        entry = self.lines.setdefault(place, _Entry())
        for call in calls:
            use = meter.use(call) * times
            entry.use += use
            model = call.request.sampling.model
            self.models[model] = self.models.get(model, Use()) + use
        return entry


def _rehearse(tournament: Tournament, match: Match, times: int, renderer: Renderer, meter: Meter, sums: _Sums) -> None:
    times *= _stages(tournament, match.protocol)
    debate, calls = played(match, renderer)
    sums.add(_Place(_cell(tournament, match)), calls, meter, times).matches += times
    for hearing, asked in ruled(tournament, debate, renderer):
        place = _Place(match.protocol.title, hearing.judge.name, hearing.view)
        sums.add(place, asked, meter, times).rulings += times


def _stages(tournament: Tournament, protocol: Protocol) -> int:
    """Return how often players are paired anew."""
    swiss = tournament.pairing.kind == "swiss" and len(family(protocol).seats) == 2
    return tournament.pairing.rounds if swiss else 1


def _cell(tournament: Tournament, match: Match) -> str:
    """Return the name of a match's cell, which tells nothing of who sits where."""
    sitting = {seat.player.name for seat in match.seats if seat.player}
    players: tuple[Player, ...] = tuple(p for p in tournament.debaters if p.name in sitting)
    seats = [seat for seat in match.seats if seat.player]
    if _stages(tournament, match.protocol) > 1:
        return f"{match.protocol.title} (swiss)"
    both = players * 2 if len(players) == 1 and len(seats) == 2 else players
    judge = next((seat.judge for seat in match.seats if seat.judge), None)
    return plan.Cell(match.protocol, both, judge).name + (f", {judge.name} asks" if judge else "")


def _typical(chosen: Sequence[Question], number: int) -> Iterator[tuple[Question, int]]:
    """Yield a few questions of typical length, and how many each stands for."""
    ranked = sorted(chosen, key=_length)
    number = min(number, len(ranked))
    for part in range(number):
        some = ranked[part * len(ranked) // number : (part + 1) * len(ranked) // number]
        mean = sum(map(_length, some)) / len(some)
        yield min(some, key=lambda question: abs(_length(question) - mean)), len(some)


def _length(question: Question) -> int:
    posed = question.posed
    return len(posed.text) + sum(map(len, posed.answers)) + (len(posed.passage.text) if posed.passage else 0)


def _model(name: str, use: Use, meter: Meter) -> Model:
    price = meter.price(name)
    return Model(
        model=name,
        calls=use.calls,
        input_tokens=round(use.input_tokens),
        cached_tokens=round(use.cached_tokens),
        output_tokens=round(use.output_tokens),
        likely_usd=None if price is None else use.likely_usd,
        most_usd=None if price is None else use.most_usd,
        paid=price != FREE,
    )


def _power(tournament: Tournament, chosen: Sequence[Question], lines: Sequence[Line]) -> Power | None:
    """Return what one judge's rulings on the whole transcripts of the first protocol can show."""
    first = next((line for line in lines if line.judge and line.view == "full"), None)
    if first is None:
        return None
    clusters = len({group(question) for question in chosen})
    return mde(clusters, first.rulings / clusters)
