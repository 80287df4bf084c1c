"""What is left of a judge who withdraws? Nothing, or their beliefs under a code of chance, as the study declared.

Either is done in one transaction, after which the file is written anew: what SQLite erases stays in its free pages.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, func, select

from debate.domain import Act, Study, Value, digest
from debate.sanitize import restore
from debate.sanitize import store as escaped
from debate.store import mapping
from debate.store.batch import Record
from debate.store.store import Store
from debate.store.studies.releasing import give_back
from debate.store.studies.sittings import entered
from debate.store.tables import ACT, BELIEF, JUDGMENT, MATCH, SITTING
from debate.store.tallies.tally import EXCLUDED
from debate.studies.assigning import letter

PREFIX = "withdrawn-"
DRAWS = 100_000
"""So many codes are tried for one of which the checks of attention ask what they asked of the judge."""
INVALID = "invalid: "
REMOVED = "the reason was removed with the judge's code"
WRITTEN = ("draft", "note", "mark", "unmark")
"""What is done beside a ruling; nothing that is measured comes of it."""


class Withdrawn(Value):
    """What became of a judge's transcripts."""

    transcripts: int
    code: str = ""
    """The code under which they stay; empty where they were erased."""
    seated: bool = False
    """Whether the tournament names this judge at a seat, which stays as it was pinned."""


def withdraw(store: Store, name: str, judge: str) -> Withdrawn:
    """Erase what a judge did and wrote, or keep their beliefs alone, as the study declared; the unknown are let be.

    Raises:
        UsageError: there is no such tournament.
        StoreError: another process is at work, so that bytes of it are still in the file; to be called again.
    """
    with store.database.writing() as connection:
        found = _withdrawn(connection, name, judge)
    store.database.scrub()
    return found


def _withdrawn(connection: Connection, name: str, judge: str) -> Withdrawn:
    tournament, spec = entered(connection, name)
    ours = (SITTING.c.tournament == tournament, SITTING.c.judge == escaped(judge))
    if not connection.execute(select(SITTING.c.id).where(*ours).limit(1)).first():
        return Withdrawn(transcripts=0)
    seats = [escaped(one.name) for one in spec.judges if one.model == f"human/{judge}"]
    if spec.judging.withdrawal == "anonymise":
        give_back(connection, tournament, judge, "withdrawn")
    joined = SITTING.join(MATCH, MATCH.c.ordinal == SITTING.c.match)
    rows = connection.execute(select(SITTING, MATCH.c.id.label("match_id")).select_from(joined).where(*ours)).all()
    if spec.judging.withdrawal == "erase":
        _erase(connection, rows, judge)
        return Withdrawn(transcripts=len(rows), seated=bool(seats))
    code = _code(judge, _others(connection), [row.match_id for row in rows if row.purpose == "attention"])
    for row in rows:
        _unsign(connection, row, spec.judging, judge, code)
    _unsay(connection, [row.match for row in rows], seats)
    return Withdrawn(transcripts=len(rows), code=code, seated=bool(seats))


def _erase(connection: Connection, rows: Iterable[Row[Any]], judge: str) -> None:
    for row in rows:
        connection.execute(ACT.delete().where(ACT.c.sitting == row.id))
        connection.execute(SITTING.delete().where(SITTING.c.id == row.id))
        for ordinal in connection.scalars(select(JUDGMENT.c.ordinal).where(*_theirs(row, judge))).all():
            connection.execute(BELIEF.delete().where(BELIEF.c.judgment == ordinal))
            connection.execute(JUDGMENT.delete().where(JUDGMENT.c.ordinal == ordinal))


def _theirs(row: Row[Any], judge: str) -> tuple[Any, ...]:
    """Return what holds of a judge's rulings on a transcript's match."""
    return JUDGMENT.c.match == row.match, JUDGMENT.c.judge == escaped(judge), JUDGMENT.c.kind == "human"


def _others(connection: Connection) -> set[str]:
    return set(map(restore, connection.scalars(select(SITTING.c.judge).distinct())))


def _code(judge: str, known: Collection[str], checks: Collection[str]) -> str:
    """Draw a code that nobody has, of which checks of attention ask what they asked of the judge, as it follows of it.

    With more checks than there are draws for it is the code that keeps the most of them.
    """

    def kept(code: str) -> int:
        return sum(letter(code, match) == letter(judge, match) for match in checks)

    best, most = "", -1
    for code in (f"{PREFIX}{secrets.token_hex(3)}" for _ in range(DRAWS)):
        if code not in known and (n := kept(code)) > most:
            best, most = code, n
        if most == len(checks):
            break
    return best


def _unsign(connection: Connection, row: Row[Any], study: Study, judge: str, code: str) -> None:
    """Take out of a transcript's rows whatever is the judge's own, but for what was ruled."""
    rest = connection.execute(select(ACT).where(ACT.c.sitting == row.id).order_by(ACT.c.number)).all()
    connection.execute(ACT.delete().where(ACT.c.sitting == row.id))
    for act in _bare(rest, study):
        connection.execute(ACT.insert().values(**act))
    why = "" if row.state != "invalid" else _reason(INVALID + restore(row.why))[len(INVALID) :]
    state = "skipped" if row.state == "open" else row.state  # of practice, which is given to everyone
    named = {
        "judge": escaped(code),
        "holder": "",
        "until": 0.0,
        "why": escaped(why),
        "at": _day(row.at),
        "state": state,
    }
    connection.execute(SITTING.update().where(SITTING.c.id == row.id).values(named))
    _rename(connection, row, judge, code)


def _bare(rows: Iterable[Row[Any]], study: Study) -> Iterator[Record]:
    """Yield acts without words, marks, times of day and keys; the time that went into what is left out stays."""
    given = {asked.name for asked in study.survey if asked.kind != "text"}
    active = idle = 0
    for row in rows:
        act = mapping.act(row.kind, row.rest)
        active, idle = active + act.active_ms, idle + act.idle_ms
        if act.kind in WRITTEN:
            continue
        text = act.text if act.kind == "answer" and act.about in given else ""
        bare = Act(
            kind=act.kind,
            percent=act.percent,
            text=text,
            about=act.about,
            active_ms=active,
            idle_ms=idle,
            seen=act.seen,
        )
        active = idle = 0
        yield mapping.act_row(row.sitting, row.number, bare, _day(row.at))


def _rename(connection: Connection, row: Row[Any], judge: str, code: str) -> None:
    """Have the rulings on a transcript be the code's, by ids that do not follow from the judge's."""
    theirs = (
        *_theirs(row, judge),
        JUDGMENT.c.channel == "offline",
        JUDGMENT.c.view == row.view,
        JUDGMENT.c.purpose == row.purpose,
    )
    rulings = connection.execute(select(JUDGMENT).where(*theirs).order_by(JUDGMENT.c.ordinal)).all()
    ids = {one.id: digest("v1", [row.match_id, "human", code, row.view, row.id, n]) for n, one in enumerate(rulings)}
    for one in rulings:
        by = one.superseded_by
        named = {
            "id": ids[one.id],
            "judge": escaped(code),
            "reason": "",
            "superseded_by": by and ids.get(by, _reason(by)),
            "at": _day(one.at),
        }
        connection.execute(JUDGMENT.update().where(JUDGMENT.c.ordinal == one.ordinal).values(named))


def _unsay(connection: Connection, matches: Collection[int], seats: Collection[str]) -> None:
    """Take the words and times of day out of rulings from a seat, which has the name that the tournament gives it."""
    c = JUDGMENT.c
    seated = (c.match.in_(matches), c.judge.in_(seats), c.kind == "human", c.channel == "live")
    connection.execute(JUDGMENT.update().where(*seated).values(reason="", at=func.substr(c.at, 1, len("2026-01-31"))))


def _reason(by: str) -> str:
    """Return why a ruling does not count, but for words that may tell of the judge; those of declared rules do not."""
    return by if by.startswith(EXCLUDED) else INVALID + REMOVED


def _day(at: str) -> str:
    return at[:10]
