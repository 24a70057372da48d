"""Real files by ffmpeg, and surgery on their boxes."""

import struct
import subprocess
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.ffmpeg.command import ffmpeg_exe

BARS = ("-f", "lavfi", "-i", "testsrc=s=64x48:r=24:d=0.5")
TONE = ("-f", "lavfi", "-i", "sine=r=48000:d=0.5")
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
EXACT = ("-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-threads", "1")
Table = dict[bytes, Callable[[bytes], bytes]]


@lru_cache(maxsize=64)
def made(container: str, *options: str, given: tuple[tuple[str, bytes], ...] = ()) -> bytes:
    """A file by ffmpeg; `given` are files that lie beside it. The same options give the same bytes."""
    with TemporaryDirectory() as folder:
        for name, content in given:
            (Path(folder) / name).write_bytes(content)
        subprocess.run(
            [ffmpeg_exe(), "-v", "error", *options, *EXACT, "-f", container, "out"], check=True, cwd=folder
        )
        return (Path(folder) / "out").read_bytes()


def film(*options: str, container: str = "mp4") -> bytes:
    """Half a second of H.264, silent."""
    return made(container, *BARS, *H264, *options)


def film_with_sound(*options: str, container: str = "mp4") -> bytes:
    """Half a second of H.264 and AAC."""
    return made(container, *BARS, *TONE, *H264, "-c:a", "aac", *options)


def box(kind: bytes, content: bytes = b"") -> bytes:
    """One box."""
    return struct.pack(">I4s", 8 + len(content), kind) + content


def boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The boxes in a row of them."""
    at = 0
    while at + 8 <= len(content):
        length = int.from_bytes(content[at : at + 4]) or len(content) - at
        yield content[at + 4 : at + 8], content[at + 8 : at + length]
        at += length


HOLDERS = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"dinf", b"moof", b"traf")


def changed(content: bytes, table: Table) -> bytes:
    """The same file with some boxes given another content, wherever they are; lengths are set right."""
    out = []
    for kind, inside in boxes(content):
        if kind in table:
            inside = table[kind](inside)
        elif kind in HOLDERS:
            inside = changed(inside, table)
        out.append(box(kind, inside))
    return b"".join(out)


def number_at(offset: int, value: int, size: int = 4) -> Callable[[bytes], bytes]:
    """Write a number over what is there."""
    return lambda inside: inside[:offset] + value.to_bytes(size) + inside[offset + size :]


def first(content: bytes, kind: bytes) -> bytes:
    """The content of the first box of this kind, wherever it is."""
    for found, inside in boxes(content):
        if found == kind:
            return inside
        if found in HOLDERS and (deeper := first(inside, kind)):
            return deeper
    return b""
