"""Clips whose pictures need no coder: their packets are copied as they came.

Strict, because what is wrong here is seen only in players: a copy begins where nothing before is needed, ends
where nothing behind is, holds the very packets of its file, and needs the decoder settings of all beside it.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import av
from av.error import FFmpegError
from av.video.stream import VideoStream

from state.timeline import Clip, Timeline, Track
from tools.ffmpeg.probe import opened
from tools.post.picture import plan_picture
from tools.post.piece import GRAPH, Film, Piece
from tools.post.sources import Source

VideoPacket: TypeAlias = "av.Packet[VideoStream]"
TAGS = (
    "h264_metadata=colour_primaries=1:transfer_characteristics=1:matrix_coefficients=1:"
    "video_full_range_flag=0:sample_aspect_ratio=1/1"
)
"""What names no colours is taken for BT.709 here, and the master says so; the frames stay as they are."""
_AT_NOUGHT = "setts=pts=PTS-STARTPTS:dts=DTS-STARTPTS"
_PROFILES = {66, 77, 100}
_PROGRESSIVE = 1
_IDR, _SPS, _PPS = 5, 7, 8
_KNOWN = {"colorspace": {1, 2}, "color_primaries": {1, 2}, "color_trc": {1, 2}, "color_range": {0, 1}}
"""BT.709 in the limited range, or nothing said."""


@dataclass(frozen=True, kw_only=True)
class Copy:
    """Packets of a file, from frame `start` on."""

    source: Source
    start: int
    length: int
    heading: bytes
    """What a decoder of the file has to know, as the file has it."""
    digest: str
    """SHA-256 of all its packets in their order."""


def plan_copy(film: Film, piece: Piece) -> Copy | None:
    """What can be copied instead of making a piece; None where something is done to its picture.

    Blocking: reads the packets.
    """
    clip = piece.segment.items[0]
    if not film.encoding.copies or not isinstance(clip, Clip) or not _is_plain(film, piece, clip):
        return None
    source, start, end = film.sources[clip.media.key], clip.source.start, clip.source.end
    if source.demuxer != "mov" or source.rate != film.timeline.fps or start not in source.keys:
        return None
    if end != source.frames and end not in source.keys:
        return None
    try:
        return _read(source, start, end, size=(film.timeline.width, film.timeline.height))
    except (FFmpegError, IndexError):
        return None


def copy_arguments(copies: Sequence[Copy], into: Sequence[Path], *, frames: int = 0) -> list[str]:
    """Arguments for one ffmpeg that makes all these copies, or only their first `frames`."""
    # A quarter of a frame late, because the moment before a frame leads to the one before it.
    seeks = [float((copy.start + 0.25) / copy.source.rate) if copy.start else 0.0 for copy in copies]
    inputs = [
        part for copy, seek in zip(copies, seeks, strict=True)
        for part in [*(["-ss", f"{seek:.6f}"] if seek else []), *copy.source.arguments()]
    ]  # fmt: skip
    outputs: list[str] = []
    for number, (copy, path) in enumerate(zip(copies, into, strict=True)):
        outputs += ["-map", f"{number}:v:0", "-c", "copy", "-frames:v", str(frames or copy.length)]
        outputs += ["-bsf:v", f"{TAGS},{_AT_NOUGHT}", "-map_metadata", "-1", "-map_chapters", "-1"]
        outputs += ["-fflags", "+bitexact", "-f", "mp4", str(path)]
    return ["-copyts", *inputs, *outputs]


def true_heading(copy: Copy, path: Path) -> bytes | None:
    """What a decoder of a copy must know; None if it has other packets than it should, or at another time."""
    with opened(path, "mov") as container:
        heading = bytes(container.streams.video[0].codec_context.extradata or b"")
        read = _Packets(first=0, width=heading[4] % 4 + 1)
        whole = all(read.take(packet) for packet in _packets(container))
        return heading if whole and read.are_even and read.digest == copy.digest else None


def _is_plain(film: Film, piece: Piece, clip: Clip) -> bool:
    """Whether the order of a piece is that of a clip to which nothing is done, and nothing else."""
    timeline = film.timeline
    track = Track(name="picture", role="picture", items=[Clip(name="", media=clip.media, source=clip.source)])
    bare = Timeline(name="", fps=timeline.fps, width=timeline.width, height=timeline.height, tracks=[track])
    return dict(piece.files) == {GRAPH: plan_picture(bare, film.sources).graph}


def _read(source: Source, start: int, end: int, *, size: tuple[int, int]) -> Copy | None:
    with opened(source.path, source.demuxer) as container:
        stream = container.streams.video[0]
        heading = bytes(stream.codec_context.extradata or b"")
        if not _is_wanted(stream, size) or not _is_upright(container) or len(heading) < 8:
            return None
        container.seek(0)
        read = _Packets(first=start, width=heading[4] % 4 + 1)
        for number, packet in enumerate(_packets(container)):
            if number in (start, end) and _IDR not in read.units(packet):
                return None
            if start <= number < end and not read.take(packet):
                return None
        if not read.are_even or read.count != end - start:
            return None
        return Copy(
            source=source, start=start, length=end - start, heading=heading, digest=read.digest
        )  # fmt: skip


def _is_wanted(stream: VideoStream, size: tuple[int, int]) -> bool:
    """Whether this is the picture that the film wants: kind, size, colours, whole frames, square pixels."""
    codec = stream.codec_context
    kind = (codec.name, codec.pix_fmt, (codec.width, codec.height), int(codec.field_order))
    heading = codec.extradata or b"\0\0"
    return (
        kind == ("h264", "yuv420p", size, _PROGRESSIVE)
        and heading[1] in _PROFILES
        and all(int(getattr(codec, name)) in known for name, known in _KNOWN.items())
        and codec.sample_aspect_ratio in (None, 0, 1)
        and not stream.start_time
    )


def _is_upright(container: "av.container.InputContainer") -> bool:
    frame = next(container.decode(video=0))
    return frame.rotation == 0 and not frame.interlaced_frame


def _packets(container: "av.container.InputContainer") -> Iterator[VideoPacket]:
    """All packets of the picture, in the order in which they are decoded."""
    return (packet for packet in container.demux(video=0) if packet.size)


class _Packets:
    """Packets of a picture as they are read: what they are, when they are shown, and the digest of all."""

    def __init__(self, *, first: int, width: int) -> None:
        self._first, self._width = first, width
        self._found = hashlib.sha256()
        self._moments: list[int] = []
        self._steps: set[int] = set()

    def take(self, packet: VideoPacket) -> bool:
        """Read one; False when it changes the decoder's settings or does not say when it is shown."""
        self._found.update(f"{packet.size} {packet.is_keyframe} ".encode())
        self._found.update(bytes(packet))
        self._moments += [packet.pts] if packet.pts is not None else []
        self._steps.add(packet.duration or 0)
        return packet.pts is not None and not {_SPS, _PPS} & set(self.units(packet))

    def units(self, packet: VideoPacket) -> list[int]:
        """The kinds of what a packet holds: slices, parameter sets and more, each behind its length."""
        content, at, kinds = bytes(packet), 0, []
        while at + self._width < len(content):
            kinds.append(content[at + self._width] & 31)
            at += self._width + int.from_bytes(content[at : at + self._width], "big")
        return kinds

    @property
    def count(self) -> int:
        """How many there were."""
        return len(self._moments)

    @property
    def are_even(self) -> bool:
        """Whether they are shown one after the other, from the first on."""
        step = max(self._steps, default=0)
        wanted = [(self._first + number) * step for number in range(self.count)]
        return len(self._steps) == 1 and step > 0 and sorted(self._moments) == wanted

    @property
    def digest(self) -> str:
        """SHA-256 of all of them in their order."""
        return self._found.hexdigest()
