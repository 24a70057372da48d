"""The media library: a row per stored file, with its facts and where it belongs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from psycopg.rows import DictRow

from server.records.novelas import Connection
from server.records.videos import media_path
from state.errors import MediaError, RecordNotFound
from state.media import MediaRef
from tools.db.pool import Database
from tools.db.sql import named_queries

NAMED = named_queries(Path(__file__).with_suffix(".sql"))
SQL = {name: statement.replace("{fits}", NAMED["fits"]) for name, statement in NAMED.items()}
LibraryType = Literal["video", "image", "audio", "font"]
SortBy = Literal["date", "name", "size"]
MOST_TAGS = 50
MOST_WORDS = 10


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which items of the library are looked for; None asks for nothing."""

    media_type: LibraryType | None = None
    novela_id: str | None = None
    production_id: str | None = None
    tags: Sequence[str] = ()
    """All of them."""
    text: str = ""
    """Words; each stands somewhere in the title, the description or a tag, also as a part of a word."""


async def list_media(
    database: Database, wanted: Wanted, *, user_id: str, limit: int, offset: int = 0, sort_by: SortBy = "date"
) -> tuple[list[DictRow], int]:
    """A page of the library and how many rows fit the filter."""
    params = {
        "user": user_id, "type": wanted.media_type, "novela": wanted.novela_id,
        "production": wanted.production_id, "tags": list(wanted.tags) or None,
        **await _looked_for(database, wanted.text),
    }  # fmt: skip
    rows = await database.fetch_all(SQL[f"list_{sort_by}"], {**params, "limit": limit, "offset": offset})
    counted = await database.fetch_one(SQL["count"], params)
    return rows, int(counted["total"]) if counted else 0


async def _looked_for(database: Database, text: str) -> dict[str, list[str] | None]:
    """The words as the database folds them: no letter of them has a meaning of its own."""
    given = text.split()[:MOST_WORDS]
    folded = await database.fetch_one(SQL["fold"], {"given": given}) if given else None
    if folded is None or not folded["words"]:
        return {"words": None, "pairs": None}
    return {"words": folded["words"], "pairs": folded["pairs"]}


async def whole(database: Database, media_id: str, *, user_id: str) -> DictRow:
    """All that is known of one item.

    Raises:
        RecordNotFound: there is none with this id that this user may see.
    """
    row = await database.fetch_one(SQL["whole"], {"id": media_id, "user": user_id})
    if row is None:
        raise _no_such_media()
    return row


def lacks_facts(row: DictRow) -> bool:
    """Whether something of an item was never found out, as of one that a listing brought in."""
    if row["media_type"] == "video":
        return row["thumbnail_s3_key"] is None or row["width"] is None
    if row["media_type"] == "font":
        return False
    return row["width"] is None if row["media_type"] == "image" else row["duration_seconds"] is None


def library_type(media: MediaRef) -> LibraryType | None:
    """As what the library lists a file; None of what it does not. In the store fonts lie beside texts."""
    if media.mime.startswith("font/"):
        return "font"
    return None if media.media_type == "text" else media.media_type


async def describe(
    database: Database, media_id: str, *, user_id: str, title: str | None, description: str | None
) -> None:
    """Give an item another title or description; None leaves it.

    Raises:
        RecordNotFound: there is none with this id that this user may see.
    """
    given = {"id": media_id, "user": user_id, "title": title, "description": description}
    if not await database.execute(SQL["describe"], given):
        raise _no_such_media()


async def tag_media(
    database: Database, media_ids: Sequence[str], *, user_id: str, add: Sequence[str], remove: Sequence[str]
) -> int:
    """Add tags to items and take some away, of all of them or of none; how many items that has changed.

    Raises:
        RecordNotFound: one of them is not there, or is another user's.
        MediaError: one of them would have too many tags.
    """
    given = {"user": user_id, "ids": list(media_ids), "add": list(add), "remove": list(remove)}
    async with database.transaction() as connection:
        rows = await (await connection.execute(SQL["tag"], given)).fetchall()
        if len(rows) < len(set(media_ids)):
            raise _no_such_media()
        if any(row["tags"] > MOST_TAGS for row in rows):
            raise MediaError(
                f"An item has at most {MOST_TAGS} tags.", user_action="Remove some of its tags first."
            )
    return sum(row["changed"] for row in rows)


async def list_tags(database: Database, *, user_id: str) -> list[DictRow]:
    """Every tag of this user with the number of its items, the most used first."""
    return await database.fetch_all(SQL["tags"], {"user": user_id})


async def get_media(database: Database, media_id: str, *, user_id: str) -> DictRow:
    """Where one item lies, and of which type it is.

    Raises:
        RecordNotFound: there is none with this id that this user may see.
    """
    row = await database.fetch_one(SQL["get"], {"id": media_id, "user": user_id})
    if row is None:
        raise _no_such_media()
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


def name_as_kept(name: str, media: MediaRef) -> str:
    """A file's name with the ending of what it is now."""
    return f"{name.rpartition('.')[0] or name}{PurePosixPath(media.key).suffix}"


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

    Text (captions, reports) is delivered with its production and is no library item; a font is one.
    """
    if (kind := library_type(media)) is None:
        return
    params = {
        "branch": False,
        **where,
        "s3_key": media.key,
        "s3_url": media_path(media.key),
        "media_type": kind,
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


def _no_such_media() -> RecordNotFound:
    return RecordNotFound("No such media.", user_action="Check the id; GET /api/media lists them.")
