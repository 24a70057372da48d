"""The media store in a bucket of S3, or of any server that speaks it: many machines share it.

boto3 blocks, so its calls run in a few threads of the store's own.
"""

import asyncio
import contextlib
import hashlib
import io
import secrets
import threading
from collections.abc import AsyncIterator, Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, TypeVar, cast

import structlog

from state.errors import MediaDamaged, MediaError, MediaMissing, StoreRefused
from state.media import MediaRef
from tools.clock import Clock, SystemClock
from tools.ending import end_tasks
from tools.faults import fault_point
from tools.media.cache import MediaCache
from tools.media.incoming import LEFTOVER_AGE_S, check_room, incoming_copy
from tools.media.inspect import EXTENSIONS
from tools.media.keys import KEY, check_digest, check_folder, check_key, user_folders
from tools.media.links import LinkSigner, link_secrets
from tools.media.local import KEEP_FREE_BYTES
from tools.media.pieces import MIME, PIECES, place_of_piece, place_of_pieces
from tools.media.reference import reference_of
from tools.media.s3_bucket import S3Bucket, s3_client
from tools.media.store import Stored
from tools.media.two_buckets import TwoBuckets
from tools.media_place import Bucket
from tools.settings import Settings

log = structlog.get_logger(__name__)
T = TypeVar("T")
THREADS = 16
CONNECTIONS = 2 * THREADS
"""A stream keeps its connection while its reader is slow, and no thread."""
CACHE_FOLDER = "media_cache"
IDENTITY = ".greenlight-store"
FIRST_SWEEP_S, SWEEP_EVERY_S = 60, 3600
"""A command that is over in seconds sweeps nothing."""
TYPES = {f".{extension}": mime for mime, extension in EXTENSIONS.items()}


class S3MediaStore:
    """A `MediaStore` in a bucket; any number of processes on any machines may share it."""

    def __init__(
        self, bucket: S3Bucket | TwoBuckets, cache: MediaCache, *link_secrets: bytes,
        clock: Clock | None = None, keep_free_bytes: int = KEEP_FREE_BYTES,
    ) -> None:  # fmt: skip
        self._bucket = bucket
        self._cache = cache
        self._links = LinkSigner(link_secrets, clock)
        self._clock = clock or SystemClock()
        self._keep_free_bytes = keep_free_bytes
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="s3")
        self._fetching: dict[str, asyncio.Task[Path]] = {}
        self._sweeper: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, settings: Settings) -> "S3MediaStore":
        """The store in the bucket of these settings; nothing is asked of the bucket yet.

        Raises:
            SettingInvalid: half of a pair of keys is missing.
            FolderUnwritable: the data folder cannot hold copies.
        """
        store = await asyncio.to_thread(cls._open, settings)
        store._sweeper = asyncio.create_task(store._sweep(), name="media sweep")
        return store

    @classmethod
    def _open(cls, settings: Settings) -> "S3MediaStore":
        place = settings.media_place
        assert isinstance(place, Bucket)  # noqa: S101 - a folder is opened by another store
        client = s3_client(settings, connections=CONNECTIONS)
        limit_bytes = int(settings.media_cache_gb * 1_000_000_000)
        cache = MediaCache.open(settings.data_dir / CACHE_FOLDER, limit_bytes=limit_bytes)
        others = S3Bucket(client, place)
        clips = settings.clip_bucket
        bucket = TwoBuckets(S3Bucket(client, clips), others) if clips is not None else others
        return cls(bucket, cache, *link_secrets(settings))

    async def close(self) -> None:
        """End what is under way and leave the copies to the next process."""
        await end_tasks([self._sweeper, *self._fetching.values()])
        await asyncio.to_thread(self._threads.shutdown)
        self._bucket.close()
        self._cache.close()

    async def put(self, source: Path, *, user_id: str) -> MediaRef:
        """Store a copy of a file; the type is decided by its content.

        Raises:
            UploadRejected: the content is of no type we keep.
            StoreFull: no room left, here or in the bucket; nothing half-written stays.
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

    async def get(self, key: str) -> Path:
        """A local copy of `key`, which stays at least for as long as somebody holds this path object.

        Raises:
            MediaMissing: no such key, or a key that no store could have made.
            MediaDamaged: what lies there is not what the key says.
            StoreFull: this machine has no room for the copy.
        """
        check_key(key)
        if (copy := await self._run(self._cache.find, key)) is not None:
            await self.size(key)  # it may have been erased on another machine
            return copy
        return await self._fetch_once(key)

    async def stream(self, key: str, *, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from `start` up to, not including, `end`, straight from the bucket.

        Raises:
            MediaMissing: as `get`.
        """
        size = await self.size(key)
        pieces = _Pieces(self._bucket.read(key, max(start, 0), size if end is None else min(end, size)))
        try:
            while piece := await self._run(pieces.read):
                yield piece
        finally:
            self._threads.submit(pieces.close)  # not awaited: this may be a cancellation

    async def size(self, key: str) -> int:
        """How many bytes `key` has.

        Raises:
            MediaMissing: as `get`.
        """
        check_key(key)
        try:
            return await self._run(self._bucket.size, key)
        except MediaMissing:
            await self._run(self._cache.forget, key)
            raise

    async def delete(self, key: str) -> None:
        """Remove the file; deleting what is gone is no error."""
        with contextlib.suppress(MediaMissing):
            check_key(key)
            await self._run(self._bucket.delete, key)
            await self._run(self._cache.forget, key)

    async def erase(self, *, user_id: str) -> None:
        """Remove every file of this user, those that nothing names too; of nobody is no error.

        Copies on other machines are no longer given out, and go within a day.

        Raises:
            UploadRejected: this cannot be a user's id.
            StoreRefused, StoreUnreachable: some of them could not be removed.
        """
        for folder in user_folders(user_id):
            await self._run(self._bucket.delete_folder, folder)
            await self._run(self._cache.forget_folder, folder)
        await self.drop_pieces(user_id)

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
        check_key(key)
        await self._run(self._bucket.renew, key, mime=TYPES[PurePosixPath(key).suffix])

    async def remove_old(self, key: str, *, put_before: datetime) -> bool:
        """Remove a file unless it was put, put again or renewed since; whether it was removed.

        Between the look and the removal lies one request; a bucket has nothing to close that gap with.
        """
        with contextlib.suppress(MediaMissing):
            check_key(key)
            # A bucket tells whole seconds: what was renewed later in the same one looks as if it were older.
            if await self._run(self._bucket.stored_at, key) < put_before.replace(microsecond=0):
                await self.delete(key)
                return True
        return False

    async def files(self, *, put_before: datetime | None = None) -> AsyncIterator[tuple[str, int]]:
        """Every key that lies here, of all users, with its length; or those of files that are so old."""
        found = self._bucket.objects("", put_before=put_before)
        while (one := await self._run(next, found, None)) is not None:
            if KEY.fullmatch(one[0]):
                yield one

    async def listed(self, folder: str) -> AsyncIterator[list[Stored]]:
        """The files of one folder page by page, as the bucket lists them.

        Raises:
            MediaMissing: there can be no such folder.
        """
        check_folder(folder)
        pages = self._bucket.pages(f"{folder}/")
        while (page := await self._run(next, pages, None)) is not None:
            yield [found for found in page if KEY.fullmatch(found.key)]

    async def take(self, key: str, source: Path) -> None:
        """Store a file of another store under its own key, as it is; no copy of it stays on this disk.

        Raises:
            MediaMissing: no store could have made this key.
            MediaDamaged: the file is not what its key says; nothing of it is kept.
            StoreFull: no room left.
        """
        check_key(key)
        await self._run(self._take, key, source)

    async def put_back(self, source: BinaryIO, key: str) -> None:
        """Store again, under the key it had, what a store of ours once took; it is not inspected anew.

        Raises:
            MediaMissing: no store could have made this key.
            MediaDamaged: the bytes are not those that the key names; nothing is stored.
            StoreFull: this machine has no room to look at them.
        """
        check_key(key)
        await self._run(self._put_back, source, key)

    async def keep_piece(self, name: str, source: Path) -> None:
        """Keep a piece of a file that is on its way.

        Raises:
            MediaMissing: no piece has such a name.
            StoreFull: no room left; nothing half-written stays.
        """
        await self._run(self._keep_piece, place_of_piece(name), source)

    async def piece(self, name: str) -> AsyncIterator[bytes]:
        """The bytes of a piece.

        Raises:
            MediaMissing: there is none.
        """
        pieces = _Pieces(self._bucket.read(place_of_piece(name)))
        try:
            while piece := await self._run(pieces.read):
                yield piece
        finally:
            self._threads.submit(pieces.close)

    async def drop_pieces(self, user_id: str, upload: str = "") -> None:
        """Remove the pieces of an upload, or all of a user."""
        await self._run(self._bucket.delete_folder, place_of_pieces(user_id, upload))

    async def identity(self) -> str:
        """A name that the bucket's prefix was given by whoever used it first."""
        return await self._run(self._bucket.text, IDENTITY, secrets.token_hex(32))

    async def tidy(self) -> None:
        """Remove copies that nobody uses, and what was left half sent a day ago, by us or by people."""
        await self._run(self._cache.sweep)
        begun_before = self._clock.now() - timedelta(seconds=LEFTOVER_AGE_S)
        await self._run(self._drop_old_pieces, begun_before)
        try:
            await self._run(self._bucket.abort_uploads, begun_before)
        except StoreRefused as exc:
            # Some servers cannot list them, and a rule of the bucket may do the same.
            log.warning("unfinished_uploads_stay", reason=exc.message)

    async def _sweep(self) -> None:
        await self._clock.sleep(FIRST_SWEEP_S)
        while True:
            try:
                await self.tidy()
            except MediaError as exc:
                log.warning("media_not_tidied", reason=exc.message)
            await self._clock.sleep(SWEEP_EVERY_S)

    async def _fetch_once(self, key: str) -> Path:
        """Download, however many ask at once; who is cancelled does not take it from the others."""
        task = self._fetching.get(key)
        if task is None:
            task = self._fetching[key] = asyncio.create_task(self._run(self._fetch, key), name=f"get {key}")
            task.add_done_callback(partial(self._fetched, key))
        return await asyncio.shield(task)

    def _fetched(self, key: str, task: "asyncio.Task[Path]") -> None:
        self._fetching.pop(key, None)
        if not task.cancelled():
            task.exception()  # who waited was told; perhaps nobody waits any more

    def _fetch(self, key: str) -> Path:
        try:
            return self._download(key)
        except MediaDamaged:  # perhaps on its way
            return self._download(key)

    def _download(self, key: str) -> Path:
        size = self._bucket.size(key)
        self._make_room(size)
        with (
            contextlib.closing(_Pieces(self._bucket.read(key, 0, size))) as body,
            incoming_copy(cast(BinaryIO, body), self._cache.incoming) as (fresh, sha256),
        ):
            check_digest(key, sha256)
            return self._cache.adopt(key, fresh)

    def _put_file(self, source: Path, user_id: str) -> MediaRef:
        try:
            size, file = source.stat().st_size, source.open("rb")
        except OSError as exc:
            raise MediaMissing(f"cannot read {source.name}: {exc.strerror}") from exc
        with file:
            return self._put(file, size, user_id)

    def _put(self, source: BinaryIO, size: int, user_id: str) -> MediaRef:
        self._make_room(size)
        with incoming_copy(source, self._cache.incoming) as (fresh, sha256):
            reference = reference_of(fresh, sha256, user_id)
            self._bucket.upload(reference.key, fresh, sha256=sha256, mime=reference.mime)
            self._cache.adopt(reference.key, fresh)
        return reference

    def _put_back(self, source: BinaryIO, key: str) -> None:
        self._make_room(0)
        with incoming_copy(source, self._cache.incoming) as (fresh, sha256):
            check_digest(key, sha256)
            self._bucket.upload(key, fresh, sha256=sha256, mime=TYPES[PurePosixPath(key).suffix])

    def _drop_old_pieces(self, put_before: datetime) -> None:
        for key, _ in self._bucket.objects(f"{PIECES}/", put_before=put_before):
            self._bucket.delete(key)

    def _keep_piece(self, place: str, source: Path) -> None:
        with source.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        self._bucket.upload(place, source, sha256=sha256, mime=MIME)

    def _take(self, key: str, source: Path) -> None:
        self._make_room(source.stat().st_size)
        with source.open("rb") as file:
            self._put_back(file, key)

    def _make_room(self, size: int) -> None:
        self._cache.make_room(size + self._keep_free_bytes)
        check_room(self._cache.folder, size, self._keep_free_bytes)

    async def _run(self, call: Callable[..., T], *given: object, **named: object) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, partial(call, *given, **named))


class _Pieces:
    """Pieces of a download, as a file has them; whoever closes it waits for a read that is under way."""

    def __init__(self, pieces: Generator[bytes]) -> None:
        self._pieces = pieces
        self._alone = threading.Lock()

    def read(self, _: int = -1) -> bytes:
        """The next piece, however long it is; empty at the end."""
        with self._alone:
            return next(self._pieces, b"")

    def close(self) -> None:
        """Give the connection back."""
        with self._alone:
            self._pieces.close()
