"""Quotas of a user: generations in an hour, productions at work at the same time.

They are counted in the transaction that adds the run, one start of a user after the other, so that of any
number of starts at once exactly as many are accepted as there is room for.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import DictRow

from state.errors import QuotaUsedUp
from tools.clock import Clock
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.settings import Settings

SQL = named_queries(Path(__file__).with_suffix(".sql"))
SPAN_S = 3600
WORK_RETRY_S = 30
"""Nobody knows when a production ends; this is when it is worth asking again."""


@dataclass(frozen=True, kw_only=True)
class Quotas:
    """What one user may have; the hour slides."""

    generations_per_hour: int
    concurrent_productions: int
    clock: Clock | None = None
    """The database's when not given."""

    async def check(self, connection: AsyncConnection[DictRow], user_id: str, *, generates: bool) -> None:
        """See whether what this transaction has added is within the user's quotas.

        Whatever sets a production to work is one at work; only a new start `generates`.

        Raises:
            QuotaUsedUp: it is not; the transaction must not be committed.
        """
        await connection.execute(SQL["in_turn"], {"user": user_id})
        params = {
            "user": user_id, "hourly": self.generations_per_hour, "span": timedelta(seconds=SPAN_S),
            "now": self.clock.now() if self.clock else None,
        }  # fmt: skip
        usage = await (await connection.execute(SQL["usage"], params)).fetchone()
        if usage is None:
            raise RuntimeError("a statement without a table gave no row")
        if usage["at_work"] > self.concurrent_productions:
            raise _too_many_at_work(self.concurrent_productions)
        if generates and usage["started"] > self.generations_per_hour:
            wait_s = math.ceil(usage["free_in"].total_seconds())
            raise _too_many_started(self.generations_per_hour, wait_s=min(max(wait_s, 1), SPAN_S))


async def insert_within(
    quotas: Quotas | None, database: Database, statement: str, params: Mapping[str, Any], *, generates: bool
) -> DictRow | None:
    """Run the statement that adds a run of `params["user"]`; its row stays only within the quotas.

    A statement that adds nothing, because it came before, is not counted again.

    Raises:
        QuotaUsedUp: the user has had what there is; nothing was added.
    """
    if quotas is None:
        return await database.fetch_one(statement, params)
    async with database.transaction() as connection:
        added = await (await connection.execute(statement, params)).fetchone()
        if added is not None:
            await quotas.check(connection, params["user"], generates=generates)
        return added


def open_quotas(settings: Settings) -> Quotas | None:
    """The quotas that the settings ask for; None when nothing is limited."""
    if not settings.limits_requests:
        return None
    return Quotas(
        generations_per_hour=settings.generations_per_hour,
        concurrent_productions=settings.concurrent_productions,
    )


def _too_many_at_work(allowed: int) -> QuotaUsedUp:
    return QuotaUsedUp(
        f"{allowed} productions are at work already; more are not allowed at the same time.",
        user_action="Wait until one has ended or waits for you, or cancel one.",
        details={"limit": "concurrent_productions", "allowed": allowed},
        retry_after_s=WORK_RETRY_S,
    )


def _too_many_started(allowed: int, *, wait_s: int) -> QuotaUsedUp:
    return QuotaUsedUp(
        f"{allowed} productions were started within an hour; more are not allowed.",
        user_action=f"Start it again in {wait_s} seconds.",
        details={"limit": "generations_per_hour", "allowed": allowed, "window_s": SPAN_S},
        retry_after_s=wait_s,
    )
