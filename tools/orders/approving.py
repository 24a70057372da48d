"""What a person approved, as the ledger keeps it and as it is compared with what would be bought."""

from collections.abc import Mapping
from typing import Any

from state.cost import ZERO, PlannedCall, Quote
from tools.ledger.approvals import ApprovedCall
from tools.orders.quote import paid_digest, paid_digests


def approved_lines(approved: Quote) -> list[ApprovedCall]:
    """A line for each call of the quote; what costs nothing as well: an approval is the last word on it."""
    return [
        ApprovedCall(
            quote_id=approved.quote_id, stage=call.stage, item=call.item, digests=paid_digests(call),
            ceiling_micros=call.ceiling.micros,
        )
        for call in approved.calls
    ]  # fmt: skip


def holds(approved: Mapping[str, Any] | None, call: PlannedCall, *, again: bool = False) -> bool:
    """Whether this call may be made as far as approvals go.

    What costs nothing may, unless something that is paid was approved for it and this is not that. One that
    stands in was approved behind an engine that was asked, not in place of asking.
    """
    if call.price != ZERO:
        return covers(approved, call, again=again)
    if approved is None or approved["ceiling_micros"] == 0:
        return True
    first: str = approved["digests"][0]
    return paid_digest(call) == first


def covers(approved: Mapping[str, Any] | None, call: PlannedCall, *, again: bool = False) -> bool:
    """Whether an approval knows this call as it is and has so much left.

    `again` asks for what was bought before under another cause: the ledger adopts it at no cost where it is
    the same, and refuses where it is not.
    """
    if approved is None or paid_digest(call) not in approved["digests"]:
        return False
    if again and approved["spent_micros"] > 0:
        return True
    left: int = approved["ceiling_micros"] - approved["spent_micros"]
    return call.price.micros <= left
