"""An item of the library deleted, row and file, unless something still names the file (S1-72).

What a production uses is refused and stays whole. The order makes it safe beside whoever works: the time is
taken, then rows are read, then the file goes if it was not put or renewed since, as in the sweep.
"""

from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import DictRow

from server.records import media_rows
from server.upkeep.marks import Named, in_texts, named_by
from state.errors import MediaMissing, RecordConflict
from tools.clock import Clock, SystemClock
from tools.db.pool import Database, connection_settings
from tools.db.reach import connected
from tools.db.sql import named_queries
from tools.db.turns import Turn, give_turn
from tools.media.store import MediaStore

SQL = named_queries(Path(__file__).with_suffix(".sql"))
Connection = AsyncConnection[DictRow]
SHOWN = 3
LATER = "Try again in a moment."


async def delete_item(
    database: Database, store: MediaStore, media_id: str, *, user_id: str, clock: Clock | None = None
) -> None:
    """Delete an item with its file and its picture.

    Raises:
        RecordNotFound: this user has no such item.
        RecordConflict: something names the file, or files are being copied; nothing was deleted.
        StoreUnreachable, StoreRefused: the file could not be removed, and the item is still there.
    """
    row = await media_rows.whole(database, media_id, user_id=user_id)
    began = (clock or SystemClock()).now()
    key, picture = row["s3_key"], row["thumbnail_s3_key"]
    async with connected(database.url, **connection_settings("greenlight delete")) as connection:
        named = await named_by(connection, user_id, {key, picture} - {None}, without=[media_id])
        told = await in_texts(store, named.texts)
        if key in named.keys or key in told:
            raise await _used(connection, named, key)
        await _alone(connection)
        try:
            async with connection.transaction():
                await connection.execute(SQL["remove"], {"id": media_id, "user": user_id})
                await _remove(store, key, began)
            if picture and picture not in named.keys | told:
                await store.remove_old(picture, put_before=began)
        finally:
            await give_turn(connection, Turn.MEDIA)


async def _used(connection: Connection, named: Named, key: str) -> RecordConflict:
    ids = sorted(named.owners.get(key, ()))
    rows = await (await connection.execute(SQL["productions"], {"ids": ids})).fetchall()
    titles = ", ".join(f"“{row['title']}”" for row in rows[:SHOWN]) or "another record of yours"
    more = f" and {len(rows) - SHOWN} more" if len(rows) > SHOWN else ""
    return RecordConflict(
        f"The file is used by {titles}{more}, so nothing was deleted.",
        user_action="Keep it: without it they could not be shown, cut or made again.",
        details={"productions": [row["id"] for row in rows]},
    )


async def _alone(connection: Connection) -> None:
    """Wait a moment for whoever copies or lists files.

    Raises:
        RecordConflict: it takes them longer.
    """
    try:
        await connection.execute(SQL["alone"], {"turn": Turn.MEDIA})
    except psycopg.errors.LockNotAvailable as exc:
        raise RecordConflict("Files are being copied or listed just now.", user_action=LATER) from exc


async def _remove(store: MediaStore, key: str, began: datetime) -> None:
    """Remove a file unless it was put again or renewed since; one that is gone already is as good.

    Raises:
        RecordConflict: something is about to name it.
    """
    if await store.remove_old(key, put_before=began):
        return
    try:
        await store.size(key)
    except MediaMissing:
        return
    raise RecordConflict("The file was put or used in this moment.", user_action=LATER)
