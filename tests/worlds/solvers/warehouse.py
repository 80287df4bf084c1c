"""A second reader of the storekeeper's book: it adds up what the sentences say."""

from __future__ import annotations

import re
from typing import NamedTuple

from tests.worlds.solvers.reading import DATE, NUMBER, numbers, sentences, value

OUT = re.compile(r"went out|sent for|I let|We loaded|issued|had \w+(?: \w+)? of us|^To ")
LOST = re.compile(r"spoilt|thrown out|wrote off")
BACK = re.compile(r"sent back|returned")
NOTHING = re.compile(r"took none|not wanted|declined|turned away")


class Line(NamedTuple):
    date: str
    good: str
    kind: str
    amount: int
    said: str = ""
    wrong: bool = False


def read(text: str, until: str = "") -> tuple[list[str], list[Line]]:
    """Return the days in order, up to one if it is named, and what moved or was counted."""
    first, *rest = text.split("\n\n")
    goods = {good: unit for sentence in sentences(first) for good, unit in named(sentence)}
    days = ["before"]
    lines = [Line("before", one, "count", numbers(s)[0]) for s in sentences(first) for one, _ in named(s)]
    for paragraph in rest:
        date, *told = sentences(paragraph)
        days.append(date.rstrip("."))
        for sentence in told:
            enter(sentence, days[-1], goods, lines)
        if days[-1] == until:
            break
    return days, lines


def named(sentence: str) -> list[tuple[str, str]]:
    """Return the goods of a sentence of the first count, with their units."""
    found = re.findall(rf"Of ([a-z ]+) there were {NUMBER} (\w+)\.", sentence)
    found += re.findall(rf"The ([a-z ]+) came to {NUMBER} (\w+)\.", sentence)
    turned = re.findall(rf"{NUMBER} (\w+) of ([a-z ]+)\.", sentence)
    return found + [(good, unit) for unit, good in turned]


def enter(sentence: str, date: str, goods: dict[str, str], lines: list[Line]) -> None:
    """Add what a sentence says to the lines, or mend the line that it corrects."""
    said = [good for good in sorted(goods, key=sentence.find) if re.search(rf"\b{good}\b", sentence)]
    if not said or NOTHING.search(sentence):
        return
    wrong = re.search(rf"not ({NUMBER})\.|where I wrote ({NUMBER})|for ({NUMBER}) \w+ read", sentence)
    if wrong:
        mend(sentence, said[0], value(next(filter(None, wrong.groups()))), lines)
    elif re.search(r"counted|^The count of", sentence):
        lines.append(Line(date, said[0], "count", numbers(sentence)[0]))
    elif re.search(r"\bas many\b|the same number", sentence):
        good = said[0]
        other = next(g for g in said if g != good)
        way = "out" if re.search(r"gone out|had issued", sentence) else "in"
        then = re.search(DATE, sentence)
        on = then[0] if then else date
        amount = next(one.amount for one in lines if (one.date, one.good, one.kind) == (on, other, way))
        start = sentence.split(" as many ")[0] + sentence.split(" as many ")[-1].split(" as ")[0]
        lines.append(
            Line(
                date,
                good,
                "out" if re.search(r"^To |I issued| had \w+(?: \w+)? of us", start) else "in",
                amount,
                sentence,
            )
        )
    else:
        kind = next((k for k, p in (("lost", LOST), ("back", BACK), ("out", OUT)) if p.search(sentence)), "in")
        lines.append(Line(date, said[0], kind, numbers(sentence)[0], sentence))


def mend(sentence: str, good: str, wrong: int, lines: list[Line]) -> None:
    """Put right the line of a day: the number that is not the wrong one holds."""
    date = re.search(DATE, sentence)
    assert date
    way = "out" if re.search(r"went out|issued", sentence) else "in"
    right = next(number for number in numbers(sentence.replace(date[0], "")) if number != wrong)
    (at,) = [i for i, one in enumerate(lines) if (one.date, one.good, one.kind) == (date[0], good, way)]
    assert lines[at].amount == wrong
    lines[at] = lines[at]._replace(amount=right, wrong=True)


def stock(good: str, date: str, days: list[str], lines: list[Line]) -> int:
    """Return what there was at the close of a day."""
    total, until = 0, set(days[: days.index(date) + 1])
    for line in lines:
        if line.good == good and line.date in until:
            sign = -1 if line.kind in ("out", "lost") else 1
            total = line.amount if line.kind == "count" else total + sign * line.amount
    return total


KINDS = {"delivered": "in", "issued": "out", "returned": "back", "spoiled": "lost"}


def answer(text: str, question: str, answers: list[str]) -> str:
    """Return the answer that the text gives."""
    dates = re.findall(DATE, question)
    days, lines = read(text, dates[-1] if "on that evening" in question else "")
    if flow := re.search(r"Were more \w+ of ([a-z ]+) or more \w+ of ([a-z ]+) (delivered|issued)", question):
        span = days[days.index(dates[0]) : days.index(dates[1]) + 1]
        kind = KINDS[flow[3]]
        moved = {
            good: sum(one.amount for one in lines if (one.good, one.kind) == (good, kind) and one.date in span)
            for good in flow.groups()[:2]
        }
        return next(one for one in answers if one.endswith(f" of {max(moved, key=lambda good: moved[good])}"))
    if kept := re.search(r"If no ([a-z ]+) had (?:been )?(delivered|issued|returned|spoiled)", question):
        gone = (dates[0], kept[1], KINDS[kept[2]])
        lines = [one for one in lines if (one.date, one.good, one.kind) != gone]
        return f"{stock(kept[1], dates[1], days, lines):,}"
    if wrong := re.search(r"number of \w+ of ([a-z ]+) that was wrong", question):
        (first,) = set(answers) & {one.date for one in lines if one.wrong and one.good == wrong[1]}
        return first
    if never := re.search(r"did no ([a-z ]+) ever change hands", question):
        said = [one.said.lower() for one in lines if one.good == never[1] and one.kind in ("in", "out", "back")]
        (none,) = [one for one in answers if not any(one.lower() in sentence for sentence in said)]
        return none
    if question.startswith("How many"):
        good = re.search(r"of ([a-z ]+) were in", question)
        assert good
        return f"{stock(good[1], dates[0], days, lines):,}"
    goods = re.findall(r"more \w+ of ([a-z ]+?)(?= or more| in the)", question)
    most = max(goods, key=lambda good: stock(good, dates[0], days, lines))
    return next(one for one in answers if one.endswith(f" of {most}"))
