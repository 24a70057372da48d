"""A media folder that is away for a moment, told from one that a person has to mend."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from state.errors import FolderUnwritable, StoreUnreachable

NAMES = (
    "EIO", "ESTALE", "ENOTCONN", "ETIMEDOUT", "EREMOTEIO", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN",
    "ENETUNREACH", "ENETRESET", "ECONNABORTED", "ECONNREFUSED", "ECONNRESET", "ESHUTDOWN", "ECOMM", "ENOLINK",
)  # fmt: skip
AWAY = frozenset(getattr(errno, name) for name in NAMES if hasattr(errno, name))
"""How a folder of another machine says that this machine does not answer; not every system knows all of them.

What is not among them does not pass by itself: no right to write, a folder that is not there, a disk that was
mounted for reading.
"""


def is_away(error: BaseException | None) -> bool:
    """Whether this, or what it was made of, is the system's word for a folder that does not answer."""
    if isinstance(error, FolderUnwritable):
        return is_away(error.__cause__)
    return isinstance(error, OSError) and error.errno in AWAY


@contextmanager
def answering(folder: Path) -> Iterator[None]:
    """Say of what is done in this folder when it is the folder that does not answer.

    Raises:
        StoreUnreachable: it does not answer now; who waits may try again.
    """
    try:
        yield
    except (OSError, FolderUnwritable) as exc:
        if not is_away(exc):
            raise
        raise StoreUnreachable(f"the media folder {folder} does not answer: {_said(exc)}") from exc


def _said(error: BaseException) -> str:
    told = error.__cause__ if isinstance(error, FolderUnwritable) else error
    return (isinstance(told, OSError) and told.strerror) or str(error)
