"""All the ways in which a disk says that it is full, and the one error in which we say it."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from state.errors import FfmpegFailed, WorkFolderFull

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
WORDS = tuple(os.strerror(number) for number in FULL)


def says_full(text: str) -> bool:
    """Whether a program that wrote these lines had no room."""
    return any(word in text for word in WORDS)


def has_no_room(error: BaseException) -> bool:
    """Whether this is a full disk, as the system tells it or as ffmpeg does."""
    if isinstance(error, OSError):
        return error.errno in FULL
    return isinstance(error, WorkFolderFull) or (isinstance(error, FfmpegFailed) and says_full(str(error)))


@contextmanager
def room_in(folder: Path) -> Iterator[None]:
    """Say which folder is full when something that is done there finds no room.

    Raises:
        WorkFolderFull: names the folder.
    """
    try:
        yield
    except OSError as exc:
        if not has_no_room(exc):
            raise
        raise WorkFolderFull(f"there is no room left in {folder}") from exc
