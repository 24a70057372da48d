"""Real clips: H.264 with the label that stands still, a stripe in which something moves, and a tone.

All that moves is encoded once for each size and length. A job's own label costs one frame: a clip starts
with the frame that shows it, and what follows says only how the stripe goes on.
"""

import io
from contextlib import ExitStack
from fractions import Fraction
from functools import lru_cache
from typing import Any

import av
import numpy as np
from PIL import Image

from tests.standins.media_vendors.looks import BAND, TONES_HZ, Look, drawn

FPS, RATE = 24, 48000
SIZES = {("720p", "16:9"): (1280, 720), ("1080p", "16:9"): (1920, 1080), ("4k", "16:9"): (3840, 2160)}
SIZES |= {(name, "9:16"): (high, wide) for (name, _), (wide, high) in SIZES.items()}
CODEC = {
    "preset": "ultrafast", "tune": "zerolatency", "qp": "26",
    "x264-params": "keyint=100000:scenecut=0:bframes=0:rc-lookahead=0:threads=1:sliced-threads=0:weightp=0",
}  # fmt: skip
Frame = np.ndarray[Any, Any]


def clip(look: Look, size: tuple[int, int], seconds: float, *, tone: bool = True) -> bytes:
    """An MP4 of this size and length; without `tone` it has a track of silence."""
    base = _moving(look.vendor, look.black, size, round(seconds * FPS), tone)
    return base if look.black else _labelled(base, _first(_start(look, size)))


def silent_film(look: Look, size: tuple[int, int], seconds: float) -> bytes:
    """The same without any track of sound, as of a model that makes none."""
    return _labelled(_film(look.vendor, look.black, size, round(seconds * FPS)), _first(_start(look, size)))


@lru_cache(maxsize=24)
def _moving(vendor: str, black: bool, size: tuple[int, int], frames: int, tone: bool) -> bytes:
    film, sound = _film(vendor, black, size, frames), _sound(vendor if tone else "", frames / FPS)
    return _joined([film, sound], None)


@lru_cache(maxsize=24)
def _film(vendor: str, black: bool, size: tuple[int, int], frames: int) -> bytes:
    plain = _start(Look(vendor, "", "", "", black), size)
    return _encoded((_bar_at(plain, size, number / frames, black) for number in range(frames)), size)


def _bar_at(plain: Frame, size: tuple[int, int], part: float, black: bool) -> Frame:
    if black:
        return plain
    wide, high = size
    frame, left = plain.copy(), 16 * int(part * (wide - 64) / 16)
    frame[high - BAND : high, :wide] = 40
    frame[high - BAND : high, left : left + 64] = 220
    return frame


def _start(look: Look, size: tuple[int, int]) -> Frame:
    """The first frame, in planes."""
    picture = drawn(look, size)
    picture = picture if not look.black else Image.new("RGB", size)
    planes: Frame = av.VideoFrame.from_image(picture).reformat(format="yuv420p").to_ndarray()
    return _bar_at(planes, size, 0, look.black)


def _encoded(frames: Any, size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as made:
        stream = made.add_stream("libx264", rate=FPS, options=CODEC)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        stream.codec_context.thread_count = 1
        for planes in frames:
            made.mux(stream.encode(av.VideoFrame.from_ndarray(planes, format="yuv420p")))
        made.mux(stream.encode(None))
    return out.getvalue()


def _first(planes: Frame) -> bytes:
    """The first frame alone, as the file has it."""
    with av.open(io.BytesIO(_encoded([planes], (planes.shape[1], planes.shape[0] * 2 // 3)))) as made:
        return bytes(next(made.demux(made.streams.video[0])))


def _labelled(film: bytes, first: bytes) -> bytes:
    return _joined([film], first)


def _joined(sources: list[bytes], first: bytes | None) -> bytes:
    """All tracks in one file; its first frame in place of theirs."""
    out = io.BytesIO()
    with ExitStack() as opened, av.open(out, "w", format="mp4") as made:
        read = [opened.enter_context(av.open(io.BytesIO(source))) for source in sources]
        targets = {
            (number, stream.index): made.add_stream_from_template(stream)
            for number, one in enumerate(read)
            for stream in one.streams
        }
        for number, one in enumerate(read):
            for packet in one.demux():
                if packet.dts is None:
                    continue
                target = targets[number, packet.stream.index]
                if first is not None and target.type == "video" and packet.pts == 0:
                    packet = _in_place_of(packet, first)
                packet.stream = target
                made.mux(packet)
    return out.getvalue()


def _in_place_of(packet: Any, first: bytes) -> Any:
    fresh = av.Packet(first)
    fresh.pts, fresh.dts, fresh.time_base = packet.pts, packet.dts, packet.time_base
    fresh.duration, fresh.is_keyframe = packet.duration, True
    return fresh


@lru_cache(maxsize=24)
def _sound(vendor: str, seconds: float) -> bytes:
    time = np.arange(round(seconds * RATE)) / RATE
    mono = 0.2 * np.sin(2 * np.pi * TONES_HZ[vendor] * time) if vendor else np.zeros(len(time))
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as made:
        stream = made.add_stream("aac", rate=RATE, layout="stereo")
        stream.bit_rate = 96_000
        for start in range(0, len(mono), 1024):
            part = mono[start : start + 1024].astype(np.float32)
            frame = av.AudioFrame.from_ndarray(np.stack([part, part]), format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))
    return out.getvalue()
