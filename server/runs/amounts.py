"""The amounts in a run's context: read once, at the door, and kept in one spelling from there on."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from state.cost import Money
from state.errors import BriefRefused
from tools.ledger.costs import dollars

AMOUNTS = ("ceiling_usd", "preproduction_usd", "text_allowance_usd", "auto_approve_usd")
HIGHEST_USD = 1_000_000
CEILING_USD = "25.00"
"""The most that a production may cost whose context names nothing else."""


def with_amounts(context: Mapping[str, Any]) -> dict[str, Any]:
    """The context with its amounts as the database reads them too: `3.00`, however they were written.

    Raises:
        BriefRefused: one of them is no amount, or one that nobody can mean; it is named.
    """
    told = {name: dollars(_amount(context[name], name).micros) for name in AMOUNTS if name in context}
    return {**context, **told}


def ceiling_micros(context: Mapping[str, Any]) -> int:
    """The most that a production with this context may cost, in micro-dollars.

    Raises:
        BriefRefused: this or another amount of the context is none, or one that nobody can mean.
    """
    return Money.usd(with_amounts({"ceiling_usd": CEILING_USD, **context})["ceiling_usd"]).micros


def _amount(said: Any, name: str) -> Money:
    try:
        amount = Decimal(str(said))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount <= HIGHEST_USD or not _is_whole(amount):
        raise BriefRefused(
            f"context.{name}: must be an amount in dollars from 0 to {HIGHEST_USD}, with at most 6 decimals",
            user_action="Send the most that may be spent, for example 25.00.",
            details={"field": f"context.{name}"},
        )
    return Money.usd(amount)


def _is_whole(amount: Decimal) -> bool:
    """Whether it is so many micro-dollars; less than one would become nothing in silence."""
    return amount == Money.usd(amount).as_usd()
