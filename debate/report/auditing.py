"""From a database to an audit: debates pass by in blocks and leave their numbers, and what is flagged is quoted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from debate.audits.audit import ALPHA, audit
from debate.audits.corpus import Corpus, corpus, joined
from debate.audits.family import DRAWS
from debate.audits.finding import Audit, Finding
from debate.audits.reduced import Reduced, reduce
from debate.audits.rulings import rulings
from debate.domain import Key
from debate.report import excerpts
from debate.store import Store
from debate.store.outcomes import outcomes

BLOCK = 2_000
"""So many debates are put into columns at once."""


def audited(store: Store, name: str, *, alpha: float = ALPHA, draws: int = DRAWS, seed: int = 0) -> Audit:
    """Look for signs of collusion in a tournament.

    Raises:
        UsageError: there is no such tournament.
    """
    whole = read(store, name)
    found = audit(whole, rulings(whole, outcomes(store, name)), alpha=alpha, draws=draws, seed=seed)
    return found.model_copy(update={"tests": tuple(_quoted(store, name, finding) for finding in found.tests)})


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
