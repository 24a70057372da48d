"""Twenty masters of a stranger's dice, measured on the file alone: how loud, where cut, what stands where.

Seeds, takes, songs and the ways to measure are other ones than those that the composer was made with.
"""

import asyncio
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import av
import cv2
import numpy as np
import pyloudnorm
import pytest
from numpy.typing import NDArray

from state.timeline import Clip, Timeline
from tests.integration.post.stranger_cuts import (
    HUES,
    Meeting,
    Strange,
    a_strange_cut,
    bare,
    coloured,
)
from tests.integration.post.stranger_takes import ANGLES, CHROMA, HIGH, LOW, RATES, luma_at
from tools.ffmpeg.command import ffmpeg_exe
from tools.post.encode import FileForm
from tools.post.master import render_master
from tools.safe_areas import areas_for

FIRST, COUNT = 7100, 20
EACH_DAY = (7100, 7111)
Frames = NDArray[np.uint8]
Box = tuple[int, int, int, int]
INK = 45
"""Levels that a pixel differs by where something is written; what coding does to flat grounds is less."""
ON_BEAT_S = 0.040
COLOUR_SPREADS = 2
"""Pixels: colours have half the resolution, and are spread over the next two where they are shown."""
PEAKS_DIFFER_DB = 0.05
"""What two oversamplers may differ by."""


@dataclass
class Delivered:
    """A master and two films to compare it with, decoded."""

    asked: Strange
    path: Path
    shown: Frames
    plain: Frames
    hues: Frames
    written: NDArray[np.bool_]
    """The pixels over which something lies."""
    sound: NDArray[np.float64]


def decoded(path: Path) -> Frames:
    with av.open(str(path)) as container:
        return np.stack([one.to_ndarray(format="rgb24") for one in container.decode(video=0)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("strangers")


async def _delivered(seed: int, folder: Path) -> Delivered:
    asked = await a_strange_cut(seed, folder)
    paths = [folder / f"{seed}{kind}.mp4" for kind in ("", "plain", "hues")]
    films = (asked.timeline, bare(asked.timeline), coloured(asked.timeline))
    for film, path in zip(films, paths, strict=True):
        await _rendered(film, asked, path, asked.form)
    shown, plain, hues = (decoded(path) for path in paths)
    written = np.stack([_unlike(*two) for two in zip(shown, plain, strict=True)])
    return Delivered(asked, paths[0], shown, plain, hues, written, _heard(paths[0]))


def _unlike(one: Frames, other: Frames) -> NDArray[np.bool_]:
    return np.asarray(cv2.absdiff(one, other).max(axis=2) > INK)


async def _rendered(film: Timeline, asked: Strange, into: Path, form: FileForm) -> None:
    await render_master(
        film, resolve=asked.paths.__getitem__, into=into, work=into.parent / "work", form=form
    )


def _heard(path: Path) -> NDArray[np.float64]:
    command = [ffmpeg_exe(), "-v", "error", "-i", path, "-f", "f32le", "-ar", "48000", "-ac", "2", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(raw, "<f4").reshape(-1, 2).astype(float)


SEEDS = [
    pytest.param(seed, marks=[] if seed in EACH_DAY else pytest.mark.nightly)
    for seed in range(FIRST, FIRST + COUNT)
]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_master_that_a_stranger_asked_for_is_what_was_asked_for(folder: Path, seed: int) -> None:
    made = asyncio.run(_delivered(seed, folder))
    assert len(made.shown) == made.asked.timeline.length
    assert [*not_as_loud(made), *cut_elsewhere(made), *other_frames(made), *off_the_beat(made)] == []
    assert written_elsewhere(made) == []


def not_as_loud(made: Delivered) -> list[str]:
    """By ffmpeg and by another meter; and peaks that are over the limit, by ffmpeg and by the spectrum."""
    told = subprocess.run(
        [ffmpeg_exe(), "-hide_banner", "-nostats", "-i", made.path, "-af", "ebur128=peak=true", "-f", "null",
         "-"], capture_output=True, text=True, check=True,
    ).stderr.rpartition("Summary:")[2]  # fmt: skip
    [heard] = [float(one) for one in re.findall(r"I:\s+(-?[\d.]+) LUFS", told)]
    [peak] = [float(one) for one in re.findall(r"Peak:\s+(-?[\d.]+) dBFS", told)]
    other, wanted = pyloudnorm.Meter(48_000).integrated_loudness(made.sound), made.asked.form.lufs
    wrong = [f"{one:.2f} LUFS, not {wanted}" for one in (heard, other) if not abs(one - wanted) <= 0.5]
    over = true_peak_db(made.sound)
    return wrong + (
        [f"peaks of {peak} and {over:.2f}"] if peak > -1.0 or over > -1.0 + PEAKS_DIFFER_DB else []
    )


def true_peak_db(sound: NDArray[np.float64]) -> float:
    """Four times as many samples by the spectrum."""
    count = len(sound)
    spectrum = np.fft.rfft(sound, axis=0)
    wide = np.zeros((2 * count + 1, 2), complex)
    wide[: len(spectrum)] = spectrum
    return float(20 * np.log10(np.abs(np.fft.irfft(wide, 4 * count, axis=0) * 4).max()))


def hue_and_luma(frames: Frames, written: NDArray[np.bool_]) -> tuple[NDArray[np.float64], ...]:
    """Of the middle of each picture, where nothing is written: hue in degrees, colour's strength, luma."""
    high, wide = frames.shape[1:3]
    middle = slice(high * 3 // 8, high * 5 // 8), slice(wide * 3 // 8, wide * 5 // 8)
    out = np.zeros((3, len(frames)))
    for number, (frame, over) in enumerate(zip(frames, written, strict=True)):
        part, free = frame[middle].reshape(-1, 3) / 255, ~over[middle].ravel()
        red, green, blue = np.median(part[free] if free.sum() > 30 else part, axis=0)
        luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        u, v = (blue - luma) / 1.8556, (red - luma) / 1.5748
        out[:, number] = (np.degrees(np.arctan2(v, u)) % 360, np.hypot(u, v) * 224, 16 + 219 * luma)
    return tuple(out)


def takes_seen(made: Delivered) -> list[str]:
    """Which take each frame of the master shows; nothing where none is clear."""
    hue, strength, _ = hue_and_luma(made.shown, made.written)
    names = []
    for degrees, strong in zip(hue, strength, strict=True):
        far = {name: abs((degrees - angle + 180) % 360 - 180) for name, angle in ANGLES.items()}
        name = min(far, key=far.__getitem__)
        names.append(name if far[name] < 14 and strong > 0.5 * CHROMA else "")
    return names


def cut_elsewhere(made: Delivered) -> list[str]:
    """Cuts that are not within a frame of the plan, by the takes that the decoded pictures show."""
    names = takes_seen(made)
    assert made.asked.cuts
    return [
        f"{one.at}+{one.shared}: {names[max(0, one.at - 3) : one.at + one.shared + 4]}"
        for one in made.asked.cuts if not _kept(one, names)
    ]  # fmt: skip


def _kept(meeting: Meeting, names: list[str]) -> bool:
    """All of the one until a frame before, all of the other from a frame behind; a cut shows nothing else."""
    begin, end = meeting.at, meeting.at + meeting.shared
    quiet = names[max(0, begin - 2) : begin - 1], names[end + 1 : end + 2]
    both = {*quiet[0]} <= {meeting.before.name} and {*quiet[1]} <= {meeting.after.name}
    return both and (meeting.shared > 0 or names[begin] in (meeting.before.name, meeting.after.name))


def other_frames(made: Delivered) -> list[str]:
    """Frames that were not taken when they were asked for, by the clock that the takes carry.

    A take's own frame and one of the cut may lie between.
    """
    _, _, luma = hue_and_luma(made.plain, np.zeros(made.plain.shape[:3], bool))
    return [
        f"{clip.name} at {at}: {off:.3f} s"
        for clip, at, moment_s, allowed_s in _moments(made.asked)
        if 0.12 < moment_s % 1 < 0.88
        and abs(off := (luma[at] - luma_at(moment_s)) / (HIGH - LOW)) > allowed_s
    ]


def _moments(asked: Strange) -> Iterator[tuple[Clip, int, float, float]]:
    """For each frame that shows one clip alone: the moment of its take, and how far off it may be."""
    fps = asked.timeline.fps
    clips = [item for item in asked.timeline.tracks[0].items if isinstance(item, Clip)]
    begins = [0, *(meeting.at for meeting in asked.cuts)]
    heads = [0, *(meeting.shared for meeting in asked.cuts)]
    for number, clip in enumerate(clips):
        tail = heads[number + 1] if number + 1 < len(heads) else 0
        slowest = 0.083 if clip.name == "uneven" else 1 / float(RATES.get(clip.name, 25))
        for frame in range(heads[number], clip.length - tail):
            moment_s = (clip.source.start + frame * clip.speed) / fps
            yield clip, begins[number] + frame, moment_s, slowest + max(1, clip.speed) / fps + 0.02


def off_the_beat(made: Delivered) -> list[str]:
    """Of a film that is cut to its song: cuts that are not within 40 ms of a true beat."""
    if not made.asked.on_beat:
        return []
    names, fps = list(takes_seen(made)), made.asked.timeline.fps
    for at in range(1, len(names)):
        names[at] = names[at] or names[at - 1]
    changes = [at for at in range(1, len(names)) if names[at] != names[at - 1]]
    away_s = [float(np.abs(made.asked.song.beats_s - at / fps).min()) for at in changes]
    assert len(changes) == len(made.asked.cuts) >= 3
    return [f"{at}: {away:.3f} s" for at, away in zip(changes, away_s, strict=True) if away > ON_BEAT_S]


def written_elsewhere(made: Delivered) -> list[str]:
    """Frames with words outside of the safe area, over each other, or where the words alone are not."""
    written, film, wrong = made.written.copy(), made.asked.timeline, list[str]()
    assert written.any(axis=(1, 2)).sum() > 0.3 * len(written), "words are seen for much of the film"
    safe = _safe(film)
    for at, (ink, frame) in enumerate(zip(written, made.hues, strict=True)):
        if not ink.any():
            continue
        box, boxes = _box(ink), list(_boxes(frame, solid=True))
        if min(box[0] - safe[0], box[1] - safe[1], safe[2] - box[2], safe[3] - box[3]) < -COLOUR_SPREADS:
            wrong.append(f"{at}: {box} is not in {safe}")
        if met := [pair for pair in combinations(boxes, 2) if _meet(*pair)]:
            wrong.append(f"{at}: {met} lie over each other")
        for left, top, right, bottom in _boxes(frame, solid=False):
            ink[max(0, top - 4) : bottom + 4, max(0, left - 4) : right + 4] = False
        if ink.any():
            wrong.append(f"{at}: {ink.sum()} pixels at {_box(ink)} beside {boxes}")
    return wrong


def _safe(film: Timeline) -> tuple[float, ...]:
    """What its platform, or all of them that have such pictures, leave free."""
    areas = areas_for((film.width, film.height), film.platform)
    left, top, right, bottom = (
        max([0.0, *(getattr(area, side) for area in areas)]) for side in ("left", "top", "right", "bottom")
    )
    return film.width * left, film.height * top, film.width * (1 - right), film.height * (1 - bottom)


def _boxes(frame: Frames, *, solid: bool) -> Iterator[Box]:
    """Of each hue that is seen: all of its pixels."""
    for hue in HUES:
        wanted = np.array([int(hue[at : at + 2], 16) > 0 for at in (1, 3, 5)])
        least, rest = frame[..., wanted].min(axis=2), frame[..., ~wanted].max(axis=2)
        seen = ((least > 40) & (rest < 0.6 * least)).astype(np.uint8)
        # Where two hues meet coding makes a third of them, as wide as a line or two.
        seen = cv2.morphologyEx(seen, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)) if solid else seen
        if seen.any():
            yield _box(seen > 0)


def _box(ink: NDArray[np.bool_]) -> Box:
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
