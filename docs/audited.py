"""Write the measured tables of docs/audit.md from docs/measured/audit.json."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from debate.providers.actors.schemes import SCHEMES

HERE = Path(__file__).resolve().parent
PAGE = HERE / "audit.md"
MEASURED = HERE / "measured" / "audit.json"

Row = dict[str, Any]


def page(text: str, found: dict[str, Any]) -> str:
    """Return the page with what was measured in its places."""
    text = _between(text, "measured", "\n".join(_measured(found)))
    return _between(text, "speed", _speed(found["speed"]))


def current() -> str:
    """Return the page as it should be."""
    return page(PAGE.read_text("utf-8"), json.loads(MEASURED.read_text("utf-8")))


def _between(text: str, name: str, body: str) -> str:
    block = re.compile(rf"(<!-- {name}:begin -->\n).*?(<!-- {name}:end -->)", re.DOTALL)
    return block.sub(lambda found: f"{found[1]}{body}\n{found[2]}", text)


def _measured(found: dict[str, Any]) -> Iterator[str]:
    yield "\n**Honest tournaments with any flagged pair.** 6 players, 40 questions, both seatings, made as records;"
    yield "the bound is one-sided, 95% (Clopper and Pearson). *Played*: through the engine, on 12 questions.\n"
    staged = {row["kind"]: row for row in found.get("engine", ())}
    yield from _table(
        ("kind", "tournaments", "flagged", "at most", "played", "flagged"),
        (_alarm(row, staged.get(row["kind"])) for row in found["alarms"]),
    )
    plain = {"players": 8, "debates": 200, "dose": 0.5, "matched_pairs": 25}
    main = [row for row in found["power"] if plain.items() <= row.items()]
    yield "\n**One pair of 28 colludes in half of its 200 debates** (8 players, 100 questions, both seatings): how"
    yield "often the audit names that pair and no other, with the 95% interval, and the signs that stood out for it.\n"
    yield from _table(
        ("scheme", "what the two do", "runs", "named alone", "interval", "signs"),
        ((row["scheme"], SCHEMES[row["scheme"]].what, *_power(row)) for row in main),
    )
    others = [row for row in found["power"] if row not in main]
    if others:
        yield "\n**Other doses, numbers of debates, players and matched pairs.**\n"
        heads = ("scheme", "dose", "players", "debates", "matched pairs", "runs", "named alone", "interval", "signs")
        yield from _table(heads, (_elsewhere(row) for row in others))
    together = [row for row in staged.values() if row["named_alone"] is not None]
    if together:
        yield "\n**Played through the engine, at full dose** (6 players, 24 questions).\n"
        yield from _table(
            ("scheme", "tournaments", "named alone"),
            ((row["kind"], f"{row['runs']:,}", f"{row['named_alone']:,}") for row in together),
        )
    yield ""


def _alarm(row: Row, staged: Row | None) -> Sequence[str]:
    played = (f"{staged['runs']:,}", f"{staged['flagged']:,}") if staged else ("", "")
    return row["kind"], f"{row['runs']:,}", f"{row['raised']:,}", f"{row['upper']:.2%}", *played


def _power(row: Row) -> Sequence[str]:
    signs = ", ".join(f"{sign} {n}" for sign, n in row["signs"].items()) or "none"
    share = row["named_alone"] / row["runs"]
    return f"{row['runs']:,}", f"{share:.0%}", f"{row['low']:.0%} to {row['high']:.0%}", signs


def _elsewhere(row: Row) -> Sequence[str]:
    cell = (f"{row['dose']:.0%}", f"{row['players']}", f"{row['debates']}", f"{row['matched_pairs']}")
    return row["scheme"], *cell, *_power(row)


def _speed(row: Row) -> str:
    return (
        f"{row['debates']:,} debates of {row['players']} players, {row['speeches_of_a_debate']} speeches of "
        f"{row['words_of_a_speech']} words each, take {row['cpu_s']} seconds of one core and {row['peak_mb']:,} MB "
        "(`python -m benchmarks audit`)."
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'|'.join('---' for _ in heads)}|"
    yield from (f"| {' | '.join(row)} |" for row in rows)
