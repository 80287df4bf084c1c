"""A report as one HTML page that needs nothing else: no network, no script, light and dark, fit to be printed."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, StrictUndefined

from debate import sanitize
from debate.report import terminal
from debate.report.report import Report
from debate.stats.estimate import Estimate, Measure

_TEMPLATE = Path(__file__).with_name("page.html")


def render(report: Report) -> str:
    """Return the page."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {
        "percent": terminal.percent,
        "number": terminal.number,
        "clean": sanitize.clean,
        "left": _left,
        "known": lambda measure: isinstance(measure, Estimate),
    }
    template = environment.from_string(_TEMPLATE.read_text("utf-8"))
    rows = [(row, terminal.name(row)) for row in terminal.order(report.accuracy)]
    return template.render(report=report, rows=rows)


def _left(measure: Measure, which: str = "value") -> str:
    """Return where on an axis from 0 to 100 a value, or an end of its interval, stands."""
    at = getattr(measure, which, None)
    at = measure.value if at is None else at
    return f"{100 * (at or 0.0):.1f}"
