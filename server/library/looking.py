"""What a listing does not say of a file: how long and how large it is, and a picture of a clip (S1-71)."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog

from state.errors import FfmpegFailed, MediaDamaged, MediaMissing, UploadRejected
from state.media import MediaRef
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.media.keys import digest_in
from tools.media.reference import sure_reference_of
from tools.media.store import MediaStore
from tools.post.stills import thumbnail
from tools.work_folder import work_folder

SQL = named_queries(Path(__file__).with_suffix(".sql"))
log = structlog.stdlib.get_logger(__name__)


async def picture_of(store: MediaStore, clip: MediaRef, *, user_id: str) -> MediaRef | None:
    """A stored picture of the middle of a clip; None of a clip that shows nothing there.

    Raises:
        MediaMissing: the clip is gone.
        StoreFull, WorkFolderFull: no room left.
    """
    source = await store.get(clip.key)
    async with work_folder("picture") as folder:
        try:
            shown = await thumbnail(source, at_s=(clip.duration_s or 0.0) / 2, into=folder / "picture.jpg")
        except FfmpegFailed as exc:
            log.warning("clip_has_no_picture", key=clip.key, reason=exc.message)
            return None
        return await store.put(shown, user_id=user_id)


async def look_at(database: Database, store: MediaStore, row: Mapping[str, Any]) -> bool:
    """Find out what an item's row lacks; whether its file can be read. It is looked at once.

    Raises:
        MediaMissing: its file is gone.
    """
    found, picture = await _found(store, row["s3_key"], row["user_id"]), None
    if found is not None and found.media_type == "video" and row["thumbnail_s3_key"] is None:
        picture = await picture_of(store, found, user_id=row["user_id"])
    facts = {
        "id": row["id"], "user": row["user_id"], "picture": picture and picture.key,
        "duration": found and found.duration_s, "width": found and found.width,
        "height": found and found.height,
    }  # fmt: skip
    await database.execute(SQL["seen"], facts)
    return found is not None


async def look_at_new(
    database: Database, store: MediaStore, *, user_id: str, most: int, told: Callable[[], None] = lambda: None
) -> int:
    """Look at items that a listing brought in, the newest first, `most` of them; how many that were.

    Raises:
        StoreUnreachable, StoreFull: the others wait until somebody reads them.
    """
    rows = await database.fetch_all(SQL["unseen"], {"user": user_id, "limit": most})
    for row in rows:
        with suppress(MediaMissing):  # removed since; the next sync removes its row
            await look_at(database, store, row)
        told()
    return len(rows)


async def _found(store: MediaStore, key: str, user_id: str) -> MediaRef | None:
    try:
        path = await store.get(key)
        return await asyncio.to_thread(sure_reference_of, path, digest_in(key), user_id)
    except (UploadRejected, MediaDamaged) as exc:
        log.warning("item_cannot_be_read", key=key, reason=exc.message)
        return None
