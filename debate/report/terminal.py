"""A report for a terminal: tables and plots that fit 80 columns, and say more where there are more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import groupby
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text

from debate.plural import count
from debate.report import full, further, sections, sentences, signs, wording
from debate.report.commands import Commands
from debate.report.pen import Pen
from debate.report.report import Report


class Section(NamedTuple):
    """A part of a report under one title."""

    name: str
    """What `--section` calls it."""
    title: str
    about: str
    body: Callable[[Pen, Report], Iterator[RenderableType]]


SECTIONS = (
    Section(
        "accuracy",
        "Accuracy of the judges",
        "how often belief in the right answer was strictly the largest, and the 95% interval",
        sections.accuracy,
    ),
    Section(
        "comparisons",
        "Compared on the same questions",
        "points of accuracy, paired; p by sign flips over questions, corrected by Holm over judges and arms of a kind",
        sections.comparisons,
    ),
    Section(
        "proportions",
        "Every ruling by itself",
        "two proportions, unpaired: what published tables test, and blind to questions that repeat",
        sections.proportions,
    ),
    Section(
        "helped",
        "What became of naive rulings",
        "questions that the judge alone had wrong and then right, and the other way; the rest stayed as they were",
        sections.helped,
    ),
    Section(
        "pgr",
        "Gap recovered between naive and expert",
        "0: no better than the judge alone; 1: as good as the judge with the passage",
        sections.recovered,
    ),
    Section(
        "asd",
        "Score gained by arguing the right answer",
        "agent score difference, by each score; more than 0 rewards being right",
        sections.scores,
    ),
    Section(
        "persuasion",
        "Persuasion",
        "rulings won arguing the right answer (filled) and a wrong one (hollow), ties half",
        sections.persuasion,
    ),
    Section(
        "ratings",
        "Ratings",
        "Bradley-Terry on the Elo scale, mean 1500, over rulings on whole debates between two players",
        sections.ratings,
    ),
    Section(
        "calibration",
        "Calibration on whole debates",
        "confidence against how often it was right; the ECE of a calibrated judge would be below `by chance`",
        sections.calibration,
    ),
    Section(
        "bias",
        "What sways the judges",
        "half of the time is fair: rulings weigh the same whether or not the right answer was favoured",
        sections.bias,
    ),
    Section(
        "paths",
        "Belief in the right answer, round by round",
        "mean belief; a ruling that ended earlier keeps its last; swings cross one half on the way",
        sections.paths,
    ),
    Section(
        "quoted",
        "What was quoted",
        "quotes that stand in the passage; characters that no earlier round had quoted; what was shown in the end",
        sections.quoted,
    ),
    Section(
        "audit",
        "Signs of collusion",
        "what two players do together, beyond what each does with others; corrected over all tests",
        signs.section,
    ),
    Section(
        "agreement",
        "Agreement between judges",
        "of the answers they chose: 1 is perfect, 0 is chance",
        sections.agreement,
    ),
    Section(
        "transfer",
        "Transfer to similar questions",
        "accuracy on new questions after reading about a similar one, and without",
        further.transfer,
    ),
    Section(
        "panels",
        "Judges together",
        "a vote for each judge that ruled validly; with fewer votes than the quorum a panel is inconclusive",
        further.panels,
    ),
    Section(
        "open_role",
        "Where players chose their answer",
        "how often they chose the right one, and how right judges were after a right and after a wrong choice",
        further.chosen,
    ),
    Section(
        "market",
        "Markets and their adversaries",
        "losses: how far a speech moved the market, and cross-entropy to what judges believed in the end, in nats",
        further.markets,
    ),
    Section(
        "solo",
        "Answering alone",
        "what a player answers when nobody argues, without and with the passage",
        further.solo,
    ),
    Section(
        "failures",
        "Set aside",
        "debates with a turn that could not be used, though it was asked for twice; they are not judged",
        further.failures,
    ),
    Section(
        "transcripts",
        "Transcripts to read",
        "the few that teach the most, chosen by numbers alone",
        further.transcripts,
    ),
    Section("cost", "Cost", "", further.cost),
)


NAMES = tuple(section.name for section in SECTIONS)


def render(
    report: Report, *, width: int | None = None, full: Collection[str] = (), commands: Commands | None = None
) -> RenderableType:
    """Return a report as rich prints it, for the console's columns or fewer.

    Args:
        report: what it tells.
        width: the columns that it may have.
        full: the names of the sections that are wanted, and wanted in full; without any, all of them in short.
        commands: what is typed to see more.
    """
    return _Sheet(report, width, full, commands or Commands(report.tournament))


class _Sheet:
    def __init__(self, report: Report, width: int | None, wanted: Collection[str], commands: Commands) -> None:
        self.report = report
        self.width = width
        self.wanted = wanted
        self.commands = commands

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        pen = Pen(min(self.width or options.max_width, options.max_width), console.encoding, self.commands)
        parts = [*_head(pen, self.report)]
        for section in SECTIONS:
            parts += self._part(pen, section)
        parts += [Text(), *_foot(pen, self.report, in_full=bool(self.wanted))]
        for part in parts:
            yield from console.render(part, options.update_width(pen.width))

    def _part(self, pen: Pen, section: Section) -> Iterator[RenderableType]:
        if self.wanted and section.name not in self.wanted:
            return
        found = [*section.body(pen, self.report)]
        if self.wanted:
            found += full.full(pen, self.report, section.name)
        if found:
            yield Text()
            yield pen.text(section.title, "bold")
            if section.about:
                yield pen.text(section.about, "dim")
            yield from found


def _head(pen: Pen, report: Report) -> Iterator[RenderableType]:
    """Say what the report is about, what came out, and what to keep in mind."""
    yield pen.line(report.tournament, "bold")
    states = ", ".join(f"{n:,} {state}" for state, n in report.matches.items()) or "none"
    yield pen.line(f"{wording.made_of(report)}; matches: {states}")
    if models := "; ".join(_models(report)):
        yield pen.line(models, "dim")
    if chosen := sentences.chosen(report):
        yield pen.line(f"only where {chosen}")
    if report.excluded:
        yield pen.line("left out: " + ", ".join(count(n, p) for p, n in report.excluded.items()))
    if report.partial:
        yield pen.text(f" PARTIAL: {report.complete:.0%} of the planned matches are done ", "bold reverse")
    told = ((sentences.exclusions(found), found.headlines, "-", "") for found in report.exclusions)
    for about, said, mark, style in (("", report.headlines, "-", ""), *told, ("", report.warnings, "!", "yellow")):
        if said:
            yield Text()
            if about:
                yield pen.line(about)
            yield from (pen.bullet(mark, sentence, style) for sentence in said)


def _models(report: Report) -> Iterator[str]:
    """Yield the names that are not the model's own, by model."""
    for model, named in groupby(sorted(report.models.items(), key=lambda item: item[1]), key=lambda item: item[1]):
        names = [name for name, _ in named if name not in (model, *model.split("/"))]
        if names:
            yield f"{', '.join(names)}: {model}"


def _foot(pen: Pen, report: Report, *, in_full: bool) -> Iterator[RenderableType]:
    """Say how to read the numbers, and where there are more."""
    unit = "question, or passage where questions share one" if report.unit == "question" else "judgment"
    yield pen.text(f"Intervals are 95%, by {unit}; n counts valid rulings and, behind the stroke, questions.", "dim")
    yield pen.text(full.LEGEND if in_full else "Every measure with its definition: --section all, or one of:", "dim")
    if not in_full:
        yield pen.bullet(" ", " ".join(NAMES), "dim")
    yield pen.text(
        f"debate {report.version}, seed {report.seed}; for programs: --json, --csv DIR; a page: --html FILE", "dim"
    )
