"""Where media lie: one protocol, a local folder now, S3 with the cutting room."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO, Protocol

from state.media import MediaRef


class MediaStore(Protocol):
    """Content-addressed files. Putting the same bytes twice gives the same key and stores them once."""

    async def put(self, source: Path, *, user_id: str) -> MediaRef:
        """Store a copy of a file; the type is decided by its content.

        Raises:
            UploadRejected: the content is of no type we keep.
            StoreFull: no room left; nothing half-written stays.
        """

    async def put_bytes(self, content: bytes, *, user_id: str) -> MediaRef:
        """Store bytes, as `put`."""

    async def put_back(self, source: BinaryIO, key: str) -> None:
        """Store again, under the key it had, what a store of ours once took; it is not inspected anew.

        Raises:
            MediaMissing: no store could have made this key.
            UploadRejected: the bytes are not those that the key names; nothing is stored.
            StoreFull: no room left; nothing half-written stays.
        """

    async def get(self, key: str) -> Path:
        """A local, readable path with the content of `key`; read-only for the caller.

        Raises:
            MediaMissing: no such key, or a key that no store could have made.
        """

    def stream(self, key: str, *, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from `start` up to, not including, `end`."""

    async def delete(self, key: str) -> None:
        """Remove the file; deleting what is gone is no error."""

    async def erase(self, *, user_id: str) -> None:
        """Remove every file of this user, those that nothing names too; of nobody is no error."""

    def link(self, key: str, *, ttl_s: int = 3600) -> str:
        """A path such as `/media/{key}?expires=...&signature=...` that works until it expires."""

    def verify(self, key: str, expires: int, signature: str) -> None:
        """Check a link's signature.

        Raises:
            LinkExpired: too old or forged.
        """
