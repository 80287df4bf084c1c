"""I9: plain prompts and the full screen are two faces of one sitting: the same answers give the same rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from debate.domain import Asked
from tests.tui.screens import believe, judging, press, write
from tests.tui.studied import acted, plainly, ruled, study

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
