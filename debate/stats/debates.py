"""What was debated, as columns: one row per debate, with who argued what in it and how much was said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace

import numpy as np

from debate.stats.column import Codes, Column, Flags, taken


@dataclass(frozen=True)
class Debates:
    """One row per debate. Seats are the two that argue; a consultancy fills the first, a control none."""

    match: Column
    question: Column
    cluster: Column
    """The passage, where more than one question shares it; else the question."""
    domain: Column
    protocol: Column
    """The protocol's title."""
    rules: Column
    """The protocol's name."""
    agents: Column
    """The kind of the debaters: `model`, `human`, `builtin`, `mixed`; none where nobody argues."""
    arm: Column
    state: Column
    correct: Codes
    """The right answer; -1 where it is not known."""
    rounds: Codes
    """The rounds that were played."""
    repeat: Codes
    player: Column
    """Two axes: debate, seat."""
    argues: Codes
    """Two axes: debate, seat; -1 where the seat is not there."""
    words: Codes
    """Two axes: debate, seat: the words of all speeches."""
    conceded: Flags
    """Two axes: debate, seat."""
    broken: Column
    """Two axes: debate, seat: the state of the first turn that is not `ok`."""
    open_role: Flags
    """Whether the first seat chose the answer that it argues, where others are assigned theirs."""
    more: Mapping[str, Column] = field(default_factory=dict)
    """Further keys that rows can be selected and grouped by."""

    def __len__(self) -> int:
        return len(self.correct)

    def take(self, rows: Flags) -> Debates:
        """Return those debates only."""
        kept = {f.name: taken(getattr(self, f.name), rows) for f in fields(self) if f.name != "more"}
        return replace(self, **kept, more={name: column.take(rows) for name, column in self.more.items()})

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that debates can be selected and grouped by."""
        return (*_BY_KEY, *self.more)

    def column(self, key: str) -> Column:
        """Return the column of one of `keys`; two axes where it names two seats."""
        return self.more[key] if key in self.more else _BY_KEY[key](self)

    @property
    def seats(self) -> Codes:
        """How many seats argue."""
        return np.asarray((self.argues >= 0).sum(axis=1), np.int32)

    @property
    def on_right_side(self) -> Flags:
        """Two axes: debate, seat: whether the answer argued there is right."""
        return np.asarray((self.argues >= 0) & (self.argues == self.correct[:, None]))


_BY_KEY: dict[str, Callable[[Debates], Column]] = {
    "match": lambda d: d.match,
    "question": lambda d: d.question,
    "cluster": lambda d: d.cluster,
    "domain": lambda d: d.domain,
    "protocol": lambda d: d.protocol,
    "rules": lambda d: d.rules,
    "agents": lambda d: d.agents,
    "arm": lambda d: d.arm,
    "match_state": lambda d: d.state,
    "repeat": lambda d: Column.of_numbers(d.repeat),
    "rounds": lambda d: Column.of_numbers(d.rounds),
    "player": lambda d: d.player,
}
