"""What is wrong with a tournament whose values are each well-formed, but do not fit together?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit

from pydantic import ValidationError

from debate import intake, plan, protocols
from debate.domain import Endpoint, Protocol, Tournament
from debate.intake import Loc
from debate.protocols import family

Fault = tuple[Loc, str]

PROVIDERS = ("openai", "anthropic", "builtin", "scripted", "replay", "human")
"""What may stand before the slash of a model, besides the names of endpoints."""
_SUCH = {
    "": "openai/gpt-5-mini",
    "openai": "openai/gpt-5-mini",
    "anthropic": "anthropic/claude-haiku-4-5",
    "builtin": "builtin/advocate",
    "human": "human/any",
}
READ = ("full", "quotes", "opening")
"""The views under which people read; the others need a side, or a second debate, that is chosen for a judge."""
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LONGEST = 100  # characters of a name, which heads columns and stands in commands


def faults(tournament: Tournament, *, broken: frozenset[str] = frozenset()) -> Iterator[Fault]:
    """Yield the place and the problem of everything that does not fit.

    Args:
        broken: the tables in which a value had to be left out; what follows from its absence is not told.
    """
    for check in _CHECKS:
        yield from check(tournament, broken)


def _names(tournament: Tournament, broken: frozenset[str]) -> Iterator[Fault]:
    yield from ((("name",), said) for said in _name(tournament.name))
    if tournament.name.startswith("-"):
        yield ("name",), "must not begin with a hyphen, or commands would take it for a flag"
    yield from _distinct("debaters", [player.name for player in tournament.debaters])
    yield from _distinct("judges", [judge.name for judge in tournament.judges])


def _distinct(place: str, names: Sequence[str]) -> Iterator[Fault]:
    for index, name in enumerate(names):
        yield from (((place, index, "name"), said) for said in _name(name))
        if (first := names.index(name)) < index:
            yield (place, index, "name"), f'"{name}" is the name of {place}[{first}] too'


def _name(name: str) -> Iterator[str]:
    if not name.strip():
        yield "is empty"
    elif name != name.strip() or any(unicodedata.category(letter)[0] == "C" for letter in name):
        yield "must be plain text without spaces around it, line breaks or invisible characters"
    elif len(name) > _LONGEST:
        yield f"is longer than {_LONGEST} characters"


def _models(tournament: Tournament, broken: frozenset[str]) -> Iterator[Fault]:
    known = (*PROVIDERS, *tournament.endpoints)
    for loc, model in models(tournament):
        provider, slash, rest = model.partition("/")
        if not slash or not rest.strip() or not provider:
            such = _SUCH.get(model) or (f"{provider}/MODEL" if provider in known else f"openai/{model}")
            yield loc, f'"{model}" is no model; write "provider/model", such as "{such}"'
        elif provider not in known and "endpoints" not in broken:
            others = ", ".join(known)
            hint = intake.near(provider, known) or f"; known are {others}, and what an [endpoints.X] table names"
            yield loc, f'unknown provider "{provider}"{hint}'
        elif provider == "human" and loc[-1] != "model":
            yield loc, "must be a model: people take seats and judge, they do not choose or criticise"


def models(tournament: Tournament) -> Iterator[tuple[Loc, str]]:
    """Yield the place and the name of every model that a tournament calls."""
    for index, player in enumerate(tournament.debaters):
        yield ("debaters", index, "model"), player.model
        for role in ("preference", "critic"):
            if (model := getattr(player, role)) is not None:
                yield ("debaters", index, role), model
    for index, judge in enumerate(tournament.judges):
        yield ("judges", index, "model"), judge.model
    if tournament.intervention == "paraphrase":
        yield ("paraphraser",), tournament.paraphraser


def _candidates(tournament: Tournament, broken: frozenset[str]) -> Iterator[Fault]:
    ruling = {judge.model: judge.name for judge in tournament.judges}
    for index, player in enumerate(tournament.debaters):
        if player.best_of > 1 and player.preference is None:
            yield ("debaters", index, "best_of"), "needs a preference: the model that chooses among the candidates"
        if player.preference in ruling:
            said = f'"{player.preference}" rules as the judge "{ruling[player.preference]}"; choose another model'
            yield ("debaters", index, "preference"), f"{said}, or speeches are picked by the one they must convince"


def _views(tournament: Tournament, broken: frozenset[str]) -> Iterator[Fault]:
    for index, judge in enumerate(tournament.judges):
        if judge.views == ():
            yield ("judges", index, "views"), "is empty; leave it out for the views of the tournament"


def _protocols(tournament: Tournament, broken: frozenset[str]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    known = protocols.families()
    for index, protocol in enumerate(tournament.protocols):
        loc: Loc = ("protocols", index)
        if protocol.name not in known:
            hint = intake.near(protocol.name, known) or f"; known are {', '.join(sorted(known))}"
            yield (*loc, "name"), f'unknown protocol "{protocol.name}"{hint}'
        else:
            yield from ((loc, said) for said in protocols.check(protocol))
            yield from ((loc, said) for said in _unplayable(tournament, protocol))
            yield from (((*loc, "options", *where), said) for where, said in _options(protocol))
        yield from (((*loc, "label"), said) for said in (_name(protocol.label) if protocol.label else ()))
        if protocol.title in seen:
            said = f'is called "{protocol.title}" like protocols[{seen[protocol.title]}]; give one of them a label'
            yield (*loc, "label" if protocol.label else "name"), said
        seen.setdefault(protocol.title, index)
    if not tournament.protocols and not tournament.controls and "protocols" not in broken:
        yield ("protocols",), "nothing is played: name a protocol or a control"


def _arms(tournament: Tournament, broken: frozenset[str]) -> Iterator[Fault]:
    """An arm that is not played, or a view that people are not shown, would leave its judges without a transcript."""
    games = [protocol.title for protocol in plan.protocols(tournament)]
    for index, arm in enumerate(tournament.judging.arms):
        title, _, view = arm.partition("/")
        loc: Loc = ("judging", "arms", index)
        if title not in games and "protocols" not in broken:
            hint = intake.near(title, games) or f"; played are {', '.join(games)}"
            yield loc, f'no game here is called "{title}"{hint}'
        elif view and view not in READ:
            yield loc, f'people are shown the views {", ".join(READ)}, not "{view}"'


def _options(protocol: Protocol) -> Iterator[Fault]:
    """What a game takes besides is a value of its own."""
    taken = family(protocol).options
    try:
        taken.model_validate(protocol.options)
    except ValidationError as exc:
        yield from intake.problems(exc, taken)


def _unplayable(tournament: Tournament, protocol: Protocol) -> Iterator[str]:
    """Where one of two players chooses what it argues, one answer must be left; a seat needs somebody in it."""
    game = family(protocol)
    if tournament.judges and plan.has_seat(protocol) and not any(plan.sitting(tournament, protocol)):
        who = "a model" if game.sits else "one"
        seat = f'protocol "{protocol.title}" has a judge\'s seat, and no judge takes it'
        yield f"{seat}; let {who} of them have sits = true"
    if game.becomes and len(game.seats) == 2 and tournament.answers == "all":
        needs = f'protocol "{protocol.title}" needs answers = "pair"'
        yield f"{needs}: whoever does not choose argues the answer that is left"


def _quorum(tournament: Tournament, broken: frozenset[str]) -> Iterator[Fault]:
    """Tell whether so many judges can rule; where people judge, more may come."""
    few = len(tournament.judges)
    people = any(judge.kind == "human" for judge in tournament.judges)
    if tournament.quorum and tournament.quorum > few and not people and "judges" not in broken:
        yield ("quorum",), f"is {tournament.quorum}, and there {'is one judge' if few == 1 else f'are {few} judges'}"


def _tables(tournament: Tournament, broken: frozenset[str]) -> Iterator[Fault]:
    """Tell whether enough people sit at the table."""
    games = [family(protocol) for protocol in tournament.protocols]
    if not tournament.debaters and "debaters" not in broken and any(game.seats for game in games):
        yield ("debaters",), 'there are none; add a [[debaters]] table or "--debater provider/model"'
    if not tournament.judges and "judges" not in broken and any(game.judged for game in games):
        yield (
            ("judges",),
            'there are none; add a [[judges]] table or "--judge provider/model" (people are "human/NAME")',
        )
    if tournament.debaters and any(len(game.seats) == 2 for game in games):
        yield from _pairing(tournament, broken)


def _pairing(tournament: Tournament, broken: frozenset[str]) -> Iterator[Fault]:
    pairing, count = tournament.pairing, len(tournament.debaters)
    if pairing.kind == "round-robin" and count == 1:
        only = tournament.debaters[0].name
        said = f'a round-robin needs two debaters, and there is only "{only}"; for one against itself'
        yield ("pairing", "kind"), f'{said} say kind = "self-play" (--pairing self-play)'
    if pairing.kind == "swiss" and count < 3:
        yield ("pairing", "kind"), f"a swiss tournament needs three debaters or more, and there are {count}"
    elif pairing.kind == "swiss" and pairing.rounds > (most := count - 1 + count % 2):
        said = f"is {pairing.rounds}, and after {most} rounds each of {count} debaters has met every other"
        yield ("pairing", "rounds"), f"{said}: say {most} or fewer"
    if pairing.kind == "cross" and "pairing" not in broken:
        yield from _cross(tournament)


def _cross(tournament: Tournament) -> Iterator[Fault]:
    names = [player.name for player in tournament.debaters]
    against = tournament.pairing.against
    if not against:
        yield ("pairing", "kind"), 'cross needs "against": the names of the debaters on the second side'
    for index, name in enumerate(against):
        if name not in names:
            hint = intake.near(name, names) or f"; there are {', '.join(names)}"
            yield ("pairing", "against", index), f'no debater is called "{name}"{hint}'
    if against and set(names) <= set(against):
        yield ("pairing", "against"), "names every debater, so nobody is left on the first side"


def _against(tournament: Tournament, broken: frozenset[str]) -> Iterator[Fault]:
    if tournament.pairing.against and tournament.pairing.kind != "cross" and "pairing" not in broken:
        yield ("pairing", "against"), 'is for kind = "cross" only'


def _endpoints(tournament: Tournament, broken: frozenset[str]) -> Iterator[Fault]:
    for name, endpoint in tournament.endpoints.items():
        loc: Loc = ("endpoints", name)
        if name in PROVIDERS:
            hint = f"; to reach it elsewhere set {name.upper()}_BASE_URL" if name in ("openai", "anthropic") else ""
            yield loc, f'"{name}" is a provider of its own; choose another name{hint}'
        elif not name or "/" in name or any(_name(name)):
            yield loc, "the name of an endpoint is plain text without a slash"
        yield from _addresses(loc, endpoint)
        if endpoint.api_key_env is not None and not _VARIABLE.fullmatch(endpoint.api_key_env):
            yield (*loc, "api_key_env"), "must be the name of an environment variable, such as LAB_KEY"
        if endpoint.api_key_env is not None and endpoint.api_key_command is not None:
            yield (*loc, "api_key_command"), "stands beside api_key_env; keep one of them"


def _addresses(loc: Loc, endpoint: Endpoint) -> Iterator[Fault]:
    replicas = (endpoint.base_url,) if isinstance(endpoint.base_url, str) else endpoint.base_url
    if not replicas:
        yield (*loc, "base_url"), "is empty"
    for index, address in enumerate(replicas):
        where = (*loc, "base_url") if isinstance(endpoint.base_url, str) else (*loc, "base_url", index)
        if not _is_address(address):
            yield where, f'"{address}" is no address; it begins with http:// or https:// and names a host'


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


def _prices(tournament: Tournament, broken: frozenset[str]) -> Iterator[Fault]:
    called = {model for _, model in models(tournament)}
    for model in tournament.prices:
        if model not in called and "prices" not in broken:
            hint = intake.near(model, called) or "; write the whole name, provider/model"
            yield ("prices", model), f"no debater, judge, preference or critic is this model{hint}"


_CHECKS: tuple[Callable[[Tournament, frozenset[str]], Iterator[Fault]], ...] = (
    _names,
    _models,
    _candidates,
    _views,
    _protocols,
    _arms,
    _tables,
    _quorum,
    _against,
    _endpoints,
    _prices,
)
