"""Alerts of unusual spending: each once, told to webhooks, in the audit trail and in the log."""

import tomllib
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import structlog
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb
from pydantic import BaseModel

from server.hooks.outbox import tell_user
from state.cost import Money
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.ledger.costs import dollars

SQL = named_queries(Path(__file__).with_suffix(".sql"))
log = structlog.stdlib.get_logger(__name__)


class AlertRules(BaseModel, frozen=True, extra="forbid"):
    """When spending is unusual; the reasons are in `alerts.toml`."""

    window_hours: int
    history_days: int
    times: Decimal
    floor_usd: Decimal
    rest_hours: int


@lru_cache(maxsize=1)
def alert_rules() -> AlertRules:
    """The figures of the file."""
    return AlertRules.model_validate(tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")))


async def raise_alerts(database: Database, *, moment: datetime | None = None) -> list[DictRow]:
    """Look who spends much more than usual; the new alerts. Any number of processes may look at once.

    The alert, its message to webhooks and its row in the audit trail are written together.
    """
    rules = alert_rules()
    asked = rules.model_dump(exclude={"floor_usd"}) | {
        "moment": moment, "floor": Money.usd(rules.floor_usd).micros
    }  # fmt: skip
    async with database.transaction() as connection:
        rows = await (await connection.execute(SQL["raise"], asked)).fetchall()
        for row in rows:
            told = _told(row)
            key = f"spending.spike:{row['alert_id']}"
            await tell_user(
                connection, row["user_id"], "spending.spike", key=key, data=told, at=row["raised_at"]
            )
            noted = {"user": row["user_id"], "id": str(row["alert_id"]), "details": Jsonb(told)}
            await connection.execute(SQL["note"], noted)
    for row in rows:
        log.warning("spending_spike", user_id=row["user_id"], **_told(row))
    return rows


async def listed_alerts(
    database: Database, user_id: str | None, *, limit: int, offset: int
) -> tuple[list[DictRow], int]:
    """A page of alerts of a user, or of everybody, newest first."""
    rows = await database.fetch_all(SQL["list"], {"user": user_id, "limit": limit, "offset": offset})
    return rows, rows[0]["total"] if rows else 0


def _told(row: DictRow) -> dict[str, Any]:
    amounts = {name: dollars(row[f"{name}_micros"]) for name in ("spent", "usual", "limit")}
    return {f"{name}_usd": amount for name, amount in amounts.items()} | {"hours": alert_rules().window_hours}
