"""Reading the ledger: what was spent, and every order with its attempts for the export."""

from typing import Any
from uuid import UUID

from state.cost import CostReport, Money
from tools.db.pool import Database
from tools.ledger.ledger import QUERIES

NOT_TOLD = frozenset({
    "webhook_token", "key_mark", "ask_since", "paid", "spent_more_at", "imported_micros", "elsewhere",
})  # fmt: skip
"""A secret, and what says nothing of the order itself."""


async def costs(
    database: Database, production_id: str, *, stage: str | None = None, item: str | None = None
) -> CostReport:
    """Quoted, reserved, billed, refunded and unknown of a production, or of one stage or item in it."""
    values = {"production_id": production_id, "stage": stage, "item": item}
    row = await database.fetch_one(QUERIES["costs"], values)
    return CostReport(**{name: Money(micros=micros) for name, micros in (row or {}).items()})


async def history(
    database: Database, production_id: str, *, owner: str | None = None
) -> list[dict[str, Any]]:
    """Every order of a production, oldest first, with `attempts`: JSON values only, no secrets.

    Where an owner is named a production of somebody else has none.
    """
    rows = await database.fetch_all(QUERIES["history"], {"production_id": production_id, "owner": owner})
    return [{name: _json(value) for name, value in row.items() if name not in NOT_TOLD} for row in rows]


def _json(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
