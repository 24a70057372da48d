"""The store of these settings."""

from pathlib import Path

from tools.media.local import LocalMediaStore
from tools.media.store import MediaStore
from tools.settings import Settings


async def open_store(settings: Settings) -> MediaStore:
    """A folder or a bucket, as GREENLIGHT_MEDIA says; close it in the end.

    Raises:
        FolderUnwritable: the folder, or that of the copies, cannot be used.
        SettingInvalid: half of a pair of keys is missing.
    """
    if isinstance(settings.media_place, Path):
        return await LocalMediaStore.open(settings)
    # Whoever keeps media in a folder need not wait until boto3 is loaded.
    from tools.media.s3 import S3MediaStore

    return await S3MediaStore.open(settings)
