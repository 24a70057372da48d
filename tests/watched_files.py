"""Who opens a file: told by the kernel, whichever program it was."""

import ctypes
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

IN_OPEN, NONBLOCK, CLOSE_ON_EXEC = 0x20, 0o4000, 0o2000000
EVENT = struct.Struct("iIII")


class Watched:
    """Counts how often these files were opened."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def opened(self) -> int:
        """Since the last time."""
        try:
            content = os.read(self._handle, 1 << 16)
        except BlockingIOError:
            return 0
        count = at = 0
        while at < len(content):
            at += EVENT.size + EVENT.unpack_from(content, at)[3]
            count += 1
        return count


@contextmanager
def watched(*files: Path) -> Iterator[Watched]:
    """Watch files that exist already."""
    libc = ctypes.CDLL(None, use_errno=True)
    handle = libc.inotify_init1(NONBLOCK | CLOSE_ON_EXEC)
    assert handle >= 0, os.strerror(ctypes.get_errno())
    try:
        for file in files:
            assert libc.inotify_add_watch(handle, os.fsencode(file), IN_OPEN) >= 0
        yield Watched(handle)
    finally:
        os.close(handle)
