"""What the template of a page may call, and how it is read: every text in it is made safe, and escaped."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from debate import sanitize
from debate.audits import telling
from debate.report import arms, layout, panel, plots, sentences, wording
from debate.report.commands import Commands
from debate.report.lessons import runs
from debate.stats.estimate import Estimate, Measure

PARTS = Path(__file__).parent / "parts"
_HYPHEN = re.compile(r"(?<=[ \[])-(?=\d)")


@cache
def template() -> Template:
    """Return the template of a page, with everything that it may call."""
    environment = Environment(
        loader=FileSystemLoader(PARTS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_clean,
    )
    environment.filters |= FILTERS
    environment.tests["known"] = _known
    environment.globals |= FUNCTIONS
    return environment.get_template("page.html")


def _clean(value: Any) -> Any:
    """Make every text that the template writes safe to show; escaping comes after."""
    return value if not isinstance(value, str) or isinstance(value, Markup) else sanitize.clean(value)


def _typeset(write: Callable[..., str]) -> Callable[..., str]:
    """Return a writer of numbers whose minus is a minus."""

    def typeset(measure: Measure, **more: Any) -> str:
        return write(measure, **more).replace("-", "\N{MINUS SIGN}")

    return typeset


def _known(measure: object) -> bool:
    return isinstance(measure, Estimate)


FILTERS: dict[str, Callable[..., Any]] = {
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
    "known": _known,
    "whisker": plots.Whisker.of,
    "reason": wording.reason,
    "signed": wording.signed,
    "sentence": lambda said: said[:1].upper() + said[1:],
    "about": layout.about,
    "said_and_right": layout.said_and_right,
}
FUNCTIONS: dict[str, Any] = {
    "label": arms.label,
    "rating_notes": sentences.rating_notes,
    "unrecovered": sentences.unrecovered,
    "made_of": wording.made_of,
    "cost": sentences.cost,
    "chosen": sentences.chosen,
    "persuaders": sentences.persuaders,
    "favours": sentences.favours,
    "exclusions": sentences.exclusions,
    "agreement": sentences.agreement,
    "commands": lambda report: Commands(report.tournament),
    "never": panel.NEVER,
    "opens": panel.opens,
    "stands": panel.stands,
    "untested": panel.why_untested,
    "feature": telling.feature,
    "runs": runs,
}
