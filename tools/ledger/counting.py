"""What every change of a row means for the figures of this process.

What is of unknown price is no figure of a process: the database books it, too, when a sender is dead. It is
read from the books (`server/vitals/figures.sql`).
"""

from tools.ledger.rows import OrderRow
from tools.telemetry.meters import MONEY, ORDERS
from tools.telemetry.tally import current_tally

BOOKS = {"reserved": "cost_reserved", "billed": "cost_actual", "refunded": "cost_refunded"}
ENDS = ("done", "failed", "unknown")


def counted(before: OrderRow | None, after: OrderRow | None) -> OrderRow | None:
    """Count the step from one to the other; returns where it led. Call it when the step is committed."""
    if after is not None:
        _money(before, after)
        if after.state in ENDS and (before is None or before.state != after.state):
            _ended(after)
    return after


def _money(before: OrderRow | None, after: OrderRow) -> None:
    for booked, column in BOOKS.items():
        more = getattr(after, column) - (getattr(before, column) if before else 0)
        if more <= 0:
            continue
        MONEY.labels(after.provider, after.medium, booked).inc(more)
        if booked == "billed" and (tally := current_tally.get()) is not None:
            tally.billed_micros += more


def _ended(after: OrderRow) -> None:
    ORDERS.labels(after.provider, after.medium, _outcome(after)).inc()
    if (tally := current_tally.get()) is not None:
        tally.orders += 1


def _outcome(after: OrderRow) -> str:
    if after.state == "done":
        return "adopted" if after.adopted_from else "done"
    return "parked" if after.state == "unknown" else after.error_kind or "internal"
