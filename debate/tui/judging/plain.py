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
from debate.tui.judging.sitting import Sitting
from debate.tui.transcript import hits, inspected, panel, passage, safe, transcript

WIDTH = 78
Asked = Callable[[str], str]
COMMANDS = "again, quotes, note, help, skip or quit"
HELP = """next: press Enter.
again: everything that was read so far once more. question: the question and its answers.
quotes: what was quoted, in the order of the text. passage: the text, where you read it.
find WORD: the lines with a word. note: a note on the last speech. hidden: hidden characters.
skip: skip this transcript, saying why. quit: leave; the transcript waits as it is."""


class Left(Exception):
    """The judge leaves; everything is stored."""


class Plain:
    """A judge at a line of text."""

    def __init__(self, out: TextIO, ask: Asked, *, pause: Callable[[float], None] = time.sleep) -> None:
        self._out = out
        self._ask = ask
        self._pause = pause
        self._shown = 0

    def judge(self, sitting: Sitting) -> None:
        """Take one sitting to its end.

        Raises:
            Left: the judge leaves before.
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
        self._posed(sitting.ballot())
        self._choose(sitting, {"": "begin"}, "Press Enter to begin, or type skip or quit")

    def _posed(self, ballot: Ballot) -> None:
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
                    self._speech(ballot, speech, sitting)
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

    def _speech(self, ballot: Ballot, speech: Speech, sitting: Sitting) -> None:
        if speech.label == "judge" and not speech.text:
            return
        parts = []
        for run, quote in quotes.segments(speech.text, speech.quotes):
            parts.append(f'"{run}" {wording.MARKS[quote.status]}' if quote else run)
        self.say(f"{wording.who(ballot, speech.label)}:")
        self.say("".join(parts))
        if hidden := sanitize.hidden(speech.text):
            self.say(f"({hidden} hidden characters were made visible)")
        if note := sitting.session.note(speech.index):
            self.say(f"(your note: {note})")
        self.say()

    def _belief(self, sitting: Sitting) -> None:
        session = sitting.session
        if session.percents:
            self.say(f"Your beliefs in A so far: {wording.held(session)}")
        ends = "stop" in allowed(session, sitting.study)
        more = ", or stop to decide now" if ends else ""
        said = self._answer(f"How likely is A, from 1 to 99? B is the rest{more}")
        if self._left(sitting, said) or self._looked(sitting, said):
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
            asked = self._answer(
                "What do you ask both debaters? Enter for nothing" + (", stop to decide" if ends else "")
            )
            if not self._left(sitting, asked):
                if asked == "stop" and ends:
                    sitting.do("stop")
                else:
                    sitting.do("ask", text=asked)
        elif ends:
            again = self._answer("Press Enter to read on, or type stop to decide now")
            if not self._left(sitting, again):
                sitting.do("stop" if again == "stop" else "next")
        else:
            sitting.do("next")

    def _review(self, sitting: Sitting) -> None:
        session = sitting.session
        self._posed(sitting.ballot())
        self.say(f"Your beliefs in A: {wording.held(session)}. Final: A {session.percent}, B {100 - session.percent}.")
        for warning in wording.warnings(sitting.study, session):
            self.say(warning)
        if sitting.study.reason and not session.reason:
            said = self._answer("Why? One or two sentences, or back to change the belief")
            if said == "back":
                sitting.do("back")
            elif not self._left(sitting, said) and said:
                sitting.do("reason", text=said)
            return
        self._choose(
            sitting, {"y": "submit", "yes": "submit", "back": "back"}, "Hand this in? yes, or back to change it"
        )

    def _survey(self, sitting: Sitting) -> None:
        asked = pending(sitting.session, sitting.study)
        assert asked is not None, "the survey is not over"
        self.say(asked.text)
        said = self._answer(f"{wording.scale(asked)}; Enter passes it over")
        if said == "quit":
            self._left(sitting, said)
        elif said:
            sitting.do("answer", about=asked.name, text=said)
        else:
            sitting.do("omit", about=asked.name)

    def _choose(self, sitting: Sitting, words: dict[str, Deed], prompt: str) -> None:
        said = self._answer(prompt)
        if self._left(sitting, said) or self._looked(sitting, said):
            return
        if said in words:
            sitting.do(words[said])
        else:
            self.say("Type one of the words that are named.")

    def _looked(self, sitting: Sitting, said: str) -> bool:
        """Show something again, or more of it; tell whether that was what was wanted."""
        ballot = sitting.ballot()
        word, _, rest = said.partition(" ")
        if word == "again":
            for speech in ballot.speeches:
                self._speech(ballot, speech, sitting)
        elif word == "question":
            self._posed(ballot)
        elif word in ("quotes", "passage"):
            for block in panel(ballot) if word == "quotes" else passage(ballot):
                self.say(block.text)
        elif word == "find" and rest:
            self._find(ballot, rest)
        elif word == "hidden":
            self.say("\n".join(inspected(ballot.speeches)) or "No hidden characters so far.")
        elif word == "note" and ballot.speeches:
            last = next(speech for speech in reversed(ballot.speeches) if speech.label != "judge")
            kept = self._answer(f"Your note on what {wording.who(ballot, last.label)} said in round {last.round}")
            sitting.do("note", about=str(last.index), text=kept)
        elif word == "help":
            self.say(HELP)
            self.say(wording.instructions(sitting.study, live=sitting.session.live))
        else:
            return False
        return True

    def _find(self, ballot: Ballot, wanted: str) -> None:
        blocks = [*transcript(ballot), *(passage(ballot) if ballot.question.passage else ())]
        found = hits(blocks, wanted)
        for number, start, end in found[:20]:
            around = blocks[number].text[max(start - 60, 0) : end + 60]
            self.say(f"- {sanitize.line(around)}")
        self.say(f"{len(found)} found")

    def _left(self, sitting: Sitting, said: str) -> bool:
        if said == "quit":
            sitting.do("pause")
            raise Left
        if said == "skip":
            why = self._answer(f"{wording.LEAVES_SEAT if sitting.session.live else wording.SKIPS} Enter goes back")
            if why:
                sitting.do("skip", text=why)
            return True
        return False

    def _answer(self, prompt: str) -> str:
        try:
            said = self._ask(sanitize.plain(f"{prompt}: ", self._out.encoding or "ascii")).strip()
        except EOFError as exc:
            raise Left from exc
        return said.lower() if said.lower() in WORDS else said


WORDS = frozenset(
    ("again", "question", "quotes", "passage", "hidden", "note", "help", "skip", "quit", "stop", "back", "y", "yes")
)
