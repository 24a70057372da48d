"""The sound of the master: place, loudness, peaks, ducking."""

import numpy as np
import pytest

from tests.cut_media import a_clip, a_timeline, gap, read_back, syllables, tone, write_sound

RATE = 48_000


async def test_a_sound_is_heard_at_its_frame(render):
    """The click is half a second into its file, which begins at frame 12."""
    timeline = a_timeline([a_clip("dark.mp4", 48)], effects=[gap(12), a_clip("click.wav", 30)])
    _, path = await render(timeline)
    sound = np.abs(read_back(path).sound)
    first = int(np.flatnonzero(sound > sound.max() * 0.2)[0])
    assert first / RATE == pytest.approx(1.0, abs=0.003)
    assert len(sound) == pytest.approx(2 * RATE, abs=1100)


def _noise(seconds, level):
    return np.random.default_rng(1).normal(0, level, round(seconds * RATE))


SOUNDS = {
    "speech": syllables(3.0),
    "nearly silent": syllables(3.0, level=0.003),
    "clipped": np.clip(syllables(3.0, level=8.0), -1, 1),
    "tone": tone(997, 3.0),
    "peaks between the samples": tone(11_999.7, 3.0, level=0.9),
    "noise with bursts": _noise(3.0, 0.01) + _noise(3.0, 0.5) * (np.arange(3 * RATE) % 12_000 < 400),
}


@pytest.mark.parametrize("name", SOUNDS)
async def test_every_master_has_the_promised_loudness(render, media, name):
    write_sound(media / f"{name}.wav", SOUNDS[name])
    timeline = a_timeline([a_clip("dark.mp4", 72)], voice=[a_clip(f"{name}.wav", 72)])
    facts, _ = await render(timeline)
    assert facts.integrated_lufs == pytest.approx(-14, abs=0.5)
    assert facts.true_peak_dbtp <= -1.0


async def test_silence_stays_silent(render):
    facts, _ = await render(a_timeline([a_clip("dark.mp4", 24)], voice=[a_clip("silence.wav", 24)]))
    assert (facts.integrated_lufs, facts.true_peak_dbtp) == (-70.0, -120.0)


async def test_a_cut_without_sound_has_a_silent_track(render):
    facts, _ = await render(a_timeline([a_clip("dark.mp4", 24)]))
    assert (facts.audio_codec, facts.integrated_lufs) == ("aac", -70.0)


async def _music_levels(render, *, voice):
    """The level of the music's own frequency before and during the line."""
    timeline = a_timeline([a_clip("dark.mp4", 96)], voice=voice, music=[a_clip("music.wav", 96)])
    _, path = await render(timeline)
    master = read_back(path)
    return master.level(2000, 0.3, 1.4), master.level(2000, 2.1, 2.9)


async def test_music_is_heard_lower_under_a_voice(render):
    before, under = await _music_levels(render, voice=[gap(48), a_clip("voice.wav", 24)])
    assert before - under > 6


async def test_music_alone_keeps_its_level(render):
    before, later = await _music_levels(render, voice=[])
    assert before - later == pytest.approx(0, abs=0.5)


async def test_music_that_would_run_on_fades_with_the_picture(render):
    timeline = a_timeline([a_clip("dark.mp4", 72)], music=[a_clip("music.wav", 72, has_s=4.0)])
    _, path = await render(timeline)
    master = read_back(path)
    assert master.level(2000, 0.5, 1.0) - master.level(2000, 2.9, 3.0) > 15
