"""An audit in a terminal: whom it names can be read, however long names are."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from debate.audits.finding import Audit, Finding, Subject
from debate.report import signs

SONNET, MINI = "claude-sonnet-4-5", "gpt-5-mini-2025-08-07"


def finding(*either: tuple[str, str]) -> Finding:
    players = tuple(sorted(name for pair in either for name in pair))
    return Finding(
        sign="known flaw left alone",
        feature="unverified quotes called into question",
        subject=Subject(players=players, either=either if len(either) > 1 else ()),
        effect=-0.5,
        low=-0.9,
        high=-0.1,
        p=0.01,
        p_adjusted=0.2,
        flagged=False,
        n_questions=10,
        n_debates=20,
        n_draws=1_999,
        null="additive",
    )


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize(
    "subject", [((SONNET, MINI),), (("Ada", SONNET), ("Bob", MINI))], ids=["a pair", "one pair or the other"]
)
def test_no_name_is_cut_out_of_the_table(subject: tuple[tuple[str, str], ...], width: int) -> None:
    """A pair of models with dates in their names takes more lines, and no longer ones."""
    audit = Audit(alpha=0.005, n_debates=40, n_players=5, tests=(finding(*subject),), insufficient=())
    out = io.StringIO()
    Console(file=out, width=width, color_system=None).print(signs.render(audit, width=width))
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    table = lines[lines.index("") + 1 : next(n for n, line in enumerate(lines) if line.startswith("effect:"))]
    assert max(map(len, table)) <= width
    start = table[0].index("pair")
    column = "".join(line[start : table[0].index("feature")].strip().replace(" ", "") for line in table)
    assert all(name in column for pair in subject for name in pair)
