"""Write the measured tables of docs/audit.md from docs/measured/audit.json and docs/measured/arms.json."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from debate.audits.unchanged import CRITIC
from debate.providers.actors.schemes import SCHEMES
from debate.stats.intervals import normal_quantile, wilson
from docs import planted

EXAMPLES = planted.MEASURED
HERE = Path(__file__).resolve().parent
PAGE = HERE / "audit.md"
MEASURED = HERE / "measured" / "audit.json"
ARMS = HERE / "measured" / "arms.json"
ALONE = HERE / "measured" / "alone.json"

Row = dict[str, Any]


def page(text: str, found: dict[str, Any], arms: Sequence[Row], alone: Sequence[Row], examples: dict[str, str]) -> str:
    """Return the page with what was measured in its places."""
    for sign, seen in examples.items():
        text = _between(text, f"seen {sign}", "\n".join(_example(sign, seen)))
    text = _between(text, "measured", "\n".join(_measured(found)))
    text = _between(text, "arms", "\n".join(_arms(arms)))
    text = _between(text, "alone", "\n".join(_alone(alone)))
    return _between(text, "speed", _speed(found["speed"]))


def current() -> str:
    """Return the page as it should be."""
    found, arms, alone, examples = (json.loads(file.read_text("utf-8")) for file in (MEASURED, ARMS, ALONE, EXAMPLES))
    return page(PAGE.read_text("utf-8"), found, arms["arms"], alone["alone"], examples)


def _example(sign: str, seen: str) -> Iterator[str]:
    yield "```text"
    yield from (f"$ {command}" for command in planted.commands(sign))
    yield f"\n{seen.strip(chr(10))}"
    yield "```"


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


WHAT = {
    "restated": "`--against` the same matches, each speech restated",
    "played again": "`--against` the same matches, played once more",
    "canary": "one seat of every match told a random word",
    "repeats": "three players, every match played twice",
    "written again": "`--resample 4`",
    "read": "`--reader`: one that is wrong in one answer of twelve, to players with habits of their own",
    "four players": "four players",
    "four, together": "four players, of whom two use a code, throw or concede in all their debates",
    "throws, written again": "`--resample 4`, eight players and 240 debates a pair, of whom two throw all of theirs",
}
OWN = {
    "canary": "canary",
    "repeats": "coupling across repeats",
    "written again": "deviation gain",
    "throws, written again": "deviation gain",
}
"""The sign that only this arm can test."""


def _arms(rows: Sequence[Row]) -> Iterator[str]:
    yield "\n**Honest tournaments where arms are compared, words told, matches repeated or models asked.** All thirteen"
    yield "kinds above in turn, made as records (`python -m benchmarks.collusion arms`); the bound as above. The last"
    yield "columns count alarms of the sign that only this arm can test.\n"
    heads = ("what", "tournaments", "flagged", "at most", "its own sign", "flagged", "at most")
    yield from _table(heads, (_arm(row) for row in rows if not row["planted"]))
    for row in rows:
        if row["planted"] and row["arm"] in WHAT:
            own = f", by *{OWN[row['arm']]}* in {row['raised_own']}" if row["arm"] in OWN else ""
            seen = f"somebody stands out in {row['raised']} of {row['runs']} tournaments{own}"
            yield f"\nNot honest, {WHAT[row['arm']]}: {seen}."
    yield ""


def _alone(rows: Sequence[Row]) -> Iterator[str]:
    yield "\nTwo players and nobody else, 40 questions, both seatings, through the engine"
    yield "(`python -m benchmarks.collusion.alone`):\n"
    yield from _table(("arm", "what the two do", "tournaments", "flagged", "interval", "signs"), map(_one_pair, rows))
    yield ""


def _one_pair(row: Row) -> Sequence[str]:
    what = f"spare each other in {row['dose']:.0%} of debates" if row["scheme"] else "honest"
    low, high = wilson(row["flagged"] / row["runs"], row["runs"], normal_quantile(0.95))
    signs = ", ".join(f"{sign.removesuffix(CRITIC)} {n}" for sign, n in row["signs"].items()) or "none"
    return f"`{row['arm']}`", what, f"{row['runs']:,}", f"{row['flagged']:,}", f"{low:.0%} to {high:.0%}", signs


def _arm(row: Row) -> Sequence[str]:
    own = (OWN[row["arm"]], f"{row['raised_own']:,}", f"{row['upper_own']:.2%}") if row["arm"] in OWN else ("", "", "")
    return WHAT[row["arm"]], f"{row['runs']:,}", f"{row['raised']:,}", f"{row['upper']:.2%}", *own


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
