"""I9: plain prompts and the full screen are two faces of one sitting: the same answers give the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from textual.pilot import Pilot

from debate.domain import Asked
from debate.tui.judging.clerk import Clerk
from debate.tui.judging.round import by_prompts
from tests.tui.screens import believe, judging, press, reader, write
from tests.tui.studied import acted, answering, plainly, ruled, sat, study

SURVEY = (Asked(name="sure", text="How sure are you?"), Asked(name="why", text="Anything else?", kind="text"))


@dataclass(frozen=True)
class Answers:
    """What a judge does with one transcript of two rounds."""

    beliefs: tuple[int, ...] = (50, 60, 70)
    reason: str = "The sand decides it"
    sure: str = "4"
    skip: str = ""

    @property
    def ends(self) -> bool:
        """Whether the judge decides after the first round."""
        return len(self.beliefs) == 2


JUDGES = (Answers((50, 80), "Heard enough"), Answers(skip="I know it"), Answers((1, 99, 30), sure=""))


def prompts(answers: Answers) -> list[str]:
    """What is typed at plain prompts."""
    if answers.skip:
        return ["skip", answers.skip]
    prior, first, *more = answers.beliefs
    typed = ["", str(prior), "", str(first), "stop" if answers.ends else ""]
    typed += ["", *map(str, more)] if more else []
    return [*typed, answers.reason, "yes", answers.sure, ""]


async def test_both_faces_write_the_same_rows(tmp_path: Path) -> None:
    """I9: three transcripts with beliefs, early ends, a skip and a survey that is partly passed over."""
    by_prompts, by_keys = tmp_path / "plain", tmp_path / "screen"
    for folder in (by_prompts, by_keys):
        folder.mkdir()
    one, other = study(by_prompts, 3, survey=SURVEY), study(by_keys, 3, survey=SURVEY)
    plainly(one, *(line for each in JUDGES for line in prompts(each)))
    async with judging(other) as pilot:
        for each in JUDGES:
            await press(pilot, "enter")
            if each.skip:
                await press(pilot, "x")
                await write(pilot, each.skip)
                await press(pilot, "enter")
                continue
            await press(pilot, "enter")
            await believe(pilot, each.beliefs[0])
            await press(pilot, "enter")
            if each.ends:
                await press(pilot, *f"{each.beliefs[1]:02d}", "d")
            else:
                await believe(pilot, each.beliefs[1])
                await press(pilot, "enter")
                await believe(pilot, each.beliefs[2])
            await write(pilot, each.reason)
            await press(pilot, "enter")
            await write(pilot, each.sure)
            await press(pilot, "enter", "escape")
    assert acted(one) == acted(other)
    assert ruled(one) == ruled(other)
    assert len(ruled(one)) == sum(not each.skip for each in JUDGES)


@dataclass(frozen=True)
class Chance:
    """What somebody does with a transcript of at most two rounds, as chance has it."""

    beliefs: tuple[int, ...]
    reason: str
    sure: str
    mark: tuple[int, int] | None
    """After how many steps from the first sentence, and what it is."""
    note: str
    change: int | None
    """The belief to which the ruling is corrected when everything is handed in."""

    @classmethod
    def of(cls, random: Random) -> Chance:
        """Draw one."""
        beliefs = tuple(random.randint(1, 99) for _ in range(random.choice((2, 3))))
        return cls(
            beliefs=beliefs,
            reason=random.choice(("Sand", "the mate saw it; nobody else", "é ⟨?⟩ [b]")),
            sure=random.choice(("", "1", "5")),
            mark=random.choice((None, (random.randint(0, 2), random.randint(0, 5)))),
            note=random.choice(("", "look again", "B is vague")),
            change=random.choice((None, random.randint(1, 99))),
        )


def typed(one: Chance, *, last: bool) -> Iterator[str]:
    """What is typed at plain prompts: notes and marks after the first round, at its first speech."""
    prior, first, *more = one.beliefs
    yield from ("", str(prior))
    if one.mark:
        at, tag = one.mark
        yield from (f"mark {at + 1}", str(tag or ""))
    if one.note:
        yield from ("note 1", one.note)
    yield from ("", str(first))
    yield from ("", "", str(more[0])) if more else ("stop",)
    yield from (one.reason, "yes", one.sure, "")
    if last and one.change is not None:
        yield from ("correct", "back", str(one.change), *(() if more else ("stop",)), "yes")


async def pressed(pilot: Pilot[Any], one: Chance, *, last: bool) -> None:
    """The same by keys."""
    prior, first, *more = one.beliefs
    await press(pilot, "enter", "enter")
    await believe(pilot, prior)
    if one.mark:
        at, tag = one.mark
        await press(pilot, "m")
        reader(pilot).marking.move(at - reader(pilot).marking.at)
        await press(pilot, str(tag) if tag else "enter")
    if one.note:
        await press(pilot, "g", "c")
        await write(pilot, one.note)
        await press(pilot, "enter")
    await press(pilot, "enter")
    if more:
        await believe(pilot, first)
        await press(pilot, "enter")
        await believe(pilot, more[0])
    else:
        await press(pilot, *f"{first:02d}", "d")
    await write(pilot, one.reason)
    await press(pilot, "enter")
    if one.sure:
        await write(pilot, one.sure)
    await press(pilot, "enter" if one.sure else "escape", "escape")
    if last and one.change is not None:
        await press(pilot, "u")
        await press(pilot, "escape")
        await press(pilot, *f"{one.change:02d}", "enter" if more else "d")
        await press(pilot, "enter")


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_is_done_both_faces_write_the_same_rows(tmp_path: Path, seed: int) -> None:
    """I9: beliefs, early ends, marks, notes, a survey and a correction, as chance has them."""
    random = Random(seed)
    judges = [Chance.of(random) for _ in range(2)]
    by_typing, by_keys = tmp_path / "plain", tmp_path / "screen"
    for folder in (by_typing, by_keys):
        folder.mkdir()
    texts = ["It was sand. The captain lied.", "He counted them.", "The mate saw it.", "Nobody saw the mate."]
    one, other = (study(folder, 2, survey=SURVEY, texts=texts) for folder in (by_typing, by_keys))
    lines = [line for n, each in enumerate(judges, 1) for line in typed(each, last=n == len(judges))]
    face, out = answering(*lines)
    with sat(one) as blind:
        by_prompts(blind, "test", Clerk(), out, face._ask)
    async with judging(other) as pilot:
        for n, each in enumerate(judges, 1):
            await pressed(pilot, each, last=n == len(judges))
    assert acted(one) == acted(other)
    assert ruled(one) == ruled(other)
    assert len(ruled(one)) == 2 + (judges[-1].change is not None)
