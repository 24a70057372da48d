"""A file of a person put into the library: made anew, with its facts and, of a clip, its picture."""

import asyncio
import hashlib
from pathlib import Path

from server.library.looking import picture_of
from server.records import media_rows
from server.sent_files import clean_name
from tools.clock import SystemClock
from tools.db.pool import Database
from tools.media.store import MediaStore
from tools.media.upload import upload_file

NOWHERE: dict[str, None] = dict.fromkeys(("novela", "production", "episode", "scene"))
"""An upload belongs to nothing until a brief names it."""


async def keep_file(
    database: Database, store: MediaStore, file: Path, *, user_id: str, name: str, mime: str, title: str = ""
) -> str:
    """The id of the item that a file became; the same bytes again are the same item.

    Raises:
        UploadRejected: not of the declared type, of none that is taken, damaged, cut short or too large.
        StoreFull, WorkFolderFull: no room left.
    """
    digest = await asyncio.to_thread(digest_of, file)
    media = await upload_file(store, file, declared=mime, user_id=user_id)
    picture = await picture_of(store, media, user_id=user_id) if media.media_type == "video" else None
    kept_as = media_rows.name_as_kept(clean_name(name), media)
    where = NOWHERE | {"user": user_id, "at": SystemClock().now()}
    async with database.transaction() as connection:
        await media_rows.keep_media(
            connection, where, media, title=title or kept_as, file_name=kept_as, file_hash=digest,
            thumbnail=picture,
        )  # fmt: skip
        return await media_rows.id_of_media(connection, media.key, user_id=user_id)


def digest_of(file: Path) -> str:
    """The SHA-256 of a file; blocking."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
