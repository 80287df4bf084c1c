"""The figures of a report, fit for a paper: SVG, PDF and PNG, the same bytes for the same report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from debate import sanitize
from debate.report.figures import judges, players
from debate.report.figures.captions import caption
from debate.report.markdown import text
from debate.report.report import Report

KINDS = ("svg", "pdf", "png")
STYLE: Any = {
    "svg.hashsalt": "debate",
    "pdf.compression": 6,
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.dpi": 150,
    "savefig.bbox": "tight",
    "text.parse_math": False,
}
METADATA: dict[str, dict[str, Any]] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {"Software": None}}
TOLD = {"svg": "Description", "pdf": "Subject", "png": "Description"}
"""Where a file of each kind says what it shows, for those who do not see it."""
CAPTIONS = "captions.md"
DRAWN: dict[str, Callable[[Report], Figure | None]] = {
    "accuracy": judges.accuracy,
    "accuracy-by-rating": players.accuracy_by_rating,
    "ratings": players.ratings,
    "head-to-head": players.head_to_head,
    "sides": players.sides,
    "reliability": judges.reliability,
    "belief-paths": judges.paths,
    "agreement": judges.agreement,
    "bias": judges.bias,
    "cost": judges.cost,
}


def figures(report: Report) -> dict[str, Figure]:
    """Return each figure that the report has numbers for, by name."""
    with mpl.rc_context(STYLE):
        drawn = ((name, draw(report)) for name, draw in DRAWN.items())
        return {name: figure for name, figure in drawn if figure is not None}


def write(report: Report, folder: Path) -> list[Path]:
    """Write every figure in every format into a folder that exists, with a caption for each, and return the files."""
    written, told = [], []
    for name, figure in figures(report).items():
        said = caption(name, report)
        told.append(f"**{name}.** {text(said)}\n")
        with mpl.rc_context(STYLE):
            for kind in KINDS:
                path = folder / f"{name}.{kind}"
                figure.savefig(path, format=kind, metadata={**METADATA[kind], TOLD[kind]: sanitize.line(said)})
                written.append(path)
    if told:
        (folder / CAPTIONS).write_text("\n".join(told), "utf-8")
        written.append(folder / CAPTIONS)
    return written
