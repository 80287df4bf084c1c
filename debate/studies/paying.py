"""What is a judge of a study paid, and why? And what does a study come to, in people, hours and money? Pure.

Work is paid, whatever comes of it: rulings of practice, checks and rulings that are not counted in the end among it.
The bonus is for what is believed: it is linear in the points, so that it pays best to say what one believes.
"""

from __future__ import annotations

from math import ceil

from debate.domain import Study, Value


class Worked(Value):
    """What one judge has done."""

    judge: str
    rulings: int
    """Handed in, for whatever purpose."""
    uncounted: int = 0
    """Of these, taken out of what is measured."""
    points: tuple[float, ...] = ()
    """Of each ruling that counts, where the right answer is known."""


class Payment(Value):
    """What one judge is paid."""

    judge: str
    amount: float
    currency: str
    reason: str


def payment(study: Study, worked: Worked) -> Payment:
    """Return what a judge is paid: so much for each ruling, and a bonus in proportion to the points."""
    base = study.pay * worked.rulings
    bonus = study.bonus * sum(worked.points) / 100
    said = f"{_many(worked.rulings, 'transcript')} at {study.pay:.2f}"
    if worked.uncounted:
        said += f", {worked.uncounted} of them not counted"
    if study.bonus and worked.points:
        mean = sum(worked.points) / len(worked.points)
        said += f"; bonus {bonus:.2f} for {_many(len(worked.points), 'ruling')}, {mean:.0f} points on average"
    return Payment(judge=worked.judge, amount=round(base + bonus, 2), currency=study.currency, reason=said)


def _many(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"


class Effort(Value):
    """What a study asks of people."""

    rulings: int
    """That count."""
    judges: int
    transcripts: int
    """Read by one judge, checks, practice and repetitions among them."""
    hours: float
    """Of all judges together."""
    pay: float
    """Without the bonus."""
    most: float
    """With a bonus of 100 points for every ruling."""
    currency: str


def effort(study: Study, transcripts: int, passages: int) -> Effort | None:
    """Return what a study comes to, or None where there is nothing to judge.

    Args:
        study: its settings.
        transcripts: how many there are.
        passages: on how many passages they are: a judge meets each once, and those of practice are nobody's study.
    """
    free = passages - study.practice - study.attention
    counted = round(transcripts * max(passages - study.practice, 0) / max(passages, 1))
    each = min(study.items or free, free, counted)
    if each <= 0:
        return None
    rulings = counted * study.overlap
    judges = max(ceil(rulings / each), study.overlap)
    read = each + study.practice + study.attention + min(study.repeat, each)
    extra = judges * (read - each)
    return Effort(
        rulings=rulings,
        judges=judges,
        transcripts=read,
        hours=(rulings + extra) * study.minutes / 60,
        pay=(rulings + extra) * study.pay,
        most=(rulings + extra) * study.pay + rulings * study.bonus,
        currency=study.currency,
    )
