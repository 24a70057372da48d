"""The pool tells a cancelled task that it is cancelled, and nobody else."""

import asyncio
import os
import socket

import psycopg
import pytest

from tools.db.pool import SILENCE_S, Database

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
