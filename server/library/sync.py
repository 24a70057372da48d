"""The library brought up to what lies in the store (S1-61, S1-62), however much that is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from psycopg import AsyncConnection
from psycopg.rows import DictRow

from server.upkeep.marks import in_texts, named_by
from state.errors import RecordConflict
from tools.db.pool import Database, connection_settings
from tools.db.reach import connected
from tools.db.sql import named_queries
from tools.db.turns import Turn, alone, shared
from tools.media.keys import user_folders
from tools.media.store import MediaStore, Stored

SQL = named_queries(Path(__file__).with_suffix(".sql"))
TEXT, FONTS = "text/", (".ttf", ".otf")
"""Captions and reports belong to their productions and are no items; fonts lie beside them, and are."""
Connection = AsyncConnection[DictRow]


@dataclass(frozen=True, kw_only=True)
class Synced:
    """What a comparison of the store with the library came to."""

    synced: int
    """Files of this user that lie in the store: the library knows all of them now."""
    added: int
    removed: int


async def sync_library(
    database: Database,
    store: MediaStore,
    *,
    user_id: str,
    emptied: bool = False,
    told: Callable[[int], None] = lambda count: None,
) -> Synced:
    """Add what lies in the store and is not in this user's library; remove what no longer lies there.

    Nothing is changed unless the whole listing was read. `told` hears how many files each page had.

    Raises:
        RecordConflict: the store shows nothing at all, the library has items, and nobody said `emptied`.
        StoreUnreachable, StoreRefused, FolderUnwritable: the store could not be listed to its end.
    """
    async with connected(database.url, **connection_settings("greenlight sync")) as connection:
        async with shared(database.url, Turn.MEDIA):
            began = await _list(connection, store, user_id, told)
            async with connection.transaction():
                done = await _compare(connection, user_id, began, emptied=emptied)
        if done.removed:
            await _clear_pictures(connection, database.url, store, user_id, began)
    return done


async def _list(
    connection: Connection, store: MediaStore, user_id: str, told: Callable[[int], None]
) -> datetime:
    """Put the listing into a table of this connection; when it was begun, by the database's clock."""
    for name in ("open", "open_pictures"):
        await connection.execute(SQL[name])
    [row] = await (await connection.execute(SQL["began"])).fetchall()
    for folder in user_folders(user_id):
        async for page in store.listed(folder):
            items = [one for one in page if not folder.startswith(TEXT) or one.key.endswith(FONTS)]
            await connection.execute(SQL["page"], _columns(items))
            told(len(items))
    await connection.execute(SQL["ready"])
    began: datetime = row["at"]
    return began


async def _compare(connection: Connection, user_id: str, began: datetime, *, emptied: bool) -> Synced:
    params = {"user": user_id, "began": began}
    [counts] = await (await connection.execute(SQL["counts"], params)).fetchall()
    if counts["known"] and not counts["there"] and not emptied:
        raise RecordConflict(
            "The store shows none of your files, so nothing was removed.",
            user_action="See whether it is the right folder or bucket; if all are gone, say `emptied`.",
        )
    [gone] = await (await connection.execute(SQL["remove"], params)).fetchall()
    added = (await connection.execute(SQL["add"], params)).rowcount
    return Synced(synced=counts["there"], added=added, removed=gone["removed"])


async def _clear_pictures(
    connection: Connection, url: str, store: MediaStore, user_id: str, began: datetime
) -> None:
    """Remove the pictures of clips that are gone, a thousand at a time, but for what something names."""
    await connection.execute(SQL["had_by_others"])
    while keys := {row["key"] for row in await (await connection.execute(SQL["left_behind"])).fetchall()}:
        named = await named_by(connection, user_id, keys, without=[])
        unnamed = keys - named.keys - await in_texts(store, named.texts)
        async with alone(url, Turn.MEDIA) as free:
            for key in unnamed if free else ():  # the next sync makes items of those that stay
                await store.remove_old(key, put_before=began)


def _columns(page: list[Stored]) -> dict[str, object]:
    return {
        "keys": [one.key for one in page],
        "sizes": [one.size_bytes for one in page],
        "times": [one.stored_at for one in page],
    }
