"""How far is each judge, how do they work, and what would the rules that were declared beforehand exclude?"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from statistics import median
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, select

from debate.domain import Study, Value
from debate.sanitize import restore
from debate.stats.agreement import alpha_nominal, counts
from debate.store import mapping
from debate.store.store import Store
from debate.store.studies.sittings import entered
from debate.store.tables import ACT, JUDGMENT, MATCH, SITTING
from debate.studies.assigning import letter, passed
from debate.studies.ruling import Ruling, agrees, excluded, moved
from debate.studies.sight import RELEASED

FAST_S = 20.0
SLOW = 4.0
"""A ruling that took so many times a judge's own median is an outlier."""


class Progress(Value):
    """How far one judge is, and how they work."""

    judge: str
    open: int
    submitted: int
    skipped: int
    released: int
    """Given back: after too long a silence, on request, or since practice was not passed."""
    invalid: int
    median_active_s: float | None
    fast: int
    """Rulings made in under `FAST_S` seconds: flagged, and still counted."""
    slow: int
    """Rulings that took over `SLOW` times as long as this judge's others."""
    checks: int
    checks_failed: int
    moved: float | None
    """By how many points of belief the judge differs from themselves when asked again, on average."""
    agrees: float | None
    """The share of other people's rulings on the same transcripts that lean the same way."""
    holds: int
    """How many transcripts a process of theirs has open now."""
    uncounted: tuple[str, ...]
    """Why what is not counted is not."""
    seats: int
    """Debates that wait for this judge, who sits in them."""
    given_up: int
    """Debates in which this judge gave up the seat, and which are set aside."""
    excluded: tuple[str, ...]
    """The rules, declared beforehand, by which all that this judge did is excluded."""
    released_for: tuple[str, ...] = ()
    """Why what was given back was."""
    skipped_for: tuple[str, ...] = ()
    """Why the judge skipped what they skipped, in their words."""
    too_fast: tuple[int, ...] = ()
    """The sittings whose rulings the declared rule on time excludes."""


class Overview(Value):
    """All judges of a study."""

    judges: tuple[Progress, ...]
    alpha: float | None
    """Krippendorff's alpha (nominal) of the people's leanings, over transcripts with two rulings or more."""


def overview(store: Store, name: str) -> Overview:
    """Return how far every judge of a tournament is."""
    with store.database.reading() as connection:
        tournament, spec = entered(connection, name)
        sittings = connection.execute(select(SITTING).where(SITTING.c.tournament == tournament)).all()
        rulings = [_ruling(row) for row in _ruled(connection, tournament)]
        gone = select(MATCH.c.ordinal).where(MATCH.c.tournament == tournament, MATCH.c.state == "set-aside")
        aside = set(connection.scalars(gone))
        skips = set(connection.scalars(select(ACT.c.sitting).where(ACT.c.kind == "skip")))
    people = sorted({row.judge for row in sittings})
    judges = tuple(
        _progress(judge, [row for row in sittings if row.judge == judge], rulings, spec.judging, aside, skips)
        for judge in people
    )
    return Overview(judges=judges, alpha=_alpha(rulings))


def progress(store: Store, name: str) -> Iterator[Progress]:
    """Yield how far each judge is."""
    yield from overview(store, name).judges


def _ruled(connection: Connection, tournament: int) -> Sequence[Any]:
    return connection.execute(
        select(
            JUDGMENT.c.judge,
            JUDGMENT.c.match,
            JUDGMENT.c.view,
            JUDGMENT.c.purpose,
            JUDGMENT.c.final,
            JUDGMENT.c.active_s,
            JUDGMENT.c.superseded_by,
            MATCH.c.id,
            SITTING.c.shown,
            SITTING.c.id.label("sitting"),
        )
        .select_from(
            JUDGMENT.join(MATCH, MATCH.c.ordinal == JUDGMENT.c.match).outerjoin(
                SITTING,
                (SITTING.c.match == JUDGMENT.c.match)
                & (SITTING.c.judge == JUDGMENT.c.judge)
                & (SITTING.c.view == JUDGMENT.c.view)
                & (SITTING.c.purpose == JUDGMENT.c.purpose),
            )
        )
        .where(MATCH.c.tournament == tournament, JUDGMENT.c.kind == "human", JUDGMENT.c.final.is_not(None))
        .order_by(JUDGMENT.c.ordinal)
    ).all()


def _ruling(row: Any) -> Ruling:
    return Ruling(
        judge=str(row.judge),
        purpose=str(row.purpose),
        ballot=(int(row.match), str(row.view)),
        match=str(row.id),
        sitting=row.sitting,
        shown=mapping.ints(row.shown) if row.shown else (0, 1),
        final=tuple(json.loads(row.final)),
        active_s=row.active_s,
        stands=row.superseded_by is None,
    )


def _progress(
    judge: str,
    sittings: list[Row[Any]],
    rulings: list[Ruling],
    study: Study,
    aside: Collection[int],
    skips: Collection[int],
) -> Progress:
    states = Counter(row.state for row in sittings)
    released = [row for row in sittings if row.state == "skipped" and row.id not in skips]
    skipped = [row for row in sittings if row.state == "skipped" and row.id in skips]
    mine = [ruling for ruling in rulings if ruling.judge == judge]
    standing = [ruling for ruling in mine if ruling.stands]
    seconds = [ruling.active_s for ruling in standing if ruling.active_s is not None]
    middle = median(seconds) if seconds else None
    checks = [ruling for ruling in standing if ruling.purpose == "attention"]
    failed = sum(not passed(letter(restore(judge), ruling.match), ruling.percent) for ruling in checks)
    changed = moved(standing)
    too_fast = tuple(
        r.sitting for r in standing if r.sitting is not None and r.counts and (r.active_s or 0.0) < study.exclude_fast_s
    )
    return Progress(
        judge=restore(judge),
        open=states["open"] + states["live"],
        submitted=states["submitted"],
        skipped=len(skipped),
        released=len(released),
        invalid=states["invalid"],
        median_active_s=middle,
        fast=sum(second < FAST_S for second in seconds),
        slow=sum(second > SLOW * middle for second in seconds) if middle else 0,
        checks=len(checks),
        checks_failed=failed,
        moved=changed,
        agrees=agrees(judge, rulings),
        holds=sum(bool(row.holder) and row.until > time.time() for row in sittings),
        uncounted=_reasons(row for row in sittings if row.state == "invalid"),
        released_for=_reasons(released),
        skipped_for=_reasons(skipped),
        seats=states["live"],
        given_up=sum(row.match in aside and row.state == "skipped" for row in sittings),
        excluded=tuple(excluded(study, failed, changed)),
        too_fast=too_fast,
    )


def _reasons(rows: Iterable[Row[Any]]) -> tuple[str, ...]:
    return tuple(sorted({restore(row.why).removeprefix(f"{RELEASED}: ") for row in rows if row.why}))


def _alpha(rulings: list[Ruling]) -> float | None:
    times = Counter(ruling.ballot for ruling in rulings if ruling.counts)
    counted = [ruling for ruling in rulings if ruling.counts and times[ruling.ballot] > 1]
    if not counted:
        return None
    ballots = {ballot: n for n, ballot in enumerate(sorted({ruling.ballot for ruling in counted}))}
    table = counts(
        np.array([ballots[ruling.ballot] for ruling in counted], np.int32),
        np.array([ruling.leans + 1 for ruling in counted], np.int32),
    )
    return alpha_nominal(table)
