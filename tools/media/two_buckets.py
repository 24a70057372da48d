"""Clips in a bucket of their own beside all other media: other rules, another price, another region's reader.

A key begins with what it is (`video/ana/...`), so it says itself where its object lies.
"""

from collections.abc import Generator, Iterator
from datetime import datetime
from pathlib import Path

from tools.media.s3_bucket import S3Bucket
from tools.media.store import Stored

CLIPS = "video/"


class TwoBuckets:
    """Does what an `S3Bucket` does for the store, in the bucket that a key belongs in."""

    def __init__(self, clips: S3Bucket, others: S3Bucket) -> None:
        self._clips, self._others = clips, others

    def _of(self, key: str) -> S3Bucket:
        return self._clips if f"{key}/".startswith(CLIPS) else self._others

    def close(self) -> None:
        """Close all connections."""
        self._clips.close()
        self._others.close()

    def size(self, key: str) -> int:
        """As `S3Bucket.size`."""
        return self._of(key).size(key)

    def read(self, key: str, start: int = 0, end: int | None = None) -> Generator[bytes]:
        """As `S3Bucket.read`."""
        return self._of(key).read(key, start, end)

    def upload(self, key: str, file: Path, *, sha256: str, mime: str) -> None:
        """As `S3Bucket.upload`."""
        self._of(key).upload(key, file, sha256=sha256, mime=mime)

    def text(self, name: str, proposed: str) -> str:
        """As `S3Bucket.text`: both are one store, with the name of the one that holds no clips."""
        return self._others.text(name, proposed)

    def delete(self, key: str) -> None:
        """As `S3Bucket.delete`."""
        self._of(key).delete(key)

    def stored_at(self, key: str) -> datetime:
        """As `S3Bucket.stored_at`."""
        return self._of(key).stored_at(key)

    def renew(self, key: str, *, mime: str) -> None:
        """As `S3Bucket.renew`."""
        self._of(key).renew(key, mime=mime)

    def objects(self, folder: str, *, put_before: datetime | None = None) -> Iterator[tuple[str, int]]:
        """As `S3Bucket.objects`; of both for no folder."""
        if folder:
            yield from self._of(folder).objects(folder, put_before=put_before)
            return
        yield from self._clips.objects(CLIPS, put_before=put_before)
        for key, size in self._others.objects("", put_before=put_before):
            if not key.startswith(CLIPS):  # from before there were two: it is given out no more
                yield key, size

    def pages(self, folder: str) -> Iterator[list[Stored]]:
        """As `S3Bucket.pages`, of a folder of one user: each lies in one of both."""
        return self._of(folder).pages(folder)

    def delete_folder(self, folder: str) -> None:
        """As `S3Bucket.delete_folder`, in both: some may be from before there were two."""
        self._clips.delete_folder(folder)
        self._others.delete_folder(folder)

    def abort_uploads(self, begun_before: datetime) -> int:
        """As `S3Bucket.abort_uploads`."""
        return self._clips.abort_uploads(begun_before) + self._others.abort_uploads(begun_before)
