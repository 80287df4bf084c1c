"""Was a judge as often right as they were sure? Counts and bars, as they are told after practice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

Held: TypeAlias = tuple[int, bool]
"""How sure a judge was of the answer they leaned to, from 51 to 99, and whether it was right."""
BINS = ((51, 59), (60, 69), (70, 79), (80, 89), (90, 99))
WIDTH = 20


def held(percent: int, place: int) -> Held | None:
    """Return what a ruling says of a judge, or None where it leans to neither answer.

    Args:
        percent: the final belief in A.
        place: whether A (0) or B (1) is right.
    """
    if percent == 50:
        return None
    return max(percent, 100 - percent), (percent > 50) == (place == 0)


def calibration(rulings: Sequence[Held | None]) -> str:
    """Return how sure a judge was and how often right, by how sure; nothing where no ruling leaned to an answer."""
    leaning = [one for one in rulings if one is not None]
    if not leaning:
        return ""
    n, even = len(leaning), len(rulings) - len(leaning)
    lines = [f"Practice is over. In {_counted(n)} (# how often right, | how sure):", ""]
    lines += [line for first, last in BINS if (line := _bin(leaning, first, last))]
    lines += [
        "",
        f"On average you were {_mean(leaning):.0f} sure, and right {sum(right for _, right in leaning)} of {n} times.",
    ]
    if even:
        lines[-1] += f" {_counted(even)} you held to be even."
    lines.append("Whoever says 70 should be right about 7 times in 10. So few transcripts say little yet.")
    return "\n".join(lines)


def _bin(rulings: Sequence[Held], first: int, last: int) -> str:
    found = [one for one in rulings if first <= one[0] <= last]
    if not found:
        return ""
    right = sum(right for _, right in found)
    bar = ["#" if n < WIDTH * right / len(found) else "." for n in range(WIDTH)]
    bar[min(round(WIDTH * _mean(found) / 100), WIDTH - 1)] = "|"
    return f"  {first}-{last} sure  right {right} of {len(found)}  [{''.join(bar)}]"


def _mean(rulings: Sequence[Held]) -> float:
    return sum(sure for sure, _ in rulings) / len(rulings)


def _counted(n: int) -> str:
    return f"{n} transcript{'' if n == 1 else 's'}"
