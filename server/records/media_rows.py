"""The media library: a row per stored file, with its facts and where it belongs."""

from pathlib import Path, PurePosixPath
from typing import Any, Literal

from psycopg.rows import DictRow

from server.records.novelas import Connection
from server.records.videos import media_path
from state.errors import RecordNotFound
from state.media import MediaRef, MediaType
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
SortBy = Literal["date", "name", "size"]


async def list_media(
    database: Database,
    *,
    user_id: str,
    limit: int,
    offset: int = 0,
    media_type: MediaType | None = None,
    novela_id: str | None = None,
    sort_by: SortBy = "date",
) -> tuple[list[DictRow], int]:
    """A page of the library and how many rows fit the filter."""
    wanted = {"user": user_id, "type": media_type, "novela": novela_id}
    rows = await database.fetch_all(SQL[f"list_{sort_by}"], {**wanted, "limit": limit, "offset": offset})
    counted = await database.fetch_one(SQL["count"], wanted)
    return rows, int(counted["total"]) if counted else 0


async def get_media(database: Database, media_id: str, *, user_id: str) -> DictRow:
    """Where one item lies, and of which type it is.

    Raises:
        RecordNotFound: there is none with this id that this user may see.
    """
    row = await database.fetch_one(SQL["get"], {"id": media_id, "user": user_id})
    if row is None:
        raise RecordNotFound("No such media.", user_action="Check the id; GET /api/media lists them.")
    return row


async def id_of_media(connection: Connection, key: str, *, user_id: str) -> str:
    """The id of the item that lies under this key, which must be in the library.

    Raises:
        RecordNotFound: it is not.
    """
    rows = await (await connection.execute(SQL["at_key"], {"key": key, "user": user_id})).fetchall()
    if not rows:
        raise RecordNotFound("No such media.")
    return str(rows[0]["id"])


async def sent_before(database: Database, file_hash: str, *, user_id: str) -> DictRow | None:
    """What was made of the same bytes, when this user sent them first."""
    return await database.fetch_one(SQL["sent_before"], {"user": user_id, "hash": file_hash})


async def keep_media(
    connection: Connection,
    where: dict[str, Any],
    media: MediaRef,
    *,
    title: str,
    job_id: str = "",
    thumbnail: MediaRef | None = None,
    file_name: str = "",
    file_hash: str = "",
) -> None:
    """Put a stored file into the library; the same file again updates its row.

    `file_hash` is the SHA-256 of what a person sent, where the file was made of that.

    Text (captions, reports) is delivered with its production and is no library item.
    """
    if media.media_type == "text":
        return
    params = {
        "branch": False,
        **where,
        "s3_key": media.key,
        "s3_url": media_path(media.key),
        "media_type": media.media_type,
        "file_name": file_name or PurePosixPath(media.key).name,
        "size": media.size_bytes,
        "duration": media.duration_s,
        "width": media.width,
        "height": media.height,
        "format": PurePosixPath(media.key).suffix.lstrip("."),
        "title": title,
        "job": job_id or None,
        "thumbnail_url": media_path(thumbnail.key) if thumbnail else None,
        "thumbnail_key": thumbnail.key if thumbnail else None,
        "file_hash": file_hash or None,
    }
    await connection.execute(SQL["keep"], params)
