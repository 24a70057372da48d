"""Writes a zip file while it is being read: no file of it ever exists here.

The same parts make the same bytes.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from server.archives.collect import Part
from state.errors import MediaMissing

CHUNK_BYTES = 1 << 20
EPOCH = (1980, 1, 1, 0, 0, 0)
ZIP64_FROM = 1 << 31


class _Outlet(io.RawIOBase):
    """Where the zip is written to; what lies here is taken away after every chunk."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, content: Any, /) -> int:
        self._waiting.append(taken := bytes(content))
        return len(taken)

    def take(self) -> bytes:
        taken = b"".join(self._waiting)
        self._waiting.clear()
        return taken


def packed(parts: Sequence[Part]) -> Iterator[bytes]:
    """The bytes of the archive. Rows are deflated; media are stored as they are.

    Raises:
        MediaMissing: a file changed under its name; the archive breaks off, so nobody takes it for whole.
    """
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", allowZip64=True) as archive:
        for part in parts:
            yield from _entry(archive, outlet, part)
    yield outlet.take()


def _entry(archive: zipfile.ZipFile, outlet: _Outlet, part: Part) -> Iterator[bytes]:
    info = zipfile.ZipInfo(part.name, date_time=EPOCH)
    info.compress_type = zipfile.ZIP_STORED if part.name.startswith("media/") else zipfile.ZIP_DEFLATED
    info.create_system, info.external_attr = 3, 0o600 << 16
    digest = hashlib.sha256()
    source = part.open()
    with archive.open(info, "w", force_zip64=part.size >= ZIP64_FROM) as entry:
        while chunk := source.read(CHUNK_BYTES):
            digest.update(chunk)
            entry.write(chunk)
            yield outlet.take()
    source.close()
    if digest.hexdigest() != part.sha256:
        raise MediaMissing(f"{part.name} is not what its name says: the file on the disk is damaged")
    yield outlet.take()
