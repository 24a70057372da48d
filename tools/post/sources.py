"""Opening media for ffmpeg: local files of a known kind and nothing else.

The kind comes from the first bytes, never from the name, and is forced on ffmpeg, so
that a playlist in disguise cannot make it read other files.
"""

import asyncio
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from av.error import FFmpegError
from av.video.stream import VideoStream

from state.errors import FfmpegFailed, MediaMissing
from tools.ffmpeg.command import local_input
from tools.ffmpeg.probe import opened

_MAGIC = (
    (4, b"ftyp", "mov"),
    (0, b"\x1aE\xdf\xa3", "matroska"),
    (8, b"WAVE", "wav"),
    (8, b"WEBP", "webp_pipe"),
    (0, b"\x89PNG\r\n\x1a\n", "png_pipe"),
    (0, b"\xff\xd8\xff", "jpeg_pipe"),
    (0, b"OggS", "ogg"),
    (0, b"fLaC", "flac"),
    (0, b"ID3", "mp3"),
    (0, b"\xff\xfb", "mp3"),
    (0, b"\xff\xf3", "mp3"),
    (0, b"\xff\xfa", "mp3"),
    (0, b"\xff\xf2", "mp3"),
    (0, b"\xff\xf1", "aac"),
    (0, b"\xff\xf9", "aac"),
    (0, b"\xff\xe3", "mp3"),
    (0, b"\xff\xe2", "mp3"),
)
_UNSPECIFIED = 2
"""libav's value for a colour matrix that the file does not name."""
_BRIGHT = {16: "smpte2084", 18: "arib-std-b67"}
"""libav's values for the transfers of HDR10 and HLG."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A local file and the demuxer that is forced on it."""

    path: Path
    demuxer: str
    untagged: bool = False
    """A moving picture that does not say which colour matrix it uses."""
    bright: str = ""
    """The transfer of a picture that is brighter than a film can be (HDR), as ffmpeg calls it."""
    frames: int = 0
    """How many it has, where they follow each other at a constant rate; else 0."""
    rate: Fraction = Fraction(0)
    """That rate, frames per second."""
    keys: tuple[int, ...] = ()
    """Those of its frames that say they need no other."""

    def frames_at(self, fps: int) -> int:
        """How many frames it surely has at another rate; 0 where nobody knows."""
        return int(self.frames * fps / self.rate) if self.rate else 0

    def arguments(self, *, seek_s: int = 0, threads: int = 1) -> list[str]:
        """The ffmpeg arguments that open this file, from a whole second on.

        One decoding thread unless told, 0 for as many as there are cores: forty inputs
        with a pool of frames for each thread would eat the memory.
        """
        seek = ["-ss", str(seek_s)] if seek_s else []
        return local_input(self.path.absolute(), "-threads", str(threads), *seek, "-f", self.demuxer)


def demuxer_of(path: Path) -> str:
    """The name of ffmpeg's demuxer for a file.

    Raises:
        MediaMissing: no such file.
        FfmpegFailed: none of the kinds that can be cut.
    """
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as exc:
        raise MediaMissing(f"{path.name} is not there") from exc
    for offset, mark, demuxer in _MAGIC:
        if head[offset : offset + len(mark)] == mark:
            return demuxer
    raise FfmpegFailed(f"{path.name} is of no kind that can be cut")


async def open_sound(path: Path) -> Source:
    """A file that is only listened to; errors as `demuxer_of`."""
    return Source(path=path, demuxer=await asyncio.to_thread(demuxer_of, path))


async def open_picture(path: Path) -> Source:
    """A file that is looked at; errors as `demuxer_of`, and FfmpegFailed when it has no picture."""
    return await asyncio.to_thread(_open_picture, path)


def _open_picture(path: Path) -> Source:
    demuxer = demuxer_of(path)
    try:
        with opened(path, demuxer) as container:
            stream = container.streams.video[0]
            codec = stream.codec_context
            if codec is None:
                raise FfmpegFailed(f"{path.name} has a picture that nothing here decodes")
            yuv = (codec.pix_fmt or "").startswith("yuv420")
            untagged = yuv and int(codec.colorspace) == _UNSPECIFIED
            frames, rate = _paced(stream)
            keys = tuple(at for at, entry in enumerate(stream.index_entries) if frames and entry.is_keyframe)
            return Source(
                path=path, demuxer=demuxer, untagged=untagged, frames=frames, rate=rate, keys=keys,
                bright=_BRIGHT.get(int(codec.color_trc), ""),
            )  # fmt: skip
    except (FFmpegError, IndexError) as exc:
        raise FfmpegFailed(f"{path.name} cannot be read as a picture") from exc


def _paced(stream: VideoStream) -> tuple[int, Fraction]:
    """Count and rate of frames that follow each other evenly, by the file's own index; else nothing."""
    moments = [entry.timestamp for entry in stream.index_entries]
    steps = {after - before for before, after in pairwise(moments)}
    if len(steps) != 1 or len(moments) != stream.frames or stream.time_base is None:
        return 0, Fraction(0)
    step = steps.pop() * stream.time_base
    return (len(moments), 1 / step) if step > 0 else (0, Fraction(0))
