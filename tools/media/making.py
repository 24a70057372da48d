"""The bucket itself, made where there is none: for a server of one's own that has just come up."""

import asyncio
from contextlib import closing
from pathlib import Path

from state.errors import SettingInvalid, StoreUnreachable
from tools.clock import Clock
from tools.media_place import Bucket
from tools.settings import Settings

LOOK_EVERY_S = 1.0


async def make_bucket(settings: Settings, *, wait_s: float, clock: Clock) -> bool:
    """Make the bucket of these settings unless it is there; whether it was made.

    A server that does not answer is asked again for so many seconds: nothing tells us when it is up.

    Raises:
        SettingInvalid: media lie in a folder.
        StoreUnreachable: nobody answered in time.
        StoreRefused: the keys may not make it.
    """
    place = settings.media_place
    if isinstance(place, Path):
        raise SettingInvalid(
            "GREENLIGHT_MEDIA: names no bucket",
            user_action="Set it to s3://BUCKET or s3://BUCKET/PREFIX.",
            details={"setting": "GREENLIGHT_MEDIA"},
        )
    until = clock.monotonic() + wait_s
    while True:
        try:
            made = [await asyncio.to_thread(_make, settings, one) for one in settings.buckets]
            return any(made)
        except StoreUnreachable:
            if clock.monotonic() >= until:
                raise
        await clock.sleep(LOOK_EVERY_S)


def _make(settings: Settings, place: Bucket) -> bool:
    # Whoever keeps media in a folder need not wait until boto3 is loaded.
    from tools.media.s3_bucket import S3Bucket, s3_client

    with closing(S3Bucket(s3_client(settings, connections=1, tries=1), place)) as bucket:
        return bucket.make()
