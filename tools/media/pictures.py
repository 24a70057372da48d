"""A stored picture by its key, looked at before anybody relies on it."""

from pathlib import PurePosixPath

from state.errors import UploadRejected
from state.media import MediaRef
from tools.media.inspect import PICTURES, inspect
from tools.media.store import MediaStore


async def picture_at(store: MediaStore, key: str) -> MediaRef:
    """The reference of a stored picture; all of it is decoded.

    Raises:
        MediaMissing: no such key.
        UploadRejected: what lies there is no picture, or is damaged.
    """
    path = await store.get(key)
    found = await inspect(path)
    if found.mime not in PICTURES:
        raise UploadRejected("this file is no picture")
    return MediaRef(
        key=key, mime=found.mime, sha256=PurePosixPath(key).stem, size_bytes=path.stat().st_size,
        width=found.width, height=found.height,
    )  # fmt: skip


def owner_of(key: str) -> str:
    """The user whose file a key names."""
    parts = PurePosixPath(key).parts
    return parts[1] if len(parts) == 3 else ""
