"""How many calls does a whole plan take, and of what size? A few typical questions are rehearsed for the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from debate import plan, preparing
from debate.domain import Match, Protocol, Question, Tournament, View
from debate.forecast.estimate import Meter, Use
from debate.forecast.expected import Forecast, Line, Model
from debate.forecast.rehearsal import Rehearsed, played, ruled
from debate.prompts import Renderer
from debate.protocols import family
from debate.providers.prices import FREE
from debate.questions.drawing import group
from debate.stats.power import Power, mde

REHEARSED = 3  # questions: a short, a middling and a long one
MANY = 40  # cells from which on one question has to do


def forecast(tournament: Tournament, chosen: Sequence[Question], templates: Mapping[str, str]) -> Forecast:
    """Return what a tournament comes to over its questions; nothing is called and nothing spent."""
    meter, sums, renderer = Meter(tournament), _Sums(), Renderer(templates, secret="")
    few = 1 if sum(1 for _ in plan.cells(tournament)) > MANY else REHEARSED
    for question, times in _typical(chosen, few):
        alike = _alike(tournament, preparing.matches(tournament, [question], templates))
        for cell, some in alike.items():
            _rehearse(tournament, some[0], cell[1], times * len(some), renderer, meter, sums)
    lines = tuple(sums.told())
    models = tuple(_model(name, use, meter) for name, use in sums.models.items())
    return Forecast(
        questions=len(chosen),
        passages=len({group(question) for question in chosen}),
        matches=sum(line.matches for line in lines),
        rulings=sum(line.rulings for line in lines),
        calls=sum(line.calls for line in lines),
        lines=lines,
        models=models,
        likely_usd=sum(model.likely_usd or 0.0 for model in models),
        most_usd=sum(model.most_usd or 0.0 for model in models),
        unpriced=tuple(model.model for model in models if model.likely_usd is None),
        power=_power(chosen, lines),
    )


@dataclass(frozen=True)
class _Place:
    """Which line of the forecast something belongs to."""

    protocol: str
    cell: str
    judge: str | None = None
    view: View | None = None


@dataclass
class _Entry:
    matches: int = 0
    rulings: int = 0
    use: Use = field(default_factory=Use)
    models: dict[str, None] = field(default_factory=dict)

    def line(self, place: _Place) -> Line:
        use = self.use
        return Line(
            **vars(place),
            matches=self.matches,
            rulings=self.rulings,
            calls=use.calls,
            input_tokens=round(use.input_tokens),
            cached_tokens=round(use.cached_tokens),
            output_tokens=round(use.output_tokens),
            likely_usd=None if use.unpriced else use.likely_usd,
            most_usd=None if use.unpriced else use.most_usd,
            models=tuple(self.models),
        )


@dataclass
class _Sums:
    lines: dict[_Place, _Entry] = field(default_factory=dict)
    models: dict[str, Use] = field(default_factory=dict)

    def add(self, place: _Place, calls: Sequence[Rehearsed], meter: Meter, times: int) -> _Entry:
        """Count calls, made so many times, under a place and under their models."""
        entry = self.lines.setdefault(place, _Entry())
        for call in calls:
            use, model = meter.use(call) * times, call.request.sampling.model
            if use.calls:
                entry.use += use
                entry.models[model] = None
                self.models[model] = self.models.get(model, Use()) + use
        return entry

    def told(self) -> Iterator[Line]:
        """Yield the lines protocol by protocol, the playing first."""
        order = list(dict.fromkeys(place.protocol for place in self.lines))
        ranked = sorted(self.lines, key=lambda place: (order.index(place.protocol), place.judge is not None))
        return (self.lines[place].line(place) for place in ranked)


def _alike(tournament: Tournament, matches: Iterable[Match]) -> dict[tuple[str, str, frozenset[int]], list[Match]]:
    """Return matches by protocol, cell and argued answers: those of two seatings, or of repeats, take the same."""
    found: dict[tuple[str, str, frozenset[int]], list[Match]] = {}
    for match in matches:
        argued = frozenset(seat.argues for seat in match.seats if seat.argues is not None)
        found.setdefault((match.protocol.title, _cell(tournament, match), argued), []).append(match)
    return found


def _rehearse(
    tournament: Tournament, match: Match, cell: str, times: int, renderer: Renderer, meter: Meter, sums: _Sums
) -> None:
    """Count what a match takes, so many times over."""
    times *= _stages(tournament, match.protocol)
    title = match.protocol.title
    debate, calls = played(match, renderer)
    sums.add(_Place(title, cell), calls, meter, times).matches += times
    for hearing, asked in ruled(tournament, debate, renderer):
        place = _Place(title, title, hearing.judge.name, hearing.view)
        sums.add(place, asked, meter, times).rulings += times


def _stages(tournament: Tournament, protocol: Protocol) -> int:
    """Return how often players are paired anew."""
    swiss = tournament.pairing.kind == "swiss" and len(family(protocol).seats) == 2
    return tournament.pairing.rounds if swiss else 1


def _cell(tournament: Tournament, match: Match) -> str:
    """Return the name of a match's cell, which tells nothing of who sits where."""
    seats = [seat.player.name for seat in match.seats if seat.player]
    players = tuple(player for player in tournament.debaters if player.name in seats)
    if _stages(tournament, match.protocol) > 1:
        return f"{match.protocol.title} (swiss)"
    both = players * 2 if len(players) < len(seats) else players
    judge = next((seat.judge for seat in match.seats if seat.judge), None)
    does = "asks" if match.protocol.interactive else "sits"
    return plan.Cell(match.protocol, both, judge).name + (f", {judge.name} {does}" if judge else "")


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


def _power(chosen: Sequence[Question], lines: Sequence[Line]) -> Power | None:
    """Return what one judge's rulings on the whole transcripts of the first protocol can show."""
    first = next((line for line in lines if line.judge and line.view == "full"), None)
    clusters = len({group(question) for question in chosen})
    return mde(clusters, first.rulings / clusters) if first else None
