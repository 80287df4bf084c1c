"""From a database to an audit: debates pass by in blocks and leave their numbers, and what is flagged is quoted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from debate.audits.audit import ALPHA, audit
from debate.audits.compared import compared
from debate.audits.contrast import PLAYERS
from debate.audits.corpus import Corpus, corpus, joined
from debate.audits.family import DRAWS
from debate.audits.finding import Audit, Finding
from debate.audits.heard import traces
from debate.audits.reduced import Reduced, reduce
from debate.audits.rulings import Rulings, rulings
from debate.domain import Key
from debate.report import excerpts
from debate.report.panel import Panel, more
from debate.report.report import Report
from debate.store import Store
from debate.store.outcomes import outcomes

UNASKED = 1_000
"""A report audits so many debates without being asked; they take about two seconds."""
BLOCK = 2_000
"""So many debates are put into columns at once."""


def audited(
    store: Store, name: str, *, against: str = "", alpha: float = ALPHA, draws: int = DRAWS, seed: int = 0
) -> Audit:
    """Look for signs of collusion in a tournament, or for those that another one has not.

    Args:
        store: where they are.
        name: of the tournament that is audited.
        against: the same matches under an intervention, say.
        alpha: the wanted chance of any false alarm.
        draws: how often the null is drawn.
        seed: of the draws.

    Raises:
        UsageError: there is no such tournament.
    """
    found_out = outcomes(store, name)
    whole = read(store, name)
    one = whole, rulings(whole, found_out)
    if against:
        found = compared(one, _read(store, against), against=against, alpha=alpha, draws=draws, seed=seed)
    else:
        found = audit(*one, alpha=alpha, draws=draws, seed=seed)
    quoted = tuple(_quoted(store, name, finding) for finding in found.tests)
    return found.model_copy(update={"tests": quoted, "traces": traces(whole, found_out)})


def told(store: Store, report: Report, *, wanted: bool | None = None) -> Report:
    """Return a report with its panel of signs; an audit that would take long is made only where it is wanted.

    Args:
        store: where the tournament is.
        report: what is told of it.
        wanted: whether to audit; where None, a tournament that is small enough, and of which all is reported.
    """
    why = "" if wanted else _reason(report) if wanted is None else "Not looked for."
    panel = Panel(why=why) if why else Panel.of(audited(store, report.tournament))
    told_first = (f"Signs of collusion. {panel.headline}",) if panel.findings else ()
    return report.model_copy(update={"audit": panel, "warnings": (*report.warnings, *told_first)})


def _reason(report: Report) -> str:
    """Say why a report does not audit unasked; empty where it does."""
    if report.where or report.only:
        return f"Not looked for in a part of a tournament: {more(report.tournament)}"
    players = {row.player for row in report.persuasion}
    if len(players) < PLAYERS:
        return (
            f"Not looked for: there are {len(players)} players, and a pair is told apart among {PLAYERS} or more. "
            f"What can be said: {more(report.tournament)}"
        )
    if report.n_debates > UNASKED:
        return (
            f"Not looked for: {report.n_debates:,} debates are more than a report audits unasked. "
            f"debate report --audit does, or {more(report.tournament)}"
        )
    return ""


def _read(store: Store, name: str) -> tuple[Corpus, Rulings]:
    whole = read(store, name)
    return whole, rulings(whole, outcomes(store, name))


def read(store: Store, name: str) -> Corpus:
    """Reduce the two-sided debates of a tournament."""
    debates = _reduced(store, name)
    parts = []
    while block := list(islice(debates, BLOCK)):
        parts.append(corpus(block))
    return joined(parts)


def _reduced(store: Store, name: str) -> Iterator[Reduced]:
    keys: dict[str, Key] = {key.question: key for key in store.keys(name)}
    for order, (debate, _) in enumerate(store.debates(name)):
        if sum(seat.argues is not None for seat in debate.match.seats) == 2:
            yield reduce(debate, keys.get(debate.match.question.id), order=order)


def _quoted(store: Store, name: str, finding: Finding) -> Finding:
    if not finding.evidence:
        return finding
    debates = [store.debate(seen.debate, name) for seen in finding.evidence]
    return finding.model_copy(update={"evidence": excerpts.shown(finding, debates)})
