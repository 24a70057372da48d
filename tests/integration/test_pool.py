"""The pool tells a cancelled task that it is cancelled, and nobody else."""

import asyncio
import os
import socket

import psycopg
import pytest

from state.errors import DatabaseDown, DatabaseFull
from tools.db import pool
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
    """The control: without a cancelled task it is told as the database's doing."""
    task = asyncio.create_task(database.fetch_one("select pg_sleep(31)"))
    while not await database.fetch_one(f"select pg_cancel_backend(pid) {SLEEPING}", ("select pg_sleep(31)",)):
        await asyncio.sleep(0)
    with pytest.raises(DatabaseDown):
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


THERE = "select 1 from pg_stat_activity where pid = %s"


async def test_a_transaction_that_stands_still_lets_go_of_its_locks(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pool, "STANDSTILL_MS", 50)
    frozen = await Database.open(database_url, max_size=1, name="frozen")
    with pytest.raises(DatabaseDown):
        await stand_still(frozen, database)
    await frozen.close()


async def stand_still(frozen: Database, database: Database) -> None:
    """Go on in a transaction that the database has ended meanwhile."""
    async with frozen.transaction() as connection:
        await connection.execute("select 1")
        while await database.fetch_one(THERE, [connection.info.backend_pid]):
            await asyncio.sleep(0)
        await connection.execute("select 2")


async def test_one_that_rests_by_design_keeps_them(database: Database):
    """The control, and what sealing all keys anew or erasing a user need."""
    kept = "select current_setting('idle_in_transaction_session_timeout') as after"
    async with database.transaction(rests=True) as connection:
        resting = await (await connection.execute(kept)).fetchone()
    working = await database.fetch_one(kept)
    assert (resting, working) == ({"after": "0"}, {"after": "10s"})


async def test_a_database_without_room_says_so(database: Database):
    full = "do $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$"
    with pytest.raises(DatabaseFull, match="could not extend file"):
        await database.execute(full)


@pytest.mark.parametrize(
    ("setting", "asked", "told"),
    [
        ("statement_timeout = '50ms'", "select pg_sleep(5)", "gave a statement up"),
        ("default_transaction_read_only = on", "create table never (n int)", "takes nothing in"),
    ],
)
async def test_a_server_that_will_not_is_away_for_whoever_asks(
    database: Database, setting: str, asked: str, told: str
) -> None:
    """Whoever waits for a database that is away goes on later; any other error would end it for good."""
    async with database.connection() as connection:
        name = (await (await connection.execute("select current_database() as name")).fetchone() or {})[
            "name"
        ]
        await connection.execute(f'alter database "{name}" set {setting}')
    await database.pool.drain()
    with pytest.raises(DatabaseDown, match=told):
        await database.execute(asked)
