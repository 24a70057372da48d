"""How a sound looks: its peaks in as many buckets as a page has room for, its silence, where it clips."""

import asyncio
import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from pydantic import BaseModel, Field

from tools.post.samples import Heard, decoded

FEWEST_BUCKETS, MOST_BUCKETS = 1, 10_000
SILENT_DB, SILENT_S = -60.0, 0.5
CLIPPED_RUN, CLIPPED_APART_S = 3, 0.1
"""So many samples in a row at full scale are clipped; what is nearer than this is one span."""
_FULL_SCALE = 32_768
_CLIPPED = 32_766
_BLOCK = 1 << 20
_DECIMALS = 3
_WINDOWS_PER_S = 100

Span = tuple[float, float]
"""From and to, seconds."""


class Waveform(BaseModel, frozen=True):
    """Peaks of a sound, one of each list for every bucket; all channels together, -1 to 1."""

    duration_s: float = Field(ge=0)
    low: list[float]
    high: list[float]
    rms: list[float]
    silent: list[Span]
    """Where nothing is to be heard for half a second or longer."""
    clipped: list[Span]
    """Where it is louder than the file can hold."""

    def packed(self) -> bytes:
        """As JSON without a blank."""
        return self.model_dump_json().encode()


async def waveform(path: Path, buckets: int) -> Waveform:
    """Look at a local sound file, or at the sound of a clip.

    Raises:
        ValueError: not 1 to 10,000 buckets.
        MediaError, MediaMissing, FfmpegFailed, WorkFolderFull: as `decoded`.
    """
    if not FEWEST_BUCKETS <= buckets <= MOST_BUCKETS:
        raise ValueError(f"a waveform has {FEWEST_BUCKETS} to {MOST_BUCKETS} buckets")
    async with decoded(path) as heard:
        return await asyncio.to_thread(waveform_of, heard, buckets)


def waveform_of(heard: Heard, buckets: int) -> Waveform:
    """As `waveform`, of samples; blocking."""
    low, high, rms = _bucketed(heard.samples, buckets)
    return Waveform(
        duration_s=round(heard.duration_s, 3), low=_rounded(low), high=_rounded(high), rms=_rounded(rms),
        silent=_silent(heard), clipped=_clipped(heard),
    )  # fmt: skip


def _bucketed(samples: NDArray[np.int16], buckets: int) -> tuple[NDArray[np.float64], ...]:
    """Lowest, highest and root mean square of every bucket; where there are fewer samples they repeat."""
    low, high, rms = (np.zeros(buckets) for _ in range(3))
    edges = np.arange(buckets + 1) * len(samples) // buckets
    for number in range(buckets if len(samples) else 0):
        first, last = int(edges[number]), int(edges[number + 1])
        low[number], high[number], rms[number] = _bucket(samples[first : max(last, first + 1)])
    return low / _FULL_SCALE, high / _FULL_SCALE, rms / _FULL_SCALE


def _bucket(part: NDArray[np.int16]) -> tuple[float, float, float]:
    """In blocks: one bucket may be an hour."""
    power = sum(
        float(np.square(part[first : first + _BLOCK], dtype=np.float64).sum())
        for first in range(0, len(part), _BLOCK)
    )
    return float(part.min()), float(part.max()), float(np.sqrt(power / part.size))


def _silent(heard: Heard) -> list[Span]:
    """Runs of hundredths of a second in which no sample is above -60 dB."""
    step = max(1, heard.rate_hz // _WINDOWS_PER_S)
    if not len(heard.samples):
        return []
    starts = np.arange(0, len(heard.samples), step)
    loud = np.maximum(
        np.maximum.reduceat(heard.samples, starts).max(axis=1).astype(int),
        -np.minimum.reduceat(heard.samples, starts).min(axis=1).astype(int),
    )
    seconds = step / heard.rate_hz
    runs = _runs(loud < _FULL_SCALE * 10 ** (SILENT_DB / 20))
    return [
        _span(first * seconds, min(last * seconds, heard.duration_s))
        for first, last in runs
        if (last - first) * seconds >= SILENT_S
    ]


def _clipped(heard: Heard) -> list[Span]:
    """Runs of samples at full scale in any channel, those that are near each other as one."""
    found: list[NDArray[np.intp]] = [np.zeros((0, 2), np.intp)]
    for channel in range(heard.samples.shape[1]):
        for first in range(0, len(heard.samples), _BLOCK):
            # What begins at the end of a block is seen in the next one, too.
            part = heard.samples[first : first + _BLOCK + CLIPPED_RUN, channel].astype(np.int32)
            runs = _runs(np.abs(part) >= _CLIPPED)
            long = runs[runs[:, 1] - runs[:, 0] >= CLIPPED_RUN]
            found.append(first + _joined(long, heard.rate_hz))
    every = np.concatenate(found)
    spans = _joined(every[np.argsort(every[:, 0], kind="stable")], heard.rate_hz)
    return [_span(start / heard.rate_hz, end / heard.rate_hz) for start, end in spans]


def _joined(runs: NDArray[np.intp], rate_hz: int) -> NDArray[np.intp]:
    """Runs that are near each other as one; a square wave has millions."""
    if not len(runs):
        return runs
    ends = np.maximum.accumulate(runs[:, 1])
    apart = runs[1:, 0] - ends[:-1] >= CLIPPED_APART_S * rate_hz
    firsts, lasts = np.flatnonzero(np.append(True, apart)), np.flatnonzero(np.append(apart, True))
    return np.stack([runs[firsts, 0], ends[lasts]], axis=1)


def _runs(marks: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Where marks follow each other, shape (runs, 2): first, and first after."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marks, [False]]).astype(np.int8)))
    return edges.reshape(-1, 2)


def _span(start_s: float, end_s: float) -> Span:
    return round(start_s, _DECIMALS), round(end_s, _DECIMALS)


def _rounded(values: NDArray[np.float64]) -> list[float]:
    return [float(value) for value in np.round(values, _DECIMALS)]


def svg(shape: Waveform, *, width: int = 1000, height: int = 200, colour: str = "#3b82f6") -> str:
    """The waveform as a drawing: its outline, pale, and its root mean square on it.

    Raises:
        ValueError: the colour is not `#rrggbb`.
    """
    _components(colour)
    outline = _outline(shape.high, shape.low, width, height)
    body = _outline(shape.rms, [-value for value in shape.rms], width, height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" preserveAspectRatio="none">'
        f'<polygon fill="{colour}" fill-opacity="0.45" points="{_points(outline)}"/>'
        f'<polygon fill="{colour}" points="{_points(body)}"/></svg>'
    )


def png(shape: Waveform, *, width: int = 1000, height: int = 200, colour: str = "#3b82f6") -> bytes:
    """The same as a picture on nothing; errors as `svg`."""
    red, green, blue = _components(colour)
    picture = Image.new("RGBA", (width, height))
    pen = ImageDraw.Draw(picture)
    for high, low, alpha in (
        (shape.high, shape.low, 115),
        (shape.rms, [-value for value in shape.rms], 255),
    ):
        pen.polygon(_outline(high, low, width, height), fill=(red, green, blue, alpha))
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _components(colour: str) -> tuple[int, int, int]:
    digits = colour.removeprefix("#")
    if len(digits) != 6 or len(colour) != 7 or any(one not in "0123456789abcdefABCDEF" for one in digits):
        raise ValueError("a colour is written #rrggbb")
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def _outline(high: list[float], low: list[float], width: int, height: int) -> list[tuple[float, float]]:
    """Along the tops and back along the bottoms; each bucket as wide as every other."""
    wide, middle = width / len(high), height / 2
    tops = [(x * wide, middle - y * middle) for n, y in enumerate(high) for x in (n, n + 1)]
    bottoms = [(x * wide, middle - y * middle) for n, y in enumerate(low) for x in (n, n + 1)]
    return [*tops, *reversed(bottoms)]


def _points(outline: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in outline)
