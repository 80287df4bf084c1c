"""A report as one HTML page that needs nothing else: no network, light and dark, fit to be printed.

It says everything without a script; where scripts run, its tables can be sorted.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from markupsafe import Markup

from debate.report import appendix, layout, plots
from debate.report.appendix import Line, Part, Term
from debate.report.lessons import Lesson
from debate.report.page.template import template
from debate.report.report import Report
from debate.stats.estimate import Estimate

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


def render(report: Report, lessons: Sequence[Lesson] = ()) -> str:
    """Return the page. It may load nothing, and the one style sheet and script in it are known by their hashes.

    Args:
        report: what it tells.
        lessons: the transcripts that the report points at, where they are to be shown.
    """
    style, script = ((_HERE / name).read_text("utf-8") for name in ("page.css", "sort.js"))
    full = {name: list(_full(report, name)) for name in NAV}
    told = [(part, term) for rows in full.values() for part, term, _ in rows]
    return template().render(
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


def _by(rows: Any, key: Callable[[Any], Any]) -> list[tuple[Any, list[Any]]]:
    return [(name, list(group)) for name, group in groupby(rows, key=key)]


def _placed(row: Any) -> tuple[str, float]:
    return row.role, -(row.rating.value or 0.0)
