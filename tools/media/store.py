"""Where media lie: one protocol; a folder keeps it, and a bucket of S3."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from state.media import MediaRef


class Stored(NamedTuple):
    """What a listing says of a file; nothing of it was read."""

    key: str
    size_bytes: int
    stored_at: datetime
    """When it was put, put again or renewed; with its time zone."""


class MediaStore(Protocol):
    """Content-addressed files. Putting the same bytes twice gives the same key and stores them once.

    What is put again is young again, as `remove_old` sees it.
    A store on another machine may also raise `StoreUnreachable` from every call that leaves this machine, a
    bucket after it has tried for a while; a bucket `StoreRefused`, too.
    """

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
            MediaDamaged: the bytes are not those that the key names; nothing is stored.
            StoreFull: no room left; nothing half-written stays.
        """

    async def get(self, key: str) -> Path:
        """A local, readable path with the content of `key`; read-only for the caller.

        The file stays at least for as long as somebody holds this path object: keep it, not its text.

        Raises:
            MediaMissing: no such key, or a key that no store could have made.
        """

    def stream(self, key: str, *, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from `start` up to, not including, `end`; nothing when that is beyond the file."""

    async def size(self, key: str) -> int:
        """How many bytes `key` has.

        Raises:
            MediaMissing: as `get`.
        """

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

    async def renew(self, key: str) -> None:
        """Make a file as young as if it were put now: what will name it is about to be written.

        Raises:
            MediaMissing: as `get`.
        """

    async def remove_old(self, key: str, *, put_before: datetime) -> bool:
        """Remove a file unless it was put, put again or renewed since; whether it was removed."""

    def files(self, *, put_before: datetime | None = None) -> AsyncIterator[tuple[str, int]]:
        """Every key that lies here, of all users, with its length; or those of files that are so old."""

    def listed(self, folder: str) -> AsyncIterator[list[Stored]]:
        """The files of one folder (`video/ana`) page by page, each key once: no more than a page is held.

        A listing that breaks off raises; whoever has read to the end has seen every file that was there.

        Raises:
            MediaMissing: there can be no such folder.
        """

    async def take(self, key: str, source: Path) -> None:
        """Store a file of another store under its own key, as it is; nothing is inspected again.

        Raises:
            MediaMissing: no store could have made this key.
            MediaDamaged: the file is not what its key says; nothing of it is kept.
            StoreFull: no room left.
        """

    async def keep_piece(self, name: str, source: Path) -> None:
        """Keep a piece of a file that is on its way; `name` is its user, its upload and its own name.

        Raises:
            MediaMissing: no piece has such a name.
            StoreFull: no room left; nothing half-written stays.
        """

    def piece(self, name: str) -> AsyncIterator[bytes]:
        """The bytes of a piece.

        Raises:
            MediaMissing: there is none.
        """

    async def drop_pieces(self, user_id: str, upload: str = "") -> None:
        """Remove the pieces of an upload, or all of a user; `erase` does, too. Of none is no error."""

    async def identity(self) -> str:
        """What tells this store from every other, from whichever machine one looks at it."""

    async def close(self) -> None:
        """Give connections and locks back; nothing may be asked of it afterwards."""
