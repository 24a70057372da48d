"""Runs of a thread, read."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from psycopg.rows import DictRow

from state.errors import RunNotFound
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("queries.sql"))


async def get_run(database: Database, *, user_id: str, thread_id: str, run_id: str) -> DictRow:
    """One run; `before_seq` is the event before its first one.

    Raises:
        RunNotFound: there is no such run of this user on this thread.
    """
    params = {"user": user_id, "production": thread_id, "run": run_id}
    row = await database.fetch_one(SQL["read_run"], params)
    if row is None:
        raise RunNotFound("There is no such run on this thread.")
    return row


async def find_run(database: Database, *, user_id: str, run_id: str) -> DictRow:
    """One run whose thread the client does not know.

    Raises:
        RunNotFound: there is no such run of this user.
    """
    row = await database.fetch_one(SQL["read_run"], {"user": user_id, "production": None, "run": run_id})
    if row is None:
        raise RunNotFound("There is no such run.")
    return row


async def get_thread_row(database: Database, *, user_id: str, thread_id: str) -> DictRow:
    """What a route needs to know of a thread before it goes on.

    Raises:
        RunNotFound: there is no such thread of this user.
    """
    row = await database.fetch_one(SQL["thread_exists"], {"user": user_id, "production": thread_id})
    if row is None:
        raise RunNotFound("There is no such thread.")
    return row


async def list_runs(
    database: Database,
    *,
    user_id: str,
    thread_id: str,
    limit: int,
    offset: int,
    statuses: Sequence[str] | None = None,
) -> list[DictRow]:
    """The thread's runs, newest first."""
    params: dict[str, Any] = {"user": user_id, "production": thread_id, "limit": limit, "offset": offset}
    return await database.fetch_all(SQL["list_runs"], params | {"statuses": statuses and list(statuses)})


async def live_runs(
    database: Database,
    *,
    user_id: str,
    statuses: Sequence[str],
    thread_id: str | None = None,
    run_ids: Sequence[str] | None = None,
) -> list[DictRow]:
    """The user's runs that have not ended: all of them, or those of one thread that are named."""
    params: dict[str, Any] = {"user": user_id, "statuses": list(statuses), "production": thread_id}
    return await database.fetch_all(SQL["live_runs"], params | {"runs": run_ids and list(run_ids)})


async def run_around(database: Database, *, thread_id: str, after: int) -> int:
    """The number before the first event of the run that this place in the log lies in."""
    row = await database.fetch_one(SQL["run_around"], {"production": thread_id, "after": after})
    return int(row["base"]) if row else 0
