"""What can go wrong, in two families: what the user can mend, and what the world did.

    DebateError
    ├── UsageError            the user can mend it: exit 2, nothing spent
    │   ├── ConfigError       the tournament file or the flags; lists every problem at once
    │   └── PlanChanged       the pinned plan and the present file disagree
    ├── InputError            a bank, record or import file is not valid: exit 7
    ├── StoreError            the database is locked, newer, damaged or full: exit 6
    ├── AccountError          a key is missing or rejected, or a quota is used up: exit 5
    └── ProviderError         one call failed; becomes a Failure on the record
        ├── Transient         trying again may help
        │   ├── Unreachable   nothing was sent: the network or the endpoint is away
        │   └── TimedOut      the whole time that one call may take went by
        └── Permanent         it will not

`BudgetReached` is not an error: it is how a cap stops a run (exit 4).
"""

from __future__ import annotations

from collections.abc import Iterable


class DebateError(Exception):
    """Anything this package raises on purpose; `exit_code` is what the command line returns."""

    exit_code = 1


class UsageError(DebateError):
    """The user can mend it before anything is spent."""

    exit_code = 2


class ConfigError(UsageError):
    """Every problem found in a tournament file or in the flags, together."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class PlanChanged(UsageError):
    """The tournament was planned with other settings, prompts or questions than it is now given."""

    def __init__(self, name: str, differences: Iterable[str]) -> None:
        self.name = name
        self.differences = tuple(differences)
        super().__init__("\n".join(self.differences))


class InputError(DebateError):
    """Every problem found in an input file, together, each with its place."""

    exit_code = 7

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class StoreError(DebateError):
    """The database cannot be used as it is; the message says what to do."""

    exit_code = 6


class StoreFull(StoreError):
    """There is no room left to write; what was committed is safe."""


class AccountError(DebateError):
    """An account cannot be used: no key, a rejected key, or no quota left."""

    exit_code = 5


class BudgetReached(DebateError):
    """A cap on money or calls was reached; the run stops cleanly and can go on.

    `passing` says whether there may be room again once calls in flight have cost less than was set aside for them.
    """

    exit_code = 4

    def __init__(self, message: str, *, passing: bool = False) -> None:
        self.passing = passing
        super().__init__(message)


class ProviderError(DebateError):
    """One call to a provider failed.

    `billed` says whether the endpoint may have charged for it.
    """

    def __init__(self, message: str, *, billed: bool = False) -> None:
        self.billed = billed
        super().__init__(message)


class Transient(ProviderError):
    """Trying again may help; `retry_after_s` is the endpoint's own floor, where it gave one."""

    def __init__(
        self, message: str, *, retry_after_s: float | None = None, billed: bool = False, busy: bool = False
    ) -> None:
        self.retry_after_s = retry_after_s
        self.busy = busy
        super().__init__(message, billed=billed)


class Unreachable(Transient):
    """Nothing was sent: the endpoint could not be reached."""


class TimedOut(Transient):
    """The whole time that one call may take went by without a reply."""


class Permanent(ProviderError):
    """Trying again will not help: the request itself was refused."""
