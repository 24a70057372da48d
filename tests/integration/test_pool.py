"""The pool tells a cancelled task that it is cancelled, and nobody else."""

import asyncio
import os
import socket

import psycopg
import pytest

from state.errors import DatabaseDown, DatabaseFull
from tools.db.pool import SILENCE_S, Database, lasting_pool

# The name of a statement is seen before it runs, and a cancel that comes so early is dropped.
SLEEPING = "from pg_stat_activity where query = %s and wait_event = 'PgSleep'"


async def test_a_task_cancelled_in_a_query_ends_as_cancelled(database: Database):
    task = asyncio.create_task(database.fetch_one("select pg_sleep(30)"))
    while not await database.fetch_one(f"select 1 {SLEEPING}", ("select pg_sleep(30)",)):
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_query_that_somebody_else_cancels_is_an_error(database: Database):
    """The control: without a cancelled task it stays what it is."""
    task = asyncio.create_task(database.fetch_one("select pg_sleep(31)"))
    while not await database.fetch_one(f"select pg_cancel_backend(pid) {SLEEPING}", ("select pg_sleep(31)",)):
        await asyncio.sleep(0)
    with pytest.raises(psycopg.errors.QueryCanceled):
        await task


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="only Linux can be asked")
async def test_a_machine_behind_a_cut_link_is_not_waited_for_without_end(database: Database):
    """The system's own patience is a quarter of an hour for what was sent, two hours for who only listens."""
    async with database.connection() as connection:
        wire = socket.socket(fileno=os.dup(connection.fileno()))
        try:
            assert wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == SILENCE_S * 1000
            assert wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) <= SILENCE_S
        finally:
            wire.close()


async def cut_off(database: Database, admin: psycopg.Connection) -> None:
    """End every connection of this pool as a restart of the server does."""
    async with database.connection(), database.connection(), database.connection():
        pass  # three of them lie idle now
    ended = admin.execute(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'test'"
    )
    assert ended.rowcount >= 3


async def test_a_connection_that_was_cut_while_it_lay_idle_is_not_handed_out(
    database: Database, postgres_admin: psycopg.Connection
):
    await cut_off(database, postgres_admin)
    assert await database.fetch_one("select 1 as one") == {"one": 1}


async def test_without_looking_each_of_them_fails_one_call(
    database: Database, postgres_admin: psycopg.Connection
):
    """The control: what the library's pool does by itself."""
    database.pool._check = None
    await cut_off(database, postgres_admin)
    with pytest.raises(DatabaseDown):
        await database.fetch_one("select 1")


async def test_a_pool_finds_a_database_that_was_away_for_long():
    """Left alone its pauses double up to minutes; here nobody asks it for anything meanwhile, either."""
    tried = asyncio.Queue[None]()

    async def refuse(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tried.put_nowait(None)
        writer.transport.abort()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    pool = lasting_pool(f"postgresql://127.0.0.1:{port}/none", min_size=1, connect_again_s=0.1)
    await pool.open()
    for _ in range(3):
        await asyncio.wait_for(tried.get(), 10)
    await pool.close()
    server.close()


async def test_a_database_without_room_says_so(database: Database):
    full = "do $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$"
    with pytest.raises(DatabaseFull, match="could not extend file"):
        await database.execute(full)
