"""Can media be kept where the settings say? Tried out with a file that goes again."""

import asyncio
import secrets
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from state.errors import FolderUnwritable, GreenlightError, MediaDamaged, StoreRefused
from tools.db.doctor import Check
from tools.media.away import answering
from tools.media_place import Bucket
from tools.settings import Settings

if TYPE_CHECKING:
    from tools.media.s3_bucket import S3Bucket

LONG_AGO = datetime.fromtimestamp(0, UTC)


async def try_store(settings: Settings) -> str:
    """Write, read back, list and delete; returns what works only by half, empty when all is well.

    Raises:
        FolderUnwritable: the folder cannot be used.
        StoreRefused: the bucket, its region, our keys or one of their rights are missing.
        StoreUnreachable: nobody answers.
    """
    place = settings.media_place
    if isinstance(place, Path):
        with answering(place):
            return await asyncio.to_thread(_try_folder, place)
    halves = [await asyncio.to_thread(_try_bucket, settings, one) for one in settings.buckets]
    return next(filter(None, halves), "")


async def check_media(settings: Settings) -> Check:
    """The same as a line of `greenlight doctor`."""
    try:
        half = await try_store(settings)
    except GreenlightError as exc:
        return Check(name="media", status="failed", message=exc.message, remedy=exc.user_action)
    places = " and ".join(map(str, settings.buckets)) or str(settings.media_place)
    where = f"{places} can be written to, read and deleted from"
    return Check(name="media", status="warning" if half else "ok", message=where, remedy=half)


def _try_folder(folder: Path) -> str:
    probe = folder / f".probe-{secrets.token_hex(8)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_text(probe.name)
        _compare(probe.read_text(), probe.name)
    except OSError as exc:
        raise FolderUnwritable(
            f"media cannot be kept in {folder}: {exc.strerror}",
            user_action="Set GREENLIGHT_MEDIA to a folder that this account may write to, or to s3://BUCKET.",
        ) from exc
    finally:
        with suppress(OSError):
            probe.unlink()
    return ""


def _try_bucket(settings: Settings, place: Bucket) -> str:
    # Whoever keeps media in a folder need not wait until boto3 is loaded.
    from tools.media.s3_bucket import S3Bucket, s3_client

    with closing(S3Bucket(s3_client(settings, connections=1), place)) as bucket:
        name = f".probe-{secrets.token_hex(8)}"
        try:
            _compare(bucket.text(name, name), name)
            if [key for key, _ in bucket.objects(name)] != [name]:
                raise StoreRefused(f"{place} does not list what was just put there")
        except StoreRefused:
            with suppress(GreenlightError):
                bucket.delete(name)
            raise
        bucket.delete(name)
        return _unfinished_uploads(bucket)


def _compare(found: str, written: str) -> None:
    if found != written:
        raise MediaDamaged("the media store gives back something else than was put there")


def _unfinished_uploads(bucket: "S3Bucket") -> str:
    try:
        bucket.abort_uploads(LONG_AGO)
    except StoreRefused as exc:
        return f"Unfinished uploads stay ({exc.message}); give the bucket a rule that ends them after a day."
    return ""
