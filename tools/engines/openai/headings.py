"""The heading of a WAV that was written before its length was known."""

from pathlib import Path
from typing import BinaryIO

ENDLESS = 0x7FFF0000
"""Nobody speaks for so many bytes: a heading that says more was written by a stream."""


def write_true_length(path: Path) -> None:
    """Put the length that a WAV really has into its heading, where the heading knows none.

    One that says a length is left as it is, so that a file that was cut off shows.
    """
    size = path.stat().st_size
    with path.open("r+b") as file:
        heading = file.read(12)
        if heading[:4] != b"RIFF" or heading[8:12] != b"WAVE":
            return
        end = _mended(file, size)
        if end is not None:
            file.truncate(end)
        elif _is_known(int.from_bytes(heading[4:8], "little")):
            return
        _write_size(file, 4, (end or size) - 8)


def _mended(file: BinaryIO, size: int) -> int | None:
    """Where the sound ends, once its chunk says so; None when the file is well, or beyond mending."""
    position, frame = 12, 1
    while position + 8 <= size:
        file.seek(position)
        name, length = file.read(4), int.from_bytes(file.read(4), "little")
        start = position + 8
        if name == b"fmt ":
            frame = max(1, int.from_bytes(file.read(14)[12:14], "little"))
        if name == b"data":
            if _is_known(length):
                return None
            whole = (size - start) // frame * frame
            _write_size(file, position + 4, whole)
            return start + whole
        position = start + length + length % 2
    return None


def _is_known(length: int) -> bool:
    return 0 < length < ENDLESS


def _write_size(file: BinaryIO, position: int, size: int) -> None:
    file.seek(position)
    file.write(size.to_bytes(4, "little"))
