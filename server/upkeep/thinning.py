"""Makes ended productions smaller: the states before the newest, and of the log what nobody needs any more.

What is gone is told: a replay is refused, and whoever follows the log from before it hears of it first.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import DictRow

from server.upkeep.report import Report
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
Connection = AsyncConnection[DictRow]
Drop = Callable[[Connection, dict[str, Any], list[DictRow]], Awaitable[None]]


async def thin_checkpoints(
    database: Database, days: int, report: Report, *, without: list[str]
) -> AsyncGenerator[str]:
    """Drop all states of ended productions but the newest ones, and those that branches name.

    A dry report counts them only, but for productions that would be gone by then.
    """
    async for done in _thin(database, "checkpoints", days, report, _drop_checkpoints, without):
        yield done


async def thin_events(
    database: Database, days: int, report: Report, *, without: list[str]
) -> AsyncGenerator[str]:
    """Drop superseded states, steps between them and words in pieces from the logs of ended productions."""
    async for done in _thin(database, "events", days, report, _drop_events, without):
        yield done


async def _thin(
    database: Database, what: str, days: int, report: Report, drop: Drop, without: list[str]
) -> AsyncGenerator[str]:
    rows = await database.fetch_all(SQL[f"{what}_due"], {"days": days})
    for production_id in (row["production_id"] for row in rows if row["production_id"] not in without):
        place = {"id": production_id, "days": days}
        async with database.transaction() as connection:
            if not report.dry and not await _rows(connection, f"lock_{what}", place):
                continue
            old = await _rows(connection, f"old_{what}", place)
            if not report.dry:
                await drop(connection, place, old)
        report.add(what, len(old), sum(one["size"] for one in old))
        yield production_id


async def _drop_checkpoints(connection: Connection, place: dict[str, Any], old: list[DictRow]) -> None:
    params = place | {"namespaces": [one["ns"] for one in old], "checkpoints": [one["id"] for one in old]}
    for query in ("drop_checkpoints", "drop_writes", "drop_blobs", "checkpoints_cleared"):
        await connection.execute(SQL[query], params)


async def _drop_events(connection: Connection, place: dict[str, Any], old: list[DictRow]) -> None:
    numbers = [one["seq"] for one in old]
    params = place | {"numbers": numbers, "to": max(numbers, default=0)}
    for query in ("drop_events", "events_cleared"):
        await connection.execute(SQL[query], params)


async def _rows(connection: Connection, query: str, params: dict[str, Any]) -> list[DictRow]:
    return await (await connection.execute(SQL[query], params)).fetchall()
