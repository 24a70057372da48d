"""Bytes on their way into the folder: complete and synced under a temporary name, or gone."""

import contextlib
import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from state.errors import FolderUnwritable, MediaMissing, StoreFull
from tools.full_disks import FULL

CHUNK_BYTES = 1 << 20
LEFTOVER_AGE_S = 86_400


@contextmanager
def incoming_copy(source: BinaryIO, folder: Path) -> Iterator[tuple[Path, str]]:
    """A synced copy of `source` and its SHA-256; the copy is removed unless the block moved it away.

    Raises:
        StoreFull: no room.
        FolderUnwritable: the folder cannot be written to.
        MediaMissing: `source` cannot be read.
    """
    fresh = folder / f"{uuid.uuid4().hex}.part"
    try:
        yield fresh, _copy(source, fresh)
    except OSError as exc:
        if exc.errno in FULL:
            raise StoreFull(f"the media store has no room left in {folder}") from exc
        raise FolderUnwritable(f"cannot write to {folder}: {exc.strerror}") from exc
    finally:
        # On a folder that went away or read-only there is nothing to clean.
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)


def move_into_place(fresh: Path, final: Path) -> None:
    """Give a complete file its name; readers see all of it or nothing."""
    final.parent.mkdir(parents=True, exist_ok=True)
    fresh.chmod(0o440)
    fresh.replace(final)
    handle = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def keep_or_renew(fresh: Path, final: Path) -> None:
    """Give a complete file its name; one that is there already is young again, so that no sweep takes it."""
    try:
        os.utime(final)
    except FileNotFoundError:
        move_into_place(fresh, final)


def remove_if_old(path: Path, limit: float, incoming: Path) -> bool:
    """Remove a file unless it is younger than that; whether it was removed.

    It loses its name first. Whoever puts the same bytes in that moment either renewed it before, which
    is seen afterwards, or finds nothing and writes it anew.
    """
    if path.stat().st_mtime >= limit:
        return False
    aside = incoming / f"{uuid.uuid4().hex}.part"
    path.rename(aside)
    young = aside.stat().st_mtime >= limit
    if young:
        aside.replace(path)
    else:
        aside.unlink()
    return not young


def check_room(folder: Path, wanted_bytes: int, keep_free_bytes: int) -> None:
    """Refuse early, so that a large file does not take the database's last room.

    Raises:
        StoreFull: less than `keep_free_bytes` would be left.
    """
    if shutil.disk_usage(folder).free - wanted_bytes < keep_free_bytes:
        raise StoreFull(f"the media store has no room left in {folder}")


def remove_leftovers(folder: Path, names: str = "*.part") -> None:
    """Clear away what processes that were killed left half-written, or people half sent, long ago."""
    for part in folder.glob(names):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - part.stat().st_mtime > LEFTOVER_AGE_S:
                part.unlink()


def _copy(source: BinaryIO, fresh: Path) -> str:
    digest = hashlib.sha256()
    with fresh.open("xb") as out:
        while chunk := _read(source):
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()


def _read(source: BinaryIO) -> bytes:
    """What cannot be read says nothing of the folder."""
    try:
        return source.read(CHUNK_BYTES)
    except OSError as exc:
        raise MediaMissing(f"cannot read what is to be stored: {exc.strerror}") from exc
