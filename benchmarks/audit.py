"""How long does an audit of a hundred thousand debates take, and how much memory?"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from debate.domain import Debate, Judgment, Key, Match, Passage, Player, Posed, Protocol, Question, Seat, Turn
from debate.store import Played, Store, take

DEBATES, WANTED_S, WANTED_MB = 100_000, 180, 2_048
PLAYERS, ROUNDS, WORDS = 12, 2, 120
RULES = Protocol(name="debate", rounds=ROUNDS)
NAME = "bench"


def main() -> None:
    """Print both figures, the command's start and its whole output included."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        _filled(file, DEBATES)
        command = [sys.executable, "-c", "from debate.cli import main; main()", "audit", "--json", "--db", str(file)]
        began = time.perf_counter()
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        took = time.perf_counter() - began
    found = json.loads(out)
    assert found["n_debates"] == DEBATES
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    flagged = sum(test["flagged"] for test in found["tests"])
    print(
        f"audit: {DEBATES:,} debates of {PLAYERS} players, {2 * ROUNDS} speeches of {WORDS} words, in {took:.0f} s "
        f"({used.ru_utime + used.ru_stime:.0f} s of one core, of {os.cpu_count()}; wanted {WANTED_S} s) and "
        f"{used.ru_maxrss / 1024:,.0f} MB (wanted {WANTED_MB:,}); {len(found['tests'])} tests, {flagged} flagged"
    )


def _filled(file: Path, debates: int) -> None:
    with Store.open(file, create=True) as store:
        take(store, _played(debates), NAME)


def _played(debates: int) -> Iterator[Played]:
    chance = random.Random(1)
    words = [f"{chance.choice('bcdfglmnprst')}{chance.choice('aeiou')}{n:x}" for n in range(6_000)]
    players = [Player(name=f"p{i}", model="imported/none") for i in range(PLAYERS)]
    pairs = list(combinations(players, 2))
    number = 0
    while True:
        asked = _question(number // (2 * len(pairs)), words, chance)
        for pair in pairs:
            for sat in (pair, pair[::-1]):
                if number == debates:
                    return
                yield _one(number, asked, sat, words, chance)
                number += 1


def _question(number: int, words: list[str], chance: random.Random) -> Question:
    topic = chance.choices(words, k=400)
    posed = Posed.of(f"What of {number}?", (" ".join(topic[:4]), " ".join(topic[4:8])), Passage.of(" ".join(topic)))
    return Question(posed=posed, key=Key(question=posed.id, correct=number % 2))


def _one(number: int, asked: Question, sat: tuple[Player, ...], words: list[str], chance: random.Random) -> Played:
    seats = tuple(Seat(seat="AB"[i], player=player, argues=i) for i, player in enumerate(sat))
    match = Match.model_construct(
        id=f"b1-{number:x}",
        question=asked.posed,
        protocol=RULES,
        seats=seats,
        repeat=0,
        shown=(0, 1),
        prompts="",
        arm="",
    )
    topic = asked.posed.passage.text.split() if asked.posed.passage else words
    turns = tuple(_turn(i, topic, words, chance) for i in range(2 * ROUNDS))
    debate = Debate.model_construct(match=match, turns=turns)
    p = chance.random()
    ruling = Judgment(id=f"{match.id}-j", match=match.id, judge="jo", transcript=debate.digest, final=(p, 1 - p))
    return Played(source=NAME, record=match.id, question=asked, debate=debate, judgments=(ruling,))


def _turn(index: int, topic: list[str], words: list[str], chance: random.Random) -> Turn:
    said = [*chance.choices(topic, k=WORDS // 2), *chance.choices(words, k=WORDS // 2)]
    for place in range(0, WORDS, 15):
        said[place] = f"{said[place]}. The"
    return Turn(
        index=index,
        seat="AB"[index % 2],
        round=index // 2 + 1,
        beat=index // 2 + 1,
        kind="argument",
        text=" ".join(said),
    )


if __name__ == "__main__":
    main()
