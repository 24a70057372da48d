"""What was really delivered: facts, loudness, silence and black, read from the finished file.

The report that blocks a delivery is `tools/quality`.
"""

import asyncio
import math
from dataclasses import dataclass
from pathlib import Path

from state.timeline import DeliveryFacts
from tools.ffmpeg.command import local_input, run_ffmpeg
from tools.ffmpeg.probe import probe
from tools.post.sources import open_sound

SILENT_LUFS = -70.0
SILENT_DBTP = -120.0
MAX_BLACK_S = 1.0
MAX_SILENCE_S = 3.0
LUFS_TARGET, LUFS_TOLERANCE = -14.0, 0.5
PEAK_CEILING_DBTP = -1.0
_NOISE_DB = -60
_BLACK_PIXEL, _BLACK_SHARE = 0.02, 0.998
"""Stricter than ffmpeg's own figures, which take a white word on a black card for black."""
_ROUGHLY = ("-skip_frame", "noref", "-skip_loop_filter", "all")
_HINT, _NEARLY_BLACK = 0.8, (0.025, 0.99)
"""A rough look counts what is nearly black for nearly so long."""


@dataclass(frozen=True, kw_only=True)
class Loudness:
    """How loud a file is as a whole."""

    integrated_lufs: float
    true_peak_dbtp: float


@dataclass(frozen=True, kw_only=True)
class Span:
    """Seconds from the start of the file."""

    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        """Length in seconds."""
        return self.end_s - self.start_s


async def measure(path: Path) -> DeliveryFacts:
    """Measure a finished file.

    Raises:
        MediaMissing, FfmpegFailed, UploadRejected: it is not there or cannot be read.
    """
    source = await open_sound(path)
    facts = await probe(source.path)
    heard = await measure_loudness(path) if facts.audio_codec else Loudness(
        integrated_lufs=SILENT_LUFS, true_peak_dbtp=SILENT_DBTP
    )  # fmt: skip
    return DeliveryFacts(
        duration_s=facts.duration_s or 0.0, width=facts.width or 0, height=facts.height or 0,
        fps=facts.fps or 0.0, video_codec=facts.video_codec or "", audio_codec=facts.audio_codec or "",
        audio_rate_hz=facts.audio_rate_hz or 0, size_bytes=(await asyncio.to_thread(path.stat)).st_size,
        integrated_lufs=heard.integrated_lufs, true_peak_dbtp=heard.true_peak_dbtp,
    )  # fmt: skip


async def measure_loudness(path: Path, *input_options: str, peaks: bool = True) -> Loudness:
    """Integrated loudness and true peak of the first sound stream; -70 LUFS and -120 dBTP for silence.

    `input_options` replace the detected kind, for sound without a header. Without `peaks`, which are most of
    the work, the peak is that of silence.
    """
    peak_kind = "true" if peaks else "none"
    found = await _annotations(
        path, "a:0", f"ebur128=peak={peak_kind}:metadata=1:framelog=quiet", input_options=input_options
    )
    lufs = [float(value) for key, value, _ in found if key == "lavfi.r128.I"]
    heights = [float(value) for key, value, _ in found if key.startswith("lavfi.r128.true_peaks_ch")]
    peak = max(heights, default=0.0)
    return Loudness(
        integrated_lufs=max(SILENT_LUFS, lufs[-1]) if lufs else SILENT_LUFS,
        true_peak_dbtp=max(SILENT_DBTP, 20 * math.log10(peak)) if peak > 0 else SILENT_DBTP,
    )


async def silences(path: Path, *, longer_than_s: float = MAX_SILENCE_S) -> list[Span]:
    """Spans without sound (under -60 dB) that last longer than this."""
    found = await _annotations(path, "a:0", f"silencedetect=noise={_NOISE_DB}dB:duration={longer_than_s}")
    return await _spans(path, found, "lavfi.silence_start", "lavfi.silence_end", longer_than_s)


async def black_frames(path: Path, *, longer_than_s: float = MAX_BLACK_S) -> list[Span]:
    """Spans of black picture that last longer than this.

    Most films have none. A look at every other frame, which costs half, says whether all have to be seen.
    """
    if not await _black(path, longer_than_s * _HINT, *_NEARLY_BLACK, decoding=_ROUGHLY):
        return []
    return await _black(path, longer_than_s, _BLACK_PIXEL, _BLACK_SHARE)


async def _black(
    path: Path, longer_than_s: float, pixel: float, share: float, *, decoding: tuple[str, ...] = ()
) -> list[Span]:
    black = f"scale=160:-2:flags=neighbor,blackdetect=d={longer_than_s}:pix_th={pixel}:pic_th={share}"
    found = await _annotations(path, "v:0", black, decoding=decoding)
    return await _spans(path, found, "lavfi.black_start", "lavfi.black_end", longer_than_s)


async def _annotations(
    path: Path, stream: str, filters: str, *, input_options: tuple[str, ...] = (),
    decoding: tuple[str, ...] = (),
) -> list[tuple[str, str, float]]:  # fmt: skip
    """What a measuring filter writes beside the frames: key, value, second."""
    source = await open_sound(path) if not input_options else None
    opening = [*decoding, *source.arguments(threads=0)] if source else local_input(path, *input_options)
    found: list[tuple[str, str, float]] = []
    at_s = 0.0

    def note(line: str) -> None:
        nonlocal at_s
        if line.startswith("frame:"):
            at_s = float(line.rpartition("pts_time:")[2])
        elif "=" in line:
            key, _, value = line.partition("=")
            found.append((key, value, at_s))

    prefix = "a" if stream.startswith("a") else ""
    graph = f"{filters},{prefix}metadata=mode=print:file=-"
    kind = ("-filter:a", graph) if prefix else ("-filter:v", graph)
    await run_ffmpeg([*opening, "-map", f"0:{stream}", *kind, "-f", "null", "-"], on_line=note)
    return found


async def _spans(
    path: Path, found: list[tuple[str, str, float]], begin: str, end: str, longer_than_s: float
) -> list[Span]:
    """Pair beginnings with ends; what is still open lasts to the end of the file."""
    starts = [float(value) for key, value, _ in found if key.split(".ch")[0] == begin]
    ends = [float(value) for key, value, _ in found if key.split(".ch")[0] == end]
    if len(ends) < len(starts):
        ends.append((await probe(path)).duration_s or starts[-1])
    spans = [Span(start_s=start, end_s=stop) for start, stop in zip(starts, ends, strict=False)]
    return [span for span in spans if span.length_s > longer_than_s]
