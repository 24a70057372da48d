"""A few small pictures of a clip, for whoever has to know what is to be seen in it.

What costs is decoding. Pictures that no other one is made from are passed over, and nothing is smoothed after
decoding: 1080p then takes little more than half of the time.
"""

import asyncio
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from state.errors import FfmpegFailed
from state.timeline import Crop
from tools.ffmpeg.command import run_ffmpeg
from tools.post.framing import Edges, plan_crop
from tools.post.sources import open_picture
from tools.work_folder import work_folder

Pictures = NDArray[np.uint8]
"""Pictures by rows by columns by luma and two colours."""
PIXELS = 128 * 72
_QUICKLY = ("-skip_frame", "noref", "-skip_loop_filter", "all")
_MARK = b"FRAME\n"
_TIMEOUT_S = 300.0


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Pictures in the order of time, `rate` of them in a second; `ratio` is the shape of what they show."""

    pictures: Pictures
    rate: float
    ratio: float


async def look_at(
    path: Path, *, start_s: float, length_s: float, rate: float, pixels: int = PIXELS,
    crop: Crop | None = None, every: bool = False,
) -> Seen:  # fmt: skip
    """Small pictures of a part of a file: each as it is at its moment; of a still there is one.

    With `every` none is passed over, for whoever counts frames.

    Raises:
        MediaMissing, FfmpegFailed: it is not there or shows nothing.
    """
    source = await open_picture(path)
    span = ["-ss", f"{start_s:.4f}", "-t", f"{length_s:.4f}"]
    how = [] if every else _QUICKLY
    async with work_folder("look") as folder:
        into = folder / "small.y4m"
        await run_ffmpeg(
            [*span, *how, *source.arguments(), "-an", "-filter_complex", _graph(rate, pixels, crop),
             "-map", "[small]", "-strict", "-1", "-f", "yuv4mpegpipe", into],
            timeout_s=_TIMEOUT_S,
        )  # fmt: skip
        content = await asyncio.to_thread(into.read_bytes)
    pictures, ratio = _read(content)
    if not len(pictures):
        raise FfmpegFailed(f"{path.name} shows nothing from {start_s:.2f} s on")
    return Seen(pictures=pictures, rate=rate, ratio=ratio)


def _graph(rate: float, pixels: int, crop: Crop | None) -> str:
    # Of several frames at one moment the last that is not late.
    chains = [f"[0:v:0]fps={rate:.6f}:start_time=0:round=up,setsar=1[a]"]
    edges = Edges(**crop.model_dump()) if crop is not None else Edges()
    chains += plan_crop("a", "b", edges)
    sides = (f"max(8,2*trunc(sqrt({pixels}*{one}/{other})/2))" for one, other in (("iw", "ih"), ("ih", "iw")))
    width, height = sides
    chains.append(f"[b]scale=w='{width}':h='{height}':flags=area,format=yuv444p[small]")
    return ";".join(chains)


def _read(content: bytes) -> tuple[Pictures, float]:
    """Frames of a y4m file, whose heading also says how much wider a pixel is than high."""
    heading, _, rest = content.partition(b"\n")
    fields = {part[:1]: part[1:] for part in heading.split(b" ")[1:]}
    if not {b"W", b"H"} <= fields.keys():
        return np.zeros((0, 8, 8, 3), np.uint8), 1.0
    width, height = int(fields[b"W"]), int(fields[b"H"])
    wide, high = (int(part) for part in fields.get(b"A", b"1:1").split(b":"))
    size = len(_MARK) + 3 * width * height
    count = len(rest) // size
    packed = np.frombuffer(rest, np.uint8, count * size).reshape(count, size)[:, len(_MARK) :]
    pictures = packed.reshape(count, 3, height, width).transpose(0, 2, 3, 1)
    pixel = Fraction(wide, high) if wide and high else Fraction(1)
    return pictures, float(pixel * width / height)
