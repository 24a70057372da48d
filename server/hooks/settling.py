"""Writing down what became of an attempt: of the message, of the attempt and of the endpoint, together."""

import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from server.hooks.endpoints import drop_waiting
from server.hooks.mails import DISABLED
from server.hooks.post import Outcome
from server.hooks.schedule import GIVES_UP_AFTER, rest_for, retry_in
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("sender.sql"))
REASONS = {"gone": "the endpoint answered 410", "failing": "the endpoint failed for five days"}


async def settle(database: Database, notice: DictRow, outcome: Outcome, *, now: datetime) -> None:
    """Note the attempt; end the message or plan its next try; count for or against the endpoint."""
    async with database.transaction() as connection:
        # One order of locks for everybody: user, endpoint, message.
        if await _one(connection, "lock_user", {"user": notice["user_id"]}) is None:
            return
        endpoint = await _one(connection, "lock_endpoint", {"endpoint": notice["endpoint_id"]})
        await connection.execute(SQL["end_attempt"], _attempt(notice, outcome, now))
        if await _one(connection, "settle", _ending(notice, outcome, now)) is None or endpoint is None:
            return
        if outcome.delivered:
            await connection.execute(SQL["endpoint_is_well"], {"endpoint": notice["endpoint_id"]})
        elif outcome.blames_endpoint:
            await _blame(connection, notice, outcome, endpoint, now)


async def _blame(
    connection: AsyncConnection[DictRow], notice: DictRow, outcome: Outcome, endpoint: DictRow, now: datetime
) -> None:
    failures = endpoint["failures"] + 1
    rest = rest_for(failures, outcome.retry_after_s)
    named = {
        "endpoint": notice["endpoint_id"], "failures": failures, "now": now,
        "rests_until": now + timedelta(seconds=rest) if rest else None,
    }  # fmt: skip
    await connection.execute(SQL["endpoint_failed"], named)
    since = endpoint["failing_since"] or now
    if outcome.gone or now - since >= GIVES_UP_AFTER:
        await _disable(connection, notice, "gone" if outcome.gone else "failing", now)


async def _disable(connection: AsyncConnection[DictRow], notice: DictRow, reason: str, now: datetime) -> None:
    """Send nothing there any more, and tell its owner by mail."""
    endpoint_id = notice["endpoint_id"]
    if await _one(connection, "disable", {"endpoint": endpoint_id, "reason": reason}) is None:
        return
    await drop_waiting(connection, endpoint_id, why=REASONS[reason], now=now)
    host = urlsplit(notice["url"]).hostname or ""
    data = {"endpoint_id": endpoint_id, "host": host, "reason": reason}
    named: dict[str, Any] = {
        "user": notice["user_id"], "key": f"disabled:{endpoint_id}:{uuid.uuid4()}", "type": DISABLED,
        "data": Jsonb(data), "now": now,
    }  # fmt: skip
    await connection.execute(SQL["tell_owner"], named)


def _attempt(notice: DictRow, outcome: Outcome, now: datetime) -> dict[str, Any]:
    return {
        "notice": notice["notice_id"], "number": notice["attempts"], "now": now,
        "status_code": outcome.status_code, "problem": outcome.problem, "answer": outcome.answer,
    }  # fmt: skip


def _ending(notice: DictRow, outcome: Outcome, now: datetime) -> dict[str, Any]:
    """How the message goes on: delivered, another try, or given up."""
    wait = None if outcome.delivered else retry_in(notice["step"], outcome.retry_after_s)
    status = "waiting" if wait is not None else "failed"
    if outcome.delivered:
        status = "dropped" if outcome.problem else "delivered"
    return {
        "notice": notice["notice_id"], "number": notice["attempts"], "now": now, "status": status,
        "outcome": outcome.problem,
        "next_at": None if wait is None else now + timedelta(seconds=wait),
    }  # fmt: skip


async def _one(connection: AsyncConnection[DictRow], query: str, named: dict[str, Any]) -> DictRow | None:
    return await (await connection.execute(SQL[query], named)).fetchone()
