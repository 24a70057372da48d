"""File locks between processes: the kernel frees them however a process ends."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from state.errors import DatabaseDown

PAUSE_S = 0.02


def open_lock(path: Path) -> IO[bytes]:
    """Open a lock file, making it if need be."""
    path.touch(mode=0o600)
    return path.open("rb")


def try_exclusive(lock: IO[bytes]) -> bool:
    """Take the lock alone if nobody else has it; a lock shared until now is lost if somebody has."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def share(lock: IO[bytes]) -> None:
    """Hold the lock together with others."""
    fcntl.flock(lock, fcntl.LOCK_SH)


def unlock(lock: IO[bytes]) -> None:
    """Give the lock back, also for forked children that inherited the open file."""
    fcntl.flock(lock, fcntl.LOCK_UN)
    lock.close()


@contextmanager
def alone(path: Path, *, timeout_s: float) -> Iterator[None]:
    """Be the only one inside, on this machine.

    Raises:
        DatabaseDown: somebody else was inside for longer than `timeout_s`.
    """
    lock = open_lock(path)
    deadline = time.monotonic() + timeout_s
    while not try_exclusive(lock):
        if time.monotonic() > deadline:
            lock.close()
            raise DatabaseDown(f"another process has been starting the database for {timeout_s:.0f} s")
        time.sleep(PAUSE_S)
    try:
        yield
    finally:
        unlock(lock)
