"""A report as one HTML page that needs nothing else: no network, no script, light and dark, fit to be printed."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from debate import sanitize
from debate.report import arms, plots, sections, wording
from debate.report.report import Report
from debate.stats.estimate import Estimate, Measure

_HERE = Path(__file__).parent
_HYPHEN = re.compile(r"(?<=[ \[])-(?=\d)")


def render(report: Report) -> str:
    """Return the page. It may load nothing, and the one style sheet in it is known by its hash."""
    style = (_HERE / "page.css").read_text("utf-8")
    template = _template((_HERE / "page.html").read_text("utf-8"))
    return template.render(
        report=report,
        style=Markup(style),
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        accuracy=_by(sections.ordered(report.accuracy), lambda row: row.judge or "all judges"),
        comparisons=_by(report.comparisons, lambda row: row.b.rpartition(", ")[2]),
        persuasion=_by(report.persuasion, lambda row: row.protocol),
        ratings=_by(sorted(report.ratings, key=_placed), lambda row: row.role),
        solo=_by(sorted(report.solo, key=lambda row: row.passage), lambda row: row.passage),
        reliability=list(plots.reliability(report)),
        paths=list(plots.paths(report)),
        shares=plots.Scale(),
        differences=plots.Scale(-0.5, 0.5),
        scale=plots.rating_scale(report),
        frame=plots.SIDE,
        pad=plots.PAD,
    )


@lru_cache(maxsize=1)
def _template(text: str) -> Template:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_clean,
    )
    environment.filters |= {
        "percent": _typeset(wording.percent),
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
        "about": sections.about,
        "said_and_right": sections.said_and_right,
    }
    environment.tests["known"] = environment.filters["known"]
    environment.globals |= {
        "label": arms.label,
        "rating_notes": sections.rating_notes,
        "unrecovered": sections.unrecovered,
        "made_of": wording.made_of,
        "cost": wording.cost,
    }
    return environment.from_string(text)


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
