"""The connection pool: psycopg 3, autocommit, dict rows, short statements."""

import asyncio
import select
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Self

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from state.errors import DatabaseDown, DatabaseFull

Params = Mapping[str, Any] | Sequence[Any] | None
LOCK_TIMEOUT_MS = 10_000
STANDSTILL_MS = 10_000
"""How long a transaction may hold its locks while nothing is asked of it: a process that was frozen inside
one would keep everybody else from the production, and nothing else ends it."""
CONNECTION_LOST = (psycopg.OperationalError, psycopg.errors.IdleInTransactionSessionTimeout)
CONNECT_TIMEOUT_S = 10
CONNECT_AGAIN_S = 5
"""After so many seconds a pool looks for the database as at first: its pauses double, up to minutes else."""
SILENCE_S = 30
"""How long the other machine may leave unanswered what it was sent: nobody says goodbye on a cut link."""


class Database:
    """A pool with the few calls that our code needs."""

    def __init__(self, url: str, pool: AsyncConnectionPool[AsyncConnection[DictRow]]) -> None:
        self.url = url
        self.pool = pool

    @classmethod
    async def open(cls, url: str, *, max_size: int = 16, name: str = "greenlight") -> Self:
        """Open a pool; `name` is the application name its connections show.

        Raises:
            DatabaseDown: nobody answers at `url`.
        """

        async def find() -> None:
            await database.find_server()

        pool: AsyncConnectionPool[AsyncConnection[DictRow]] = lasting_pool(
            url,
            on_away=find,
            connection_class=AsyncConnection[DictRow],
            kwargs=working_settings(name),
            min_size=1,
            max_size=max_size,
            max_lifetime=1800,
            max_idle=300,
        )
        database = cls(url, pool)
        try:
            await pool.open(wait=True, timeout=CONNECT_TIMEOUT_S)
        except PoolTimeout as exc:
            await pool.close()
            raise DatabaseDown(f"no answer from the database in {CONNECT_TIMEOUT_S} s") from exc
        return database

    async def find_server(self) -> None:
        """Called when the server has gone; one that somebody else runs is waited for."""

    async def close(self) -> None:
        """Close every connection."""
        await self.pool.close()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncConnection[DictRow]]:
        """One autocommit connection.

        Raises:
            DatabaseDown: none could be had, the server gives a statement up, or takes nothing in, as a copy
                does that is read only.
        """
        try:
            async with self.pool.connection() as connection:
                yield connection
        except psycopg.errors.QueryCanceled as exc:
            # psycopg tells a cancelled task so; who cancelled it waits for a cancellation.
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise asyncio.CancelledError from exc
            raise DatabaseDown(f"the database gave a statement up: {_first_line(exc)}") from exc
        except psycopg.errors.ReadOnlySqlTransaction as exc:
            raise DatabaseDown(f"the database takes nothing in: {_first_line(exc)}") from exc
        except psycopg.errors.DiskFull as exc:
            raise DatabaseFull(f"the database has no room left: {_first_line(exc)}") from exc
        except (PoolTimeout, *CONNECTION_LOST) as exc:
            raise DatabaseDown(_first_line(exc)) from exc

    @asynccontextmanager
    async def transaction(self, *, rests: bool = False) -> AsyncIterator[AsyncConnection[DictRow]]:
        """One connection inside a transaction that commits at the end of the block.

        `rests`: much else happens within the block, so that it may hold its locks for long.
        """
        async with self.connection() as connection, connection.transaction():
            if rests:
                await connection.execute("set local idle_in_transaction_session_timeout = 0")
            yield connection

    async def fetch_all(self, sql: str, params: Params = None) -> list[DictRow]:
        """All rows of one statement."""
        async with self.connection() as connection:
            cursor = await connection.execute(sql, params)
            return await cursor.fetchall()

    async def fetch_one(self, sql: str, params: Params = None) -> DictRow | None:
        """The first row of one statement, or None."""
        async with self.connection() as connection:
            cursor = await connection.execute(sql, params)
            return await cursor.fetchone()

    async def execute(self, sql: str, params: Params = None) -> int:
        """Run one statement; the number of rows it touched."""
        async with self.connection() as connection:
            cursor = await connection.execute(sql, params)
            return cursor.rowcount


def _first_line(error: Exception) -> str | None:
    return str(error).strip().splitlines()[0] if str(error) else None


def lasting_pool(
    url: str,
    *,
    on_away: Callable[[], Awaitable[None]] | None = None,
    connect_again_s: float = CONNECT_AGAIN_S,
    **settings: Any,
) -> AsyncConnectionPool[Any]:
    """A closed pool that survives its server: it hands out nothing that is cut, and soon finds a new one.

    When one idle connection turns out to be cut, so are the others, as a rule: all are looked at then.
    `on_away` is called before, and each time that nobody could be reached for a while.
    """

    async def find(_: AsyncConnectionPool[Any]) -> None:
        if on_away is not None:
            await on_away()
        await pool.check()

    async def look(connection: AsyncConnection[Any]) -> None:
        if is_cut(connection):
            await connection.close()
            await find(pool)
            raise psycopg.OperationalError("the connection was cut while nobody used it")

    pool: AsyncConnectionPool[Any] = AsyncConnectionPool(
        url,
        **settings,
        check=look,
        reconnect_timeout=connect_again_s,
        reconnect_failed=find,
        open=False,
    )
    return pool


def is_cut(connection: AsyncConnection[Any]) -> bool:
    """Whether an idle connection was ended from the other side, as far as this machine knows; asks nobody."""
    if connection.closed or connection.broken:
        return True
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))  # between two statements a server says nothing but farewell


def connection_settings(name: str) -> dict[str, Any]:
    """Arguments of every connection we make: the saver's too."""
    return {
        "autocommit": True,
        "prepare_threshold": 0,
        "row_factory": dict_row,
        "application_name": name,
        "connect_timeout": CONNECT_TIMEOUT_S,
        "keepalives_idle": SILENCE_S // 2,
        "keepalives_interval": SILENCE_S // 6,
        "keepalives_count": 3,
        "tcp_user_timeout": SILENCE_S * 1000,
        "options": f"-c lock_timeout={LOCK_TIMEOUT_MS}",
    }


def working_settings(name: str) -> dict[str, Any]:
    """The same for connections that productions are driven over: no transaction stands still on them."""
    settings = connection_settings(name)
    standstill = f"-c idle_in_transaction_session_timeout={STANDSTILL_MS}"
    return settings | {"options": f"{settings['options']} {standstill}"}
