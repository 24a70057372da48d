"""Small clean masters of different make-up, and the cuts they were rendered from."""

from collections.abc import Sequence
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from state.timeline import Cue, Item, Timeline
from tests.cut_media import FPS, SIZE, a_clip, a_timeline, dip, dissolve, gap, syllables, tone, write_sound
from tools.post.master import render_master

SECONDS = 4
FRAMES = SECONDS * FPS
MAKE_UPS = ("plain", "dark", "slow_pan", "title_on_black", "quiet_dialogue", "music_only", "still_card")


def a_scene(seed: int, *, dark: bool = False) -> NDArray[np.uint8]:
    """A drawn place, twice as wide as the picture: plains of colour with some grain."""
    dice = np.random.default_rng(seed)
    image = Image.new("RGB", (SIZE[0] * 2, SIZE[1]), tuple(int(one) for one in dice.integers(60, 150, 3)))
    pen = ImageDraw.Draw(image)
    for _ in range(45):
        x, y = int(dice.integers(0, SIZE[0] * 2)), int(dice.integers(0, SIZE[1]))
        w, h = (int(one) for one in dice.integers(8, 60, 2))
        pen.rectangle((x, y, x + w, y + h), fill=tuple(int(one) for one in dice.integers(30, 210, 3)))
    scene = np.asarray(image, np.float32) * (0.22 if dark else 1.0)
    return np.asarray(np.clip(scene + dice.normal(0, 2, scene.shape), 0, 255), np.uint8)


def write_pan(path: Path, seed: int, *, pixels_per_s: float, dark: bool = False) -> Path:
    """The camera moves over the place by parts of a pixel."""
    scene = a_scene(seed, dark=dark)
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=FPS, options={"crf": "14", "preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for number in range(FRAMES):
            move = np.float32([[1, 0, -number * pixels_per_s / FPS], [0, 1, 0]])
            seen = cv2.warpAffine(scene, move, SIZE, flags=cv2.INTER_LINEAR)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(seen))))
        container.mux(stream.encode())
    return path


def write_card(path: Path, words: str) -> Path:
    """White words on black."""
    card = Image.new("RGB", SIZE)
    ImageDraw.Draw(card).text((110, 80), words, fill=(230, 230, 230), font_size=20)
    card.save(path)
    return path


def a_song(seconds: float, *, level: float = 0.2) -> NDArray[np.float64]:
    """Chords that swell, as music does."""
    at = np.arange(round(seconds * 48_000)) / 48_000
    chords = sum(tone(hz, seconds, level=level / 4) for hz in (220.0, 277.2, 329.6, 440.0))
    return np.asarray(chords * (0.75 + 0.25 * np.sin(2 * np.pi * 0.7 * at)))


def make_media(folder: Path) -> Path:
    """Everything that the make-ups are cut from."""
    write_pan(folder / "one.mp4", 1, pixels_per_s=34)
    write_pan(folder / "two.mp4", 2, pixels_per_s=28)
    write_pan(folder / "dark.mp4", 3, pixels_per_s=20, dark=True)
    write_pan(folder / "slow.mp4", 4, pixels_per_s=5)
    write_card(folder / "card.png", "THE LETTER")
    write_sound(folder / "voice.wav", syllables(SECONDS))
    write_sound(folder / "quiet.wav", syllables(SECONDS, level=0.02))
    write_sound(folder / "song.wav", a_song(SECONDS))
    return folder


def timeline_of(make_up: str) -> Timeline:
    """The cut of one make-up, four seconds each."""
    half = FRAMES // 2
    pictures: dict[str, Sequence[Item]] = {
        "plain": [a_clip("one.mp4", half), a_clip("two.mp4", half)],
        "dark": [a_clip("dark.mp4", FRAMES)],
        "slow_pan": [a_clip("slow.mp4", FRAMES)],
        "title_on_black": [gap(24), a_clip("card.png", 30), gap(12), a_clip("one.mp4", 30)],
        "quiet_dialogue": [a_clip("two.mp4", half + 6), dip(12), a_clip("one.mp4", half + 6)],
        "music_only": [a_clip("one.mp4", half + 4), dissolve(8), a_clip("two.mp4", half + 4)],
        "still_card": [a_clip("card.png", 72), a_clip("one.mp4", 24)],
    }
    voice, music = a_clip("voice.wav", FRAMES), a_clip("song.wav", FRAMES)
    if make_up == "quiet_dialogue":
        return a_timeline(pictures[make_up], voice=[a_clip("quiet.wav", FRAMES)], captions=CAPTIONS)
    if make_up in ("music_only", "title_on_black"):
        return a_timeline(pictures[make_up], music=[music])
    return a_timeline(pictures[make_up], voice=[voice], music=[music])


CAPTIONS = [
    Cue(start_s=0.4, end_s=1.7, text="You kept the letter."),
    Cue(start_s=2.0, end_s=3.6, text="I never opened it."),
]


async def render(timeline: Timeline, media: Path, into: Path) -> Path:
    """As a film is mastered."""
    await render_master(timeline, resolve=lambda key: media / key, into=into, work=into.parent / "work")
    return into
