"""Voices that came clipped, in the forms that voices come in."""

from pathlib import Path

import numpy as np
import pytest

from tests.cut_media import write_sound
from tools.ffmpeg.command import run_ffmpeg
from tools.quality.voices import VoiceUsed, find_clipped

RATE = 24_000


def a_voice(seconds: float = 3.0) -> np.ndarray:
    """A buzz with overtones that comes and goes."""
    at = np.arange(round(seconds * RATE)) / RATE
    buzz = sum(np.sin(2 * np.pi * 140 * n * at + n) / n for n in range(1, 9))
    return 0.25 * buzz * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * at))


def used(path: Path, demuxer: str = "wav", **more: float) -> VoiceUsed:
    return VoiceUsed(**{"name": "2A/1", "path": path, "demuxer": demuxer, "source_s": 0.0, "length_s": 3.0,
                        "at_s": 10.0, **more})  # fmt: skip


@pytest.mark.parametrize(("drive", "light"), [(1.0, []), (3.0, ["RED"]), (10.0, ["RED"])])
def test_a_voice_that_was_cut_off_is_found_however_quiet_it_is_now(tmp_path, drive, light):
    wave = 0.3 * np.clip(a_voice() * drive, -0.4, 0.4)
    found = find_clipped([used(write_sound(tmp_path / "voice.wav", wave, rate_hz=RATE))])
    assert [one.light for one in found] == light
    assert all((one.check, one.start_s, one.end_s) == ("clipping", 10.0, 13.0) for one in found)


def test_only_what_is_heard_of_it_counts(tmp_path):
    wave = np.concatenate([np.clip(a_voice() * 8, -0.4, 0.4), a_voice()])
    path = write_sound(tmp_path / "voice.wav", wave, rate_hz=RATE)
    assert find_clipped([used(path, source_s=3.0)]) == []
    assert find_clipped([used(path, source_s=0.0)]) != []


@pytest.mark.parametrize(
    ("coder", "name", "demuxer"),
    [("flac", "v.flac", "flac"), ("pcm_u8", "v.wav", "wav"), ("pcm_f32le", "f.wav", "wav"),
     ("libmp3lame", "v.mp3", "mp3")],
)  # fmt: skip
async def test_it_is_heard_in_any_form(tmp_path, coder, name, demuxer):
    for drive, told in ((1.0, False), (8.0, True)):
        plain = write_sound(tmp_path / "plain.wav", np.clip(a_voice() * drive, -0.45, 0.45), rate_hz=RATE)
        await run_ffmpeg(
            ["-f", "wav", "-i", plain, "-ac", "2", "-c:a", coder, "-b:a", "160k", "-y", tmp_path / name]
        )
        assert bool(find_clipped([used(tmp_path / name, demuxer)])) is told
