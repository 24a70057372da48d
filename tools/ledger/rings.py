"""What providers rang: each delivery has its effect once, and changes no order."""

from pathlib import Path

from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.ledger.rows import OrderRow

SQL = named_queries(Path(__file__).with_suffix(".sql"))
CHANNEL = "greenlight_rings"
"""Tells the key of an order that was rung for."""


async def order_of_token(database: Database, provider: str, token: str) -> OrderRow | None:
    """The order whose webhook address holds this token, where it was placed at this provider."""
    row = await database.fetch_one(SQL["order_of"], {"provider": provider, "token": token})
    return None if row is None else OrderRow.of(row)


async def ring(database: Database, row: OrderRow, *, webhook_id: str, status: str, job_id: str) -> bool:
    """Write a delivery down and wake who waits for its order, in one statement; whether it had that effect.

    A delivery about another job than the order's has none, nor has one for an order that is over, nor one
    that came before.
    """
    values = {"call_key": row.call_key, "webhook_id": webhook_id, "status": status, "job_id": job_id}
    woken = await database.fetch_one(SQL["ring"], values)
    return woken is not None


async def hinted_ids(database: Database, call_key: str) -> list[str]:
    """Jobs that the provider rang with while the order had none, and that nobody has; the oldest first.

    None of them is proven: the provider has to know it under our key, and no order may have it by then.
    """
    rows = await database.fetch_all(SQL["hinted_ids"], {"call_key": call_key})
    return [str(row["job_id"]) for row in rows]
