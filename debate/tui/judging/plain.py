"""Judging by numbered prompts on stdin and stdout: for screen readers, dumb terminals, pipes and scripts."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable
from typing import TextIO

from debate import quotes, sanitize
from debate.domain import Ballot, Deed, Speech
from debate.studies import wording
from debate.studies.session import Refused, allowed, pending
from debate.tui.judging.asides import Asides
from debate.tui.judging.sitting import Sitting
from debate.tui.transcript import safe

WIDTH = 78
Asked = Callable[[str], str]
COMMANDS = "again, note, mark, help, later, skip or quit"


class Left(Exception):
    """The judge leaves; everything is stored."""


class Later(Exception):
    """The judge would rather read another transcript first; everything is stored."""


class Plain:
    """A judge at a line of text."""

    def __init__(self, out: TextIO, ask: Asked, *, pause: Callable[[float], None] = time.sleep) -> None:
        self._out = out
        self._ask = ask
        self._pause = pause
        self._shown = 0
        self._asides = Asides(self)

    def judge(self, sitting: Sitting) -> None:
        """Take one sitting to its end.

        Raises:
            Left: the judge leaves before.
            Later: another transcript is to come first.
        """
        self._shown = 0
        while not sitting.session.over:
            try:
                self._step(sitting)
            except Refused as refused:
                self.say(f"Not yet: {refused}.")

    def say(self, text: str = "") -> None:
        """Print text, wrapped and safe."""
        for line in safe(text).split("\n"):
            wrapped = textwrap.wrap(line, WIDTH, break_on_hyphens=False) or [""]
            print(*(sanitize.plain(part, self._out.encoding or "ascii") for part in wrapped), sep="\n", file=self._out)

    def _step(self, sitting: Sitting) -> None:
        steps: dict[str, Callable[[Sitting], None]] = {
            "instructions": self._instructions,
            "reading": self._reading,
            "waiting": self._waiting,
            "belief": self._belief,
            "review": self._review,
            "survey": self._survey,
        }
        steps[sitting.session.stage](sitting)

    def _instructions(self, sitting: Sitting) -> None:
        self.say(sitting.told)
        self.say()
        self.posed(sitting.ballot())
        self._choose(sitting, {"": "begin"}, "Press Enter to begin, or type later, skip or quit")

    def posed(self, ballot: Ballot) -> None:
        """Print the question and its answers."""
        self.say(f"Question: {ballot.question.text}")
        for place, answer in enumerate(ballot.shown):
            self.say(f"Answer {'AB'[place]}: {sanitize.line(ballot.question.answers[answer])}")
        self.say()

    def _reading(self, sitting: Sitting) -> None:
        ballot = sitting.ballot()
        if sitting.session.revealed != self._shown:
            self._shown = sitting.session.revealed
            self.say(f"--- {wording.heading(sitting.session)} ---")
            for speech in ballot.speeches:
                if speech.round == self._shown:
                    self.speech(sitting, speech)
        self._choose(sitting, {"": "next"}, f"Press Enter to go on, or type {COMMANDS}")

    def _waiting(self, sitting: Sitting) -> None:
        """Wait for the debaters; say what is awaited whenever that changes."""
        told = ""
        while (awaited := sitting.awaited) and awaited != "never":
            if awaited != told:
                told = awaited
                self.say(wording.AWAITED[awaited])
                if awaited == "run":
                    self._choose(sitting, {"": "pause"}, "Press Enter to wait, or type quit")
            sitting.renew()
            self._pause(1.0)
        if sitting.awaited == "never":
            self.say(wording.AWAITED["never"])
            self._choose(sitting, {}, "Type skip or quit")
        elif sitting.session.stage == "waiting":
            sitting.do("next")

    def speech(self, sitting: Sitting, speech: Speech) -> None:
        """Print a speech, with what was found of its quotes and the judge's own note."""
        ballot = sitting.ballot()
        if speech.label == "judge" and not speech.text:
            return
        parts = []
        for run, quote in quotes.segments(speech.text, speech.quotes):
            parts.append(f'"{run}" {wording.MARKS[quote.status]}' if quote else run)
        self.say(f"{wording.who(ballot, speech.label)}:")
        self.say("".join(parts))
        if hidden := sanitize.hidden(speech.text):
            self.say(f"({hidden} hidden characters: spelled out, or left out where they would steer a terminal)")
        if note := sitting.session.note(speech.index):
            self.say(f"(your note: {note})")
        self.say()

    def _belief(self, sitting: Sitting) -> None:
        session = sitting.session
        if session.percents:
            self.say(f"Your beliefs in A so far: {wording.held(session)}")
        ends = "stop" in allowed(session, sitting.study)
        more = ", or stop to decide now" if ends else ""
        said = self.answer(f"How likely is A, from 1 to 99? B is the rest{more}")
        if self._left(sitting, said) or self._asides.took(sitting, said):
            return
        if said == "stop" and ends:
            sitting.do("stop")
        elif said.isdecimal() and len(said) <= 2 and int(said) >= 1:
            sitting.do("believe", percent=int(said))
            self.say(wording.payoff(sitting.study, sitting.session, int(said)))
            self._after_belief(sitting, ends=ends)
        else:
            self.say("Type a whole number from 1 to 99.")

    def _after_belief(self, sitting: Sitting, *, ends: bool) -> None:
        if "ask" in allowed(sitting.session, sitting.study):
            asked = self.answer(
                "What do you ask both debaters? Enter for nothing" + (", stop to decide" if ends else "")
            )
            if not self._left(sitting, asked):
                if asked == "stop" and ends:
                    sitting.do("stop")
                else:
                    sitting.do("ask", text=asked)
        elif ends:
            again = self.answer("Press Enter to read on, or type stop to decide now")
            if not self._left(sitting, again):
                sitting.do("stop" if again == "stop" else "next")
        else:
            sitting.do("next")

    def _review(self, sitting: Sitting) -> None:
        session = sitting.session
        self.posed(sitting.ballot())
        self.say(f"Your beliefs in A: {wording.held(session)}. Final: A {session.percent}, B {100 - session.percent}.")
        for warning in wording.warnings(sitting.study, session):
            self.say(warning)
        if session.reason:
            self.say(f"Your reason: {session.reason}")
        elif sitting.study.reason:
            self._reason(sitting, "Why? One or two sentences, or back to change the belief")
            return
        said = self.answer("Hand this in? yes, reason to say why in other words, or back to change the belief")
        if said == "reason":
            self._reason(sitting, "Why? Enter leaves it as it was")
        elif said in ("y", "yes"):
            sitting.do("submit")
        elif said == "back":
            sitting.do("back")
        elif not self._left(sitting, said) and not self._asides.took(sitting, said):
            self.say("Type one of the words that are named.")

    def _reason(self, sitting: Sitting, prompt: str) -> None:
        said = self.answer(prompt)
        if said == "back":
            sitting.do("back")
        elif said and not self._left(sitting, said) and not self._asides.took(sitting, said):
            sitting.do("reason", text=said)

    def _survey(self, sitting: Sitting) -> None:
        asked = pending(sitting.session, sitting.study)
        assert asked is not None, "the survey is not over"
        self.say(asked.text)
        said = self.answer(f"{wording.scale(asked)}; Enter passes it over")
        if said == "quit":
            self._left(sitting, said)
        elif said:
            sitting.do("answer", about=asked.name, text=said)
        else:
            sitting.do("omit", about=asked.name)

    def _choose(self, sitting: Sitting, words: dict[str, Deed], prompt: str) -> None:
        said = self.answer(prompt)
        if self._left(sitting, said) or self._asides.took(sitting, said):
            return
        if said in words:
            sitting.do(words[said])
        else:
            self.say("Type one of the words that are named.")

    def _left(self, sitting: Sitting, said: str) -> bool:
        if said == "quit":
            sitting.do("pause")
            raise Left
        if said == "later":
            sitting.do("pause")
            raise Later
        if said == "skip":
            why = self.answer(f"{wording.LEAVES_SEAT if sitting.session.live else wording.SKIPS} Enter goes back")
            if why:
                sitting.do("skip", text=why)
            return True
        return False

    def answer(self, prompt: str) -> str:
        """Ask, and return what was said; words that mean something in small letters.

        Raises:
            Left: there is nobody who could answer.
        """
        try:
            said = self._ask(sanitize.plain(f"{prompt}: ", self._out.encoding or "ascii")).strip()
        except EOFError as exc:
            raise Left from exc
        return said.lower() if said.lower() in WORDS | self._asides.words else said


WORDS = frozenset(("correct", "skip", "quit", "later", "stop", "back", "reason", "y", "yes"))
