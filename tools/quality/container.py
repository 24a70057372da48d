"""The file itself: its streams, what they say about themselves, and where its index lies."""

from dataclasses import dataclass
from pathlib import Path

import av
from av.error import FFmpegError

from state.errors import PostError
from tools.ffmpeg.probe import opened

_HEAD = 16
_LARGE = 1
"""Size of a box that says its real size in the next eight bytes."""
_MICROS = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Colours:
    """Code points of ISO/IEC 23091-2, 2 where the encoder said nothing; range 1 is limited, 2 full."""

    primaries: int
    transfer: int
    matrix: int
    range: int


@dataclass(frozen=True, kw_only=True)
class FileFacts:
    """What a file says before anything of it is decoded. A stream that is not there is empty or 0."""

    size: tuple[int, int] = (0, 0)
    fps: float = 0.0
    frames: int = 0
    video_codec: str = ""
    video_s: float = 0.0
    audio_codec: str = ""
    audio_rate_hz: int = 0
    audio_channels: int = 0
    audio_s: float = 0.0
    streams: int = 0
    colours: Colours | None = None
    index_first: bool | None = None
    """Whether a player can begin before it has the whole file; None where that does not apply."""


def read_facts(path: Path, demuxer: str) -> FileFacts:
    """Open the file and ask; blocking.

    Raises:
        PostError: it cannot be opened.
    """
    try:
        with opened(path, demuxer) as container:
            return _facts(container, index_first(path) if demuxer == "mov" else None)
    except FFmpegError as exc:
        raise PostError(f"the master cannot be opened: {exc.strerror}") from exc


def _facts(container: "av.container.InputContainer", first: bool | None) -> FileFacts:
    video = next(iter(container.streams.video), None)
    audio = next(iter(container.streams.audio), None)
    colour = video.codec_context if video else None
    return FileFacts(
        size=(video.codec_context.width, video.codec_context.height) if video else (0, 0),
        fps=float(video.average_rate) if video and video.average_rate else 0.0,
        frames=video.frames if video else 0,
        video_codec=video.codec_context.name if video else "",
        video_s=_seconds(video, container) if video else 0.0,
        audio_codec=audio.codec_context.name if audio else "",
        audio_rate_hz=audio.codec_context.sample_rate if audio else 0,
        audio_channels=audio.codec_context.channels if audio else 0,
        audio_s=_seconds(audio, container) if audio else 0.0,
        streams=len(container.streams),
        colours=Colours(
            primaries=int(colour.color_primaries), transfer=int(colour.color_trc),
            matrix=int(colour.colorspace), range=int(colour.color_range),
        ) if colour else None,
        index_first=first,
    )  # fmt: skip


def _seconds(
    stream: "av.video.stream.VideoStream | av.audio.stream.AudioStream",
    container: "av.container.InputContainer",
) -> float:
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return container.duration / _MICROS if container.duration else 0.0


def index_first(path: Path) -> bool | None:
    """Whether `moov` stands before `mdat`; None where one of them is not there."""
    places: dict[bytes, int] = {}
    with path.open("rb") as file:
        at, end = 0, path.stat().st_size
        while at + 8 <= end:
            file.seek(at)
            head = file.read(_HEAD)
            size, kind = int.from_bytes(head[:4], "big"), head[4:8]
            places.setdefault(kind, at)
            size = int.from_bytes(head[8:16], "big") if size == _LARGE else size or end - at
            if size < 8:
                break
            at += size
    if b"moov" not in places or b"mdat" not in places:
        return None
    return places[b"moov"] < places[b"mdat"]
