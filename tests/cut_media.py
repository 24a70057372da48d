"""Small real takes and sounds with known content, and readers for what was rendered."""

import wave
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from state.media import MediaRef
from state.order import WordTime
from state.timeline import Clip, Cue, Gap, Item, Timeline, TimeRange, Track, Transition

FPS = 24
SIZE = (320, 180)


def a_ref(key: str, duration_s: float | None = None) -> MediaRef:
    kinds = {"mp4": "video/mp4", "wav": "audio/wav", "png": "image/png"}
    mime = kinds[key.rpartition(".")[2]]
    return MediaRef(key=key, mime=mime, sha256="0" * 64, size_bytes=1, duration_s=duration_s)


def a_clip(
    key: str, length: int, *, start: int = 0, gain_db: float = 0.0, has_s: float | None = None
) -> Clip:
    source = TimeRange(start=start, length=length)
    return Clip(name=key, media=a_ref(key, has_s), source=source, gain_db=gain_db)


def dissolve(length: int) -> Transition:
    return Transition(style="dissolve", length=length)


def dip(length: int) -> Transition:
    return Transition(style="fade_black", length=length)


def gap(length: int) -> Gap:
    return Gap(length=length)


def a_timeline(
    picture: Sequence[Item],
    *,
    voice: Sequence[Item] = (),
    music: Sequence[Item] = (),
    effects: Sequence[Item] = (),
    ambience: Sequence[Item] = (),
    captions: Sequence[Cue] = (),
    size: tuple[int, int] = SIZE,
) -> Timeline:
    tracks = [Track(name="picture", role="picture", items=list(picture))]
    for role, items in (
        ("voice", voice), ("music", music), ("effects", effects), ("ambience", ambience)
    ):  # fmt: skip
        if items:
            tracks.append(Track(name=role, role=role, items=list(items)))  # type: ignore[arg-type]
    return Timeline(
        name="cut", fps=FPS, width=size[0], height=size[1], tracks=tracks, captions=list(captions)
    )


def words(text: str, *, each_s: float = 0.3, start_s: float = 0.0) -> list[WordTime]:
    """Words of the same length, one directly after the other."""
    return [
        WordTime(word=word, start_s=start_s + at * each_s, end_s=start_s + (at + 1) * each_s)
        for at, word in enumerate(text.split())
    ]


def write_take(
    path: Path, lumas: Sequence[int], *, size: tuple[int, int] = SIZE, fps: int = FPS, chroma: int = 128
) -> Path:
    """A take whose frames are flat: the luma says which frame it is. It names no colour matrix."""
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=fps, options={"crf": "4", "preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for number, luma in enumerate(lumas):
            planes = np.full((size[1] * 3 // 2, size[0]), chroma, np.uint8)
            planes[: size[1]] = luma
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def write_sound(path: Path, samples: NDArray[np.float64], *, rate_hz: int = 48_000) -> Path:
    """A mono WAV, 16 bit."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def tone(hz: float, seconds: float, *, level: float = 0.3, rate_hz: int = 48_000) -> NDArray[np.float64]:
    return level * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)


def syllables(seconds: float, *, level: float = 0.3) -> NDArray[np.float64]:
    """Something like speech: a buzz at 180 Hz that opens and closes four times a second."""
    at = np.arange(round(seconds * 48_000)) / 48_000
    buzz = sum(np.sin(2 * np.pi * 180 * n * at) / n for n in (1, 2, 3, 5))
    return np.asarray(level * buzz * (0.55 - 0.45 * np.cos(2 * np.pi * 4 * at)))


@dataclass(frozen=True)
class Rendered:
    """The decoded master."""

    lumas: NDArray[np.uint8]
    """Frames by rows by columns."""
    sound: NDArray[np.float32]
    """The left channel at 48 kHz."""

    def luma(self, frame: int) -> float:
        """The middle of a frame's upper half, which captions never cover."""
        picture = self.lumas[frame]
        return float(picture[picture.shape[0] // 4, picture.shape[1] // 2])

    def level(self, hz: float, start_s: float, end_s: float) -> float:
        """The strength in dB of one frequency in a span."""
        part = self.sound[round(start_s * 48_000) : round(end_s * 48_000)]
        at = np.arange(len(part)) / 48_000
        return float(20 * np.log10(abs(np.mean(part * np.exp(-2j * np.pi * hz * at))) * 2 + 1e-9))


def read_back(path: Path) -> Rendered:
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray()[: frame.height] for frame in container.decode(video=0)]
    with av.open(str(path)) as container:
        sound = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    return Rendered(np.stack(frames), np.concatenate(sound))
