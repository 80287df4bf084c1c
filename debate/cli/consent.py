"""May this much be spent? A run that is paid for needs a cap or `--yes`, and above a few dollars it asks."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from debate.cli.page import Page
    from debate.domain import Limits
    from debate.forecast import Forecast, Left

ASKED_ABOVE_USD = 5.0


def agreed(page: Page, expected: Forecast, left: Left, limits: Limits, *, yes: bool, show: Callable[[], None]) -> None:
    """Return if a run may go ahead; else say what is missing, or leave.

    Args:
        page: where to ask.
        expected: what the whole tournament comes to.
        left: what of it is still to come.
        limits: its caps.
        yes: everything has been agreed to beforehand.
        show: prints the plan.
    """
    from debate.errors import ConfigError, UsageError

    paid = [model.model for model in expected.models if model.paid and model.model in left.models]
    unpriced = [model for model in paid if model in expected.unpriced]
    if unpriced and limits.max_cost_usd is not None:
        raise ConfigError(map(without_price, unpriced))
    if yes or not paid:
        return
    if limits.max_cost_usd is None and limits.max_calls is None:
        raise UsageError(
            f"this run pays for calls to {', '.join(paid)}: give --max-cost USD or --max-calls N, or agree with --yes"
        )
    likely = left.likely_usd if limits.max_cost_usd is None else min(left.likely_usd, limits.max_cost_usd)
    if likely <= ASKED_ABOVE_USD:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(f"this run is likely to cost ${likely:.2f}: agree with --yes, or cap it below with --max-cost")
    show()
    if not typer.confirm(f"Spend about ${likely:.2f}?", err=True):
        page.note("nothing was called and nothing spent")
        raise typer.Exit(UsageError.exit_code)


def without_price(model: str) -> str:
    """Say of a model why a cap in dollars cannot hold."""
    return (
        f'no price is known for "{model}", so --max-cost cannot hold: '
        f'add [prices."{model}"] to the tournament file, or cap the run with --max-calls'
    )
