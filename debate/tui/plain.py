"""Judging by numbered prompts on stdin and stdout: for screen readers, dumb terminals, pipes and scripts."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import TextIO

from debate import quotes, sanitize
from debate.domain import Ballot, Speech
from debate.studies import wording
from debate.studies.session import Refused, allowed
from debate.tui.sitting import Sitting

WIDTH = 78
Asked = Callable[[str], str]
HELP = {
    "next": "go on",
    "stop": "decide now, without reading further",
    "skip": "skip this transcript, saying why",
    "back": "change the belief",
    "submit": "hand the ruling in",
    "quit": "leave; the transcript waits as it is",
}


class Left(Exception):
    """The judge leaves; everything is stored."""


class Plain:
    """A judge at a line of text."""

    def __init__(self, out: TextIO, ask: Asked) -> None:
        self._out = out
        self._ask = ask
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
        for line in sanitize.clean(text).split("\n"):
            wrapped = textwrap.wrap(line, WIDTH, break_on_hyphens=False) or [""]
            print(*(sanitize.plain(part, self._out.encoding or "ascii") for part in wrapped), sep="\n", file=self._out)

    def _step(self, sitting: Sitting) -> None:
        stage = sitting.session.stage
        if stage == "instructions":
            self._instructions(sitting)
        elif stage == "reading":
            self._reading(sitting)
        elif stage == "belief":
            self._belief(sitting)
        else:
            self._review(sitting)

    def _instructions(self, sitting: Sitting) -> None:
        self.say(wording.instructions(sitting.study))
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
                    self._speech(ballot, speech)
        self._choose(sitting, {"": "next"}, "Press Enter to go on, or type again, question, skip or quit")

    def _speech(self, ballot: Ballot, speech: Speech) -> None:
        parts = []
        for run, quote in quotes.segments(speech.text, speech.quotes):
            parts.append(f'"{run}" {wording.MARKS[quote.status]}' if quote else run)
        self.say(f"{wording.who(ballot, speech.label)}:")
        self.say("".join(parts))
        if hidden := sanitize.hidden(speech.text):
            self.say(f"({hidden} hidden characters were made visible)")
        self.say()

    def _belief(self, sitting: Sitting) -> None:
        session = sitting.session
        if session.percents:
            self.say(f"Your beliefs in A so far: {wording.held(session)}")
        ends = "stop" in allowed(session, sitting.study)
        more = ", or stop to decide now" if ends else ""
        said = self._answer(f"How likely is A, from 1 to 99? B is the rest{more}")
        if self._left(sitting, said):
            return
        if said == "stop" and ends:
            sitting.do("stop")
        elif said.isdigit() and 1 <= int(said) <= 99:
            sitting.do("believe", percent=int(said))
            self.say(wording.payoff(sitting.study, sitting.session, int(said)))
            if ends:
                again = self._answer("Press Enter to read on, or type stop to decide now")
                if not self._left(sitting, again):
                    sitting.do("stop" if again == "stop" else "next")
            else:
                sitting.do("next")
        elif said == "again":
            self._shown = 0
            self._again(sitting)
        else:
            self.say("Type a whole number from 1 to 99.")

    def _review(self, sitting: Sitting) -> None:
        session = sitting.session
        self._posed(sitting.ballot())
        self.say(f"Your beliefs in A: {wording.held(session)}. Final: A {session.percent}, B {100 - session.percent}.")
        if sitting.study.reason and not session.reason:
            said = self._answer("Why? One or two sentences")
            if not self._left(sitting, said) and said:
                sitting.do("reason", text=said)
            return
        self._choose(
            sitting, {"y": "submit", "yes": "submit", "back": "back"}, "Hand this in? yes, or back to change it"
        )

    def _choose(self, sitting: Sitting, words: dict[str, str], prompt: str) -> None:
        said = self._answer(prompt)
        if self._left(sitting, said):
            return
        if said == "again":
            self._again(sitting)
        elif said == "question":
            self._posed(sitting.ballot())
        elif said in words:
            sitting.do(words[said])  # type: ignore[arg-type] # deeds, by the words that mean them
        else:
            self.say("Type one of the words that are named.")

    def _again(self, sitting: Sitting) -> None:
        """Print everything that was read so far once more."""
        ballot = sitting.ballot()
        for speech in ballot.speeches:
            self._speech(ballot, speech)

    def _left(self, sitting: Sitting, said: str) -> bool:
        if said == "quit":
            sitting.do("pause")
            raise Left
        if said == "skip":
            why = self._answer("Why? It is kept with the transcript")
            sitting.do("skip", text=why)
            return True
        return False

    def _answer(self, prompt: str) -> str:
        try:
            said = self._ask(f"{prompt}: ")
        except EOFError as exc:
            raise Left from exc
        return said.strip() if len(said) > 8 else said.strip().lower()
