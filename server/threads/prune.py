"""Makes threads smaller, or hides them."""

from pathlib import Path
from typing import Literal

from server.runs.accept import SQL as QUEUE_SQL
from server.runs.hands import Hands
from server.threads.create import LIVE
from server.threads.stop import locked_thread
from server.threads.thread_rows import SQL as ROWS
from state.errors import RecordConflict
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("copies.sql"))
Strategy = Literal["delete", "keep_latest"]


async def prune_thread(
    database: Database, hands: Hands, *, user_id: str, thread_id: str, strategy: Strategy
) -> None:
    """Hide a thread, or drop all but its newest checkpoints; never one that runs.

    Raises:
        RunNotFound: there is no such thread of this user.
        RecordConflict: it has a run that goes on or waits.
    """
    if strategy == "delete":
        return await _hide_idle(database, user_id=user_id, thread_id=thread_id)
    async with hands.hold(thread_id, user_id=user_id) as (_, claim), database.transaction() as connection:
        params = {"thread": thread_id, "epoch": claim.lease.epoch}
        for query in ("drop_old_checkpoints", "drop_old_writes", "drop_old_blobs"):
            await connection.execute(SQL[query], params)


async def _hide_idle(database: Database, *, user_id: str, thread_id: str) -> None:
    async with database.transaction() as connection:
        thread = await locked_thread(connection, user_id, thread_id)
        if thread["status"] in LIVE or thread["held"]:
            raise RecordConflict("This thread has a run that goes on.", user_action="Cancel it first.")
        await connection.execute(QUEUE_SQL["drop_waiting"], {"production": thread_id, "run": None})
        await connection.execute(ROWS["hide"], {"production": thread_id})
