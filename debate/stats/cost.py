"""What it cost: calls, tokens and money, in all and for each debate, judgment and correct judgment."""

from __future__ import annotations

from collections.abc import Iterable

from debate.domain import Purpose, Value


class Spent(Value):
    """What calls of one kind used. `cost_usd` is what is known; calls without a price are `unpriced`."""

    purpose: Purpose
    model: str = ""
    protocol: str = ""
    calls: int = 0
    failed: int = 0
    """Attempts that brought no reply."""
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    cost_usd: float = 0.0
    cost_max_usd: float = 0.0
    """With attempts that may have been billed."""
    unpriced: int = 0
    latency_s: float = 0.0
    recorded: int = 0
    """Of the calls those that only imported speeches and rulings tell of."""

    @property
    def tokens(self) -> int:
        """Those in and out together."""
        return self.input_tokens + self.output_tokens

    def __add__(self, other: Spent) -> Spent:
        """Return what both used together, under the name of the first."""
        return self.model_copy(update={f: getattr(self, f) + getattr(other, f) for f in _SUMMED})


_SUMMED = (
    "calls",
    "failed",
    "input_tokens",
    "cached_tokens",
    "output_tokens",
    "reasoning_tokens",
    "cost_usd",
    "cost_max_usd",
    "unpriced",
    "latency_s",
    "recorded",
)


class Cost(Value):
    """What a tournament cost. Money is None where no call had a price."""

    calls: int = 0
    failed_calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    cost_usd: float | None = None
    cost_max_usd: float | None = None
    unpriced_calls: int = 0
    recorded_calls: int = 0
    """Calls that were made elsewhere: their speeches and rulings were imported with what they used."""
    debating_usd: float | None = None
    judging_usd: float | None = None
    auditing_usd: float | None = None
    """What audits have asked models, which is part of neither."""
    per_debate_usd: float | None = None
    per_judgment_usd: float | None = None
    per_correct_judgment_usd: float | None = None
    """Everything that was spent over the judgments that were correct."""
    tokens_per_debate: float | None = None
    tokens_per_judgment: float | None = None
    tokens_per_correct_judgment: float | None = None
    """All tokens, in and out, over the judgments that were correct."""
    n_debates: int = 0
    n_judgments: int = 0
    n_correct: int = 0
    rows: tuple[Spent, ...] = ()


def cost(spent: Iterable[Spent], *, debates: int, judgments: int, correct: int) -> Cost:
    """Add up what was spent, and divide it by what it bought."""
    rows = tuple(spent)
    total = _sum(rows)
    judging, auditing = (_sum(r for r in rows if r.purpose == purpose) for purpose in ("judge", "audit"))
    debating = _sum(r for r in rows if r.purpose not in ("judge", "audit"))
    known = total.calls > total.unpriced
    usd = total.cost_usd if known else None
    return Cost(
        calls=total.calls,
        failed_calls=total.failed,
        input_tokens=total.input_tokens,
        cached_tokens=total.cached_tokens,
        output_tokens=total.output_tokens,
        reasoning_tokens=total.reasoning_tokens,
        cost_usd=usd,
        cost_max_usd=max(total.cost_max_usd, total.cost_usd) if known else None,
        unpriced_calls=total.unpriced,
        recorded_calls=total.recorded,
        debating_usd=debating.cost_usd if known else None,
        judging_usd=judging.cost_usd if known else None,
        auditing_usd=auditing.cost_usd if known else None,
        per_debate_usd=_each(debating.cost_usd if known else None, debates),
        per_judgment_usd=_each(judging.cost_usd if known else None, judgments),
        per_correct_judgment_usd=_each(usd, correct),
        tokens_per_debate=_each(debating.tokens, debates),
        tokens_per_judgment=_each(judging.tokens, judgments),
        tokens_per_correct_judgment=_each(total.tokens, correct),
        n_debates=debates,
        n_judgments=judgments,
        n_correct=correct,
        rows=rows,
    )


def _sum(rows: Iterable[Spent]) -> Spent:
    return sum(rows, Spent(purpose="judge"))


def _each(amount: float | None, things: int) -> float | None:
    return None if amount is None or not things else amount / things
