"""Threads as rows: made, read, searched, marked, hidden. What they hold is in `snapshots.py`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from server.runs.accept import SQL as QUEUE_SQL
from server.runs.payloads import dump
from server.threads.create import LIVE, Connection
from server.threads.stop import locked_thread
from state.errors import RunNotFound
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("threads.sql"))
STATUS = {
    "draft": "idle", "queued": "busy", "running": "busy", "paused": "interrupted", "completed": "idle",
    "failed": "error", "cancelled": "interrupted",
}  # fmt: skip
"""A production's status in LangGraph's words. A cancelled one stands half way and asks nothing."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which threads a search means."""

    ids: Sequence[str] | None = None
    metadata: Mapping[str, Any] | None = None
    values: Mapping[str, Any] | None = None
    status: str | None = None
    systems: Mapping[str, str] = field(default_factory=dict)
    """The graphs' own assistants, by graph: threads that came through `/api` are found by them, too."""

    def params(self, user_id: str) -> dict[str, Any]:
        """The filters as the queries take them."""
        ours = None if self.status is None else [one for one, told in STATUS.items() if told == self.status]
        return {
            "user": user_id, "ids": None if self.ids is None else list(self.ids), "statuses": ours,
            "metadata": _jsonb(self.metadata), "values": _jsonb(self.values),
            "systems": Jsonb(dict(self.systems)),
        }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Page:
    """Which part of what was found, and in which order."""

    limit: int = 10
    offset: int = 0
    sort_by: str = "created_at"
    ascending: bool = False


async def create_thread(
    database: Database,
    *,
    user_id: str,
    thread_id: str,
    graph: str = "",
    version: str = "1",
    metadata: Mapping[str, Any],
) -> bool:
    """Write a thread on which nothing ran yet; False when the id is taken, by whomever."""
    params = {
        "thread": thread_id, "user": user_id, "graph": graph, "version": version,
        "metadata": _jsonb(metadata),
    }  # fmt: skip
    return await database.fetch_one(SQL["create"], params) is not None


async def forget_draft(database: Database, *, user_id: str, thread_id: str) -> None:
    """Take back a thread that was just made and could not be given its past."""
    async with database.transaction() as connection:
        thread = await locked_thread(connection, user_id, thread_id)
        if thread["status"] == "draft":
            for table in ("checkpoint_writes", "checkpoint_blobs", "checkpoints", "draft"):
                await connection.execute(SQL[f"forget_{table}"], {"thread": thread_id})


async def get_thread(database: Database, *, user_id: str, thread_id: str) -> DictRow:
    """The thread's row; `values` is the small copy that lists show.

    Raises:
        RunNotFound: there is no such thread of this user.
    """
    row = await database.fetch_one(SQL["get"], {"thread": thread_id, "user": user_id})
    if row is None:
        raise RunNotFound("There is no such thread.")
    return row


async def merge_metadata(
    database: Database, *, user_id: str, thread_id: str, metadata: Mapping[str, Any]
) -> None:
    """Write these keys over what the thread's metadata holds.

    Raises:
        RunNotFound: there is no such thread of this user.
    """
    params = {"thread": thread_id, "user": user_id, "metadata": _jsonb(metadata)}
    if await database.execute(SQL["merge_metadata"], params) == 0:
        raise RunNotFound("There is no such thread.")


async def search_threads(
    database: Database, wanted: Wanted, page: Page, *, user_id: str
) -> tuple[list[DictRow], int]:
    """A page of the user's threads, and how many there are in all. Throw-away threads are not among them."""
    order = {"by": page.sort_by, "up": page.ascending, "words": Jsonb(STATUS)}
    window = {"limit": page.limit, "offset": page.offset}
    rows = await database.fetch_all(SQL["search"], wanted.params(user_id) | order | window)
    if rows:
        return rows, int(rows[0]["total"])
    return rows, await count_threads(database, wanted, user_id=user_id) if page.offset else 0


async def count_threads(database: Database, wanted: Wanted, *, user_id: str) -> int:
    """How many threads a search with these filters finds."""
    row = await database.fetch_one(SQL["count"], wanted.params(user_id))
    return int(row["total"]) if row else 0


async def hide_thread(database: Database, *, user_id: str, thread_id: str) -> None:
    """Stop what lives on the thread, and hide it with its runs, checkpoints and log.

    Raises:
        RunNotFound: there is no such thread of this user.
    """
    async with database.transaction() as connection:
        thread = await locked_thread(connection, user_id, thread_id)
        await _stop(connection, thread)
        await connection.execute(SQL["hide"], {"production": thread_id})


async def _stop(connection: Connection, thread: DictRow) -> None:
    params: dict[str, Any] = {"production": thread["production_id"], "run": None}
    await connection.execute(QUEUE_SQL["drop_waiting"], params)
    if thread["status"] not in LIVE:
        return
    if thread["held"]:
        await connection.execute(QUEUE_SQL["ask_to_cancel"], params)
        return
    run = await (await connection.execute(QUEUE_SQL["latest_run"], params)).fetchone()
    await connection.execute(QUEUE_SQL["cancel_now"], params | {"run": run["run_id"] if run else None})


def _jsonb(value: Mapping[str, Any] | None) -> Jsonb | None:
    return None if value is None else Jsonb(dict(value), dump)
