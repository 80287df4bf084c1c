"""Second readers of matched pairs, one a structure."""

from __future__ import annotations

import re

from tests.worlds.solvers.reading import DATE, NUMBER, numbers, sentences, value

LOST = re.compile(
    "go on|goes without|may remain|remain in|unweighed|must still|deleted|burned|have to be announced|need not|left out"
)
"""What the answers say that stand for a motion that was lost."""


def found(pattern: str, text: str) -> re.Match[str]:
    """Return the one place where a pattern stands."""
    match = re.search(pattern, text)
    assert match, f"{pattern} is nowhere in {text}"
    return match


def allowance(text: str, _question: str, answers: list[str]) -> str:
    """Add up the register, with the line that is put right at the end."""
    _, register, remark = text.split("\n\n")
    total, changes = 0, {}
    for sentence in sentences(register):
        date = re.search(DATE, sentence)
        if not date:
            continue
        (number,) = numbers(sentence.replace(date[0], "").replace("two of a kind", ""))
        if re.search(r"stood at|first entry", sentence):
            total = number
        else:
            changes[date[0]] = number * (1 if re.search(r"\badde?[ds]\b", sentence) else -1)
    line = found(DATE, remark)[0]
    if re.search(r"never took effect|called off", remark):
        del changes[line]
    else:
        true = value(found(rf"({NUMBER}) \w+ (?:that day and not|were meant)", remark)[1])
        changes[line] = true if changes[line] > 0 else -true
    return f"{total + sum(changes.values())} {answers[0].split()[-1]}"


def marks(text: str, question: str, _answers: list[str]) -> str:
    """Add up the column of the one asked about, with the row that was exchanged."""
    opening, sheet, remark = text.split("\n\n")
    name = found(r"did (.+) truly", question)[1]
    pair = re.search(r"([A-Z]) stood for (.+?) and ([A-Z]) for (.+?),", opening)
    if pair:
        mine, theirs = (pair[1], pair[3]) if pair[2] == name else (pair[3], pair[1])
    else:
        mine = found(rf"{name} was ([A-Z])\b", opening)[1]
        theirs = next(other for other in re.findall(r" was ([A-Z])\b", opening) if other != mine)
    part = found(r"(?:morning of|wrong way round for) (.+?)(?: \w+ \w+ laid|;)", remark)[1]
    total = 0
    for sentence in sentences(sheet):
        if len(set(re.findall(r"\b[A-Z]\b", sentence))) < 2:
            continue
        low = sentence.lower()
        other_way = re.match(rf"(?:for |in |on )?{part}\b", low) is not None
        total += mark(sentence, theirs if other_way else mine)
    return f"{total} marks"


def mark(sentence: str, letter: str) -> int:
    """Return the number that belongs to a letter: the nearest after it, or "N for it"."""
    before = re.search(rf"({NUMBER})(?: marks)? for {letter}\b", sentence)
    after = re.search(rf"(?:\bgives |brought |for |and ){letter} ({NUMBER})", sentence)
    match = before or after
    assert match, sentence
    return value(match[1])


def watch(text: str, _question: str, answers: list[str]) -> str:
    """Bring the deed to the wall clock's time and look it up in the desk book."""
    _, book, deed = text.split("\n\n")
    time = r"\d+\.\d\d"
    off = int(found(r"(\d+) minutes (?:ahead of|behind)", deed)[1]) * (-1 if "ahead of the wall" in deed else 1)
    at = minutes(found(time, deed)[0]) + off
    holder = ""
    for sentence in sentences(book):
        hour = re.search(time, sentence)
        if hour and minutes(hour[0]) <= at:
            holder = taken(sentence)
    return next(answer for answer in answers if answer.lower() == holder.lower())


def taken(sentence: str) -> str:
    """Return who takes the charge in a sentence of the desk book."""
    patterns = (
        r"by it (.+?) took over",
        r"wall clock, (.+?) had ",
        r"same book, (.+?) relieved",
        r"passed from .+ to (.+)\.$",
        r"went back to (.+) at ",
        r"^At [\d.]+ (.+) had it again",
    )
    return next(match[1] for pattern in patterns if (match := re.search(pattern, sentence)))


def minutes(time: str) -> int:
    """Return the minute of the day."""
    hours, past = time.split(".")
    return 60 * int(hours) + int(past)


def vote(text: str, _question: str, answers: list[str]) -> str:
    """Count without the one who may not vote."""
    _, voted, after = text.split("\n\n")
    barred = (re.search(r"shows that (.+?) was ", after) or found(r"recorded that (.+?) turned out", after))[1]
    counts = {True: 0, False: 0}
    for sentence in sentences(voted):
        way = bool(re.search(r"For it voted|in favour|ayes", sentence))
        if way or re.search(r"Against it|voted against|noes", sentence):
            names = re.findall(r"(?:Mr|Mrs|Miss|Dr) \w+", sentence)
            counts[way] += sum(name != barred for name in names)
    carried = counts[True] > counts[False]
    return next(answer for answer in answers if bool(LOST.search(answer)) != carried)


READERS = {"allowance": allowance, "marks": marks, "watch": watch, "vote": vote}
