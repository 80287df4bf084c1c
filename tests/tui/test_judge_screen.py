"""The judge's full screen: every key, every size, and text that would like to be more than text."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.geometry import Size
from textual.pilot import Pilot
from textual.widgets import Static

from debate.domain import Asked, Protocol, Quote, Study
from debate.studies.session import Session, allowed
from debate.tui.judging.clerk import Clerk
from debate.tui.judging.keys import keys, queue_keys
from debate.tui.judging.pane import Pane
from debate.tui.words import keyline
from tests.cli.hostile import FORBIDDEN, HOSTILE
from tests.tui.screens import SMALL, WIDE, WIDEST, believe, judging, press, reader, screen, until, words, write
from tests.tui.studied import acted, rows, ruled, study

QUOTED = (
    Quote(start=0, end=10, passage_start=60, passage_end=70, status="verified"),
    Quote(start=11, end=18, status="unverified"),
)
LONG = "He signed for forty crates, and the mate had counted thirty-eight of them. " * 30


async def to_first_round(pilot: Pilot[None]) -> None:
    """Open the first transcript, and read on to its first round."""
    await press(pilot, "enter")
    await press(pilot, "enter")
    await believe(pilot, 50)


async def test_five_steps_and_no_more_lead_from_the_queue_to_a_ruling(tmp_path: Path) -> None:
    """What stands on the screen at each step, as a judge meets it."""
    async with judging(study(tmp_path, 1, feedback="always"), clerk=Clerk(told=lambda _: 0)) as pilot:
        assert "1 to do, about 2 minutes · 0 judged" in screen(pilot)
        assert "exactly one is right" in await press(pilot, "enter")
        before = await press(pilot, "enter")
        assert "Nothing has been said yet" in before
        assert "if A is right: 85 points  if B is right: 85  another round costs 1" in before
        first = await believe(pilot, 60)
        assert "▌ Two crates held sand." in first
        assert "┆ The captain counted them." in first
        assert "saw it" not in first
        await press(pilot, "enter")
        assert "The mate saw it." in await believe(pilot, 70)
        await press(pilot, "enter")
        assert "You lean to A: A 80, B 20." in await believe(pilot, 80)
        await write(pilot, "The sand")
        told = words(await press(pilot, "enter"))
        assert "The right answer is A" in told
        assert "You gave it 80 of 100" in told
        assert "Debater B argued for a wrong one." in told
        assert "0 to do" in await press(pilot, "enter")


@pytest.mark.parametrize("size", [SMALL, WIDEST])
async def test_no_byte_of_a_speech_reaches_the_terminal_as_it_is(tmp_path: Path, size: tuple[int, int]) -> None:
    """F1, F2, F4, F5, F6: in the transcript, the quotes, the notes, dialogs and messages, markup is literal."""
    path = study(tmp_path, 1, texts=[HOSTILE] * 4, spoken={"quotes": QUOTED}, instructions=HOSTILE, reason=False)
    async with judging(path, size=size) as pilot:
        seen = [await press(pilot, "enter"), await press(pilot, "enter"), await believe(pilot, 50)]
        seen += [await press(pilot, key) for key in ("p", "p", "v", "enter", "z", "enter", "question_mark", "enter")]
        await press(pilot, "c")
        await write(pilot, "[red]note[/red] \u202e\x1b]0;x\x07")
        seen += [screen(pilot), await press(pilot, "enter")]
        await press(pilot, "slash")
        await write(pilot, "[@click=app.quit]")
        seen += [await press(pilot, "enter"), await press(pilot, "m"), await press(pilot, "1")]
        reader(pilot).note(HOSTILE)
        await pilot.pause()
        seen.append(screen(pilot))
    for text in seen:
        assert not FORBIDDEN.findall(text.replace("\n", ""))
    assert any("[/bad]" in text for text in seen)
    assert any("⟨U+202E⟩" in text for text in seen)
    assert any("[red]note[/red]" in text for text in seen)


async def test_wide_characters_and_floods_of_marks_break_no_line(tmp_path: Path) -> None:
    """F4: what takes two cells, or none, is counted so; what is piled on one letter is cut, and said."""
    odd = "漢字" * 100 + " z" + "\u0301" * 500 + "algo " + "🧪" * 60 + " \t tab"
    async with judging(study(tmp_path, 1, texts=[odd] * 4)) as pilot:
        await to_first_round(pilot)
        shown = screen(pilot)
        strips = pilot.app.screen._compositor.render_strips()
        assert {strip.cell_length for strip in strips} == {80}
    assert "⟨496 more marks⟩" in shown


@pytest.mark.parametrize(("size", "columns"), [(SMALL, 1), (WIDE, 2), (WIDEST, 3)])
async def test_columns_come_with_the_width(tmp_path: Path, size: tuple[int, int], columns: int) -> None:
    """G2: one column at 80, the quotes beside it from 120, each side by itself from 160."""
    async with judging(study(tmp_path, 1, spoken={"quotes": QUOTED}), size=size) as pilot:
        await to_first_round(pilot)
        shown = screen(pilot)
        assert sum(pane.display for pane in pilot.app.screen.query(Pane)) == columns
    assert ("characters 60 to 70" in shown) == (columns > 1)
    assert any("Debater A" in line and "Debater B" in line for line in shown.split("\n")) == (columns == 3)


async def test_resizing_keeps_the_place_and_the_belief(tmp_path: Path) -> None:
    """F9: from tiny to huge and back the reader stays at the same words, and nothing that was set is lost."""
    async with judging(study(tmp_path, 1, texts=[LONG] * 4)) as pilot:
        await to_first_round(pilot)
        await press(pilot, "space")
        await press(pilot, "space")
        block, character = reader(pilot).text.top
        for width, height in ((20, 5), (400, 100), (100, 30), (79, 24), (80, 24)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            if width < 80:
                assert "too small: 80x24" in screen(pilot).replace("\n", " ") or width < 60
        await pilot.pause()
        again = reader(pilot).text.top
        assert again[0] == block
        assert abs(again[1] - character) < 160
        await press(pilot, "enter", "3", "3")
        for n in range(50):  # as when a window is drawn larger with the mouse
            pilot.app.post_message(events.Resize(Size(80 + 2 * n, 24 + n % 9), Size(80 + 2 * n, 24 + n % 9)))
        await pilot.resize_terminal(30, 10)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "A 33" in screen(pilot)


def test_the_keys_stand_on_one_line() -> None:
    """At 80 columns no line of keys is cut, at any stage."""
    said = [queue_keys()]
    for stage in ("instructions", "belief", "reading", "waiting", "review", "survey"):
        for live in (False, True):
            session = Session(stage=stage, rounds=3, live=live, revealed=1)
            said += [keys(session, allowed(session, Study())), keys(session, (), marking=True)]
    assert max(len(keyline(line).plain) for line in said) <= 78


async def test_keys_pressed_at_once_are_taken_in_their_order(tmp_path: Path) -> None:
    """Whoever types fast says what they typed: digits before Enter are the belief that it takes."""
    path = study(tmp_path, 1)
    async with judging(path) as pilot:
        await press(pilot, "enter")
        await press(pilot, "enter", "3", "1", "enter", "enter", "7", "2", "enter")
        assert reader(pilot).session.percents == ((0, 31), (1, 72))


async def test_a_belief_is_set_by_arrows_and_brackets(tmp_path: Path) -> None:
    """To the right is more for B; the ends are 1 and 99."""
    async with judging(study(tmp_path, 1)) as pilot:
        await press(pilot, "enter", "enter")
        assert "A 43" in await press(pilot, "right", "right_square_bracket", "right_square_bracket")
        assert "A 49" in await press(pilot, "left", "left_square_bracket")
        assert "A 99" in await press(pilot, *["left"] * 12)
        assert "A  1" in await press(pilot, *["right"] * 22)


async def test_who_types_a_hundred_is_sure(tmp_path: Path) -> None:
    """Its last two digits alone would be the opposite."""
    async with judging(study(tmp_path, 1)) as pilot:
        await press(pilot, "enter", "enter")
        assert "A 99% [" in await press(pilot, "1", "0", "0")
        assert "A  7% [" in await press(pilot, "7")


async def test_the_queue_has_one_line_for_each_transcript(tmp_path: Path) -> None:
    """Whatever a question is long, and whatever stands in it."""
    path = study(tmp_path, 2, asked=f"{HOSTILE} {LONG}")
    async with judging(path) as pilot:
        shown = screen(pilot).split("\n")
    assert shown[3].startswith("   1  to do        2 min  ")
    assert shown[3].endswith("…")
    assert shown[4].startswith("   2  to do")
    assert not shown[5]


async def test_a_transcript_that_is_open_elsewhere_is_named(tmp_path: Path) -> None:
    """I2: in a second window it is not opened, and the queue says why."""
    path = study(tmp_path, 1)
    async with judging(path) as pilot:
        with closing(sqlite3.connect(path)) as raw, raw:
            elsewhere = '{"host":"elsewhere","boot":"x/y/z","pid":1,"born":1}'
            raw.execute("UPDATE sitting SET holder = ?, until = 1e11", (elsewhere,))
        assert "open in another window" in await press(pilot, "enter")
        assert pilot.app.screen is pilot.app.screen_stack[-1]


async def test_words_are_found_and_speeches_are_gone_to(tmp_path: Path) -> None:
    """`/` finds whatever the case, `.` and `,` go round, `n` and `N` go from speech to speech."""
    async with judging(study(tmp_path, 1, texts=[LONG, "The CRATES were heavy. " * 40] * 2)) as pilot:
        await to_first_round(pilot)
        await press(pilot, "slash")
        await write(pilot, "crates were")
        assert "1 of 40" in await press(pilot, "enter")
        assert "40 of 40" in await press(pilot, "comma")
        assert "1 of 40" in await press(pilot, "full_stop")
        await press(pilot, "home")
        assert screen(pilot).split("\n")[5].startswith(" ┆ Debater B") or "Debater B" in await press(pilot, "n", "n")
        assert "last speech" in await press(pilot, "n", "n")
        await press(pilot, "slash")
        await write(pilot, "unicorn")
        assert "not found: unicorn" in await press(pilot, "enter")


async def test_notes_and_marks_are_kept_with_the_speech(tmp_path: Path) -> None:
    """A note stands under its speech, a mark carries the characters of the speech as it was made."""
    path = study(tmp_path, 1, texts=["It was sand. \u202eHidden. It was ballast."] * 4)
    async with judging(path) as pilot:
        await to_first_round(pilot)
        await press(pilot, "c")
        assert "A note on this speech of Debater A in round 1" in screen(pilot)
        await write(pilot, "odd")
        assert "note: odd" in await press(pilot, "enter")
        assert "1 misquote" in await press(pilot, "m")
        await press(pilot, "down", "down", "1")
        assert [mark.span for mark in reader(pilot).session.marks] == [(22, 37)]
        await press(pilot, "m", "down", "down", "u")
        assert reader(pilot).session.marks == ()
    kinds = [kind for _, kind, _ in acted(path)]
    assert kinds == ["begin", "believe", "next", "note", "mark", "unmark"]


async def test_notes_and_marks_are_there_when_the_reason_is_asked_for(tmp_path: Path) -> None:
    """They stand above the line in which the judge says why."""
    async with judging(study(tmp_path, 1, beliefs="final", prior=False)) as pilot:
        await press(pilot, "enter", "enter", "c")
        await write(pilot, "odd")
        await press(pilot, "enter", "m", "1", "enter", "enter")
        review = words(await believe(pilot, 80))
    assert "Your note on Debater A, round 1: odd" in review
    assert "You marked as misquote, Debater A, round 1: Two crates held sand." in review


async def test_quotes_are_read_in_passage_order(tmp_path: Path) -> None:
    """Overlapping quotes are one, with everyone who used them; what was not found comes last, and says so."""
    async with judging(study(tmp_path, 1, spoken={"quotes": QUOTED})) as pilot:
        await to_first_round(pilot)
        shown = await press(pilot, "p")
        assert "[v] characters 60 to 70, A in round 1, B in round 1: stands in the text" in shown
        assert shown.index("[v]") < shown.index("[x]")
        assert "Debater A" in await press(pilot, "escape")


async def test_hidden_characters_are_counted_and_named(tmp_path: Path) -> None:
    """F4: the last line counts them, and `v` says what they are."""
    async with judging(study(tmp_path, 1, texts=["no\u200bthing \u202ehere"] * 4)) as pilot:
        await to_first_round(pilot)
        assert "4 hidden characters" in screen(pilot)
        assert "U+200B zero width space" in await press(pilot, "v")


async def test_the_text_is_read_by_whom_the_arm_lets_read(tmp_path: Path) -> None:
    """In an expert arm the passage is shown and searched; in a debate it is not there."""
    expert = Protocol(name="expert", rounds=0)
    async with judging(study(tmp_path, 1, games=(expert,), arms=("expert",))) as pilot:
        shown = await press(pilot, "enter", "enter")
        assert "The ferry left Oskarvik" in shown
        await press(pilot, "slash")
        await write(pilot, "herring")
        assert "1 of 1" in await press(pilot, "enter")


async def test_a_ruling_can_be_corrected_until_the_next(tmp_path: Path) -> None:
    """`u` opens the last ruling again; both are kept, the first is superseded, and an older one stands."""
    path = study(tmp_path, 2, prior=False, beliefs="final")
    async with judging(path) as pilot:
        for percent in (20, 30):
            await press(pilot, "enter", "enter", "enter", "enter")
            await believe(pilot, percent)
            await write(pilot, "sand")
            await press(pilot, "enter")
        assert "You lean to B: A 30, B 70." in await press(pilot, "u")
        await press(pilot, "escape")
        await believe(pilot, 90)
        await press(pilot, "enter")
        await press(pilot, "home", "enter")
        assert "another ruling was handed in since" in screen(pilot)
    finals = [(row[6], row[8]) for row in ruled(path)]
    assert sorted(finals) == sorted([(finals[0][0], 1), (finals[1][0], 0), (finals[2][0], 1)])
    assert rows(path, "SELECT count(*) FROM sitting WHERE state = 'submitted'") == [(2,)]


async def test_a_ruling_whose_outcome_was_told_stands(tmp_path: Path) -> None:
    """I4: after feedback `u` is refused, with the reason."""
    path = study(tmp_path, 1, prior=False, beliefs="final", feedback="always")
    async with judging(path, clerk=Clerk(told=lambda _: 1)) as pilot:
        await press(pilot, "enter", "enter", "enter", "enter")
        await believe(pilot, 20)
        await write(pilot, "sand")
        assert "The right answer is B" in await press(pilot, "enter")
        assert "the right answer was told, so the ruling stands" in await press(pilot, "enter", "u")


async def test_how_a_ruling_turned_out_is_read_again_and_not_missed(tmp_path: Path) -> None:
    """A key pressed while it was being looked up does not close it, and Enter in the list shows it another time."""
    path = study(tmp_path, 1, feedback="always", prior=False, beliefs="final", reason=False)
    hasty = events.Key("enter", None)
    async with judging(path, clerk=Clerk(told=lambda _: 0)) as pilot:
        await press(pilot, "enter", "enter", "enter", "enter")
        await believe(pilot, 80)
        await press(pilot, "enter")
        pilot.app.post_message(hasty)
        await pilot.pause()
        assert "The right answer is A" in words(screen(pilot))
        assert "1 judged" in await press(pilot, "enter")
        assert "The right answer is A" in words(await press(pilot, "enter"))


async def test_a_silence_hides_the_text_and_is_not_counted(tmp_path: Path) -> None:
    """I6: after half an hour away the text is hidden, any key shows it again, and the time counts as idle."""
    now = [0.0]
    async with judging(study(tmp_path, 1)) as pilot:
        await press(pilot, "enter")
        sitting = reader(pilot).sitting
        sitting._clock, sitting._last = lambda: now[0], 0.0
        now[0] = 1800.0
        reader(pilot)._look()
        await pilot.pause()
        assert "exactly one is right" not in screen(pilot)
        assert "Paused. Press any key" in screen(pilot)
        assert "exactly one is right" in await press(pilot, "enter")
        now[0] = 1801.0
        await press(pilot, "enter")
        assert (reader(pilot).session.active_ms, reader(pilot).session.idle_ms) == (121_000, 1_680_000)


async def test_a_break_hides_the_text(tmp_path: Path) -> None:
    """`b` hides it at once; the key that ends the break does nothing else."""
    async with judging(study(tmp_path, 1)) as pilot:
        await to_first_round(pilot)
        assert "Two crates" not in await press(pilot, "b")
        assert "Two crates" in await press(pilot, "enter")
        assert reader(pilot).session.stage == "reading"


async def test_a_late_swing_is_pointed_at(tmp_path: Path) -> None:
    """Where the study says so, a belief that moved by more than it bears is named before it is handed in."""
    async with judging(study(tmp_path, 1, swing=30)) as pilot:
        await to_first_round(pilot)
        await press(pilot, "enter")
        shown = words(await press(pilot, "9", "5", "d"))
        assert "moved from 50 to 95 at the end: another round may be worth reading" in shown


async def test_what_was_half_written_is_there_again(tmp_path: Path) -> None:
    """I1: a reason that was being typed, and a gauge that was not taken, come back with the screen."""
    path = study(tmp_path, 1, prior=False)
    async with judging(path) as pilot:
        await press(pilot, "enter", "enter", "enter", "4", "4")
        reader(pilot)._look()
    async with judging(path) as pilot:
        assert "A 44" in await press(pilot, "enter")
        await press(pilot, "d")
        await write(pilot, "because of the sa")
        reader(pilot).handing._keep("because of the sa")
    async with judging(path) as pilot:
        assert "because of the sa" in await press(pilot, "enter")
        await write(pilot, "because of the sand")
        await press(pilot, "escape", "d")
        assert "because of the sand" in screen(pilot)


async def test_practice_comes_first_and_opens_the_rest(tmp_path: Path) -> None:
    """What counts is closed until practice is over, and stays closed where too few were right."""
    path = study(tmp_path, 3, practice=1, qualify=1, prior=False, beliefs="final", reason=False)
    right = [0]
    async with judging(path, clerk=Clerk(told=lambda _: 0, right=lambda: right[0])) as pilot:
        assert "1 to do" in screen(pilot)
        assert "closed until practice is over" in await press(pilot, "down", "enter")
        await press(pilot, "home", "enter", "enter", "enter", "enter")
        await believe(pilot, 20)
        told = words(await press(pilot, "enter"))
        assert "The right answer is" in told
        assert "In 1 transcript (# how often right, | how sure): 80-89 sure right" in told
        assert "0 to do" in await press(pilot, "enter")
        assert "0 of 1 right in practice, and 1 are needed" in await press(pilot, "down", "enter")
        right[0] = 1
        assert "2 to do" in await press(pilot, "r")
    assert [row[4] for row in ruled(path)] == ["practice"]


async def test_a_check_of_attention_stands_in_the_first_speech(tmp_path: Path) -> None:
    """It asks for a belief, in the transcript itself, and the ruling is kept apart."""
    path = study(tmp_path, 2, attention=1, items=1, prior=False, beliefs="final", reason=False)
    async with judging(path) as pilot:
        await press(pilot, "down", "enter", "enter")
        shown = words(screen(pilot))
        assert "please set your belief in answer" in shown
        await press(pilot, "enter", "enter")
        await believe(pilot, 95)
        await press(pilot, "enter")
    assert [row[4] for row in ruled(path)] == ["attention"]


async def test_a_question_of_the_survey_is_left_out_with_escape(tmp_path: Path) -> None:
    """I11: what was passed over is missing; a number beside the scale is asked for again."""
    survey = (Asked(name="sure", text="How sure?"), Asked(name="which", text="Why?", kind="choice", options=("x", "y")))
    path = study(tmp_path, 1, prior=False, beliefs="final", reason=False, survey=survey)
    async with judging(path) as pilot:
        await press(pilot, "enter", "enter", "enter", "enter")
        await believe(pilot, 20)
        assert "How sure?" in await press(pilot, "enter")
        await write(pilot, "9")
        assert "How sure?" in await press(pilot, "enter")
        asked = await press(pilot, "escape")
        assert "2. y" in asked
        assert "a number from 1 to 5" not in asked
        await write(pilot, "Y")
        await press(pilot, "enter")
    told = [(kind, rest) for _, kind, rest in acted(path) if kind in ("answer", "omit")]
    assert [kind for kind, _ in told] == ["omit", "answer"]


async def test_colours_change_and_mean_nothing(tmp_path: Path) -> None:
    """G4, G5: every theme shows the same text, high contrast and none among them."""
    async with judging(study(tmp_path, 1)) as pilot:
        first = screen(pilot)
        themes = set()
        for _ in range(4):
            assert await press(pilot, "T") == first
            themes.add(pilot.app.theme)
    assert "high-contrast" in themes
    assert len(themes) == 4


async def test_without_colours_there_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F10, G5: where NO_COLOR is set nothing has a colour, whatever is pressed; what is chosen is underlined."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with judging(study(tmp_path, 2)) as pilot:
        await press(pilot, "T")
        assert "1  to do" in "".join(segment.text for segment in drawn(pilot) if segment.style.underline)
        await to_first_round(pilot)
        await press(pilot, "T", "c", "o")
        assert [segment.text for segment in drawn(pilot) if segment.style.underline] == [" "], "the cursor"


def drawn(pilot: Pilot[None]) -> list[Any]:
    """What is on the screen, none of it in a colour."""
    found: list[Any] = [one for strip in pilot.app.screen._compositor.render_strips() for one in strip if one.style]
    colours = [one.style.color for one in found] + [one.style.bgcolor for one in found]
    assert all(colour is None or colour.is_default for colour in colours)
    return found


async def test_high_contrast_makes_nothing_faint(tmp_path: Path) -> None:
    """G5: what matters less is faint in other colours, and as plain as the rest where contrast matters."""
    async with judging(study(tmp_path, 1, spoken={"quotes": QUOTED})) as pilot:
        await to_first_round(pilot)
        assert faint_words(pilot)
        while pilot.app.theme != "high-contrast":
            await press(pilot, "T")
        assert not faint_words(pilot)


def faint_words(pilot: Pilot[None]) -> list[str]:
    """What is drawn faintly of the transcript."""
    pane = reader(pilot).text
    drawn = (segment for y in range(pane.size.height) for segment in pane.render_line(y))
    return [segment.text for segment in drawn if segment.style and segment.style.dim]


async def test_a_speech_of_a_megabyte_is_shown_in_pieces(tmp_path: Path) -> None:
    """F12: only the lines on the screen are drawn, at its beginning and at its end."""
    huge = "The ferry left Oskarvik at six in the morning with forty crates. " * 16_000
    async with judging(study(tmp_path, 1, texts=[huge, "Short."] * 2)) as pilot:
        await to_first_round(pilot)
        assert "The ferry left" in screen(pilot)
        assert "Short." in await press(pilot, "G")
        drawn: list[Any] = []
        pane = reader(pilot).text
        line = pane.render_line
        pane.render_line = lambda y: drawn.append(y) or line(y)  # type: ignore[method-assign, func-returns-value]
        await press(pilot, "k")
        assert 0 < len(drawn) < 60
        assert len(pane.lines) > 13_000


async def test_a_crash_shows_no_text_of_anyone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """F14: an error comes out after the screen is closed, without the values of variables."""
    from debate.tui.judging.app import JudgeApp
    from tests.tui.studied import sat

    with sat(study(tmp_path, 1)) as blind:
        app = JudgeApp(blind, "test")

        def fails() -> None:
            secret = "sentinel-local"
            raise RuntimeError(f"broken {len(secret)}")

        app.call_later(fails)
        with pytest.raises(RuntimeError, match="broken"):
            async with app.run_test():
                pass
    out, err = capfd.readouterr()
    assert "sentinel-local" not in out + err


async def until_shown(pilot: Pilot[None], text: str) -> None:
    """Wait until something stands on the screen."""
    await until(pilot, lambda: text in screen(pilot))


async def test_the_head_names_the_place_in_the_queue(tmp_path: Path) -> None:
    """The study, which transcript of how many, and which round of how many."""
    async with judging(study(tmp_path, 2)) as pilot:
        await to_first_round(pilot)
        await until_shown(pilot, "test · transcript 1 of 2 · round 1 of 2")
        assert pilot.app.screen.query_one("#head", Static).size.height <= 8
