"""What was rendered before, by the digest of its order; least recently used goes first.

A folder belongs to one user. What lies in it can be made again at any time: whatever is wrong with a file,
or with the folder, costs time and nothing else.
"""

import contextlib
import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from state.errors import FolderUnwritable
from tools.clock import Clock, SystemClock

PIECES_FOLDER = "pieces"
KEPT_S = 86_400
"""What nobody asked for in a day goes: what it was made from may have been erased on another machine."""
LIMIT_BYTES = 4_000_000_000
FREE_BYTES = 1_000_000_000
"""Nothing is kept on a disk that has less room than this."""
_PART = ".part"


@dataclass(frozen=True, kw_only=True)
class _Kept:
    path: Path
    used_at: float
    size: int


class PieceCache:
    """Files of one user. Blocking; any number of threads and processes may use a folder at once."""

    def __init__(
        self, folder: Path, *, limit_bytes: int = LIMIT_BYTES, free_bytes: int = FREE_BYTES,
        clock: Clock | None = None,
    ) -> None:  # fmt: skip
        self._folder = folder
        self._limit_bytes = limit_bytes
        self._free_bytes = free_bytes
        self._clock = clock or SystemClock()

    def take(self, digest: str, into: Path) -> bool:
        """Put what is kept under this digest at `into`; False when there is none that is whole."""
        for path in self._folder.glob(f"{digest}-*"):
            with contextlib.suppress(OSError):
                _same_or_copy(path, into)
                if path.name == _name(digest, into):
                    self._touch(path)
                    return True
                path.unlink()
            into.unlink(missing_ok=True)
        return False

    def keep(self, digest: str, made: Path) -> None:
        """Keep a complete file, if there is room for it."""
        fresh = self._folder / f"{uuid.uuid4().hex}{_PART}"
        # A disk that is full or read-only is no reason to lose a film that is ready.
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            if shutil.disk_usage(self._folder).free >= self._free_bytes + made.stat().st_size:
                _same_or_copy(made, fresh)
                self._touch(fresh)
                fresh.replace(self._folder / _name(digest, made))
            self.sweep()
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what was not used for a day, and the least recently used beyond the limit."""
        kept = sorted(self._files(), key=lambda one: one.used_at)
        total, long_ago = sum(one.size for one in kept), self._now() - KEPT_S
        for one in kept:
            if total > self._limit_bytes or one.used_at < long_ago:
                one.path.unlink(missing_ok=True)
                total -= one.size

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _touch(self, path: Path) -> None:
        os.utime(path, (self._now(), self._now()))

    def _files(self) -> Iterator[_Kept]:
        for path in self._folder.glob("*-*"):
            with contextlib.suppress(FileNotFoundError):
                facts = path.stat()
                yield _Kept(path=path, used_at=facts.st_mtime, size=facts.st_size)
        for path in self._folder.glob(f"*{_PART}"):
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime < self._now() - KEPT_S:
                    path.unlink()


def sweep_pieces(root: Path) -> None:
    """Remove what no user of this machine asked for in a day."""
    for folder in root.glob("*/"):
        with contextlib.suppress(OSError):
            PieceCache(folder).sweep()
            folder.rmdir()  # only when nothing is left in it


def forget_pieces(root: Path, user_id: str) -> None:
    """Remove everything that is kept for a user.

    Raises:
        FolderUnwritable: some of it could not be removed.
    """
    try:
        shutil.rmtree(root / user_id)
    except FileNotFoundError:
        pass
    except OSError as exc:
        raise FolderUnwritable(f"cannot remove rendered pieces in {root}: {exc.strerror}") from exc


def _name(digest: str, path: Path) -> str:
    """The digest of an order, and that of what came of it: a damaged file has another name than its own."""
    with path.open("rb") as file:
        return f"{digest}-{hashlib.file_digest(file, 'sha256').hexdigest()}"


def _same_or_copy(path: Path, into: Path) -> None:
    """The same file under a second name where the disk is the same; nobody writes into either of them."""
    try:
        into.hardlink_to(path)
    except OSError:
        shutil.copyfile(path, into)
