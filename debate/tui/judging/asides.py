"""What can a judge at plain prompts do beside answering? Look again, find, note, and mark, by words and numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, get_args

from debate import sanitize
from debate.domain import Ballot, Speech, Tag
from debate.studies import wording
from debate.studies.session import Refused, Session, allowed
from debate.tui.judging.sitting import Sitting
from debate.tui.transcript import Block, Sentence, hits, inspected, panel, passage, sentences, transcript

if TYPE_CHECKING:
    from debate.tui.judging.plain import Plain

HELP = """again: everything that was read so far once more. round 1: one round. question: the question and its answers.
speeches: who said what, by number. note 2: a note on speech 2; note: on the last one.
mark: the sentences of the last round by number, to mark one and say what it is.
unmark 3: takes the mark of sentence 3 away.
quotes: what was quoted, in the order of the text. passage: the text, where you read it.
find WORD: the lines with a word. hidden: hidden characters.
break: a break, whose time is not counted. later: another transcript first.
skip: skip this transcript, saying why. quit: leave; the transcript waits as it is."""
TAGS: tuple[Tag, ...] = get_args(Tag)
FOUND = 20


class Asides:
    """What a judge may do at any prompt."""

    def __init__(self, face: Plain) -> None:
        self._face = face
        self._does: dict[str, Callable[[Sitting, str], None]] = {
            "again": self._again,
            "round": self._round,
            "question": lambda sitting, _: face.posed(sitting.ballot()),
            "speeches": self._speeches,
            "quotes": lambda sitting, _: self._blocks(panel(sitting.ballot())),
            "passage": lambda sitting, _: self._blocks(passage(sitting.ballot())),
            "find": self._find,
            "hidden": self._hidden,
            "note": self._note,
            "mark": self._mark,
            "unmark": self._unmark,
            "break": self._break,
            "help": self._help,
        }

    @property
    def words(self) -> frozenset[str]:
        """The words by which something is done."""
        return frozenset(self._does)

    def took(self, sitting: Sitting, said: str) -> bool:
        """Do what was asked for beside answering; tell whether that was what was wanted."""
        word, _, rest = said.partition(" ")
        does = self._does.get(word.lower())
        if does is None or (word.lower() == "find" and not rest):
            return False
        try:
            does(sitting, rest.strip())
        except Refused as refused:
            self._face.say(f"{str(refused).capitalize()}.")
        return True

    def _blocks(self, blocks: list[Block]) -> None:
        for block in blocks:
            self._face.say(block.text)

    def _again(self, sitting: Sitting, _: str) -> None:
        for speech in sitting.ballot().speeches:
            self._face.speech(sitting, speech)

    def _round(self, sitting: Sitting, number: str) -> None:
        found = [speech for speech in sitting.ballot().speeches if str(speech.round) == number]
        for speech in found:
            self._face.speech(sitting, speech)
        if not found:
            raise Refused("say which round: one of those that you have read")

    def _speeches(self, sitting: Sitting, _: str) -> None:
        for number, speech in enumerate(_said(sitting.ballot()), 1):
            self._face.say(f"{number}. {wording.who(sitting.ballot(), speech.label)} in round {speech.round}")
            if note := sitting.session.note(speech.index):
                self._face.say(f"   your note: {note}")

    def _find(self, sitting: Sitting, wanted: str) -> None:
        ballot = sitting.ballot()
        blocks = [*transcript(ballot), *(passage(ballot) if ballot.question.passage else ())]
        found = hits(blocks, wanted)
        for number, start, end in found[:FOUND]:
            around = blocks[number].text[max(start - 60, 0) : end + 60]
            self._face.say(f"- {sanitize.line(around)}")
        self._face.say(f"{len(found)} found")

    def _hidden(self, sitting: Sitting, _: str) -> None:
        self._face.say("\n".join(inspected(sitting.ballot().speeches)) or "No hidden characters so far.")

    def _note(self, sitting: Sitting, number: str) -> None:
        _see(sitting, "note")
        ballot = sitting.ballot()
        said = _said(ballot)
        speech = said[_number(number or str(len(said)), len(said), "speech") - 1]
        who = wording.who(ballot, speech.label)
        kept = self._face.answer(f"Your note on what {who} said in round {speech.round}")
        sitting.do("note", about=str(speech.index), text=kept)

    def _mark(self, sitting: Sitting, number: str) -> None:
        _see(sitting, "mark")
        found = _sentences(sitting.ballot())
        if not number:
            self._list(sitting, found)
            number = self._face.answer("Which sentence do you mark? Its number, or Enter for none")
        if not number:
            return
        speech, one, _ = found[_number(number, len(found), "sentence") - 1]
        kinds = ", ".join(f"{n} {tag}" for n, tag in enumerate(TAGS[1:], 1))
        said = self._face.answer(f"What is it? {kinds}; Enter only marks it")
        tag = TAGS[_number(said, len(TAGS) - 1, "kind")] if said else TAGS[0]
        sitting.do("mark", about=str(speech.index), span=(one.start, one.end), tag=tag)

    def _unmark(self, sitting: Sitting, number: str) -> None:
        _see(sitting, "unmark")
        found = _sentences(sitting.ballot())
        speech, one, _ = found[_number(number, len(found), "sentence") - 1]
        sitting.do("unmark", about=str(speech.index), span=(one.start, one.end))

    def _list(self, sitting: Sitting, found: list[tuple[Speech, Sentence, str]]) -> None:
        ballot = sitting.ballot()
        for number, (speech, one, text) in enumerate(found, 1):
            if speech.round == ballot.round:
                marked = _marked(sitting.session, speech, one)
                self._face.say(f"{number}. {wording.who(ballot, speech.label)}: {sanitize.line(text)}{marked}")

    def _break(self, sitting: Sitting, _: str) -> None:
        sitting.do("pause")
        self._face.answer("A break. Press Enter to go on; this time is not counted")
        sitting.touch()

    def _help(self, sitting: Sitting, _: str) -> None:
        self._face.say("Press Enter to go on.")
        self._face.say(HELP)
        self._face.say(wording.instructions(sitting.study, sitting.ballot(), live=sitting.session.live))


def _see(sitting: Sitting, deed: str) -> None:
    if deed not in allowed(sitting.session, sitting.study) or not _said(sitting.ballot()):
        raise Refused(f"there is no speech here to {deed}")


def _said(ballot: Ballot) -> list[Speech]:
    """Return what the sides said; a judge's questions are not noted on."""
    return [speech for speech in ballot.speeches if speech.label != "judge"]


def _sentences(ballot: Ballot) -> list[tuple[Speech, Sentence, str]]:
    """Return every sentence so far with its speech and its words, in the order in which the full screen has them."""
    blocks = transcript(ballot)
    speeches = {speech.index: speech for speech in ballot.speeches}
    found = []
    for one in sentences(blocks):
        block = blocks[one.block]
        if block.speech is not None:
            found.append((speeches[block.speech], one, block.raw[one.start : one.end]))
    return found


def _marked(session: Session, speech: Speech, one: Sentence) -> str:
    for mark in session.marks:
        if (mark.speech, mark.span) == (speech.index, (one.start, one.end)):
            return f" (marked{': ' if mark.tag else ''}{mark.tag})"
    return ""


def _number(said: str, most: int, what: str) -> int:
    if said.isdecimal() and len(said) <= 6 and 1 <= int(said) <= most:
        return int(said)
    raise Refused(f"say which {what}: a number from 1 to {most}")
