"""Alerts of what language models cost: more than a limit within a day, told once, wherever it was asked from.

The row in the audit trail is the alert: written together with the message to webhooks, and looked for before
the next one.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from server.hooks.outbox import tell_user
from server.upkeep.alerts import alert_rules
from state.cost import Money
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.ledger.costs import dollars

SQL = named_queries(Path(__file__).with_suffix(".sql"))
log = structlog.stdlib.get_logger(__name__)


async def raise_text_alerts(
    database: Database, limit: Money, *, moment: datetime | None = None
) -> list[DictRow]:
    """Look whose language models cost more than this within the last day; the new alerts.

    Any number of processes may look at once.
    """
    rules = alert_rules()
    asked = {
        "moment": moment, "limit": limit.micros, "window_hours": rules.window_hours,
        "rest_hours": rules.rest_hours,
    }  # fmt: skip
    async with database.transaction() as connection:
        held = await (await connection.execute(SQL["hold"])).fetchone()
        if held is None or not held["held"]:
            return []
        rows = await (await connection.execute(SQL["over"], asked)).fetchall()
        for row in rows:
            noted = {"user": row["user_id"], "details": Jsonb(_told(row)), "at": row["raised_at"]}
            alert = await (await connection.execute(SQL["note"], noted)).fetchone()
            assert alert is not None  # noqa: S101 - an insert returns its row
            key = f"spending.text:{alert['audit_id']}"
            await tell_user(
                connection, row["user_id"], "spending.text", key=key, data=_told(row), at=row["raised_at"]
            )
    for row in rows:
        log.warning("text_spending_alert", user_id=row["user_id"], **_told(row))
    return rows


def _told(row: DictRow) -> dict[str, Any]:
    amounts = {f"{name}_usd": dollars(row[f"{name}_micros"]) for name in ("spent", "limit")}
    return amounts | {"hours": alert_rules().window_hours}
