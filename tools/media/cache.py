"""A bounded folder of copies of what lies in a bucket: the least recently used go first, never one in use.

A folder belongs to one process at a time, which holds its lock; so the process knows by itself which
copies are in use. Whoever starts takes the first folder that is free, with what its predecessor left.
"""

import contextlib
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PosixPath
from typing import IO
from weakref import WeakValueDictionary

from state.errors import FolderUnwritable
from tools.clock import Clock, SystemClock
from tools.db.locks import open_lock, try_exclusive, unlock
from tools.media.incoming import move_into_place, remove_leftovers

MOST_FOLDERS = 64
IN_HAND_S = 600
"""So long a copy counts as in use after it was asked for, also when only the text of its path is kept."""
KEPT_S = 86_400
"""A copy that nobody asked for in a day goes: its original may have been erased on another machine."""


class CopyPath(PosixPath):
    """A path whose file stays for as long as somebody holds this object."""


@dataclass(frozen=True)
class _Copy:
    path: Path
    used_at: float
    size: int


class MediaCache:
    """The copies of one process. Blocking; any number of its threads may use it."""

    def __init__(
        self, folder: Path, *, limit_bytes: int, clock: Clock | None = None, lock: IO[bytes] | None = None
    ) -> None:
        self.folder = folder.resolve()
        self.incoming = self.folder / ".incoming"
        self._limit_bytes = limit_bytes
        self._clock = clock or SystemClock()
        self._lock = lock
        self._alone = threading.RLock()
        self._held: WeakValueDictionary[str, CopyPath] = WeakValueDictionary()
        self._at_most_bytes = 0
        """What the copies take together, or less: some may have been removed since they were counted."""
        self.incoming.mkdir(parents=True, exist_ok=True)

    @classmethod
    def open(cls, parent: Path, *, limit_bytes: int, clock: Clock | None = None) -> "MediaCache":
        """The first folder below `parent` that no process uses; those that none used for a day are emptied.

        Raises:
            FolderUnwritable: there is none, and none can be made.
        """
        try:
            parent.mkdir(parents=True, exist_ok=True)
            number, lock = _first_free(parent)
            cache = cls(parent / str(number), limit_bytes=limit_bytes, clock=clock, lock=lock)
            remove_leftovers(cache.incoming)
            cache.sweep()
            _empty_idle(parent, cache._clock.now().timestamp() - KEPT_S)
        except OSError as exc:
            raise FolderUnwritable(f"cannot keep media in {parent}: {exc.strerror}") from exc
        return cache

    def close(self) -> None:
        """Leave the folder to the next process."""
        if self._lock is not None:
            os.utime(self.folder.with_name(f"{self.folder.name}.lock"))
            unlock(self._lock)
            self._lock = None

    def find(self, key: str) -> Path | None:
        """The copy of `key`, in use from now on; None when there is none."""
        with self._alone:
            try:
                self._touch(self.folder / key)
            except FileNotFoundError:
                return None
            return self._hold(key)

    def adopt(self, key: str, fresh: Path) -> Path:
        """Take a complete file as the copy of `key`, in use from now on."""
        with self._alone:
            move_into_place(fresh, self.folder / key)
            self._touch(self.folder / key)
            held = self._hold(key)
            self._at_most_bytes += held.stat().st_size
            if self._at_most_bytes > self._limit_bytes:
                self.sweep()
            return held

    def forget(self, key: str) -> None:
        """Remove a copy whose original is gone; whoever reads it now reads on."""
        with self._alone:
            (self.folder / key).unlink(missing_ok=True)

    def forget_folder(self, name: str) -> None:
        """Remove all copies whose keys begin with this folder."""
        with self._alone, contextlib.suppress(FileNotFoundError):
            shutil.rmtree(self.folder / name)

    def sweep(self) -> None:
        """Remove what was not used for a day, and the least recently used beyond the limit."""
        with self._alone:
            now = self._clock.now().timestamp()
            copies = sorted(self._copies(), key=lambda copy: copy.used_at)
            total = sum(copy.size for copy in copies)
            for copy in copies:
                too_old = copy.used_at < now - KEPT_S
                if (total > self._limit_bytes or too_old) and not self._in_use(copy, now):
                    copy.path.unlink(missing_ok=True)
                    total -= copy.size
            self._at_most_bytes = total

    def make_room(self, wanted_bytes: int) -> None:
        """Remove the least recently used until the disk has so much room, as far as that goes."""
        with self._alone:
            now = self._clock.now().timestamp()
            if shutil.disk_usage(self.folder).free >= wanted_bytes:
                return
            for copy in sorted(self._copies(), key=lambda copy: copy.used_at):
                if shutil.disk_usage(self.folder).free >= wanted_bytes:
                    return
                if not self._in_use(copy, now):
                    copy.path.unlink(missing_ok=True)

    def _in_use(self, copy: _Copy, now: float) -> bool:
        key = copy.path.relative_to(self.folder).as_posix()
        return key in self._held or copy.used_at > now - IN_HAND_S

    def _hold(self, key: str) -> Path:
        held = self._held.get(key)
        if held is None:
            held = self._held[key] = CopyPath(self.folder / key)
        return held

    def _touch(self, path: Path) -> None:
        now = self._clock.now().timestamp()
        os.utime(path, (now, now))

    def _copies(self) -> Iterator[_Copy]:
        for path in self.folder.glob("*/*/*"):
            with contextlib.suppress(FileNotFoundError):
                facts = path.stat()
                yield _Copy(path, facts.st_mtime, facts.st_size)


def _first_free(parent: Path) -> tuple[int, IO[bytes]]:
    for number in range(1, MOST_FOLDERS + 1):
        lock = open_lock(parent / f"{number}.lock")
        if try_exclusive(lock):
            os.utime(parent / f"{number}.lock")
            return number, lock
        lock.close()
    raise FolderUnwritable(f"{MOST_FOLDERS} processes keep media in {parent} already")


def _empty_idle(parent: Path, used_before: float) -> None:
    """Folders that once more processes used than now would stay full for ever."""
    for file in parent.glob("*.lock"):
        if file.stat().st_mtime < used_before:
            lock = open_lock(file)
            if try_exclusive(lock):
                shutil.rmtree(file.with_suffix(""), ignore_errors=True)
            unlock(lock)
