"""A thread again under another id: with all its checkpoints, without its runs, log and orders."""

import uuid
from collections.abc import Mapping
from pathlib import Path

from server.runs.graph_spec import GraphSpec
from server.runs.hands import Hands
from server.runs.head import settle
from state.errors import RunNotFound
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("copies.sql"))


async def copy_thread(
    database: Database, graphs: Mapping[str, GraphSpec], hands: Hands, *, user_id: str, thread_id: str
) -> str:
    """Copy a thread as it is now; the copy's id. One that runs is copied as it stands, and does not run on.

    The copy names its parent, so that what was bought there is found again and not paid twice.

    Raises:
        RunNotFound: there is no such thread of this user.
    """
    copy = str(uuid.uuid4())
    params = {"copy": copy, "thread": thread_id, "user": user_id}
    async with database.transaction() as connection:
        # One view of all tables: a run may be writing.
        await connection.execute("set transaction isolation level repeatable read")
        row = await (await connection.execute(SQL["copy_row"], params)).fetchone()
        if row is None:
            raise RunNotFound("There is no such thread.")
        for query in ("copy_checkpoints", "copy_blobs", "copy_writes"):
            await connection.execute(SQL[query], params)
    if row["graph"] in graphs:
        async with hands.hold(copy, user_id=user_id) as (slot, claim):
            await settle(database, claim, graphs[claim.graph], slot.graph(claim.graph), by="copy")
    return copy
