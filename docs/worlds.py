"""Write the examples of `docs/worlds.md`, as the commands above them make them: `python -m docs.worlds`."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any

from debate.worlds import STRUCTURES, WORLDS, make, pairs

PAGE = Path(__file__).resolve().parent / "worlds.md"
SEED, LENGTH, DIAL = 11, 500, 0.6
_BLOCK = re.compile(r"(<!-- (world|pair):(\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_WIDE = 120


def page(text: str) -> str:
    """Return the page with every example made afresh."""
    return _BLOCK.sub(lambda found: found[1] + {"world": world, "pair": pair}[found[2]](found[3]) + found[4], text)


def world(name: str) -> str:
    """Return a world's first question with its passage's last paragraph that is evidence."""
    command = f"debate questions make --world {name} --n 1 --seed {SEED} --words {LENGTH} --difficulty {DIAL}"
    lines: list[Any] = list(make([WORLDS[name]], n=1, seed=SEED, words=LENGTH, difficulty=DIAL))
    return f"```sh\n{command}\n```\n\n{_shown(lines[0]['passage'], lines[1])}"


def pair(name: str) -> str:
    """Return both sides of a structure's first pair."""
    command = f"debate questions make --interest --world {name} --n 1 --seed {SEED}"
    lines: list[Any] = list(pairs([STRUCTURES[name]], n=1, seed=SEED))
    interest, control = (_shown(lines[at]["passage"], lines[at + 1]) for at in (0, 2))
    return f"```sh\n{command}\n```\n\n{interest}The same, of a subject without a stake:\n\n{control}"


def _shown(passage: dict[str, Any], question: dict[str, Any]) -> str:
    text: str = passage["text"]
    last = question["evidence"][-1][0]
    start, end = text.rfind("\n\n", 0, last) + 1, text.find("\n\n", last)
    told = text[start : end if end > 0 else len(text)].strip()
    marks = {question["correct"]: "right", question["distractor"]: "best distractor"}
    answers = [f"{answer} ({marks[at]})" if at in marks else answer for at, answer in enumerate(question["answers"])]
    quotes = [text[start:end] for start, end in question["evidence"]]
    parts = (
        _quoted(f"*{passage['title']}* ... {told}"),
        _wrapped(f"**{question['text']}** {'; '.join(answers)}. Difficulty {question['difficulty']}."),
        _wrapped(f"Evidence: {' / '.join(quotes)}"),
        _wrapped(f"Reason: {question['reason']}"),
    )
    return "\n\n".join(parts) + "\n\n"


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDE, break_long_words=False, break_on_hyphens=False)


def _quoted(text: str) -> str:
    return textwrap.fill(
        text, _WIDE, initial_indent="> ", subsequent_indent="> ", break_long_words=False, break_on_hyphens=False
    )


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
