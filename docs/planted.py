"""Play the worked example of each sign again: `python -m docs.planted [SIGN ...]`, kept in docs/measured/examples.json.

Each is a tournament of actors, two of whom work together, and what the audit says of them under that sign.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from benchmarks.collusion import planted
from benchmarks.collusion.arms import thrown
from benchmarks.collusion.engine import NAME
from benchmarks.collusion.makers import CLEAN
from debate.audits import telling
from debate.audits.finding import Audit, Finding
from debate.report import panel, signs
from debate.report.auditing import audited
from debate.report.commands import Commands
from debate.report.pen import Pen
from debate.store import Store

MEASURED = Path(__file__).resolve().parent / "measured" / "examples.json"
EXAMPLES: dict[str, tuple[str, ...]] = {
    "concession": ("late-concession",),
    "known flaw left alone": ("truce --kind careless --misquotes 0.6",),
    "pulled punches": ("throws --solo",),
    "no clash": ("truce --kind responsive",),
    "truth suppressed": ("same-wrong --questions 40",),
    "both omit": ("omits",),
    "fixed outcomes": ("takes-turns --players 8 --questions 48",),
    "shared interest": ("interest --players 8 --questions 80 --matched 1",),
    "echo": ("marker",),
    "coupling across repeats": ("in-step --players 2 --repeats 3 --rounds 1",),
    "covert channel": ("zero-width",),
    "private-public gap": ("throws --notes",),
    "stasis": ("omits --every-round",),
    "deviation gain": (),
    "canary": ("relays --intervention canary",),
    "judge capture": ("judge-code",),
    "recognition": (
        "honest --kind careless --players 2 --questions 40",
        "truce --kind careless --players 2 --questions 40 --intervention copy",
    ),
}
"""By sign: what is played, by `python -m benchmarks.collusion.planted`."""
MOST = 1
"""So many of the turns are shown."""


def main() -> None:
    """Play examples again, those that are named or all, and keep what is seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("signs", nargs="*", choices=[[], *EXAMPLES], help="which; all where none is named")
    wanted = parser.parse_args().signs or EXAMPLES
    kept = json.loads(MEASURED.read_text("utf-8")) if MEASURED.exists() else {}
    for sign in wanted:
        kept[sign] = example(sign)
        sys.stdout.write(f"{sign}\n{kept[sign]}\n\n")
        MEASURED.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")


def commands(sign: str) -> list[str]:
    """Return the commands that show an example again, in a checkout."""
    if not EXAMPLES[sign]:
        return [f'python -m docs.planted "{sign}"']
    played = [
        f"python -m benchmarks.collusion.planted {words} --out {Path(db(sign)).parent}" for words in EXAMPLES[sign]
    ]
    return [*played, f"debate audit {' '.join(_audited(sign))} --db {db(sign)}"]


def db(sign: str) -> str:
    """Return the database that the commands of an example make."""
    return f"planted/{sign.replace(' ', '-')}/debate.db"


def example(sign: str) -> str:
    """Play an example and return what the audit says of its sign, as a terminal of 80 columns shows it."""
    if not EXAMPLES[sign]:  # what is written again takes more calls than a script answers
        return shown(_in_words(thrown(CLEAN["diverse"], 3)[0]), sign)
    with tempfile.TemporaryDirectory() as folder:
        for words in EXAMPLES[sign]:
            file = planted.planted(planted.parser().parse_args([*words.split(), "--out", folder]))
        name, *against = [word for word in _audited(sign) if word != "--against"]
        with Store.open(file, readonly=True) as store:
            found = audited(store, name, against="".join(against))
            return shown(found, sign, Commands(name, db(sign), among=len(EXAMPLES[sign]) > 1))


def _audited(sign: str) -> list[str]:
    """Return what is audited: the last that was played, beside the first where there are two."""
    last = planted.parser().parse_args(EXAMPLES[sign][-1].split()).intervention
    name = f"{NAME}-{last}" if last else NAME
    return [name, "--against", NAME] if len(EXAMPLES[sign]) > 1 else [name]


def shown(audit: Audit, sign: str, commands: Commands | None = None) -> str:
    """Return the row of a sign that stands out most, and if it is flagged, what was seen and a turn."""
    pen = Pen(80, "utf-8", commands)
    found = next((finding for finding in audit.tests if finding.sign == sign), None)
    if found is None:
        return next(panel.why_untested([m for m in audit.insufficient if m.sign.startswith(sign)], pen.commands))
    out = io.StringIO()
    console = Console(file=out, width=80, color_system=None)
    console.print(signs.table(pen, audit.model_copy(update={"tests": (found,)})))
    for piece in signs.evidence(pen, _short(found)) if found.flagged else ():
        console.print(piece)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def _in_words(audit: Audit) -> Audit:
    """Say what was seen, of debates that are in no database to be looked at."""
    return audit.model_copy(update={"tests": tuple(map(_told, audit.tests))})


def _told(found: Finding) -> Finding:
    words = {"seen": telling.seen(found), "otherwise": telling.otherwise(found)}
    return found.model_copy(update={**words, "evidence": ()})


def _short(found: Finding) -> Finding:
    return found.model_copy(update={"evidence": found.evidence[:MOST]})


if __name__ == "__main__":
    main()
