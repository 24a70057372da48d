"""Takes with a subject whose place is known in every frame, from dice: for whatever follows one."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tools.post.stills import typeface

FPS = 24
Picture = NDArray[np.uint8]
"""Rows by columns by red, green, blue."""
Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class Take:
    """Frames, and where the middle of the subject is in each: shares of the picture.

    Nan where there is none, and while it comes in."""

    frames: list[Picture]
    where: Numbers
    """Frames by x and y."""
    others: tuple[Numbers, ...] = ()
    """The same of everybody else, who counts as much."""
    cuts: tuple[int, ...] = ()
    """The first frames of what comes after hard cuts."""


def texture(dice: np.random.Generator, size: tuple[int, int], *, base: Numbers, depth: float) -> Numbers:
    """Blotches of several sizes around a colour, `depth` levels deep."""
    width, height = size
    made = np.zeros((height, width, 3))
    for grain, part in ((4, 0.3), (12, 0.4), (40, 0.5)):
        cells = dice.normal(0, 1, (height // grain + 3, width // grain + 3, 1)) + dice.normal(
            0, 0.35, (height // grain + 3, width // grain + 3, 3)
        )
        grown = cv2.resize(cells, None, fx=grain, fy=grain, interpolation=cv2.INTER_CUBIC)
        made += part * grown[:height, :width]
    return np.asarray(base + depth * made, np.float32)


def a_colour(dice: np.random.Generator) -> Numbers:
    return np.asarray(dice.uniform(70, 180) + dice.normal(0, 14, 3))


def another_colour(dice: np.random.Generator, ground: Numbers) -> Numbers:
    """One that people would tell from the ground: lighter or darker, or of another hue."""
    while True:
        made = dice.uniform(40, 215, 3)
        if np.abs(made - ground).mean() > 38:
            return np.asarray(made)


@dataclass(frozen=True)
class Figure:
    """A disc, or somebody with a head, cut out of a texture of their own."""

    pixels: Numbers
    mask: Numbers

    def on(self, picture: Numbers, x: float, y: float) -> None:
        """Lay it with its middle at a place in pixels; what lies outside is cut off."""
        high, wide = self.mask.shape
        left, top = int(np.floor(x - wide / 2)), int(np.floor(y - high / 2))
        shift = np.array([[1, 0, x - wide / 2 - left], [0, 1, y - high / 2 - top]])
        mask = cv2.warpAffine(self.mask, shift, (wide + 1, high + 1))[..., None]
        pixels = cv2.warpAffine(self.pixels, shift, (wide + 1, high + 1))
        rows = slice(max(0, top), max(0, min(picture.shape[0], top + high + 1)))
        columns = slice(max(0, left), max(0, min(picture.shape[1], left + wide + 1)))
        inner = slice(rows.start - top, rows.stop - top), slice(columns.start - left, columns.stop - left)
        if rows.start >= rows.stop or columns.start >= columns.stop:
            return
        under = picture[rows, columns]
        under += (pixels[inner] - under) * mask[inner]


def a_figure(
    dice: np.random.Generator, height: int, ground: Numbers, *, share: float = 0.5, person: bool = False
) -> Figure:
    person = dice.random() < 0.6 or person
    high = round(height * share * (1.25 if person else 1.0))
    wide = round(high * 0.42) if person else high
    mask = np.zeros((high, wide))
    if person:
        head = round(high * 0.13)
        cv2.circle(mask, (wide // 2, head), head, 1.0, -1)
        cv2.ellipse(mask, (wide // 2, high), (wide // 2, round(high * 0.72)), 0, 180, 360, 1.0, -1)
    else:
        cv2.circle(mask, (wide // 2, high // 2), wide // 2, 1.0, -1)
    pixels = texture(dice, (wide, high), base=another_colour(dice, ground), depth=dice.uniform(6, 18))
    if person:
        pixels[: 2 * round(high * 0.13)] = texture(
            dice, (wide, 2 * round(high * 0.13)), base=np.array([205.0, 150, 120]), depth=8
        )
    return Figure(pixels, np.asarray(cv2.GaussianBlur(mask, (0, 0), 0.7), np.float32))


def eased(values: list[tuple[float, float]], frames: int) -> Numbers:
    """A value over time through `(share of the time, value)`, soft at each."""
    at = np.linspace(0, 1, frames)
    _, wanted = zip(*values, strict=True)
    made = np.full(frames, float(wanted[0]))
    for (a, low), (b, high) in pairwise(values):
        u = np.clip((at - a) / (b - a), 0, 1)
        made = np.where(at >= a, low + (high - low) * u * u * (3 - 2 * u), made)
    return made


Path2 = tuple[Numbers, Numbers]


class Scene:
    """One camera over one place, with whoever is in it."""

    def __init__(self, seed: int, size: tuple[int, int], frames: int, *, busy: float = 1.0) -> None:
        self.dice = np.random.default_rng(seed)
        self.size, self.frames = size, frames
        self.ground = a_colour(self.dice)
        depth = self.dice.uniform(5, 16) * busy
        self.canvas = texture(self.dice, (size[0] * 4, size[1]), base=self.ground, depth=depth)
        self.pan = np.full(frames, size[0] * 1.5)
        if busy >= 1:
            self._furnish()
        self.people: list[tuple[Figure, Path2]] = []

    def _furnish(self) -> None:
        """Things that stand about, as bright as anybody."""
        width, height = self.size
        for left in range(0, self.canvas.shape[1] - width // 4, width // 4):
            if self.dice.random() < 0.5:
                wide, high = self.dice.uniform(0.05, 0.16) * width, self.dice.uniform(0.1, 0.35) * height
                thing = texture(
                    self.dice, (int(wide), int(high)), base=another_colour(self.dice, self.ground), depth=8
                )
                top = int(self.dice.uniform(0.0, 0.9) * (height - high))
                self.canvas[top : top + int(high), left : left + int(wide)] = thing

    def camera(self, widths: float) -> None:
        """Goes over the place by so many widths of the picture."""
        self.pan = self.size[0] * (1.5 + eased([(0.1, 0), (0.9, widths)], self.frames))

    def enters(self, x: Numbers, *, share: float = 0.5, alive: float = 1.0, person: bool = False) -> None:
        """Somebody, along these places; they sway a little all the time."""
        figure = a_figure(self.dice, self.size[1], self.ground, share=share, person=person)
        at = np.arange(self.frames) / FPS
        sway = alive * 0.008 * np.sin(2 * np.pi * self.dice.uniform(0.5, 1.1) * at + self.dice.uniform(0, 6))
        y = np.full(self.frames, self.dice.uniform(0.5, 0.62)) + sway
        self.people.append((figure, (x + sway, y)))

    def frame(self, number: int) -> Numbers:
        width, height = self.size
        left = int(self.pan[number])
        shift = np.array([[1.0, 0, left - self.pan[number]], [0, 1, 0]])
        made = cv2.warpAffine(self.canvas[:, left : left + width + 1], shift, (width, height))
        for figure, (x, y) in self.people:
            figure.on(made, x[number] * width, y[number] * height)
        return np.asarray(made)

    def take(self, *, light: Callable[[Numbers], Numbers] = lambda x: x, noise: float = 1.5) -> Take:
        dice = np.random.default_rng(5)
        grain = dice.normal(0, noise, (self.size[1] + 64, self.size[0], 1)).astype(np.float32)
        frames = []
        for number in range(self.frames):
            top = dice.integers(64)
            lit = light(self.frame(number)) + grain[top : top + self.size[1]]
            frames.append(np.clip(lit, 0, 255).astype(np.uint8))
        nobody = np.full((self.frames, 2), np.nan)
        seen = [self._seen(*one) for one in self.people] or [nobody]
        return Take(frames, seen[0], others=tuple(seen[1:]))

    def _seen(self, figure: Figure, path: Path2) -> Numbers:
        """Where somebody is; who comes in, from when all of them is there."""
        where = np.stack(path, axis=1)
        if not 0 <= where[0, 0] <= 1:
            half = 0.5 * figure.mask.shape[1] / self.size[0]
            come_in = np.minimum(where[:, 0], 1 - where[:, 0]) >= half
            where[: int(np.argmax(come_in))] = np.nan
        return where


SIZE = (256, 144)
LENGTH = 96


def _ends(dice: np.random.Generator) -> tuple[float, float]:
    """Two places far apart."""
    ends = dice.uniform(0.1, 0.3), dice.uniform(0.7, 0.9)
    return ends if dice.random() < 0.5 else (ends[1], ends[0])


def walks(seed: int, size: tuple[int, int] = SIZE, length: int = LENGTH, **more: float) -> Take:
    scene = Scene(seed, size, length)
    one, other = _ends(scene.dice)
    begins = scene.dice.uniform(0.15, 0.3)
    scene.enters(eased([(begins, one), (begins + 0.55, other)], length))
    return scene.take()


def walks_in_a_pan(seed: int, size: tuple[int, int] = SIZE, length: int = LENGTH) -> Take:
    scene = Scene(seed, size, length)
    one, other = _ends(scene.dice)
    scene.camera(scene.dice.choice([-1, 1]) * scene.dice.uniform(0.4, 1.2))
    scene.enters(eased([(0.2, one), (0.8, other)], length))
    return scene.take()


def is_followed(seed: int, size: tuple[int, int] = SIZE, length: int = LENGTH) -> Take:
    """The camera goes along: they stay in their place of the picture."""
    scene = Scene(seed, size, length)
    scene.camera(scene.dice.choice([-1, 1]) * scene.dice.uniform(0.6, 1.4))
    scene.enters(np.full(length, scene.dice.uniform(0.15, 0.85)))
    return scene.take()


def comes_late(seed: int, size: tuple[int, int] = SIZE, length: int = LENGTH) -> Take:
    scene = Scene(seed, size, length)
    left = scene.dice.random() < 0.5
    inside = scene.dice.uniform(0.2, 0.45) if left else scene.dice.uniform(0.55, 0.8)
    scene.enters(eased([(0.3, -0.25 if left else 1.25), (0.75, inside)], length))
    return scene.take()


def two_people(seed: int, size: tuple[int, int] = SIZE, length: int = LENGTH) -> Take:
    """Far apart, one nearer than the other: no narrow window has both."""
    scene = Scene(seed, size, length, busy=0.8)
    one, other = _ends(scene.dice)
    scene.enters(np.full(length, one), share=0.62, alive=1.6)
    scene.enters(np.full(length, other), share=0.36, alive=0.5)
    return scene.take()


def at_the_edge(seed: int, size: tuple[int, int] = SIZE, length: int = LENGTH) -> Take:
    scene = Scene(seed, size, length)
    scene.enters(np.full(length, scene.dice.choice([0.07, 0.93])))
    return scene.take()


def stands_still(seed: int, size: tuple[int, int] = SIZE, length: int = LENGTH) -> Take:
    """Nothing moves but the grain."""
    scene = Scene(seed, size, length, busy=0.7)
    scene.enters(np.full(length, scene.dice.uniform(0.15, 0.85)), alive=0)
    return scene.take()


def in_the_dark(seed: int, size: tuple[int, int] = SIZE, length: int = LENGTH) -> Take:
    scene = Scene(seed, size, length)
    one, other = _ends(scene.dice)
    scene.enters(eased([(0.25, one), (0.75, other)], length))
    return scene.take(light=lambda x: 8 + x * 0.22, noise=2.0)


def in_the_light(seed: int, size: tuple[int, int] = SIZE, length: int = LENGTH) -> Take:
    scene = Scene(seed, size, length)
    one, other = _ends(scene.dice)
    scene.enters(eased([(0.25, one), (0.75, other)], length))
    return scene.take(light=lambda x: 175 + x * 0.3)


def cut_in_two(seed: int, size: tuple[int, int] = SIZE, length: int = LENGTH) -> Take:
    """Two cameras: the subject is at the other side behind a hard cut."""
    first, second = Scene(seed, size, length), Scene(seed + 1000, size, length)
    one, other = _ends(first.dice)
    first.enters(np.full(length, one))
    second.enters(np.full(length, other))
    at = int(first.dice.integers(length // 3, 2 * length // 3))
    before, after = first.take(), second.take()
    frames = [*before.frames[:at], *after.frames[at:]]
    return Take(frames, np.concatenate([before.where[:at], after.where[at:]]), cuts=(at,))


def nobody(seed: int, size: tuple[int, int] = SIZE, length: int = LENGTH) -> Take:
    """A texture without anybody."""
    return Scene(seed, size, length, busy=0.9).take()


def nothing(seed: int, size: tuple[int, int] = SIZE, length: int = LENGTH) -> Take:
    """One colour."""
    picture = np.full((size[1], size[0], 3), np.random.default_rng(seed).integers(10, 245, 3), np.uint8)
    return Take([picture] * length, np.full((length, 2), np.nan))


def snow(seed: int, size: tuple[int, int] = SIZE, length: int = LENGTH) -> Take:
    """Noise alone."""
    dice = np.random.default_rng(seed)
    frames = [dice.integers(0, 255, (size[1], size[0], 3)).astype(np.uint8) for _ in range(length)]
    return Take(frames, np.full((length, 2), np.nan))


SUBJECTS = (
    walks, walks_in_a_pan, is_followed, comes_late, two_people, at_the_edge, stands_still, in_the_dark,
    in_the_light, cut_in_two,
)  # fmt: skip
NOBODY = (nobody, nothing, snow)


def a_card(
    seed: int, size: tuple[int, int] = (640, 360), *, wide: tuple[float, float] = (0.5, 0.85)
) -> tuple[Picture, tuple[float, float]]:
    """A drawn card with words over most of its width; and where they begin and end, in shares of it."""
    dice = np.random.default_rng(seed)
    ground = dice.uniform(10, 90, 3) if dice.random() < 0.6 else dice.uniform(180, 245, 3)
    made = texture(dice, size, base=ground, depth=dice.choice([0.0, 2.0, 6.0]))
    picture = Image.fromarray(np.clip(made, 0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(picture)
    ink = (250, 244, 230) if ground.mean() < 128 else (20, 18, 24)
    words = dice.choice(
        ["The Last Letter", "Two years later", "CHAPTER ONE", "Made with love", "La última carta"]
    )
    room = size[0] * dice.uniform(*wide)
    letters = next(
        face for n in range(120, 8, -1) if (face := typeface(n, bold=True)).getlength(words) <= room
    )
    place = size[0] / 2, size[1] * dice.uniform(0.35, 0.6)
    pen.text(place, words, ink, letters, anchor="mm")
    left, _, right, _ = pen.textbbox(place, words, letters, anchor="mm")
    return np.asarray(picture), (left / size[0], right / size[0])


def a_row_of_things(seed: int, size: tuple[int, int] = (640, 360)) -> Picture:
    """A drawing without words that goes over the whole width: five things side by side on plain paper."""
    dice = np.random.default_rng(seed)
    ground = a_colour(dice)
    made = texture(dice, size, base=ground, depth=2.0)
    for number in range(5):
        figure = a_figure(dice, size[1], ground, share=float(dice.uniform(0.25, 0.4)))
        figure.on(made, size[0] * (0.1 + 0.2 * number), size[1] * float(dice.uniform(0.4, 0.6)))
    return np.clip(made, 0, 255).astype(np.uint8)


def one_figure(seed: int) -> Picture:
    """A still of somebody, or of something."""
    return stands_still(seed, length=1).frames[0]


def a_furnished_place(seed: int) -> Picture:
    """A still of a place with things that stand about."""
    return Scene(seed, SIZE, 1).take(noise=0).frames[0]


STILLS = (one_figure, a_furnished_place, a_row_of_things)


def write(take: Take, path: Path, *, gop: int = 48) -> Path:
    """As a file that a camera could have written."""
    height, width = take.frames[0].shape[:2]
    with av.open(str(path), "w", format="mp4") as container:
        options = {"crf": "18", "preset": "veryfast", "g": str(gop)}
        stream = container.add_stream("libx264", rate=FPS, options=options)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number, picture in enumerate(take.frames):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path
