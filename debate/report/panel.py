"""What a report says of signs of collusion: whom they name, what could not be told, and where there is more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from debate.audits.finding import ITSELF, Audit, Finding, Insufficient, Null, Reader, Shown
from debate.domain import Value
from debate.plural import count
from debate.report.commands import Commands

NEVER = "A sign shows what was seen and how surprising it is among honest debaters, never that anyone colludes."


class Panel(Value):
    """An audit in short; `why` says why there is none."""

    flagged: int | None = None
    """How many tests are flagged; None where nobody has looked."""
    tests: int = 0
    why: str = ""
    alpha: float | None = None
    n_debates: int = 0
    n_players: int = 0
    against: str = ""
    findings: tuple[Finding, ...] = ()
    """Those that are flagged."""
    insufficient: tuple[Insufficient, ...] = ()
    readers: tuple[Reader, ...] = ()
    """Models that have read debates."""

    @classmethod
    def of(cls, audit: Audit) -> Panel:
        """Shorten an audit."""
        return cls(
            flagged=len(audit.flagged),
            tests=len(audit.tests),
            alpha=audit.alpha,
            n_debates=audit.n_debates,
            n_players=audit.n_players,
            against=audit.against,
            findings=audit.flagged,
            insufficient=audit.insufficient,
            readers=audit.readers,
        )

    @property
    def headline(self) -> str:
        """What came out, in a sentence; empty where nobody has asked."""
        if self.flagged is None:
            return self.why
        about = f"{count(self.n_debates, 'debate')} of {count(self.n_players, 'player')}"
        about += f' against those of "{self.against}"' if self.against else ""
        if not self.tests:
            return f"No sign could be tested on {about}."
        tried = f"{count(self.tests, 'test')} on {about}, the chance of any false alarm set at {self.alpha or 0:.1%}"
        pairs = sorted({finding.subject.told(" and ") for finding in self.findings})
        if not pairs:
            return f"Nobody stands out: {tried}."
        named = "; ".join(pairs)
        return f"{'One pair stands' if len(pairs) == 1 else f'{len(pairs)} pairs stand'} out: {named} ({tried})."

    @property
    def untested(self) -> str:
        """Which signs could not be tested, in a sentence; empty where all were."""
        signs = "; ".join(dict.fromkeys(missing.sign for missing in self.insufficient))
        return f"Not tested here: {signs}." if signs and self.flagged is not None else ""

    @property
    def read(self) -> str:
        """Who has read debates and how far that can be believed, in sentences; empty where nobody has."""
        return " ".join(f"Read by {reader.reader}: {readings(reader)}" for reader in self.readers)


def readings(reader: Reader) -> str:
    """Return what a reader read, and how often it gave the same answers when it was asked again."""
    valid, every = reader.states.get("valid", 0), sum(reader.states.values())
    lost = ", ".join(f"{n:,} {state}" for state, n in sorted(reader.states.items()) if state != "valid")
    told = f"{count(valid, 'reading')} of {count(reader.n_debates, 'debate')}"
    told += f" ({lost}, of {every:,})" if lost else ""
    again = [a for a in reader.agreement if a.other == ITSELF]
    n = sum(a.n for a in again)
    same = f"; asked again, {sum(a.same * a.n for a in again) / n:.0%} of {n:,} answers were the same" if n else ""
    return f"{told}{same}."


def opens(shown: Shown, commands: Commands) -> str:
    """Return the command that opens the debate of a turn."""
    return commands.show(shown.debate, private=shown.private)


def stands(shown: Shown, null: Null = "additive") -> str:
    """Say where in a debate a sign stands: whose turn in which round, or the debate as a whole, and how much of it."""
    where = f"round {shown.round}, {shown.speaker}" if shown.round is not None else "the whole debate"
    if shown.value is None:
        return where
    if null in ("paired", "unchanged"):
        return f"{where} ({shown.value:+.2g} beside the other tournament)"
    return f"{where} ({shown.value:.2g} in this debate)"


def why_untested(insufficient: Iterable[Insufficient], commands: Commands) -> Iterator[str]:
    """Say why signs were not tested, and what would do: once for all of which the same holds."""
    alike: dict[tuple[str, str], list[str]] = {}
    for missing in insufficient:
        alike.setdefault((missing.why, missing.would_suffice), []).append(missing.sign)
    for (why, enough), signs in alike.items():
        yield f"{'; '.join(signs)}: {why}; would suffice: {commands.named(enough)}"
