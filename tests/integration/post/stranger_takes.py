"""Takes and sounds of a stranger's making. Each take has a hue of its own, and its luma tells the time.

Luma rises from 60 to 180 in each second of the take, so a frame says when it was taken to a few milliseconds;
hue says which take it is. Both survive crops, sizes, bars and turns.
"""

import subprocess
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from tools.ffmpeg.command import ffmpeg_exe

SECONDS = 7
LOW, HIGH = 60, 180
RATES = {
    "film": Fraction(24000, 1001), "cinema": Fraction(24), "pal": Fraction(25), "ntsc": Fraction(30000, 1001),
    "web": Fraction(30), "sport": Fraction(50), "phone": Fraction(60),
}  # fmt: skip
SIZES = {
    "film": (426, 240), "cinema": (256, 144), "pal": (352, 288), "ntsc": (320, 240), "web": (240, 426),
    "sport": (480, 270), "phone": (288, 288), "turned": (240, 136), "uneven": (320, 180),
}  # fmt: skip
NAMES = (*RATES, "turned", "uneven")
ANGLES = {name: 360 * at / len(NAMES) for at, name in enumerate(NAMES)}
CHROMA = 58


def chroma_of(name: str) -> tuple[int, int]:
    """U and V of a take."""
    angle = np.deg2rad(ANGLES[name])
    return round(128 + CHROMA * np.cos(angle)), round(128 + CHROMA * np.sin(angle))


def luma_at(moment_s: float) -> float:
    """What a frame that was taken then is like."""
    return LOW + (HIGH - LOW) * (moment_s % 1)


def write_stranger(folder: Path, name: str) -> Path:
    """The take of this name, of seven seconds; `turned` lies on its side, `uneven` has no constant rate."""
    path = folder / f"{name}.mp4"
    if path.exists():
        return path
    into = folder / "lying.mp4" if name == "turned" else path
    rate = RATES.get(name, Fraction(25))
    _write(into, name, _moments(name, rate), rate)
    if name == "turned":
        copied = ["-display_rotation", "90", "-i", str(into), "-c", "copy", "-y", str(path)]
        subprocess.run([ffmpeg_exe(), "-v", "error", *copied], check=True)
    return path


def _moments(name: str, rate: Fraction) -> list[float]:
    if name != "uneven":
        return [float(number / rate) for number in range(round(SECONDS * rate))]
    # As a phone does in bad light: 12 to 40 frames a second.
    steps = np.random.default_rng(4711).uniform(0.025, 0.083, 400)
    moments = np.concatenate([[0], np.cumsum(steps)])
    return [float(one) for one in moments[moments < SECONDS]]


def _write(path: Path, name: str, moments: list[float], rate: Fraction) -> None:
    size, (u, v) = SIZES[name], chroma_of(name)
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=rate, options={"crf": "6", "preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, 60_000)
        planes = np.empty((size[1] * 3 // 2, size[0]), np.uint8)
        planes[size[1] : size[1] * 5 // 4], planes[size[1] * 5 // 4 :] = u, v
        for moment in moments:
            planes[: size[1]] = round(luma_at(moment))
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            frame.pts, frame.time_base = round(moment * 60_000), Fraction(1, 60_000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


Wave = NDArray[np.float64]
SOUNDS = {"speech": ("wav", 1, 48_000), "mono44": ("flac", 1, 44_100), "wide": ("mp3", 2, 44_100),
          "hot": ("wav", 2, 48_000), "faint": ("ogg", 2, 48_000), "room": ("m4a", 6, 48_000)}  # fmt: skip
"""How each is kept: its kind of file, channels, rate."""


def write_heard(folder: Path, name: str) -> Path:
    """The sound of this name, of ten seconds."""
    kind, channels, rate = SOUNDS[name]
    path = folder / f"{name}.{kind}"
    if not path.exists():
        wave = np.tile(_wave(name, rate)[:, None], (1, channels))
        if channels == 2:
            wave[:, 1] = np.roll(wave[:, 1], rate // 300)
        command = ["-f", "f32le", "-ar", str(rate), "-ac", str(channels), "-i", "-", "-y", str(path)]
        subprocess.run(
            [ffmpeg_exe(), "-v", "error", *command], input=wave.astype("<f4").tobytes(), check=True
        )
    return path


def _wave(name: str, rate: int) -> Wave:
    at, dice = np.arange(10 * rate) / rate, np.random.default_rng(len(name) * 977)
    if name in ("speech", "mono44"):  # a glottis that sways, opened by syllables of uneven length
        sway = 140 + 30 * np.sin(2 * np.pi * 0.7 * at) + 12 * np.sin(2 * np.pi * 2.3 * at)
        teeth = (np.cumsum(sway) / rate) % 1
        gate = np.interp(at, np.cumsum(dice.uniform(0.06, 0.3, 80)), dice.choice([0.05, 0.6, 1.0], 80))
        return np.asarray(0.3 * (teeth - 0.5) * gate)
    if name == "hot":  # a mix without any room above
        return np.asarray(np.clip(2.5 * np.sin(2 * np.pi * 55 * at) + dice.normal(0, 0.5, len(at)), -1, 1))
    if name == "faint":
        return np.asarray(0.004 * np.sin(2 * np.pi * 330 * at) * (1 + 0.5 * np.sin(2 * np.pi * 3 * at)))
    brown = np.cumsum(dice.normal(0, 1, len(at)))
    brown = np.diff(brown, prepend=0) * 0.02 + 0.05 * np.sin(2 * np.pi * 110 * at)
    return np.asarray(brown)


@dataclass(frozen=True)
class Played:
    """A song and where its beats truly are."""

    path: Path
    beats_s: NDArray[np.float64]


def write_song(folder: Path, seed: int) -> Played:
    """Drums and bass put down beat by beat: fourteen seconds that do not begin with a beat."""
    dice = np.random.default_rng(9000 + seed)
    rate, bpm = 44_100, float(dice.uniform(88, 152))
    beats = np.arange(float(dice.uniform(0.05, 0.5)), 14 - 0.3, 60 / bpm)
    out, half = np.zeros(14 * rate), 30 / bpm
    for number, beat in enumerate(beats):
        _hit(out, beat, rate, hz=62 if number % 2 == 0 else 0, length_s=0.16, level=0.8, dice=dice)
        _hit(out, beat + half, rate, hz=0, length_s=0.04, level=0.22, dice=dice)
        tone = 82.4 * 2 ** (int(dice.integers(0, 8)) / 12)
        _hit(out, beat, rate, hz=tone, length_s=min(0.4, 1.6 * half), level=0.3, dice=dice)
    path = folder / f"song{seed}.wav"
    pcm = (np.clip(out / np.abs(out).max() * 0.7, -1, 1)).astype("<f4")
    command = ["-f", "f32le", "-ar", str(rate), "-ac", "1", "-i", "-", "-y", str(path)]
    subprocess.run([ffmpeg_exe(), "-v", "error", *command], input=pcm.tobytes(), check=True)
    return Played(path, beats)


def _hit(
    out: Wave, at_s: float, rate: int, *, hz: float, length_s: float, level: float, dice: np.random.Generator
) -> None:
    """A drum, a tone, or a hiss where it has no pitch: at once there, and dying away."""
    start, length = round(at_s * rate), round(length_s * rate)
    part = out[start : start + length]
    at = np.arange(len(part)) / rate
    sound = np.sin(2 * np.pi * hz * at) if hz else np.diff(dice.normal(0, 0.7, len(part) + 1))
    part += level * sound * np.exp(-4 * at / length_s) * np.minimum(1, at * 800)
