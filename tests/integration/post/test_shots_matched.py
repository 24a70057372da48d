"""Two shots of other colours, brought nearer to each other on their files."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from state.errors import FfmpegFailed, MediaMissing
from tests.cut_media import write_take
from tests.raw_pictures import a_picture, flat, ready, run_graph
from tools.ffmpeg.command import run_ffmpeg
from tools.post.looks.matching import ShotColours, distance, match_points, measure_colours
from tools.post.looks.optics import Shot
from tools.post.looks.plan import plan_looks

SIZE = (160, 96)


@dataclass(frozen=True)
class Match:
    values: dict[str, float]
    strength: float = 1.0
    name: str = "match"
    on: bool = True
    more: dict[str, float] = field(default_factory=dict)


async def _take(folder, name, frames, *effects):
    """A real file of these frames, with effects on them."""
    plan = plan_looks(effects, "a", "x", shot=Shot(fps=24, size=SIZE))
    for file, text in plan.files.items():
        (folder / file).write_text(text, "utf-8")
    chains = [ready("0:v", "a", 24), *plan.chains, f"[{plan.pad}]null[out]"]
    made = await run_graph([frames], chains, folder, fps=24)
    (folder / "take.yuv").write_bytes(made.tobytes())
    await run_ffmpeg(
        ["-f", "rawvideo", "-pixel_format", "yuv420p", "-video_size", "160x96", "-framerate", "24", "-i",
         folder / "take.yuv", "-c:v", "libx264", "-qp", "4", "-colorspace", "bt709", folder / name]
    )  # fmt: skip
    return folder / name


async def test_the_distance_between_scenes_falls_and_further_with_more_strength(tmp_path):
    bright = a_picture(24, SIZE, seed=11, low=70, high=225)
    bright[:, SIZE[1] + 24 :] += 12
    dark = a_picture(24, SIZE, seed=12, low=40, high=150)
    takes = [await _take(tmp_path, f"{n}.mp4", frames) for n, frames in (("day", bright), ("dusk", dark))]
    day, dusk = [await measure_colours(take, tmp_path) for take in takes]
    points = match_points(dusk, day)
    found = []
    for strength in (0.0, 0.5, 1.0):
        take = await _take(tmp_path, "matched.mp4", dark, Match(points, strength))
        found.append(distance(await measure_colours(take, tmp_path), day))
    assert found[0] > 0.08
    assert found[2] < 0.4 * found[0]
    assert found[2] < found[1] < found[0]
    assert not list(tmp_path.glob("colours-*"))


async def test_a_part_of_a_take_is_measured(tmp_path):
    take = write_take(tmp_path / "a.mp4", [60] * 24 + [200] * 24)
    early, late = [await measure_colours(take, tmp_path, start_s=s, length_s=0.9) for s in (0.0, 1.0)]
    assert distance(early, late) == pytest.approx(140 / 219, abs=0.02)


async def test_what_is_not_there_has_no_colours(tmp_path):
    with pytest.raises(MediaMissing):
        await measure_colours(tmp_path / "gone.mp4", tmp_path)
    take = write_take(tmp_path / "a.mp4", [60] * 4)
    with pytest.raises(FfmpegFailed, match="shows nothing"):
        await measure_colours(take, tmp_path, start_s=30, length_s=1)
    assert not list(tmp_path.glob("colours-*"))


def _colours(*tones: int) -> ShotColours:
    shares = np.zeros((3, 256))
    shares[:, list(tones)] = 1 / len(tones)
    return ShotColours(shares=shares)


def _line(points: dict[str, float], channel: str) -> list[float]:
    return [value for key, value in sorted(points.items()) if key.startswith(channel)]


def test_a_night_does_not_become_a_day():
    night, day = _colours(*range(5, 40)), _colours(*range(180, 250))
    places = [int(key[-3:]) / 255 for key in sorted(match_points(night, day)) if key.startswith("red")]
    line = _line(match_points(night, day), "red")
    assert max(abs(after - before) for before, after in zip(places, line, strict=True)) <= 0.22 + 1e-3
    assert line == sorted(line)


def test_the_same_colours_are_left_alone():
    shot = _colours(*range(20, 230))
    points = match_points(shot, shot)
    assert all(abs(value - int(key[-3:]) / 255) < 0.01 for key, value in points.items())


def test_a_flat_shot_gets_no_falling_or_steep_curve():
    line = _line(match_points(_colours(128), _colours(*range(0, 256, 5))), "green")
    assert line == sorted(line)
    assert distance(_colours(128), _colours(128)) == 0
    assert flat(1, SIZE, 100).shape == (1, 144, 160)
