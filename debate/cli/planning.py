"""How a plan is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from debate.domain import Study, Tournament
from debate.forecast import Forecast, Line
from debate.plural import count
from debate.stats.power import ASSUMED
from debate.studies.paying import Effort, effort

if TYPE_CHECKING:
    from debate.cli.page import Page
    from debate.forecast.detection import Detectable
    from debate.stats.power import Power

NOTES = (
    "likely: every speech as long as its limit, shared parts of prompts from the cache where they can be",
    "most: every reply as long as it may be and asked for twice, nothing cached; retries of failed calls come on top",
)


def show(page: Page, plan: Forecast) -> None:
    """Print what a tournament comes to."""
    page.say(
        f"{count(plan.questions, 'question')} on {count(plan.passages, 'passage')}, "
        f"{count(plan.matches, 'match', 'matches')}, {count(plan.rulings, 'ruling')}, {count(plan.calls, 'call')}\n"
    )
    tokens = ("tokens in", "cached", "out", "likely", "most")
    right = ("matches", "rulings", "calls", *tokens)
    page.table("cell", "matches", "rulings", "calls", *tokens, rows=map(_row, plan.lines), right=right)
    page.say("")
    page.table("model", "calls", *tokens, rows=_models(plan), right=right)
    page.say("", *cost(plan), "", power(plan.power))


def _row(line: Line) -> tuple[Any, ...]:
    what = f"  judged by {line.judge}, {line.view}" if line.judge else ""
    counts = (line.matches or "", line.rulings or "", line.calls)
    return (f"{line.cell}{what}", *counts, *_tokens(line), *_range(line.likely_usd, line.most_usd))


def _models(plan: Forecast) -> Iterator[tuple[Any, ...]]:
    for model in plan.models:
        free = () if model.paid else ("free", "free")
        yield model.model, model.calls, *_tokens(model), *(free or _range(model.likely_usd, model.most_usd))


def _tokens(counted: Any) -> tuple[str, str, str]:
    return _short(counted.input_tokens), _short(counted.cached_tokens), _short(counted.output_tokens)


def _short(number: int) -> str:
    for size, unit in ((1_000_000, "M"), (1_000, "k")):
        if number >= size:
            return f"{number / size:.3g}{unit}"
    return str(number)


def _range(likely: float | None, most: float | None) -> tuple[str, str]:
    return ("unknown", "unknown") if likely is None or most is None else (f"${likely:.2f}", f"${most:.2f}")


def cost(plan: Forecast) -> Iterator[str]:
    """Yield what a plan costs, in words."""
    if not plan.paid:
        yield "cost: nothing, since no paid endpoint is called"
        return
    yield f"cost: likely ${plan.likely_usd:.2f}, at most ${plan.most_usd:.2f}"
    if plan.unpriced:
        yield f"  and what {', '.join(plan.unpriced)} costs, which is not known: a [prices] table can say it"
    yield from (f"  {note}" for note in NOTES)


UNARGUED = ("naive", "expert", "solo", "solo-blind")
"""Lines of a plan that nobody argues in, so that people judge them only where the study names them."""


def people(tournament: Tournament, plan: Forecast) -> Effort | None:
    """Return what a plan asks of human judges, or None where its file says nothing of them."""
    study = tournament.judging
    if study == Study():
        return None
    played: dict[str, int] = {}
    for line in plan.lines:
        played[line.protocol] = played.get(line.protocol, 0) + line.matches
    argued = (title for title in played if title not in UNARGUED)
    arms = [arm.partition("/")[0] for arm in study.arms] or argued
    return effort(study, sum(played.get(arm, 0) for arm in arms), plan.passages)


def asked(effort: Effort) -> str:
    """Say what a plan asks of human judges."""
    said = (
        f"people: {count(effort.judges, 'judge', 'judges')} reading {effort.transcripts} each, "
        f"{count(effort.rulings, 'ruling that counts', 'rulings that count')}, "
        f"{effort.hours:.1f} hours in all"
    )
    if effort.most:
        said += f"; pay {effort.pay:.2f} {effort.currency}"
        said += f", with bonuses at most {effort.most:.2f}" if effort.most > effort.pay else ""
    return said


def power(power: Power | None) -> str:
    """Say what a plan can detect."""
    if power is None:
        return "nothing is judged, so there is no effect to detect"
    if power.paired is None:
        return "too few questions to detect any difference in accuracy"
    apart = "none" if power.unpaired is None else f"{100 * power.unpaired:.0f} points"
    return (
        f"smallest difference in accuracy that can be shown: {100 * power.paired:.0f} points between arms on the same "
        f"{count(power.n_questions, 'passage')} with {power.per_question:.3g} rulings each, "
        f"{apart} on as many different ones ({assumed(power)})"
    )


def assumed(power: Power) -> str:
    """Say on what a smallest difference rests."""
    return (
        f"{power.power:.0%} power, {power.alpha:.0%} two-sided; {power.source}: discordance {power.discordance:.2g}, "
        f"correlation {power.correlation:.2g}"
    )


def detected(page: Page, found: Sequence[Detectable]) -> None:
    """Print what each planned comparison can show, and the questions that a wanted difference takes."""
    if not found:
        page.say("", "no two arms of the plan are ruled on by one judge, so no comparison is planned")
        return
    wanted = found[0].wanted
    more = "" if wanted is None else f", and the passages that {100 * wanted:g} points take"
    page.say("", f"smallest difference that can be shown, in points{more}")
    heads = ("comparison", "rulings each", "paired", "unpaired", *(("passages, paired", "unpaired ") if wanted else ()))
    page.table(*heads, rows=(_comparison(each)[: len(heads)] for each in found), right=heads[1:])
    page.say(f"rulings each: on a passage, in each arm; {assumed(found[0].power)}")
    for each in found:
        if each.power.source != ASSUMED:
            figures = f"discordance {each.power.discordance:.2g}, correlation {each.power.correlation:.2g}"
            page.say(f"{each.a} - {each.b}, {each.judge}: {figures}, {each.power.source}")


def _comparison(each: Detectable) -> tuple[str, ...]:
    """Return what a table says of a comparison; what is taken from data stands below what is assumed."""
    name = f"{each.a} - {each.b}, {each.judge}"
    return (
        name if each.power.source == ASSUMED else f"  {each.power.source.partition(':')[0]}",
        f"{each.power.per_question:.3g}, {each.power.per_question_b or each.power.per_question:.3g}",
        _points(each.power.paired),
        _points(each.power.unpaired),
        _many(each.questions_paired),
        _many(each.questions_unpaired),
    )


def _points(share: float | None) -> str:
    return "none" if share is None else f"{100 * share:.0f}"


def _many(questions: int | None) -> str:
    return "never" if questions is None else f"{questions:,}"
