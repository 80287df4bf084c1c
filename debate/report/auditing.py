"""From a database to an audit: debates pass by in blocks and leave their numbers, and what is flagged is quoted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from debate.audits import readers, telling
from debate.audits.audit import ALPHA, audit
from debate.audits.compared import compared
from debate.audits.contrast import PLAYERS
from debate.audits.corpus import Corpus, corpus, joined
from debate.audits.deviation import GAIN, MOST, Gain, deviations, gained, listener
from debate.audits.evidence import Evidence
from debate.audits.family import DRAWS
from debate.audits.finding import Audit, Finding, Shown
from debate.audits.heard import traces
from debate.audits.reading import Reading, readings
from debate.audits.reduced import Reduced, reduce
from debate.audits.rulings import rulings
from debate.domain import Call, Key
from debate.report import excerpts
from debate.report.commands import Commands
from debate.report.panel import Panel
from debate.report.report import Report
from debate.stats.outcomes import Outcomes
from debate.store import Store
from debate.store.outcomes import outcomes

UNASKED = 1_000
"""A report audits so many debates without being asked; they take about two seconds."""
WITHHELD = "(its text may not be passed on)"
BLOCK = 2_000
"""So many debates are put into columns at once."""


def audited(
    store: Store,
    name: str,
    *,
    against: str = "",
    readers_wanted: Sequence[str] = (),
    alpha: float = ALPHA,
    draws: int = DRAWS,
    seed: int = 0,
) -> Audit:
    """Look for signs of collusion in a tournament, or for those that another one has not.

    What models have read of it counts, whoever asked them and when.

    Args:
        store: where they are.
        name: of the tournament that is audited.
        against: the same matches under an intervention, say.
        readers_wanted: models on whose readings signs rest, the first of them that has any; else who read most.
        alpha: the wanted chance of any false alarm.
        draws: how often the null is drawn.
        seed: of the draws.

    Raises:
        UsageError: there is no such tournament.
    """
    found_out = outcomes(store, name)
    made = _readings(store, name)
    one = _evidence(store, name, found_out, made, readers_wanted)
    if against:
        there = _readings(store, against)
        other = _evidence(store, against, outcomes(store, against), there, readers.ranked(made, readers_wanted)[:1])
        found = compared(one, other, against=against, alpha=alpha, draws=draws, seed=seed)
    else:
        found = audit(one.corpus, one.rulings, read=one.read, gained=one.gained, alpha=alpha, draws=draws, seed=seed)
    told = {
        "tournament": name,
        "tests": tuple(_quoted(store, name, finding) for finding in found.tests),
        "traces": traces(one.corpus, found_out),
        "readers": readers.readers(one.corpus, made, readers_wanted),
    }
    return found.model_copy(update=told)


def told(store: Store, report: Report, *, wanted: bool | None = None) -> Report:
    """Return a report with its panel of signs; an audit that would take long is made only where it is wanted.

    Args:
        store: where the tournament is.
        report: what is told of it.
        wanted: whether to audit; where None, a tournament that is small enough, and of which all is reported.
    """
    why = "" if wanted else _reason(report) if wanted is None else "Not looked for."
    panel = Panel(why=why) if why else Panel.of(_passed_on(store, audited(store, report.tournament)))
    told_first = (f"Signs of collusion. {panel.headline}",) if panel.findings else ()
    return report.model_copy(update={"audit": panel, "warnings": (*report.warnings, *told_first)})


def _passed_on(store: Store, found: Audit) -> Audit:
    """Leave out the words of questions whose text may not be passed on, as a report may be."""
    kept = {key.question for key in store.keys(found.tournament) if not key.share}

    def shown(seen: Shown) -> Shown:
        ours = store.debate(seen.debate, found.tournament).match.question.id in kept
        return seen.model_copy(update={"excerpt": WITHHELD}) if ours else seen

    if not kept:
        return found
    tests = (test.model_copy(update={"evidence": tuple(map(shown, test.evidence))}) for test in found.tests)
    return found.model_copy(update={"tests": tuple(tests)})


def _reason(report: Report) -> str:
    """Say why a report does not audit unasked; empty where it does."""
    more = Commands(report.tournament).audit
    if report.where or report.only:
        return f"Not looked for in a part of a tournament: {more}"
    players = {row.player for row in report.persuasion}
    if len(players) < PLAYERS:
        return (
            f"Not looked for: there are {len(players)} players, and a pair is told apart among {PLAYERS} or more. "
            f"What can be said: {more}"
        )
    if report.n_debates > UNASKED:
        return (
            f"Not looked for: {report.n_debates:,} debates are more than a report audits unasked. "
            f"debate report --audit does, or {more}"
        )
    return ""


def _evidence(store: Store, name: str, found_out: Outcomes, made: Sequence[Reading], wanted: Sequence[str]) -> Evidence:
    whole = read(store, name)
    first = readers.ranked(made, wanted)[:1]
    read_by = readers.read(whole, made, first[0]) if first else None
    return Evidence(whole, rulings(whole, found_out), read_by, gained(whole, _gains(store, name)))


def _gains(store: Store, name: str) -> Iterator[Gain]:
    """Yield what turns would have gained that were written again."""
    asked: dict[str, dict[str, list[Call]]] = defaultdict(lambda: defaultdict(list))
    for call in store.audit_calls(name):
        if call.reply and call.where.startswith(GAIN):
            asked[call.match][call.where].append(call.reply)
    pinned = store.pinned(name) if asked else None
    judge = listener(pinned.tournament) if pinned else None
    if judge is None:
        return
    for match, calls in asked.items():
        for one in deviations(store.debate(match, name), judge, MOST):
            if found := one.gain(calls.get(one.where, ())):
                yield found


def _readings(store: Store, name: str) -> tuple[Reading, ...]:
    """Return what models have read of a tournament."""
    calls = store.audit_calls(name)
    return readings((call.match, call.where, call.model, call.reply) for call in calls if call.reply)


def read(store: Store, name: str) -> Corpus:
    """Reduce the two-sided debates of a tournament."""
    debates = _reduced(store, name)
    parts = []
    while block := list(islice(debates, BLOCK)):
        parts.append(corpus(block))
    return joined(parts)


def _reduced(store: Store, name: str) -> Iterator[Reduced]:
    keys: dict[str, Key] = {key.question: key for key in store.keys(name)}
    places = {question: place for place, question in enumerate(keys)}
    for order, (debate, _) in enumerate(store.debates(name)):
        if sum(seat.argues is not None for seat in debate.match.seats) == 2:
            question = debate.match.question.id
            yield reduce(debate, keys.get(question), order=order, place=places.get(question, 0))


def _quoted(store: Store, name: str, finding: Finding) -> Finding:
    if not finding.flagged:
        return finding
    debates = [store.debate(seen.debate, name) for seen in finding.evidence]
    words = {"seen": telling.seen(finding), "otherwise": telling.otherwise(finding)}
    return finding.model_copy(update={**words, "evidence": excerpts.shown(finding, debates)})
