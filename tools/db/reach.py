"""One connection outside the pool, and the one sentence when there is none."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import DictRow

from state.errors import DatabaseDown


@asynccontextmanager
async def connected(url: str, **settings: Any) -> AsyncIterator[AsyncConnection[DictRow]]:
    """A connection for the length of the block.

    Raises:
        DatabaseDown: nobody answers, or the server refuses us; the message says which.
    """
    try:
        connection = await AsyncConnection[DictRow].connect(url, **settings)
    except (psycopg.OperationalError, psycopg.ProgrammingError) as exc:
        raise DatabaseDown(f"no database: {reason(exc)}") from exc
    async with connection:
        yield connection


def reason(error: psycopg.Error) -> str:
    """The first line of what the driver says; it holds the cause and never the password."""
    return (str(error).strip().splitlines() or ["no reason given"])[0].strip()
