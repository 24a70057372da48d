"""Cancels single runs: one that waits, one that nobody drives yet, one that is being driven."""

from pathlib import Path
from typing import Literal

from psycopg.rows import DictRow

from server.runs.accept import SQL as QUEUE_SQL
from server.threads.create import Connection, fetch_one
from state.errors import RecordConflict, RunNotFound
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("queries.sql"))
CancelAction = Literal["interrupt", "rollback"]


async def cancel_run(
    database: Database, *, user_id: str, thread_id: str, run_id: str, action: CancelAction = "interrupt"
) -> None:
    """Ask a run to end; with `rollback` what it did is undone, too. It has ended when its log says so.

    Raises:
        RunNotFound: there is no such run of this user, or it has ended already.
    """
    async with database.transaction() as connection:
        thread = await locked_thread(connection, user_id, thread_id)
        params = {"production": thread_id, "run": run_id, "action": action, "after": 0}
        run = await fetch_one(connection, "lock_run", params)
        if run is None or run["status"] not in ("waiting", "queued", "running"):
            raise RunNotFound("There is no such run to cancel.")
        if run["status"] == "waiting":
            await connection.execute(QUEUE_SQL["drop_waiting"], params)
        elif thread["held"]:
            await connection.execute(SQL["ask_run"], params)
            await connection.execute(SQL["tell_worker"], params)
        else:
            await connection.execute(SQL["end_undriven"], params)
        await connection.execute(SQL["ring"], params)


async def delete_run(database: Database, *, user_id: str, thread_id: str, run_id: str) -> None:
    """Hide a run that has ended; its checkpoints and what it bought stay.

    Raises:
        RunNotFound: there is no such run of this user.
        RecordConflict: it goes on.
    """
    async with database.transaction() as connection:
        await locked_thread(connection, user_id, thread_id)
        params = {"production": thread_id, "run": run_id}
        if await fetch_one(connection, "lock_run", params) is None:
            raise RunNotFound("There is no such run.")
        if (await connection.execute(SQL["hide_run"], params)).rowcount == 0:
            raise RecordConflict("This run goes on.", user_action="Cancel it first.")


async def locked_thread(connection: Connection, user_id: str, thread_id: str) -> DictRow:
    """The thread's row, locked.

    Raises:
        RunNotFound: there is no such thread of this user.
    """
    thread = await fetch_one(connection, "lock_thread", {"production": thread_id})
    if thread is None or thread["user_id"] != user_id or thread["deleted_at"] is not None:
        raise RunNotFound("There is no such thread.")
    return thread
