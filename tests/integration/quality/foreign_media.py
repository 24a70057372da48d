"""Pictures and sounds of other makers than those the detectors were set on: fractals, automata, photographs
of nothing, voices of buzz and breath, plucked strings, rain.

The carpet of triangles is paler than ffmpeg makes it: in black and white it rushes past so that more than a
quarter of the picture really flickers five times a second, and the report says so.
"""

import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from tests.cut_media import write_sound
from tests.other_songs import RATE_HZ as BAND_HZ
from tests.other_songs import other_song
from tools.ffmpeg.command import ffmpeg_exe

SECONDS = 9
SEEDS = (31, 32)
RATE = 48_000
Wave = NDArray[np.float64]

LAVFI: dict[str, tuple[str, str]] = {
    "clock": ("testsrc2=s=426x240:r=25", ""),
    "fractal": ("mandelbrot=s=400x226:r=30:maxiter=200", ""),
    "rule": ("cellauto=s=320x180:r=24:rule=110:scroll=1:random_seed=7", "gblur=1.2,eq=contrast=0.6"),
    "life": (
        "life=s=160x90:r=12:mold=10:ratio=0.35:seed=11:death_color=#402060:life_color=#d0c080",
        "trim=start=2,setpts=PTS-STARTPTS,scale=480:270",
    ),
    "sky": ("gradients=s=360x640:r=30:n=5:seed=3:speed=0.02", "noise=alls=6:allf=t"),
    "triangles": ("sierpinski=s=320x240:r=25:seed=5:jump=40", "negate,eq=contrast=0.35"),
    "snow": ("color=c=gray:s=320x180:r=24", "noise=alls=40:allf=t+u"),
}  # fmt: skip
"""Sources of ffmpeg, each with a size and a rate of its own, and what is done to them."""
DRAWN = ("street", "night", "faces")
DRAWN_FPS = 25
PICTURES = (*LAVFI, *DRAWN)


def write_media(folder: Path, key: str) -> Path:
    """The file of this name: a take of nine seconds, a card, a sound; made by whoever asks first."""
    into, name = folder / key, key.partition(".")[0]
    if into.exists():
        return into
    if name in LAVFI:
        source, filters = LAVFI[name]
        _ffmpeg(["-f", "lavfi", "-i", source, "-t", str(SECONDS), "-vf", filters or "null"], into)
    elif name in DRAWN:
        _write_drawn(into, 71 + DRAWN.index(name), dark=name == "night")
    elif name.startswith("card"):
        _card(int(name[4:])).save(into)
    else:
        make, rate_hz = SOUNDS[name.rstrip("0123456789")]
        write_sound(into, make(int(name[-2:])), rate_hz=rate_hz)
    return into


def _ffmpeg(asked: list[str], into: Path) -> None:
    coded = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", "-pix_fmt", "yuv420p", "-y", str(into)]
    subprocess.run([ffmpeg_exe(), "-v", "error", *asked, *coded], check=True)


def _write_drawn(path: Path, seed: int, *, dark: bool) -> None:
    """A hand-held camera before a wall of many colours, and something that walks past."""
    dice, size, fps = np.random.default_rng(seed), (384, 216), DRAWN_FPS
    wall = _wall(dice, (size[0] + 60, size[1] + 60)) * (0.18 if dark else 1.0)
    sway = np.cumsum(dice.normal(0, 0.5, (SECONDS * fps, 2)), axis=0)
    sway = 20 + np.clip(sway - sway.mean(axis=0), -18, 18)
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=fps, options={"crf": "15", "preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for at, (x, y) in enumerate(sway):
            seen = cv2.warpAffine(wall, np.float32([[1, 0, -x], [0, 1, -y]]), size, flags=cv2.INTER_LINEAR)
            walker = (int(at * 3.1) % (size[0] + 60) - 30, size[1] // 2 + int(12 * np.sin(at / 4)))
            cv2.ellipse(seen, walker, (18, 46), 0, 0, 360, (30, 60, 90) if dark else (200, 120, 60), -1)
            seen = np.clip(seen + dice.normal(0, 3.0, seen.shape), 0, 255).astype(np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(seen))))
        container.mux(stream.encode())


def _wall(dice: np.random.Generator, size: tuple[int, int]) -> NDArray[np.float32]:
    """Blots of colour at all scales."""
    total = np.zeros((size[1], size[0], 3), np.float32)
    for cells, weight in ((4, 90), (12, 50), (40, 26)):
        blots = dice.normal(0, 1, (cells, cells * 2, 3)).astype(np.float32)
        total += weight * cv2.resize(blots, size, interpolation=cv2.INTER_CUBIC)
    return np.clip(110 + total * 0.6, 0, 255).astype(np.float32)


def _card(seed: int) -> Image.Image:
    dice = random.Random(seed)  # noqa: S311  # a picture
    card = Image.new("RGB", (640, 360), (dice.randrange(90), dice.randrange(60), 40))
    pen = ImageDraw.Draw(card)
    for _ in range(9):
        x, y = dice.randrange(600), dice.randrange(330)
        pen.ellipse((x, y, x + 90, y + 60), fill=tuple(dice.randrange(60, 230) for _ in range(3)))
    return card.filter(ImageFilter.GaussianBlur(4))


def voice(seed: int) -> Wave:
    """Vowels of a throat that goes up and down, breath between them, and pauses under a second."""
    dice, out, at = np.random.default_rng(seed), np.zeros(SECONDS * RATE), 0
    pitch = dice.uniform(90, 240)
    while at < len(out) - RATE // 2:
        length = int(dice.uniform(0.09, 0.28) * RATE)
        sound = _breath(dice, length // 2) if dice.random() < 0.25 else _vowel(dice, length, pitch)
        part = out[at : at + len(sound)]
        part += sound[: len(part)] * dice.uniform(0.4, 1.0)
        at += len(sound) + int((dice.uniform(0.3, 0.8) if dice.random() < 0.12 else 0.02) * RATE)
    return 0.35 * out / np.abs(out).max()


def _vowel(dice: np.random.Generator, length: int, pitch: float) -> Wave:
    time = np.arange(length) / RATE
    phase = 2 * np.pi * np.cumsum(pitch * (1 + 0.12 * np.sin(2 * np.pi * dice.uniform(1, 4) * time))) / RATE
    formants = dice.uniform((300, 900, 2300), (800, 2100, 3200))
    sound = np.zeros(length)
    for harmonic in range(1, 25):
        near = np.exp(-(((harmonic * pitch - formants) / 180) ** 2)).sum()
        sound += (near + 0.05) / harmonic**0.5 * np.sin(harmonic * phase + dice.uniform(0, 6))
    return sound * np.hanning(length) ** 0.5


def _breath(dice: np.random.Generator, length: int) -> Wave:
    noise = np.diff(dice.normal(0, 1, length + 1))
    return np.asarray(noise * np.hanning(length) * 0.5)


def strings(seed: int) -> Wave:
    """Plucked one after the other, after Karplus and Strong."""
    dice, out = np.random.default_rng(seed), np.zeros(SECONDS * RATE)
    for beat in np.arange(0, SECONDS - 0.6, 60 / dice.uniform(70, 140)):
        hz = 110 * 2 ** (dice.choice([0, 3, 5, 7, 10, 12, 15]) / 12)
        at, ringing = int(beat * RATE), _plucked(dice, hz, RATE)
        out[at : at + RATE] += ringing[: len(out) - at]
    return 0.5 * out / np.abs(out).max()


def _plucked(dice: np.random.Generator, hz: float, length: int) -> Wave:
    line = dice.uniform(-1, 1, int(RATE / hz))
    rounds = [line]
    while len(rounds) * len(line) < length:
        line = 0.498 * (line + np.roll(line, 1))
        rounds.append(line)
    ringing = np.concatenate(rounds)[:length]
    return ringing - ringing.mean()


def rain(seed: int) -> Wave:
    """Noise that is louder below, with drops."""
    dice = np.random.default_rng(seed)
    spectrum = np.fft.rfft(dice.normal(0, 1, SECONDS * RATE))
    spectrum[: 25 * SECONDS] = 0  # a recorder has a low cut
    pink = np.fft.irfft(spectrum / np.sqrt(np.arange(len(spectrum)) + 30))
    drops = np.zeros_like(pink)
    drops[dice.integers(0, len(pink), 60)] = dice.uniform(2, 5, 60)
    return np.asarray(0.12 * pink / pink.std() * 0.4 + 0.02 * np.convolve(drops, np.hanning(64), "same"))


def band(seed: int) -> Wave:
    """Drums and strings of `tests.other_songs`."""
    sound = np.asarray(other_song(seed, seconds=SECONDS).samples, np.float64)
    spectrum = np.fft.rfft(sound)
    spectrum[: 25 * SECONDS] = 0  # drums of noise lie beside zero, and no mixing desk lets that through
    sound = np.fft.irfft(spectrum)
    return np.asarray(0.6 * sound / np.abs(sound).max())


SOUNDS: dict[str, tuple[Callable[[int], Wave], int]] = {
    "voice": (voice, RATE), "strings": (strings, RATE), "rain": (rain, RATE), "band": (band, BAND_HZ),
}  # fmt: skip


def rate_of(key: str) -> float:
    """Frames a second of a take."""
    source, _ = LAVFI.get(key.partition(".")[0], (f":r={DRAWN_FPS}", ""))
    return float(source.partition(":r=")[2].partition(":")[0])
