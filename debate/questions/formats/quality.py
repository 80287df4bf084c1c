"""QuALITY (Pang et al. 2022): questions on long articles, in the HTML-stripped JSON Lines files.

A line holds an article and the questions that one writer asked about it; every article stands on two lines. Options
are counted from 1. `validation` is what untimed annotators said, `speed_validation` what readers said who had 45
seconds; a question is `difficult` where fewer than half of those were right. The test split has no labels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from debate import intake
from debate.questions.formats.cells import Cells
from debate.questions.formats.draft import Draft, Drafted, Format, LeftOut, Reader, Settings

_SINGLE = 1  # "yes, there is a single answer choice that is the most correct"
_HTML = ("<p>", "<p ", "<br", "</p>", "<html")
_DISTRACTOR = ("untimed_best_distractor", "untimed_eval3_distractor")  # in the files; in their documentation
_KEPT = ("article_id", "set_unique_id", "question_unique_id", "author", "year", "writer_id")


def reader(_: Path, settings: Settings) -> Reader:
    """Return what reads the lines of a file."""

    def drafts(line: Cells) -> Iterator[Drafted]:
        article = line.text("article")
        if any(mark in article[:2_000].lower() for mark in _HTML):
            raise intake.Fault('article: holds HTML; take the file that is called "htmlstripped"')
        if not line.some("questions"):
            raise intake.Fault("questions: there is none")
        for index, one in enumerate(line.rows("questions")):
            try:
                why = _why_not(one, settings)
                yield LeftOut(why) if why else _draft(line, one, article, place=f"questions[{index}]")
            except intake.Fault as fault:
                yield intake.Fault(f"questions[{index}].{fault}")

    return drafts


FORMAT = Format(
    reader,
    frozenset({"difficulty", "answerable", "context", "untimed", "speed", "tempting", "agreed", "per_story", "seed"}),
    source="QuALITY",
)


def _draft(line: Cells, one: Cells, article: str, *, place: str) -> Draft:
    options = one.texts("options")
    gold = _label(one, "gold_label", options)
    slow = _share(one, "speed_validation", "speed_answer", gold)
    meta: dict[str, Any] = {name: held for name in _KEPT if (held := one.value(name) or line.value(name)) is not None}
    meta["difficult"] = one.value("difficult")
    meta["untimed_accuracy"] = _share(one, "validation", "untimed_answer", gold)
    meta["answerable"] = _share(one, "validation", "untimed_eval1_answerability", _SINGLE)
    meta["context"] = _mean(one, "untimed_eval2_context")
    return Draft(
        text=one.text("question"),
        answers=options,
        correct=None if gold is None else gold - 1,
        distractor=_distractor(one, gold, len(options))[0],
        passage=article,
        title=line.maybe("title"),
        difficulty=None if gold is None or slow is None else 1 - slow,
        domain=line.maybe("source") or "reading",
        tags=tuple(dict.fromkeys(tag.strip() for tag in line.maybe("topic").split(";") if tag.strip())),
        source=", ".join(part for part in ("QuALITY", line.maybe("url")) if part),
        licence=line.maybe("license"),
        meta={name: value for name, value in meta.items() if value is not None},
        place=place,
    )


def _why_not(one: Cells, settings: Settings) -> str:
    """Return which of the filters keeps a question out, or nothing."""
    options = one.texts("options")
    gold = _label(one, "gold_label", options)
    if settings.difficulty != "any" and bool(one.some("difficult")) != (settings.difficulty == "hard"):
        return f"not {settings.difficulty}"
    if settings.agreed and one.some("writer_label") != gold:
        return "the writer meant another answer"
    least: dict[str, Callable[[], float | None]] = {
        "answerable": lambda: _share(one, "validation", "untimed_eval1_answerability", _SINGLE),
        "untimed": lambda: _share(one, "validation", "untimed_answer", gold),
        "context": lambda: _mean(one, "untimed_eval2_context"),
        "tempting": lambda: _distractor(one, gold, len(options))[1],
    }
    for name, measured in least.items():
        wanted = getattr(settings, name)
        if wanted is not None and _known(name, measured()) < wanted:
            return f"{name} below {wanted:g}"
    if settings.speed is not None:
        speed = _known("speed", _share(one, "speed_validation", "speed_answer", gold))
        if speed > settings.speed:
            return f"speed above {settings.speed:g}"
    return ""


def _known(name: str, value: float | None) -> float:
    if value is None:
        raise intake.Fault(f"validation: no annotator says what the filter --{name} asks")
    return value


def _label(one: Cells, name: str, options: tuple[str, ...]) -> int | None:
    """Return an option's number, counted from 1, or None where none is given."""
    number = one.value(name)
    if number is None:
        return None
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(options):
        shown = intake.shown(number)
        raise intake.Fault(f"{name}: {shown} is none of the {len(options)} options, which count from 1")
    return number


def _said(one: Cells, group: str, *names: str) -> list[int]:
    """Return what the annotators said, without those who said nothing."""
    numbers = (held.number(name) for held in one.rows(group) for name in names if name in held)
    return [int(number) for number in numbers if number is not None]


def _share(one: Cells, group: str, name: str, value: int | None) -> float | None:
    """Return the share of annotators who said a value; None where nobody said anything or there is no value."""
    said = _said(one, group, name)
    return sum(number == value for number in said) / len(said) if said and value is not None else None


def _mean(one: Cells, name: str) -> float | None:
    """Return the mean of what the annotators said."""
    said = _said(one, "validation", name)
    return sum(said) / len(said) if said else None


def _distractor(one: Cells, gold: int | None, options: int) -> tuple[int | None, float | None]:
    """Return the wrong option that most annotators called the best distractor, and the share of them who did.

    Of several, it is the one that more readers in a hurry took, and then the first.
    """
    said = _said(one, "validation", *_DISTRACTOR)
    votes = Counter(number for number in said if number != gold and 1 <= number <= options)
    if gold is None or not said:
        return None, None
    if not votes:
        return None, 0.0
    taken = Counter(_said(one, "speed_validation", "speed_answer"))
    best = min(votes, key=lambda number: (-votes[number], -taken[number], number))
    return best - 1, votes[best] / len(said)
