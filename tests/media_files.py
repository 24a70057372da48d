"""Small real media files, made once for all tests that store or inspect some."""

import io
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from tools.ffmpeg.command import ffmpeg_exe

SRT = "1\n00:00:00,000 --> 00:00:01,000\n<i>Hola</i>\n"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    """One colour, but real."""
    out = io.BytesIO()
    Image.new("RGB", size, (200, 80, 40)).save(out, kind, **options)
    return out.getvalue()


def solid(colour: bytes, size: tuple[int, int] = (8, 8)) -> bytes:
    """A picture of this colour, told by three bytes."""
    out = io.BytesIO()
    Image.new("RGB", size, tuple(colour)).save(out, "PNG")
    return out.getvalue()


@lru_cache(maxsize=16)
def encoded(container: str, *options: str) -> bytes:
    """Half a second of picture, sound or both."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "media"
        subprocess.run(
            [ffmpeg_exe(), "-v", "error", *options, "-t", "0.5", "-f", container, str(file)], check=True
        )
        return file.read_bytes()


TONE = ("-f", "lavfi", "-i", "sine=r=48000")
PICTURES = ("-f", "lavfi", "-i", "testsrc=s=64x48:r=24", "-pix_fmt", "yuv420p")


def clip() -> bytes:
    """H.264 and AAC, 64 by 48."""
    return encoded("mp4", *PICTURES[:4], *TONE, "-pix_fmt", "yuv420p", "-c:v", "libx264")


def sound(container: str) -> bytes:
    """A tone in this container."""
    return encoded(container, *TONE)


def archive() -> bytes:
    """A zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", "x")
    return out.getvalue()


ACCEPTED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "png": (lambda: picture("PNG"), "image/png", "png"),
    "jpeg": (lambda: picture("JPEG"), "image/jpeg", "jpg"),
    "webp": (lambda: picture("WEBP"), "image/webp", "webp"),
    "mp4": (clip, "video/mp4", "mp4"),
    "mp4 in fragments": (
        lambda: encoded("mp4", *PICTURES, "-movflags", "frag_keyframe+empty_moov+dash"),
        "video/mp4",
        "mp4",
    ),
    "mp4 with sound only": (lambda: encoded("mp4", *TONE), "audio/mp4", "m4a"),
    "m4a": (lambda: sound("ipod"), "audio/mp4", "m4a"),
    "aac": (lambda: sound("adts"), "audio/aac", "aac"),
    "mp3": (lambda: sound("mp3"), "audio/mpeg", "mp3"),
    "wav": (lambda: sound("wav"), "audio/wav", "wav"),
    "json": (lambda: b'{"a": [1, 2]}', "application/json", "json"),
    "srt": (SRT.encode, "application/x-subrip", "srt"),
    "srt with a mark": (lambda: b"\xef\xbb\xbf" + SRT.encode(), "application/x-subrip", "srt"),
    "vtt": (lambda: b"WEBVTT\n\n00:00.000 --> 00:01.000\nHola\n", "text/vtt", "vtt"),
    "csv": (lambda: b"stage,item,cost\ntake,12A,0.40\n", "text/csv", "csv"),
    "txt": ("Él la mira, y se va.\n".encode, "text/plain", "txt"),
    "text like a bitmap": (lambda: b"BM is how this one begins\n", "text/plain", "txt"),
}
"""Every kind we keep: content, MIME type, extension."""

REFUSED: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    "svg with a heading": lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "html": lambda: b"\n <!doctype html><script>1</script>",
    "hls playlist": lambda: b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
    "concat list": lambda: b"ffconcat version 1.0\nfile /etc/passwd\n",
    "pls playlist": lambda: b"[playlist]\nFile1=http://127.0.0.1/\n",
    "script": lambda: b"#!/bin/sh\nrm -rf /\n",
    "gif with a script": lambda: b"GIF89a/*\x01\x00\x01\x00\x00\x00\x00*/=1;alert(1)//",
    "zip": archive,
    "pdf": lambda: b"%PDF-1.4\n1 0 obj\n",
    "elf": lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 64,
    "quicktime": lambda: encoded("mov", *PICTURES),
    "matroska": lambda: encoded("matroska", *PICTURES),
    "bytes": lambda: bytes(range(256)),
    "half a picture": lambda: picture("PNG", (400, 300))[:200],
    "half a clip": lambda: clip()[: len(clip()) // 2],
    "a clip cut by one byte": lambda: clip()[:-1],
    "a playlist behind a clip's heading": lambda: b"\0\0\0\x18ftypisom\0\0\0\0isommp42#EXTM3U\n",
    "a sound of nothing": lambda: sound("wav")[:20],
}
"""What must not get in, whatever its name says."""


def huge_png(side: int) -> bytes:
    """A few bytes whose heading promises side times side pixels."""
    small = picture("PNG")
    heading = b"IHDR" + struct.pack(">II", side, side) + small[24:29]
    return small[:12] + heading + struct.pack(">I", zlib.crc32(heading)) + small[33:]
