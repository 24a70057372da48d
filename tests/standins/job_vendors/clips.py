"""The clips that the stand-ins make. Half a second is encoded, and repeated as often as the clip is long."""

import io
from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np
from PIL import Image

from tests.standins.job_vendors.sounds import tune
from tests.standins.job_vendors.wanted import FPS

GROUP = FPS // 4
"""Frames from one whole frame to the next. Two groups are made: neighbours must not have the same number."""
TICK = Fraction(1, FPS)
CODEC = f"keyint={GROUP}:min-keyint={GROUP}:scenecut=0:bframes=0:threads=1"
SOUND_HZ, SOUND_BITS = 48_000, 96_000


def clip(image: Image.Image, seconds: float, *, sound: bool = False, silent: bool = False) -> bytes:
    """An mp4 of the picture with a bar that runs through it, H.264 and, if wanted, AAC."""
    still = bool(image.getextrema() == ((0, 0),) * 3)
    group = list(_encoded(image, moves=not still))
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        video = container.add_stream(
            "libx264", rate=FPS, options={"x264-params": CODEC, "preset": "ultrafast"}
        )
        video.width, video.height, video.pix_fmt = image.width, image.height, "yuv420p"
        audio = (
            av.open(io.BytesIO(tune("m4a", seconds, SOUND_HZ, SOUND_BITS, silent=silent))) if sound else None
        )
        heard = container.add_stream_from_template(audio.streams.audio[0]) if audio else None
        for number in range(round(seconds * FPS)):
            container.mux(_packet(group[number % len(group)], number, video))
        if audio is not None:
            for packet in audio.demux(audio=0):
                if packet.dts is not None:
                    packet.stream = heard
                    container.mux(packet)
            audio.close()
    return out.getvalue()


def length_and_size(content: bytes) -> tuple[tuple[int, int], float]:
    """Of a clip that a customer sent; raises `OSError` for what is none."""
    try:
        with av.open(io.BytesIO(content)) as container:
            video = container.streams.video[0]
            return (video.width, video.height), float(round((container.duration or 0) / 1_000_000, 2))
    except av.FFmpegError as exc:
        raise OSError(str(exc)) from exc


def _packet(group: tuple[bytes, bool], number: int, stream: av.VideoStream) -> av.Packet:
    data, is_whole = group
    packet = av.Packet(data)
    packet.stream, packet.time_base = stream, TICK
    packet.pts = packet.dts = number
    packet.duration = 1
    packet.is_keyframe = is_whole
    return packet


def _encoded(image: Image.Image, *, moves: bool) -> Iterator[tuple[bytes, bool]]:
    coder = av.CodecContext.create("libx264", "w")
    coder.width, coder.height, coder.pix_fmt = image.width, image.height, "yuv420p"
    coder.time_base, coder.framerate, coder.thread_count = TICK, Fraction(FPS), 1
    coder.options = {"preset": "ultrafast", "tune": "zerolatency", "crf": "26", "x264-params": CODEC}
    planes = av.VideoFrame.from_image(image).reformat(format="yuv420p").to_ndarray()
    high, wide = image.height, image.width
    row = planes[high // 2 : high // 2 + max(high // 20, 4)]
    plain = row.copy()
    for number in range(GROUP * 2):
        if moves:
            at = wide * number // (GROUP * 2)
            np.copyto(row, plain)
            row[:, at : at + max(wide // 12, 8)] = 235
        frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
        frame.pts, frame.time_base = number, TICK
        for packet in coder.encode(frame):
            yield bytes(packet), bool(packet.is_keyframe)
    for packet in coder.encode(None):
        yield bytes(packet), bool(packet.is_keyframe)
