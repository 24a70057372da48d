"""The novelas: create, read, change, hide, and the status they are in.

Every change of status is written together with its live update, in one transaction.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from server.records.productions import SQL as PRODUCTIONS
from state.errors import RecordConflict, RecordNotFound
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
Connection = AsyncConnection[DictRow]

FIELDS = (
    "title", "description", "genre", "language", "target_episodes", "default_model_id", "default_duration",
    "default_resolution", "default_aspect_ratio", "reference_character_images", "master_seed",
    "estimated_cost",
)  # fmt: skip
MAY_BECOME: dict[str, frozenset[str]] = {
    "planning": frozenset({"in_progress", "paused"}),
    "in_progress": frozenset({"paused", "completed"}),
    "paused": frozenset({"planning", "in_progress"}),
    "completed": frozenset({"in_progress"}),
}


async def list_novelas(
    database: Database, *, user_id: str, limit: int, offset: int = 0, status: str | None = None
) -> tuple[list[DictRow], int]:
    """A page of novelas, newest first, and how many there are in all."""
    wanted = {"user": user_id, "status": status}
    rows = await database.fetch_all(SQL["list"], {**wanted, "limit": limit, "offset": offset})
    counted = await database.fetch_one(SQL["count"], wanted)
    return rows, int(counted["total"]) if counted else 0


async def get_novela(database: Database, novela_id: str, *, user_id: str) -> DictRow:
    """One novela.

    Raises:
        RecordNotFound: there is none with this id that this user may see.
    """
    return _found(await database.fetch_one(SQL["get"], {"id": novela_id, "user": user_id}))


async def create_novela(database: Database, fields: dict[str, Any], *, user_id: str) -> DictRow:
    """Write a new novela; it is in `planning`."""
    return _found(await database.fetch_one(SQL["create"], {"user": user_id, **fields}))


async def change_novela(
    database: Database, novela_id: str, fields: dict[str, Any], *, user_id: str
) -> DictRow:
    """Change the named fields and leave the rest alone.

    Raises:
        RecordNotFound: no such novela.
        RecordConflict: the status cannot become this one now.
    """
    async with database.transaction() as connection:
        before = _found(await _one(connection, SQL["lock"], {"id": novela_id, "user": user_id}))
        check_transition(before["status"], fields.get("status"))
        params = {name: fields.get(name) for name in (*FIELDS, "status")}
        after = await _one(connection, SQL["update"], {"id": novela_id, "user": user_id, **params})
        if fields.get("status") not in (None, before["status"]):
            await tell_status(connection, novela_id)
    return _found(after)


def check_transition(before: str, after: str | None) -> None:
    """See whether a novela may go from one status to another.

    Raises:
        RecordConflict: it may not; the message says which ones it may.
    """
    if after is None or after == before or after in MAY_BECOME[before]:
        return
    allowed = ", ".join(sorted(MAY_BECOME[before]))
    raise RecordConflict(
        f"A novela that is {before} cannot become {after}; it can become {allowed}.",
        user_action="Choose one of the named states.",
        details={"status": before, "allowed": sorted(MAY_BECOME[before])},
    )


async def hide_novela(database: Database, novela_id: str, *, user_id: str) -> list[DictRow]:
    """Delete a novela as people see it, with its videos; the productions that were hidden with it.

    Messages, media and chat stay and no longer name it.

    Raises:
        RecordNotFound: no such novela.
    """
    params = {"id": novela_id, "user": user_id}
    async with database.transaction() as connection:
        if (await connection.execute(SQL["hide"], params)).rowcount != 1:
            raise RecordNotFound()
        hidden = await connection.execute(
            PRODUCTIONS["hide_of_novela"], {"user": user_id, "novela": novela_id}
        )
        return await hidden.fetchall()


async def erase_novela(database: Database, novela_id: str, *, user_id: str) -> None:
    """Remove a novela and its videos for good; what only refers to it stays with an empty reference.

    Raises:
        RecordNotFound: no such novela.
    """
    if await database.execute(SQL["erase"], {"id": novela_id, "user": user_id}) != 1:
        raise RecordNotFound()


async def begin_novela(connection: Connection, novela_id: str, *, user_id: str) -> None:
    """The first video is asked for: `planning` becomes `in_progress`."""
    if await _one(connection, SQL["begin"], {"id": novela_id, "user": user_id}):
        await tell_status(connection, novela_id)


async def remember_plan(
    connection: Connection, novela_id: str, *, user_id: str, plan: dict[str, Any], estimated: Decimal | None
) -> None:
    """Keep the plan of the whole series."""
    params = {"id": novela_id, "user": user_id, "plan": Jsonb(plan), "estimated": estimated}
    await connection.execute(SQL["remember_plan"], params)


async def add_up(connection: Connection, novela_id: str, *, user_id: str) -> None:
    """Count the scenes that were ever finished and what all takes cost."""
    await connection.execute(SQL["add_up"], {"id": novela_id, "user": user_id})


async def finish_episode(
    connection: Connection, novela_id: str, *, user_id: str, episode: int, production_id: str, at: Any
) -> None:
    """An episode is mastered; the last one completes the novela."""
    params = {"id": novela_id, "user": user_id, "episode": episode, "production": production_id, "at": at}
    await connection.execute(SQL["finish_episode"], params)
    if await _one(connection, SQL["complete"], params):
        await tell_status(connection, novela_id)


async def tell_status(connection: Connection, novela_id: str) -> None:
    """Write the live update `novela:{id}:status:update`."""
    await tell(connection, SQL["tell_status"], novela_id=novela_id)


async def tell(connection: Connection, statement: str, *, novela_id: str, **params: Any) -> None:
    """Write one live update under the novela's next number and wake who listens."""
    # The row lock on the feed makes numbers commit in order, so a reader never skips one.
    row = _found(await _one(connection, SQL["next_seq"], {"id": novela_id}))
    await connection.execute(statement, {"id": novela_id, "seq": row["last_seq"], **params})
    await connection.execute(SQL["ring"], {"id": str(novela_id)})


async def events_after(database: Database, novela_id: str, *, user_id: str, after: int) -> list[DictRow]:
    """The next live updates of a novela, at most 200."""
    return await database.fetch_all(SQL["events_after"], {"id": novela_id, "user": user_id, "after": after})


async def _one(connection: Connection, statement: str, params: dict[str, Any]) -> DictRow | None:
    return await (await connection.execute(statement, params)).fetchone()


def _found(row: DictRow | None) -> DictRow:
    if row is None:
        raise RecordNotFound("No such novela.", user_action="Check the id; GET /api/novelas lists them.")
    return row
