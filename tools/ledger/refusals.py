"""From what the database says about money to the error that a person reads."""

from collections.abc import Mapping
from typing import Any

from state.cost import Charged, Money
from state.errors import (
    BudgetExceeded,
    CreditsUsedUp,
    DayBudgetExceeded,
    NotApproved,
    PremiumInDraft,
    QuoteChanged,
    SpendingBlocked,
    SpendingStopped,
    TextAllowanceUsedUp,
)
from tools.ledger.rows import Claim, OrderRow

UNAPPROVED: dict[str, type[SpendingBlocked]] = {
    "not_approved": NotApproved, "approval_spent": NotApproved, "quote_changed": QuoteChanged,
}  # fmt: skip
STOPPED = frozenset({"stopped_all", "stopped_user"})


def refusal_error(refusal: Mapping[str, Any]) -> SpendingBlocked:
    """The error for an answer of `greenlight_may_spend` or `greenlight_may_post`; figures in its details."""
    reason = refusal["reason"]
    details = dict(refusal)
    if reason == "ceiling":
        return BudgetExceeded(_ceiling(refusal), details=details)
    if reason == "day_budget":
        budget, committed = Money(micros=refusal["budget_micros"]), Money(micros=refusal["committed_micros"])
        needed = Money(micros=refusal["needed_micros"])
        words = f"The next step costs {needed}; of today's budget of {budget}, {committed} are committed."
        return DayBudgetExceeded(words, details=details)
    if reason == "premium_in_draft":
        words = f"This production is a draft, and {refusal['model']} is a model of the final tier."
        return PremiumInDraft(words, details=details)
    if reason == "allowance":
        return TextAllowanceUsedUp(_allowance(refusal), details=details)
    if reason in UNAPPROVED:
        return UNAPPROVED[reason](_unapproved(refusal), details=details)
    if reason == "credits":
        return CreditsUsedUp(details=details)
    if reason in STOPPED:
        return SpendingStopped(_stopped(refusal), details=details)
    return SpendingBlocked(details=details)


def about(error: SpendingBlocked, order: Claim | OrderRow) -> SpendingBlocked:
    """The error with who was asked before, or would have been, and what the order was charged by then."""
    error.provider, error.model, error.asked = order.provider, order.model, False
    error.charged = Charged()
    if isinstance(order, OrderRow):
        billed, unknown = Money(micros=order.cost_actual), Money(micros=order.cost_unknown)
        error.charged = Charged(billed=billed, unknown=unknown)
        error.asked = error.charged != Charged() or (order.attempt > 0 and order.error_kind != "not_sent")
    return error


def _stopped(refusal: Mapping[str, Any]) -> str:
    everybody = refusal["reason"] == "stopped_all"
    whose = "Spending is stopped for everybody" if everybody else "Your spending is stopped"
    return f"{whose}: {refusal['why']}" if refusal.get("why") else f"{whose}."


def _ceiling(refusal: Mapping[str, Any]) -> str:
    ceiling, committed, needed = (
        Money(micros=refusal[f"{name}_micros"]) for name in ("ceiling", "committed", "needed")
    )
    return (
        f"The next step may cost {needed}; of the {ceiling} that this production may cost,"
        f" {committed} are committed."
    )


def _allowance(refusal: Mapping[str, Any]) -> str:
    allowance, committed, needed = (
        Money(micros=refusal[f"{name}_micros"]) for name in ("allowance", "committed", "needed")
    )
    return (
        f"The next question to a language model may cost {needed}; "
        f"of the {allowance} that all text may cost, {committed} are committed."
    )


def _unapproved(refusal: Mapping[str, Any]) -> str:
    what = f"{refusal['stage']} {refusal['item']}"
    needed = Money(micros=refusal["needed_micros"])
    if refusal["reason"] == "quote_changed":
        return f"{what} is not what was approved any more; as it is now it would cost {needed}."
    if refusal["reason"] == "approval_spent":
        approved = Money(micros=refusal["approved_micros"])
        return f"Of {what}, {approved} were approved; another {needed} would be more than that."
    return f"Nobody has approved {needed} for {what}."
