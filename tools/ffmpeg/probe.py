"""What a media file really is, read with PyAV because no ffprobe ships in a wheel."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import av
from av.error import FFmpegError

from state.errors import UploadRejected

MAX_PIXELS = 8192 * 4320
"""No frame is decoded that is larger, whatever the heading of its file says."""
OPENING: dict[str, str] = {"max_pixels": str(MAX_PIXELS), "protocol_whitelist": "file"}
PATIENCE_S = 20.0
COVER = av.stream.Disposition.attached_pic


@dataclass(frozen=True, kw_only=True)
class MediaFacts:
    """Facts of one file. Audio-only files have no size, pictures no duration."""

    format: str
    duration_s: float | None = None
    width: int | None = None
    height: int | None = None
    fps: float | None = None
    frame_count: int | None = None
    video_codec: str | None = None
    pixel_format: str | None = None
    audio_codec: str | None = None
    audio_rate_hz: int | None = None
    audio_channels: int | None = None
    stream_count: int = 0


async def probe(path: Path, *, demuxer: str | None = None) -> MediaFacts:
    """Read the facts of a file off the event loop; `demuxer` is the only reader tried when named.

    Raises:
        UploadRejected: it cannot be opened as media.
    """
    return await asyncio.to_thread(probe_now, path, demuxer=demuxer)


def probe_now(path: Path, *, demuxer: str | None = None) -> MediaFacts:
    """As `probe`, blocking: for worker processes."""
    try:
        with opened(path, demuxer) as container:
            _decodable(container, path)
            return _facts(container)
    except FFmpegError as exc:
        raise UploadRejected(f"{path.name} cannot be read as media") from exc


async def frames_of(path: Path, *, demuxer: str | None = None) -> int:
    """How many frames the picture has. Where the file does not say so, its packets are counted: a frame each.

    Raises:
        UploadRejected: it cannot be opened as media.
    """
    return await asyncio.to_thread(_frames, path, demuxer)


def _frames(path: Path, demuxer: str | None) -> int:
    try:
        with opened(path, demuxer) as container:
            picture = next(iter(container.streams.video), None)
            if picture is None:
                return 0
            return picture.frames or sum(1 for packet in container.demux(picture) if packet.size)
    except FFmpegError as exc:
        raise UploadRejected(f"{path.name} cannot be read as media") from exc


def opened(path: Path, demuxer: str | None) -> "av.container.InputContainer":
    """Open a local file with its bounds. A title in an old encoding is nothing to stumble over.

    Raises:
        FFmpegError: the demuxer cannot read it.
    """
    return av.open(str(path), format=demuxer, options=OPENING, timeout=PATIENCE_S, metadata_errors="replace")


def _decodable(container: "av.container.InputContainer", path: Path) -> None:
    """Of a format without a decoder here (SVG) PyAV has a stream and nothing that could read it.

    Raises:
        UploadRejected: it has such a picture or sound.
    """
    streams = (*container.streams.video, *container.streams.audio)
    if any(getattr(stream, "codec_context", None) is None for stream in streams):
        raise UploadRejected(f"{path.name} is {container.format.name}, and nothing here decodes that")


def _facts(container: "av.container.InputContainer") -> MediaFacts:
    # A cover is the picture of a sound, not a film of one frame.
    video = next((one for one in container.streams.video if not one.disposition & COVER), None)
    audio = next(iter(container.streams.audio), None)
    rate = float(video.average_rate) if video and video.average_rate else None
    return MediaFacts(
        format=container.format.name,
        duration_s=container.duration / 1_000_000 if container.duration else None,
        width=video.codec_context.width if video else None,
        height=video.codec_context.height if video else None,
        fps=rate,
        frame_count=video.frames or None if video else None,
        video_codec=video.codec_context.name if video else None,
        pixel_format=video.codec_context.pix_fmt if video else None,
        audio_codec=audio.codec_context.name if audio else None,
        audio_rate_hz=audio.codec_context.sample_rate if audio else None,
        audio_channels=audio.codec_context.channels if audio else None,
        stream_count=len(container.streams),
    )
