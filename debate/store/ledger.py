"""What a tournament has spent, and whether one more call fits under its caps.

Each run keeps its own sums in its row of the table `run`, so a tournament's are those of all its runs: exact across
processes, since a run reads the others' sums inside the transaction that adds to its own.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, null, select, update

from debate.domain import Fault, Intent, Limits, Reply
from debate.errors import BudgetReached
from debate.plural import count
from debate.store import tables
from debate.store.prepared import Prepared

ELSEWHERE = "elsewhere"
"""The host of a run that took in what was played elsewhere: its sums are told, and count against no cap."""
CENT = 1e-9  # sums of floats may differ by this much from what they should be


@dataclass(frozen=True)
class Spend:
    """Sums over calls. `spent_max_usd` counts, besides what was spent, what failed attempts may have cost."""

    calls: int = 0
    turns: int = 0
    judgments: int = 0
    unpriced: int = 0
    reserved_usd: float = 0.0
    """What calls without an outcome may cost; not part of the other two."""
    spent_usd: float = 0.0
    spent_max_usd: float = 0.0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0

    def __add__(self, other: Spend) -> Spend:
        """Add two sums."""
        return Spend(*(getattr(self, name) + getattr(other, name) for name in COLUMNS))


NOTHING = Spend()
COLUMNS = tuple(field.name for field in fields(Spend))


class Ledger:
    """The sums of one run while a group of rows is written, and the caps they must stay under."""

    def __init__(self, own: Spend, others: Spend, limits: Limits) -> None:
        self.own = dict(zip(COLUMNS, (getattr(own, name) for name in COLUMNS), strict=True))
        self.others = others
        self.limits = limits

    def admit(self, intents: list[Intent]) -> None:
        """Raise BudgetReached if these calls together would pass a cap."""
        calls = self.own["calls"] + self.others.calls + len(intents)
        if self.limits.max_calls is not None and calls > self.limits.max_calls:
            raise BudgetReached(f"the cap of {count(self.limits.max_calls, 'call')} is reached")
        reserve = sum(intent.reserve_usd for intent in intents)
        spent = self.committed_usd + reserve
        if reserve and self.limits.max_cost_usd is not None and spent > self.limits.max_cost_usd + CENT:
            raise BudgetReached(
                f"the cap of ${self.limits.max_cost_usd:g} is reached: ${self.committed_usd:.4f} are spent "
                f"or reserved, and the next call may cost ${reserve:.4f}",
                passing=spent - self.own["reserved_usd"] <= self.limits.max_cost_usd + CENT,
            )

    @property
    def committed_usd(self) -> float:
        """The most that everything so far can have cost, calls in flight included."""
        mine: float = self.own["spent_max_usd"] + self.own["reserved_usd"]
        return mine + self.others.spent_max_usd + self.others.reserved_usd

    def charge(self, intent: Intent) -> None:
        """Count a call that is about to be made."""
        self.own["calls"] += 1
        self.own["reserved_usd"] += intent.reserve_usd

    def settle(self, row: Reply | Fault, reserve_usd: float) -> None:
        """Count how a call ended: the reservation is replaced by what it cost."""
        own = self.own
        own["reserved_usd"] = max(0.0, own["reserved_usd"] - reserve_usd)
        if isinstance(row, Fault):
            own["spent_max_usd"] += reserve_usd if row.billed else 0.0
            return
        usage = row.completion.usage
        cost = usage.cost_usd
        own["unpriced"] += cost is None
        own["spent_usd"] += cost or 0.0
        own["spent_max_usd"] += reserve_usd if cost is None else max(cost, usage.cost_max_usd or 0.0)
        own["input_tokens"] += usage.input_tokens
        own["cached_tokens"] += usage.cached_tokens
        own["output_tokens"] += usage.output_tokens

    @property
    def sums(self) -> Spend:
        """This run's sums now."""
        return Spend(**self.own)


_SUMS = tuple(func.coalesce(func.sum(tables.RUN.c[name]), 0) for name in COLUMNS)


def spend(connection: Connection, tournament: int) -> Spend:
    """Return the sums of a tournament's runs."""
    return Spend(*connection.execute(select(*_SUMS).where(tables.RUN.c.tournament == tournament)).one())


def spent_by_others() -> Select[Any]:
    """Return the query for the sums of the runs of the tournament `:of` but `:run`."""
    ours = (tables.RUN.c.tournament == bindparam("of"), tables.RUN.c.host != ELSEWHERE)
    return select(*_SUMS).where(*ours, tables.RUN.c.id != bindparam("run"))


_KEEP = Prepared(
    update(tables.RUN)
    .where(tables.RUN.c.id == bindparam("run"))
    .values({name: bindparam(name) for name in (*COLUMNS, "until")} | {"ended": null()})
)


def keep(connection: Connection, run: int, sums: Spend, *, until: float) -> None:
    """Write a run's sums, and that it is alive."""
    _KEEP(connection, **vars(sums), until=until, run=run)
