"""Figures: what is drawn, and that the same report gives the same bytes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure

from debate.report import Report, measure
from debate.report.figures import DRAWN, figures, write
from debate.stats.estimate import Estimate
from debate.store import Store
from tests import scripts
from tests.runs import played, spec

HOSTILE = "$x$ <b>\x1b]0;t\x07\u202e"


@pytest.fixture
async def report(tmp_path: Path) -> Report:
    with Store.open(tmp_path / "test.db", create=True) as store:
        await played(
            store, spec(tmp_path, asked=6, controls=("naive", "expert")), scripts.cast(judge=scripts.always_first)
        )
        return measure(store, "test")


def texts(figure: Figure) -> list[str]:
    return [label.get_text() for axes in figure.axes for label in (*axes.get_yticklabels(), *axes.get_xticklabels())]


def test_every_number_of_the_figure_is_in_the_report(report: Report) -> None:
    """The dots of the accuracy figure stand where the estimates are, control first, expert last."""
    figure = figures(report)["accuracy"]
    dots = [np.asarray(line.get_xdata(), float) for line in figure.axes[0].lines if line.get_marker() == "o"]
    drawn = sorted(np.concatenate(dots))
    told = sorted(row.accuracy.value for row in report.accuracy if isinstance(row.accuracy, Estimate))
    assert drawn == pytest.approx(told)
    names = [name for name in texts(figure) if name in {"naive", "debate", "expert"}]
    assert (names[0], names[-1]) == ("naive", "expert")


def test_a_cell_of_the_matrix_is_a_meeting(report: Report) -> None:
    """Each pair has its share and its rulings written in it."""
    figure = figures(report)["head-to-head"]
    written = {text.get_text() for text in figure.axes[0].texts}
    rates = [row.win_rate for row in report.head_to_head]
    assert written == {f"{rate.value:.2f}\n{rate.n_judgments}" for rate in rates if isinstance(rate, Estimate)}


def test_the_same_report_gives_the_same_bytes(report: Report, tmp_path: Path) -> None:
    """SVG, PDF and PNG carry no date and no random name."""
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
    small = report.model_copy(update={"ratings": (), "persuasion": (), "calibration": (), "belief_paths": ()})
    first = write(small, tmp_path / "one")
    assert {path.suffix for path in first} == {".svg", ".pdf", ".png", ".md"}
    for path, again in zip(first, write(small, tmp_path / "other"), strict=True):
        assert path.read_bytes() == again.read_bytes()


def test_names_mean_nothing_to_the_figure(report: Report) -> None:
    """F: a hostile name is neither mathematics, markup nor a terminal's command, and is cut."""
    rows = tuple(row.model_copy(update={"judge": HOSTILE + "x" * 99}) for row in report.accuracy)
    figure = figures(report.model_copy(update={"accuracy": rows, "bias": ()}))["accuracy"]
    (name,) = {line.get_label() for line in figure.axes[0].containers}
    assert "\x1b" not in str(name)
    assert "\u202e" not in str(name)
    assert len(str(name)) <= 48


def test_an_empty_report_has_no_figures(report: Report) -> None:
    """Nothing is drawn of nothing."""
    empty = dict.fromkeys(("accuracy", "ratings", "persuasion", "calibration", "belief_paths", "bias"), ())
    bare = report.model_copy(update=empty | {"head_to_head": ()})
    assert not set(figures(bare)) - {"agreement"}
    assert set(figures(report)) <= set(DRAWN)


def test_every_figure_has_a_caption_in_the_file_and_beside_it(report: Report, tmp_path: Path) -> None:
    """What is drawn, on how many rulings and questions, is told to those who do not see it, too."""
    files = write(report, tmp_path)
    told = (tmp_path / "captions.md").read_text("utf-8")
    for path in files:
        if path.suffix != ".md":
            assert f"**{path.stem}.**" in told
    drawn = (tmp_path / "accuracy.svg").read_text("utf-8")
    assert "n, rulings on questions: " in drawn
    assert "Judge accuracy by protocol" in drawn
    assert (tmp_path / "accuracy.png").read_bytes().count(b"Judge accuracy by protocol") == 1


def test_players_stand_from_strongest_to_weakest(report: Report) -> None:
    """The figure of ratings can be read from its top."""
    figure = figures(report)["ratings"]
    rating = {row.player: row.rating.value or 0.0 for row in report.ratings if row.role == "all"}
    shown = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert shown == sorted(rating, key=lambda name: -rating[name])
