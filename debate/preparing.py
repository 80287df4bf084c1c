"""Everything that can fail before money is spent: questions, templates, accounts, prices, and the pinned plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from debate import plan, prompts, questions, standing
from debate.domain import Judge, Match, Player, Question, Tournament, Value, canonical
from debate.errors import ConfigError, Permanent, PlanChanged
from debate.plural import count
from debate.protocols import rules_told, settled
from debate.providers import Providers, probe
from debate.store import Pinned, Store, give, standings


@dataclass(frozen=True)
class Prepared:
    """A tournament that is pinned and can be run."""

    tournament: Tournament
    matches: int
    added: int


def drawn(tournament: Tournament) -> tuple[Question, ...]:
    """Return the questions that a tournament plays, as they are played.

    Raises:
        InputError: a bank is not valid.
        ConfigError: there are no questions.
    """
    chosen = questions.draw(questions.bank(tournament.questions), sample=tournament.sample, seed=tournament.seed)
    if not chosen:
        raise ConfigError([f"questions: there are none in {', '.join(tournament.questions)}"])
    if tournament.answers == "all":
        return chosen
    return tuple(question.pair(seed=tournament.seed) for question in chosen)


def matches(
    tournament: Tournament,
    chosen: Iterable[Question],
    templates: Mapping[str, str],
    pairings: Iterable[tuple[Player, Player]] | None = None,
) -> Iterator[Match]:
    """Yield the matches of a tournament over its questions, without their keys."""
    chosen = tuple(chosen)
    hashes = {
        protocol.name: prompts.played(templates, protocol.name, settled(protocol).name)
        for protocol in plan.protocols(tournament)
    }
    argued = {q.posed.id: _argued(q, tournament) for q in chosen if len(q.posed.answers) > 2}
    if pairings is None and tournament.pairing.kind == "swiss":
        pairings = plan.swiss(tournament.debaters, {}, frozenset(), seed=tournament.seed, round=0)
    posed = (question.posed for question in chosen)
    return plan.matches(
        tournament, posed, prompts=hashes, argued=argued, pairings=None if pairings is None else tuple(pairings)
    )


def _argued(question: Question, tournament: Tournament) -> tuple[int, ...]:
    """Return the two answers that are argued where all of them stay before the judge."""
    two = question.pair(seed=tournament.seed).posed.answers
    return tuple(i for i, answer in enumerate(question.posed.answers) if answer in two)


def prepare(tournament: Tournament, store: Store) -> Prepared:
    """Pin a tournament, or find it pinned: afterwards its plan, prompts and questions cannot change unnoticed.

    Raises:
        ConfigError, InputError: the file, the templates or the banks are not valid.
        PlanChanged: it is pinned with other settings; nothing is changed.
    """
    pinned = store.pinned(tournament.name)
    tournament = resumed(tournament, pinned)
    templates = pinned.templates if pinned and tournament.prompts is None else prompts.load(tournament.prompts)
    prompts.Renderer(templates, secret="")
    standing.check(store, tournament)
    if pinned and _same(pinned.tournament, tournament) and pinned.templates == templates:
        return Prepared(tournament, _count(store, tournament.name), 0)
    chosen = drawn(tournament)
    if pinned:
        changed = tuple(differences(pinned, tournament, templates, chosen, store))
        if changed:
            raise PlanChanged(tournament.name, changed)
    met = _met(tournament, store) if pinned and tournament.pairing.kind == "swiss" else None
    added = store.pin(tournament, templates, chosen, matches(tournament, chosen, templates, met))
    if pinned and _rulings(tournament) != _rulings(pinned.tournament):
        store.reopen(tournament.name, None, "played")
    return Prepared(tournament, _count(store, tournament.name), added)


def _met(tournament: Tournament, store: Store) -> tuple[tuple[Player, Player], ...]:
    """Return the pairs of the Swiss rounds that have been paired: what is added is played by them, too."""
    met = standings(store, tournament.name).met
    return tuple(pair for pair in combinations(tournament.debaters, 2) if frozenset(p.name for p in pair) in met)


def resumed(tournament: Tournament, pinned: Pinned | None) -> Tournament:
    """Return a tournament as it goes on: who joined its judges later stays, and so does that somebody peeked."""
    if pinned is None:
        return tournament
    old, named = pinned.tournament, {judge.name for judge in tournament.judges}
    later = tuple(judge for judge in old.judges if judge.name in old.rejudged and judge.name not in named)
    rejudged = dict.fromkeys((*old.rejudged, *tournament.rejudged))
    kept = {"judges": (*tournament.judges, *later), "rejudged": tuple(rejudged), "peek": old.peek or tournament.peek}
    return tournament.model_copy(update=kept)


def prepare_imported(tournament: Tournament, store: Store) -> int:
    """Pin the judges of a tournament that was played elsewhere, and open its debates to them.

    Returns how many debates stay closed, since there is no judge's prompt for the rules they were played by.

    Raises:
        ConfigError: a template is not valid.
    """
    pinned = store.pinned(tournament.name)
    templates = pinned.templates if pinned and pinned.templates else prompts.load(tournament.prompts)
    prompts.Renderer(templates, secret="")
    store.pin(tournament, templates, (), ())
    rules = {
        one.debate.match.id: rules_told(one.debate.match.protocol).name
        for one in give(store, tournament.name)
        if one.done
    }
    known = [match for match, name in rules.items() if f"{name}/judge.md" in templates]
    store.reopen(tournament.name, known, "played")
    return len(rules) - len(known)


def _rulings(tournament: Tournament) -> tuple[object, ...]:
    """Return what decides which rulings are wanted of a debate."""
    return (tournament.views, *(judge.digest for judge in tournament.judges))


def _count(store: Store, name: str) -> int:
    return sum(store.status(name).matches.values())


_FREE = {"limits", "prices", "endpoints"}
"""What may change from one run to the next: none of it is part of what is played."""


def _same(one: Tournament, other: Tournament) -> bool:
    return canonical(one.model_dump(mode="json", exclude=_FREE)) == canonical(
        other.model_dump(mode="json", exclude=_FREE)
    )


def differences(
    pinned: Pinned, tournament: Tournament, templates: Mapping[str, str], chosen: Iterable[Question], store: Store
) -> Iterator[str]:
    """Yield how a tournament differs from the pinned one, pure additions aside."""
    old = pinned.tournament
    for field in ("seed", "answers", "pairing", "intervention", "paraphraser", "stand_ins"):
        if getattr(old, field) != getattr(tournament, field):
            yield f"{field}: {_told(getattr(old, field))} is now {_told(getattr(tournament, field))}"
    if tournament.repeats < old.repeats:
        yield f"repeats: {old.repeats} is now {tournament.repeats}"
    yield from _replaced("debater", old.debaters, tournament.debaters)
    yield from _replaced("judge", old.judges, tournament.judges)
    mine = {protocol.digest for protocol in plan.protocols(tournament)}
    for protocol in plan.protocols(old):
        if protocol.digest not in mine:
            yield f'protocol "{protocol.title}" is gone or has other rules'
    for name in sorted(pinned.templates.keys() | templates.keys()):
        if pinned.templates.get(name) != templates.get(name):
            yield f"prompts/{name} has changed"
    gone = {key.question for key in store.keys(tournament.name)} - {question.posed.id for question in chosen}
    if gone:
        yield f"{count(len(gone), 'question is gone or has changed', 'questions are gone or have changed')}"


def _replaced(
    kind: str, old: tuple[Player, ...] | tuple[Judge, ...], new: tuple[Player, ...] | tuple[Judge, ...]
) -> Iterator[str]:
    known = {item.name: item for item in new}
    for item in old:
        now = known.get(item.name)
        if now is None:
            yield f'{kind} "{item.name}" is gone'
        elif now.digest != item.digest:
            before, after = item.model_dump(), now.model_dump()
            changed = ", ".join(f"{k} {before[k]!r} is now {after[k]!r}" for k in before if before[k] != after[k])
            yield f'{kind} "{item.name}": {changed}'


def _told(value: object) -> str:
    return canonical(value) if isinstance(value, Value) else repr(value)


async def admitted(tournament: Tournament, models: Iterable[str]) -> None:
    """See, before anything is spent, that every model's name, key and endpoint are accepted.

    Raises:
        ConfigError: there is no such model.
        AccountError: a key is missing or rejected.
        Unreachable: an endpoint does not answer.
    """
    async with Providers(tournament.endpoints, limits=tournament.limits) as providers:
        for model in models:
            try:
                await probe(providers.resolve(model), model)
            except Permanent as exc:
                raise ConfigError([str(exc)]) from exc
