"""A report as one HTML page that needs nothing else: no network, light and dark, fit to be printed.

It says everything without a script; where scripts run, its tables can be sorted.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from debate import sanitize
from debate.audits import telling
from debate.report import appendix, arms, layout, panel, plots, sections, wording
from debate.report.appendix import Line, Part, Term
from debate.report.commands import Commands
from debate.report.lessons import Lesson, runs
from debate.report.report import Report
from debate.stats.estimate import Estimate, Measure

_HERE = Path(__file__).parent
NAV = {
    "accuracy": "Accuracy",
    "comparisons": "Comparisons",
    "proportions": "Every ruling",
    "helped": "Naive rulings",
    "pgr": "Gap recovered",
    "asd": "Scores",
    "persuasion": "Persuasion",
    "ratings": "Ratings",
    "calibration": "Calibration",
    "paths": "Belief",
    "bias": "Bias",
    "agreement": "Agreement",
    "quoted": "Quoted",
    "audit": "Signs",
    "transcripts": "Transcripts",
    "transfer": "Transfer",
    "panels": "Panels",
    "open_role": "Open role",
    "market": "Markets",
    "solo": "Alone",
    "failures": "Set aside",
    "cost": "Cost",
    "terms": "Terms",
    "definitions": "Definitions",
}
"""What the sections of a page are called in its list of sections."""
_HYPHEN = re.compile(r"(?<=[ \[])-(?=\d)")


def render(report: Report, lessons: Sequence[Lesson] = ()) -> str:
    """Return the page. It may load nothing, and the one style sheet and script in it are known by their hashes.

    Args:
        report: what it tells.
        lessons: the transcripts that the report points at, where they are to be shown.
    """
    style, script = ((_HERE / name).read_text("utf-8") for name in ("page.css", "sort.js"))
    full = {name: list(_full(report, name)) for name in NAV}
    told = [(part, term) for rows in full.values() for part, term, _ in rows]
    return _template().render(
        report=report,
        style=Markup(style),
        style_hash=_hash(style),
        script=Markup(script),
        script_hash=_hash(script),
        accuracy=_by(layout.ordered(report.accuracy), lambda row: row.judge or "all judges"),
        comparisons=_by(report.comparisons, lambda row: row.b.rpartition(", ")[2]),
        persuasion=_by(report.persuasion, lambda row: row.protocol),
        ratings=_by(sorted(report.ratings, key=_placed), lambda row: row.role),
        solo=_by(sorted(report.solo, key=lambda row: row.passage), lambda row: row.passage),
        evidence=[row for row in report.evidence if isinstance(row.verified, Estimate)],
        lessons=_by(lessons, lambda lesson: lesson.found.lesson),
        reliability=list(plots.reliability(report)),
        paths=list(plots.paths(report)),
        shares=plots.Scale(),
        differences=plots.Scale(-0.5, 0.5),
        scale=plots.rating_scale(report),
        scores=[row for row in report.asd if isinstance(row.log, Estimate)],
        appendix=full,
        definitions=told,
        defined={part.where(term): part.anchor(term) for part, term in told},
        sections=NAV,
        frame=plots.SIDE,
        long=plots.LONG,
        pad=plots.PAD,
    )


def _full(report: Report, section: str) -> Iterator[tuple[Part, Term, list[Line]]]:
    for part in appendix.of(section):
        yield from ((part, term, lines) for term, lines in part.full(report))


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "parts"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_clean,
    )
    environment.filters |= {
        "percent": _typeset(wording.percent),
        "share": _typeset(wording.share),
        "points": _typeset(wording.points),
        "number": _typeset(wording.number),
        "value": _typeset(wording.value),
        "p_value": wording.p_value,
        "minus": lambda sentence: _HYPHEN.sub("\N{MINUS SIGN}", sentence),
        "side": wording.side,
        "n": lambda measure: f"{measure.n_questions:,}" if isinstance(measure, Estimate) else "0",
        "rulings": lambda measure: f"{measure.n_judgments:,}" if isinstance(measure, Estimate) else "0",
        "known": lambda measure: isinstance(measure, Estimate),
        "whisker": plots.Whisker.of,
        "reason": wording.reason,
        "signed": wording.signed,
        "sentence": lambda said: said[:1].upper() + said[1:],
        "about": layout.about,
        "said_and_right": layout.said_and_right,
    }
    environment.tests["known"] = environment.filters["known"]
    environment.globals |= {
        "label": arms.label,
        "rating_notes": sections.rating_notes,
        "unrecovered": sections.unrecovered,
        "made_of": wording.made_of,
        "cost": wording.cost,
        "chosen": wording.chosen,
        "persuaders": wording.persuaders,
        "favours": wording.favours,
        "exclusions": wording.exclusions,
        "agreement": wording.agreement,
        "commands": lambda report: Commands(report.tournament),
        "never": panel.NEVER,
        "opens": panel.opens,
        "stands": panel.stands,
        "untested": panel.why_untested,
        "feature": telling.feature,
        "runs": runs,
    }
    return environment.get_template("page.html")


def _clean(value: Any) -> Any:
    """Make every text that the template writes safe to show; escaping comes after."""
    return value if not isinstance(value, str) or isinstance(value, Markup) else sanitize.clean(value)


def _typeset(write: Callable[..., str]) -> Callable[..., str]:
    """Return a writer of numbers whose minus is a minus."""

    def typeset(measure: Measure, **more: Any) -> str:
        return write(measure, **more).replace("-", "\N{MINUS SIGN}")

    return typeset


def _by(rows: Any, key: Callable[[Any], Any]) -> list[tuple[Any, list[Any]]]:
    return [(name, list(group)) for name, group in groupby(rows, key=key)]


def _placed(row: Any) -> tuple[str, float]:
    return row.role, -(row.rating.value or 0.0)
