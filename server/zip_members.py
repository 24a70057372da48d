"""Members of a zip file that somebody else wrote: no more than was promised, all damage as one error."""

import zipfile
import zlib
from collections.abc import Iterator

from state.errors import ArchiveError

CHUNK_BYTES = 1024 * 1024
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, NotImplementedError)


def member_chunks(
    opened: zipfile.ZipFile, name: str, *, most: int, refused: type[ArchiveError], what: str
) -> Iterator[bytes]:
    """The bytes of a member of `what`, at most as many as it said.

    Raises:
        ArchiveError: `refused`; it is longer, is damaged, or cannot be read.
    """
    read = 0
    try:
        with opened.open(name) as entry:
            while chunk := entry.read(CHUNK_BYTES):
                read += len(chunk)
                if read > most:
                    raise refused(f"{name} is longer than the {what} says.")
                yield chunk
    except DAMAGED as exc:
        raise refused(f"{name} is damaged or cut short.") from exc
    except OSError as exc:  # of a disk, or of a place before the beginning that the directory names
        raise refused(f"{name} cannot be read: {exc.strerror}.") from exc
