"""Turns that processes on any machine take, by locks of the database that end with the connection.

They hold no transaction and no row, so nobody else's work ever waits for one.
"""

import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum
from typing import LiteralString

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import DictRow

from tools.db.pool import connection_settings
from tools.db.reach import connected

TAKE = "select pg_try_advisory_lock(%s) as got"
SHARE = "select pg_advisory_lock_shared(%s)"
GIVE = "select pg_advisory_unlock(%s)"
GIVE_SHARE = "select pg_advisory_unlock_shared(%s)"


class Turn(IntEnum):
    """What one at a time does, or many as long as nobody does the other thing."""

    TIDY = 7_102_011_201
    """Clearing away what is over."""
    MEDIA = 7_102_011_202
    """Shared by those who copy files that rows name; alone for whoever removes files."""


@asynccontextmanager
async def alone(url: str, turn: Turn) -> AsyncIterator[bool]:
    """Have this turn for the length of the block, if nobody has it; whether that is so.

    Raises:
        DatabaseDown: nobody answers.
    """
    async with connected(url, **connection_settings(f"greenlight {turn.name.lower()}")) as connection:
        got = await try_turn(connection, turn)
        try:
            yield got
        finally:
            if got:
                await _said_aloud(connection, GIVE, turn)


@asynccontextmanager
async def shared(url: str, turn: Turn) -> AsyncIterator[None]:
    """Share this turn; whoever wants to be alone goes without it meanwhile.

    Raises:
        DatabaseDown: nobody answers.
    """
    async with connected(url, **connection_settings(f"greenlight {turn.name.lower()}")) as connection:
        await connection.execute(SHARE, [turn])
        try:
            yield
        finally:
            await _said_aloud(connection, GIVE_SHARE, turn)


async def try_turn(connection: AsyncConnection[DictRow], turn: Turn) -> bool:
    """Take a turn on this connection if it is free."""
    row = await (await connection.execute(TAKE, [turn])).fetchone()
    return bool(row and row["got"])


async def give_turn(connection: AsyncConnection[DictRow], turn: Turn) -> None:
    """Give back what `try_turn` took."""
    await connection.execute(GIVE, [turn])


async def _said_aloud(connection: AsyncConnection[DictRow], give: LiteralString, turn: Turn) -> None:
    """Give a turn back before the connection ends: the server notices that one has ended a moment later.

    What the turn was for is over: a connection that was cut meanwhile has given it back by itself.
    """
    with contextlib.suppress(psycopg.Error):
        await connection.execute(give, [turn])
