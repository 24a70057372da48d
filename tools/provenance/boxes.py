"""The parts of an MP4 that C2PA's own hash leaves out, so that a changed byte in them is found as well.

The standard leaves out `ftyp`, `free`, `skip` and `mfra`: programs may write them anew. Nothing may be
written anew in what we deliver, so their digests are signed along.
"""

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

LEFT_OUT = (b"ftyp", b"free", b"skip", b"mfra")
BOXED = frozenset({"video/mp4", "video/quicktime", "audio/mp4"})
HEADER, LARGE_HEADER = 8, 16
CHUNK_BYTES = 1 << 20
MOST_BOXES = 10_000


@dataclass(frozen=True)
class Unhashed:
    """What the left-out boxes of a file come to."""

    boxes: tuple[tuple[str, str], ...]
    """Type and SHA-256 of each, in the order of the file."""

    def told(self) -> dict[str, Any]:
        """As it is written into a manifest."""
        return {"alg": "sha256", "boxes": [{"type": name, "hash": digest} for name, digest in self.boxes]}


def unhashed_of(path: Path, mime: str) -> Unhashed | None:
    """The left-out boxes of a file; None for a format that has none; blocking.

    Raises:
        ValueError: it is no sequence of whole boxes.
    """
    if mime not in BOXED:
        return None
    with path.open("rb") as file:
        found = [
            (name, _digest(file, start, end)) for name, start, end in top_boxes(file) if name in LEFT_OUT
        ]
    return Unhashed(tuple((name.decode(), digest) for name, digest in found))


def top_boxes(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Type, first byte and end of every box of the first level.

    Raises:
        ValueError: it is no sequence of whole boxes.
    """
    size, start = file.seek(0, 2), 0
    for _ in range(MOST_BOXES):
        if start == size:
            return
        name, length = _header(file, start, size)
        yield name, start, start + length
        start += length
    raise ValueError("too many boxes")


def _header(file: BinaryIO, start: int, size: int) -> tuple[bytes, int]:
    file.seek(start)
    head = file.read(LARGE_HEADER)
    if len(head) < HEADER:
        raise ValueError("a box is cut off")
    length, name = struct.unpack(">I4s", head[:HEADER])
    least = HEADER
    if length == 1 and len(head) == LARGE_HEADER:
        length, least = struct.unpack(">Q", head[HEADER:])[0], LARGE_HEADER
    elif length == 0:  # to the end of the file
        length = size - start
    if not least <= length <= size - start:
        raise ValueError("a box is longer than the file")
    return name, length


def _digest(file: BinaryIO, start: int, end: int) -> str:
    found, left = hashlib.sha256(), end - start
    file.seek(start)
    while left > 0 and (chunk := file.read(min(left, CHUNK_BYTES))):
        found.update(chunk)
        left -= len(chunk)
    return found.hexdigest()
