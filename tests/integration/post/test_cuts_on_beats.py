"""S4-051: the cuts of a rendered file fall on the beats of its music, frame by frame.

The beats that the cuts go to are the tracker's; the truth is the synthesiser's.
"""

from itertools import accumulate
from pathlib import Path

import numpy as np
import pytest

from tests.cut_media import FPS, a_clip, a_timeline, read_back, write_sound, write_take
from tests.other_songs import RATE_HZ as OTHER_RATE_HZ
from tests.other_songs import other_song
from tests.songs import RATE_HZ, Song, song
from tools.post.master import render_master
from tools.post.on_beat import Stretch, cut_on_beat
from tools.post.samples import rhythm_of

LENGTHS = [41, 30, 52, 37, 44, 36]
LUMAS = [40, 200, 80, 160, 120, 220]


async def rendered_cuts(tmp_path: Path, played: Song, rate_hz: int, *, snap: bool) -> list[float]:
    """When the picture of the real master changes, seconds."""
    music = write_sound(tmp_path / "music.wav", played.samples.astype(float), rate_hz=rate_hz)
    rhythm = await rhythm_of(music)
    has = [length + 14 for length in LENGTHS]
    shots = [Stretch(length=length, longest=most) for length, most in zip(LENGTHS, has, strict=True)]
    lengths = cut_on_beat(shots, rhythm.beats_s if snap else [], fps=FPS)
    paths = {"music.wav": music}
    clips = []
    for number, (length, most, luma) in enumerate(zip(lengths, has, LUMAS, strict=True)):
        key = f"{number}.mp4"
        paths[key] = write_take(tmp_path / key, [luma] * most)
        clips.append(a_clip(key, length, has_s=most / FPS))
    timeline = a_timeline(clips, music=[a_clip("music.wav", sum(LENGTHS))])
    master = tmp_path / "master.mp4"
    await render_master(timeline, resolve=paths.__getitem__, into=master, work=tmp_path)
    lumas = [read_back(master).lumas[:, 40, 160].astype(int)]
    jumps = np.flatnonzero(np.abs(np.diff(lumas[0])) > 20) + 1
    assert len(lumas[0]) == sum(LENGTHS)
    assert list(jumps) == list(accumulate(lengths))[:-1]
    return [float(frame) / FPS for frame in jumps]


def away(cuts_s: list[float], played: Song) -> list[float]:
    return [float(np.min(np.abs(played.beats_s - cut))) for cut in cuts_s]


@pytest.mark.parametrize("seed", [31, 32])
async def test_cuts_of_the_master_are_within_a_frame_of_the_true_beats(tmp_path: Path, seed: int) -> None:
    played = song(seed, seconds=12, bpm=118 + seed, pattern="rock")
    cuts_s = await rendered_cuts(tmp_path, played, RATE_HZ, snap=True)
    assert max(away(cuts_s, played)) <= 1 / FPS
    assert np.median(away(cuts_s, played)) <= 0.5 / FPS


async def test_with_a_song_that_nothing_was_tuned_on(tmp_path: Path) -> None:
    played = other_song(905, seconds=12)
    cuts_s = await rendered_cuts(tmp_path, played, OTHER_RATE_HZ, snap=True)
    assert max(away(cuts_s, played)) <= 1 / FPS


async def test_without_beats_the_cuts_are_where_they_were_and_off_the_beat(tmp_path: Path) -> None:
    """The control: what the tests above measure is not true of any cut."""
    played = song(31, seconds=12, bpm=149, pattern="rock")
    cuts_s = await rendered_cuts(tmp_path, played, RATE_HZ, snap=False)
    assert max(away(cuts_s, played)) > 0.08
