"""Brings a backup into an empty place: all of it is looked through, then media, then rows, then a halt."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from server.backups.fill import ELSEWHERE, NAME, check_empty, fill_database
from server.backups.format import Manifest
from server.backups.settle import Facts, facts_of, hold
from server.backups.take import Progress, silent
from server.backups.verify import Backup, check_versions
from state.errors import DatabaseTaken, FolderUnwritable
from tools.db.connect import database_at
from tools.db.copying import TableShape
from tools.db.migrate import known_numbers, migrate
from tools.db.places import write_private
from tools.db.pool import connection_settings
from tools.db.reach import connected
from tools.db.schema_version import needed_versions
from tools.media.incoming import check_room
from tools.media.local import KEEP_FREE_BYTES
from tools.media.open import open_store
from tools.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What is here now."""

    manifest: Manifest
    facts: Facts
    steps: list[str]
    """What the migration did after the rows had come."""
    left_out: list[str]
    """Tables in the backup that are none of ours."""


async def look_through(file: Path, *, progress: Progress = silent) -> Manifest:
    """Check all of a backup, and write nothing.

    Raises:
        BackupRefused: it is none, is damaged, or is newer than this program.
    """
    with await asyncio.to_thread(Backup.open, file) as backup:
        await _check(backup, progress)
        return backup.manifest


async def restore(settings: Settings, file: Path, *, progress: Progress = silent) -> Restored:
    """Bring a backup into the empty place of these settings, where it stands still until `go_on`.

    Raises:
        BackupRefused: it is none, is damaged, or is newer than this program; nothing was written.
        DatabaseTaken: something or somebody is here; nothing was written.
        StoreFull, FolderUnwritable: it does not fit here.
    """
    with await asyncio.to_thread(Backup.open, file) as backup:
        manifest = backup.manifest
        await _check(backup, progress)
        await asyncio.to_thread(_check_folder, settings.data_dir, manifest)
        await _check_store(settings, manifest)
        async with database_at(settings) as url:
            await check_empty(url, house=manifest.house)
            await _bring_files(settings, backup, progress)
            left_out = await _bring_rows(url, backup, file.name, progress)
            steps = await migrate(url)
            async with connected(url, **connection_settings(NAME)) as connection:
                await hold(connection, taken_at=manifest.taken_at, backup=manifest.backup_id)
                facts = await facts_of(connection)
    return Restored(manifest=manifest, facts=facts, steps=steps, left_out=left_out)


async def _check(backup: Backup, progress: Progress) -> None:
    house = (await asyncio.to_thread(needed_versions))["house"]
    check_versions(backup.manifest, house=house, numbers=await known_numbers())
    total = sum(member.size for member in backup.manifest.members)
    await asyncio.to_thread(backup.check, lambda count: progress("checking", count, total))


def _check_folder(data_dir: Path, manifest: Manifest) -> None:
    """No secret of another place may be lost, and all of it must fit."""
    for secret in manifest.secrets:
        if (data_dir / secret.name).exists():
            raise DatabaseTaken(
                f"{data_dir} has a {secret.name} already, and the backup brings one.", user_action=ELSEWHERE
            )
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise FolderUnwritable(f"{data_dir} cannot be made: {exc.strerror}") from exc
    check_room(data_dir, manifest.media_bytes + manifest.row_bytes, KEEP_FREE_BYTES)


async def _check_store(settings: Settings, manifest: Manifest) -> None:
    """Media that are here already must be the backup's own, left by a restore that was broken off."""
    if manifest.media_left_out:
        return
    brought = {media.key for media in manifest.media}
    store = await open_store(settings)
    try:
        strange = [key async for key, _ in store.files() if key not in brought]
    finally:
        await store.close()
    if strange:
        raise DatabaseTaken(
            f"{settings.media_place} holds media that are not in the backup, {min(strange)} for one.",
            user_action=ELSEWHERE,
        )


async def _bring_files(settings: Settings, backup: Backup, progress: Progress) -> None:
    """Media first: should this break off, nothing refers to them, and beginning again finds them."""
    for secret in backup.manifest.secrets:
        content = b"".join(backup.chunks(secret)).decode()
        await asyncio.to_thread(write_private, settings.data_dir / secret.name, content)
    store = await open_store(settings)
    try:
        for media in backup.manifest.media:
            with backup.stream(media) as source:
                await store.put_back(source, media.key)
            progress("media", media.size, backup.manifest.media_bytes)
    finally:
        await store.close()


async def _bring_rows(url: str, backup: Backup, source: str, progress: Progress) -> list[str]:
    manifest = backup.manifest
    tables = {table.name: table for table in manifest.tables}

    async def rows(shape: TableShape) -> AsyncIterator[bytes]:
        chunks = backup.chunks(tables[shape.name])
        while (chunk := await asyncio.to_thread(next, chunks, None)) is not None:
            yield chunk
            progress("database", len(chunk), manifest.row_bytes)

    async def sequences() -> dict[str, int]:
        return manifest.sequences

    return await fill_database(
        url, [TableShape(name=table.name, columns=table.columns) for table in manifest.tables], rows,
        sequences, house=manifest.house, numbers=manifest.numbers, libraries=manifest.libraries,
        source=source, expected={table.name: table.rows for table in manifest.tables},
    )  # fmt: skip
