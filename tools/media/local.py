"""The media store that needs nothing: a folder."""

import asyncio
import contextlib
import io
import math
import os
import shutil
from collections.abc import AsyncIterator, Callable, Generator
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO, ParamSpec, TypeVar

from state.errors import FolderUnwritable, MediaMissing
from state.media import MediaRef
from tools.clock import Clock
from tools.faults import fault_point, fault_point_here
from tools.kept_secret import kept_text
from tools.media.away import answering
from tools.media.incoming import (
    check_room,
    incoming_copy,
    keep_or_renew,
    move_into_place,
    remove_if_old,
    remove_leftovers,
)
from tools.media.keys import KEY, check_digest, check_folder, check_key, user_folders
from tools.media.links import LinkSigner, link_secrets
from tools.media.pieces import PIECES, place_of_piece, place_of_pieces
from tools.media.reference import sure_reference_of
from tools.media.store import Stored
from tools.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")
IDENTITY_FILE = ".store"
STREAM_CHUNK_BYTES = 256 * 1024
PAGE_FILES = 1000
"""So many a listing holds at once."""
KEEP_FREE_BYTES = 64 * 1024 * 1024
"""What a file must leave free on the disk: the database writes there too."""


class LocalMediaStore:
    """A `MediaStore` in a folder; any number of processes may share it.

    A folder of another machine may be away for a moment: then each call raises `StoreUnreachable`.
    """

    def __init__(
        self,
        folder: Path,
        *link_secrets: bytes,
        clock: Clock | None = None,
        keep_free_bytes: int = KEEP_FREE_BYTES,
    ) -> None:
        self._folder = folder.resolve()
        self._incoming = self._folder / ".incoming"
        self._links = LinkSigner(link_secrets, clock)
        self._keep_free_bytes = keep_free_bytes

    @classmethod
    async def open(cls, settings: Settings) -> "LocalMediaStore":
        """The store in the folder of these settings.

        Raises:
            FolderUnwritable: the folder cannot be used.
            StoreUnreachable: it does not answer now.
        """
        return await asyncio.to_thread(cls._open, settings)

    @classmethod
    def _open(cls, settings: Settings) -> "LocalMediaStore":
        place = settings.media_place
        assert isinstance(place, Path)  # noqa: S101 - a bucket is opened by another store
        store = cls(place, *link_secrets(settings))
        with answering(store._folder):
            store._make_folder()
            remove_leftovers(store._incoming)
            remove_leftovers(store._folder / PIECES, "*/*/*")
        return store

    async def put(self, source: Path, *, user_id: str) -> MediaRef:
        """Store a copy of a file; the type is decided by its content.

        Raises:
            UploadRejected: the content is of no type we keep.
            StoreFull: no room left; nothing half-written stays.
            MediaMissing: there is no file at `source`.
        """
        put = partial(self._run, self._put_file, source, user_id)
        await fault_point("before_put")
        reference = await put()
        await fault_point("after_put", again=put)
        return reference

    async def put_bytes(self, content: bytes, *, user_id: str) -> MediaRef:
        """Store bytes, as `put`."""
        return await self._run(self._put, io.BytesIO(content), len(content), user_id)

    async def put_back(self, source: BinaryIO, key: str) -> None:
        """Store again, under the key it had, what a store of ours once took; it is not inspected anew.

        Raises:
            MediaMissing: no store could have made this key.
            MediaDamaged: the bytes are not those that the key names; nothing is stored.
            StoreFull: no room left; nothing half-written stays.
        """
        check_key(key)
        await self._run(self._put_back, source, key)

    async def get(self, key: str) -> Path:
        """A local, readable path with the content of `key`; read-only for the caller.

        Raises:
            MediaMissing: no such key, or a key that no store could have made.
        """
        return await self._run(self._existing, key)

    async def stream(self, key: str, *, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from `start` up to, not including, `end`; nothing when that is beyond the file.

        Raises:
            MediaMissing: as `get`.
        """
        path = await self._run(self._existing, key)
        file = await self._run(path.open, "rb")
        try:
            await self._run(file.seek, max(start, 0))
            left = await self._run(_length, path) if end is None else max(end - max(start, 0), 0)
            while left > 0 and (chunk := await self._run(file.read, min(left, STREAM_CHUNK_BYTES))):
                left -= len(chunk)
                yield chunk
        finally:
            file.close()

    async def size(self, key: str) -> int:
        """How many bytes `key` has.

        Raises:
            MediaMissing: as `get`.
        """
        return await self._run(_length, await self._run(self._existing, key))

    async def delete(self, key: str) -> None:
        """Remove the file; deleting what is gone is no error."""
        with contextlib.suppress(MediaMissing):
            path = await self._run(self._existing, key)
            await self._run(path.unlink, missing_ok=True)

    async def erase(self, *, user_id: str) -> None:
        """Remove every file of this user, those that nothing names too; of nobody is no error.

        Raises:
            UploadRejected: this cannot be a user's id.
            FolderUnwritable: some of them could not be removed.
        """
        for folder in [*user_folders(user_id), place_of_pieces(user_id)]:
            await self._run(_remove_folder, self._folder / folder)

    def link(self, key: str, *, ttl_s: int = 3600) -> str:
        """A path such as `/media/{key}?expires=...&signature=...` that works until it expires."""
        return self._links.link(key, ttl_s=ttl_s)

    def verify(self, key: str, expires: int, signature: str) -> None:
        """Check a link's signature.

        Raises:
            LinkExpired: too old or forged.
        """
        self._links.verify(key, expires, signature)

    async def renew(self, key: str) -> None:
        """Make a file as young as if it were put now.

        Raises:
            MediaMissing: as `get`.
        """
        path = await self._run(self._existing, key)
        try:
            await self._run(os.utime, path)
        except FileNotFoundError as exc:
            raise MediaMissing from exc

    async def remove_old(self, key: str, *, put_before: datetime) -> bool:
        """Remove a file unless it was put, put again or renewed since; whether it was removed."""
        with contextlib.suppress(MediaMissing, FileNotFoundError):
            path = await self._run(self._existing, key)
            return await self._run(remove_if_old, path, put_before.timestamp(), self._incoming)
        return False

    async def files(self, *, put_before: datetime | None = None) -> AsyncIterator[tuple[str, int]]:
        """Every key that lies here, of all users, with its length; or those of files that are so old."""
        limit = put_before.timestamp() if put_before else math.inf
        for key, size in await self._run(self._listed, limit):
            yield key, size

    async def listed(self, folder: str) -> AsyncIterator[list[Stored]]:
        """The files of one folder page by page, in no order.

        Raises:
            MediaMissing: there can be no such folder.
            FolderUnwritable: the store itself is not there, or cannot be read.
        """
        check_folder(folder)
        found = self._found(folder)
        try:
            while page := await self._run(list, islice(found, PAGE_FILES)):
                yield page
        finally:
            found.close()

    async def take(self, key: str, source: Path) -> None:
        """Store a file of another store under its own key, as it is.

        Raises:
            MediaMissing: no store could have made this key.
            MediaDamaged: the file is not what its key says; nothing of it is kept.
            StoreFull: no room left.
        """
        check_key(key)
        await self._run(self._take, key, source)

    async def keep_piece(self, name: str, source: Path) -> None:
        """Keep a piece of a file that is on its way.

        Raises:
            MediaMissing: no piece has such a name.
            StoreFull: no room left; nothing half-written stays.
        """
        await self._run(self._keep_piece, self._folder / place_of_piece(name), source)

    async def piece(self, name: str) -> AsyncIterator[bytes]:
        """The bytes of a piece.

        Raises:
            MediaMissing: there is none.
        """
        path = self._folder / place_of_piece(name)
        try:
            file = await self._run(path.open, "rb")
        except FileNotFoundError as exc:
            raise MediaMissing("this piece of an upload is gone") from exc
        try:
            while chunk := await self._run(file.read, STREAM_CHUNK_BYTES):
                yield chunk
        finally:
            file.close()

    async def drop_pieces(self, user_id: str, upload: str = "") -> None:
        """Remove the pieces of an upload, or all of a user.

        Raises:
            FolderUnwritable: some of them could not be removed.
        """
        await self._run(_remove_folder, self._folder / place_of_pieces(user_id, upload))

    async def identity(self) -> str:
        """A name that this folder gave itself, the same on every machine that mounts it.

        Raises:
            FolderUnwritable: it can be neither read nor made.
        """
        kept = await self._run(kept_text, self._folder, IDENTITY_FILE)
        return kept.decode(errors="replace")

    async def close(self) -> None:
        """Nothing is held."""

    async def _run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do it in a thread: a folder of another machine may let one wait, or not answer at all."""
        with answering(self._folder):
            return await asyncio.to_thread(work, *args, **kwargs)

    def _make_folder(self) -> None:
        try:
            self._incoming.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            raise FolderUnwritable(f"cannot write to {self._folder}: {exc.strerror}") from exc

    def _put_file(self, source: Path, user_id: str) -> MediaRef:
        try:
            size, file = source.stat().st_size, source.open("rb")
        except OSError as exc:
            raise MediaMissing(f"cannot read {source.name}: {exc.strerror}") from exc
        with file:
            return self._put(file, size, user_id)

    def _put(self, source: BinaryIO, size: int, user_id: str) -> MediaRef:
        self._make_folder()
        check_room(self._folder, size, self._keep_free_bytes)
        with incoming_copy(source, self._incoming) as (fresh, sha256):
            reference = sure_reference_of(fresh, sha256, user_id)
            fault_point_here("before_link")
            keep_or_renew(fresh, self._folder / reference.key)
        return reference

    def _take(self, key: str, source: Path) -> None:
        self._make_folder()
        check_room(self._folder, source.stat().st_size, self._keep_free_bytes)
        with source.open("rb") as file, incoming_copy(file, self._incoming) as (fresh, sha256):
            check_digest(key, sha256)
            move_into_place(fresh, self._folder / key)

    def _put_back(self, source: BinaryIO, key: str) -> None:
        self._make_folder()
        check_room(self._folder, 0, self._keep_free_bytes)
        with incoming_copy(source, self._incoming) as (fresh, sha256):
            check_digest(key, sha256)
            keep_or_renew(fresh, self._folder / key)

    def _keep_piece(self, final: Path, source: Path) -> None:
        self._make_folder()
        check_room(self._folder, source.stat().st_size, self._keep_free_bytes)
        with source.open("rb") as file, incoming_copy(file, self._incoming) as (fresh, _):
            move_into_place(fresh, final)

    def _listed(self, limit: float) -> list[tuple[str, int]]:
        found = []
        for path in sorted(self._folder.glob("*/*/*")):
            key = path.relative_to(self._folder).as_posix()
            with contextlib.suppress(FileNotFoundError):  # it may be removed while we look
                facts = path.stat()
                if KEY.fullmatch(key) and facts.st_mtime < limit:
                    found.append((key, facts.st_size))
        return found

    def _found(self, folder: str) -> Generator[Stored]:
        if not self._folder.is_dir():  # a folder that was not mounted must not look like an empty one
            raise FolderUnwritable(f"there is no media folder {self._folder}")
        with contextlib.suppress(FileNotFoundError), os.scandir(self._folder / folder) as entries:
            for entry in entries:
                key = f"{folder}/{entry.name}"
                if KEY.fullmatch(key) and entry.is_file(follow_symlinks=False):
                    with contextlib.suppress(FileNotFoundError):
                        facts = entry.stat()
                        yield Stored(key, facts.st_size, datetime.fromtimestamp(facts.st_mtime, UTC))

    def _existing(self, key: str) -> Path:
        check_key(key)
        path = self._folder / key
        # A link that somebody planted in the folder must not lead out of it.
        if path.resolve() != path or not path.is_file():
            raise MediaMissing
        return path


def _length(path: Path) -> int:
    return path.stat().st_size


def _remove_folder(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        pass  # of several at once one finds it gone, and that is what was wanted
    except OSError as exc:
        raise FolderUnwritable(f"cannot remove files from {folder}: {exc.strerror}") from exc
