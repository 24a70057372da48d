"""Takes a backup while workers go on: one snapshot of the database, then every media file that it names.

Media are kept under the digest of their bytes, so what the snapshot names is there when it is copied,
however long that takes: tidying waits, and what was erased meanwhile is told.
"""

import asyncio
import hashlib
import os
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import IO
from uuid import uuid4

from server.backups.format import (
    CHUNK_BYTES,
    MANIFEST,
    OLDEST_HOUSE,
    SECRET_FILES,
    SUFFIX,
    VERSION,
    Manifest,
    Media,
    Secret,
    Table,
)
from state.errors import BackupRefused, FolderUnwritable, MediaMissing, SchemaOutdated, StoreFull
from tools.clock import Clock, SystemClock
from tools.db.connect import database_at
from tools.db.copying import Snapshot, TableShape, snapshot
from tools.db.pool import connection_settings
from tools.db.reach import connected
from tools.db.schema_version import needed_versions, sort_key
from tools.db.turns import Turn, shared
from tools.full_disks import FULL
from tools.media.incoming import check_room
from tools.media.local import KEEP_FREE_BYTES
from tools.media.named import keys_of
from tools.media.open import open_store
from tools.media.store import MediaStore
from tools.settings import Settings

Progress = Callable[[str, int, int], None]
"""Told what is being copied, how many bytes more of it are done, and about how many there are."""
SEALED_WITH = "select distinct master_key_id from provider_keys order by 1"


def silent(what: str, count: int, total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A backup that is whole."""

    file: Path
    size_bytes: int
    manifest: Manifest


async def take_backup(
    settings: Settings, to: Path, *, with_secrets: bool = False, with_media: bool = True,
    progress: Progress = silent, clock: Clock | None = None,
) -> Taken:  # fmt: skip
    """Write a backup of the place of these settings to a new file, or into a folder under a name of its own.

    Raises:
        BackupRefused: there is a file of this name already.
        StoreFull, FolderUnwritable: it does not fit, or may not be written there; nothing stays.
        SchemaOutdated: the database has another program's schema.
    """
    target = _target(to, clock or SystemClock())
    store = await open_store(settings) if with_media else None
    async with AsyncExitStack() as stack:
        if store is not None:
            stack.push_async_callback(store.close)
        manifest = await _written(settings, target, store, with_secrets=with_secrets, progress=progress)
    return Taken(file=target, size_bytes=target.stat().st_size, manifest=manifest)


async def _written(
    settings: Settings, target: Path, store: MediaStore | None, *, with_secrets: bool, progress: Progress
) -> Manifest:
    with _whole_or_not_at_all(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zip_file:
        writer = _Writer(zip_file, target.parent, progress)
        # Nobody removes files until those that the rows name are copied.
        async with database_at(settings) as url, shared(url, Turn.MEDIA):
            async with _snapshot(url) as taken:
                check_room(target.parent, taken.size_bytes, KEEP_FREE_BYTES)
                await writer.rows(taken)
            if store is not None:
                await writer.media(store)
        if with_secrets:
            await asyncio.to_thread(writer.secrets, settings.data_dir)
        return writer.seal(taken, media_left_out=store is None)


def _target(to: Path, clock: Clock) -> Path:
    """A new name: a backup never takes the place of another one."""
    if to.is_dir():
        to = to / f"greenlight-{clock.now():%Y%m%d-%H%M%S}{SUFFIX}"
    if to.exists():
        raise BackupRefused(f"{to} is there already.", user_action="Name a new file, or a folder.")
    return to


@asynccontextmanager
async def _snapshot(url: str) -> AsyncIterator[Snapshot]:
    named = connection_settings("greenlight backup")
    async with connected(url, **named) as connection, snapshot(connection) as taken:
        _check_house(taken.house, (await asyncio.to_thread(needed_versions))["house"])
        yield taken


def _check_house(found: str, needed: str) -> None:
    if sort_key(found) > sort_key(needed):
        raise SchemaOutdated(
            f"the database has house schema {found}, newer than this program's {needed}",
            user_action="Take the backup with the newer version of Greenlight.",
        )
    if sort_key(found) < sort_key(OLDEST_HOUSE):
        raise SchemaOutdated(f"the database has house schema {found}, from before there were backups")


@contextmanager
def _whole_or_not_at_all(target: Path) -> Iterator[IO[bytes]]:
    """A file that only its owner may read, under another name until it is complete and on the disk."""
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
        with open(os.open(partial, flags, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.rename(target)
        _sync_folder(target.parent)
    except OSError as exc:
        if exc.errno in FULL:
            raise StoreFull(f"there is no room for the backup in {target.parent}") from exc
        raise FolderUnwritable(f"{target} cannot be written: {exc.strerror}") from exc
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclass
class _Writer:
    """Writes the members one after the other."""

    zip: zipfile.ZipFile
    folder: Path
    progress: Progress
    tables: list[Table] = field(default_factory=list)
    sequences: dict[str, int] = field(default_factory=dict)
    sealed_with: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    kept_media: list[Media] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    kept_secrets: list[Secret] = field(default_factory=list)

    async def rows(self, taken: Snapshot) -> None:
        """Everything that is of the snapshot's moment."""
        for shape in taken.tables:
            self.tables.append(await self._table(taken, shape))
        self.sequences = await taken.sequences()
        self.sealed_with = [row["master_key_id"] for row in await taken.all(SEALED_WITH)]

    async def media(self, store: MediaStore) -> None:
        """Every file that a row names."""
        sizes = {key: size for key in sorted(self.keys) if (size := await _size(store, key)) is not None}
        self.missing += sorted(self.keys - sizes.keys())
        total = sum(sizes.values())
        check_room(self.folder, total, KEEP_FREE_BYTES)
        for key in sizes:
            media = await self._one_file(store, key, total)
            if media is None:
                self.missing.append(key)
            else:
                self.kept_media.append(media)

    def secrets(self, folder: Path) -> None:
        """What the data folder made for itself."""
        for name in SECRET_FILES:
            with suppress(FileNotFoundError):
                content = (folder / name).read_bytes()
                self.zip.writestr(f"secrets/{name}", content)
                digest = hashlib.sha256(content).hexdigest()
                self.kept_secrets.append(Secret(name=name, size=len(content), sha256=digest))

    def seal(self, taken: Snapshot, *, media_left_out: bool) -> Manifest:
        """The manifest, written."""
        manifest = Manifest(
            version=VERSION, backup_id=str(uuid4()), taken_at=taken.taken_at, program=version("greenlight"),
            postgres=taken.server, house=taken.house, libraries=taken.libraries, numbers=taken.numbers,
            tables=self.tables, sequences=self.sequences, media=self.kept_media,
            media_left_out=media_left_out, media_missing=self.missing,
            secrets=self.kept_secrets, sealed_with=self.sealed_with,
        )  # fmt: skip
        self.zip.writestr(MANIFEST, manifest.model_dump_json(indent=1))
        return manifest

    async def _table(self, taken: Snapshot, shape: TableShape) -> Table:
        digest, size, count, waiting = hashlib.sha256(), 0, 0, bytearray()
        with self.zip.open(f"rows/{shape.name}.copy", "w", force_zip64=True) as out:
            async for row in taken.rows(shape):
                count += 1
                size += len(row)
                waiting += row
                self.keys |= keys_of(row, shape)
                if len(waiting) >= CHUNK_BYTES:
                    await asyncio.to_thread(_flush, out, digest, waiting)
                    self.progress("database", CHUNK_BYTES, taken.size_bytes)
            await asyncio.to_thread(_flush, out, digest, waiting)
        return Table(name=shape.name, columns=shape.columns, rows=count, size=size, sha256=digest.hexdigest())

    async def _one_file(self, store: MediaStore, key: str, total: int) -> Media | None:
        """Copy one file; None when it is gone, or damaged: the rest is worth keeping all the same."""
        try:
            content = store.stream(key)
            first = await anext(content, b"")
        except MediaMissing:
            return None
        digest, size, chunk = hashlib.sha256(), 0, first
        with self.zip.open(_as_it_is(f"media/{key}"), "w", force_zip64=True) as out:
            while chunk:
                digest.update(chunk)
                size += len(chunk)
                await asyncio.to_thread(out.write, chunk)
                self.progress("media", len(chunk), total)
                chunk = await anext(content, b"")
        media = Media(key=key, size=size)
        return media if media.sha256 == digest.hexdigest() else None


def _flush(out: IO[bytes], digest: "hashlib._Hash", waiting: bytearray) -> None:
    digest.update(waiting)
    out.write(waiting)
    waiting.clear()


async def _size(store: MediaStore, key: str) -> int | None:
    try:
        return await store.size(key)
    except MediaMissing:
        return None


def _as_it_is(name: str) -> zipfile.ZipInfo:
    """Media are packed already, and so stay as they are: stores that know equal blocks know them again."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_STORED
    info.external_attr = 0o600 << 16
    return info
