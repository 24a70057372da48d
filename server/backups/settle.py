"""What becomes of leases, epochs and orders when a place goes on elsewhere, so that nothing is bought twice.

A backup is of one moment, and the place it was taken from went on: it answered gates, sent orders, got
files. The copy knows nothing of it and would send the same orders again. So its productions remember when
they were copied, and each of their orders is looked up at its provider before it is sent.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import DictRow

from server.runs.sweeper import sweep
from state.errors import RecordNotFound
from tools.db.connect import open_database
from tools.db.halts import lift_halt, put_halt
from tools.db.sql import named_queries
from tools.settings import Settings

SQL = named_queries(Path(__file__).with_name("settle.sql"))
HOLDER = "restored; see `greenlight restore --go-on`"
LEAP = 1_000_000
Connection = AsyncConnection[DictRow]


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What lies in a place, in numbers."""

    productions: int
    running: int
    waiting: int
    open_orders: int


async def hold(connection: Connection, *, taken_at: datetime, **told: Any) -> None:
    """Let everything stand still until somebody says that the original does not go on."""
    async with connection.transaction(), _untouched(connection):
        await connection.execute(SQL["hold"], {"owner": HOLDER, "leap": LEAP, "taken_at": taken_at})
        await connection.execute(SQL["feeds"], {"leap": LEAP})
        await connection.execute(SQL["doubt"], {"taken_at": taken_at})
        await connection.execute(SQL["fresh_attempts"])
        await put_halt(connection, "restored", taken_at=f"{taken_at:%Y-%m-%d %H:%M} UTC",
                       moment=taken_at.isoformat(), **told)  # fmt: skip
        await lift_halt(connection, "filling")


async def arrive(connection: Connection) -> None:
    """The only place from now on: nobody else goes on with any of this."""
    async with connection.transaction(), _untouched(connection):
        await connection.execute(SQL["carried"], {"leap": LEAP})
        await connection.execute(SQL["fresh_attempts"])
        await lift_halt(connection, "filling")


async def go_on(settings: Settings, *, nothing_since: bool = False) -> int:
    """End the halt of a restored place; how many productions were rung for.

    With `nothing_since` somebody vouches that the original bought nothing after the backup.

    Raises:
        RecordNotFound: this place does not stand still because of a restore.
    """
    database = await open_database(settings)
    try:
        async with database.transaction() as connection, _untouched(connection):
            told = await lift_halt(connection, "restored")
            if told is None:
                raise RecordNotFound(
                    "This place was not restored, or goes on already.",
                    user_action="Name a backup: `greenlight restore FILE`.",
                )
            if nothing_since:
                moment = {"taken_at": datetime.fromisoformat(told["moment"])}
                await connection.execute(SQL["believe"], moment)
                await connection.execute(SQL["believe_orders"], moment)
            await connection.execute(SQL["let_go"], {"owner": HOLDER})
        rung = 0
        while more := (await sweep(database, grace_s=0)).rung:
            rung += more
        return rung
    finally:
        await database.close()


async def facts_of(connection: Connection) -> Facts:
    """What lies here."""
    row = await (await connection.execute(SQL["facts"])).fetchone()
    assert row is not None  # noqa: S101 - counts always come
    return Facts(**row)


async def who_holds(connection: Connection) -> tuple[int, datetime | None]:
    """How many productions somebody holds a live lease of, and until when the last one runs."""
    row = await (await connection.execute(SQL["held"])).fetchone()
    return (row["count"], row["until"]) if row else (0, None)


@asynccontextmanager
async def _untouched(connection: Connection) -> AsyncIterator[None]:
    """Change productions without their becoming the most recently changed ones.

    Only who owns the tables can see to that; for anybody else they become so, and nothing worse.
    """
    still = True
    try:
        async with connection.transaction():
            await connection.execute(SQL["still"])
    except psycopg.errors.InsufficientPrivilege:
        still = False
    yield
    if still:
        await connection.execute(SQL["stirring"])
