"""Music that is really played."""

import itertools
from typing import get_args

import numpy as np
import pytest

from state.errors import ProviderFailed
from state.order import MusicCue, MusicHit
from state.script import SetKind
from tests.sound_files import heard, some_music, strength_db
from tools.engines.previz.loudness import loudness_lufs
from tools.engines.previz.music import render_music
from tools.engines.previz.music_mix import mixed
from tools.engines.previz.music_score import composed
from tools.engines.previz.room_tone import BEDS, render_room_tone, room_tone

RATE = 48_000


@pytest.mark.parametrize("duration_s", [0.5, 6.0, 11.957])
async def test_music_is_exactly_as_long_as_the_picture(duration_s, tmp_path):
    music = await render_music(some_music(duration_s=duration_s), tmp_path)
    samples, rate = heard(music.path)
    assert (rate, samples.shape) == (RATE, (round(duration_s * RATE), 2))
    assert music.extra["beats"][-1] < duration_s


async def test_the_same_request_gives_the_same_bytes(tmp_path):
    first, again = [
        (await render_music(some_music(duration_s=4), tmp_path)).path.read_bytes() for _ in range(2)
    ]
    assert first == again


@pytest.mark.parametrize("mood", ["warm", "mysterious", "playful"])
def test_music_is_as_loud_as_agreed_and_clean(mood):
    samples = mixed(composed(some_music(mood=mood, hits=[MusicHit(at_s=6, kind="turn")])))
    assert loudness_lufs(samples, RATE) == pytest.approx(-20, abs=1)
    assert np.abs(samples).max() < 0.9
    assert np.abs(samples.mean(axis=0)).max() < 1e-4
    assert np.abs(np.diff(samples, axis=0)).max() < 0.25


def test_music_ends_with_the_picture_in_a_fade():
    samples = mixed(composed(some_music()))
    tail = [strength_db(samples[-(at + 1) * RATE // 2 : len(samples) - at * RATE // 2]) for at in range(5)]
    assert tail == sorted(tail)
    assert np.abs(samples[-1]).max() == 0
    assert tail[-1] > -35


@pytest.mark.parametrize(("kind", "rise_db"), [("turn", 6), ("sting", 3)])
def test_a_hit_is_heard(kind, rise_db):
    """Against the same music without the hit: louder just after it, and alike well before it."""
    hits = [MusicHit(at_s=6.0, kind=kind)]
    grid_only = composed(some_music(hits=hits))
    with_hit = mixed(grid_only)
    before, after = with_hit[int(4.0 * RATE) : int(4.6 * RATE)], with_hit[6 * RATE : int(6.6 * RATE)]
    assert strength_db(after) > strength_db(before) + rise_db


def test_both_sides_differ_but_belong_together():
    samples = mixed(composed(some_music()))
    assert 0.05 < np.corrcoef(samples.T)[0, 1] < 0.95


async def test_music_that_cannot_be_written_is_a_clear_error(tmp_path):
    with pytest.raises(ProviderFailed, match="No such file"):
        await render_music(some_music(duration_s=1), tmp_path / "missing")


@pytest.mark.parametrize("kind", ["living_room", "street", "beach", "cafe"])
def test_room_tone_is_quiet_and_seamless(kind):
    bed = room_tone(4, kind, seed=1)
    assert bed.shape == (4 * RATE, 2)
    assert -56 < loudness_lufs(bed, RATE) < -38
    assert np.abs(np.diff(bed, axis=0)).max() < 0.02
    assert np.array_equal(bed, room_tone(4, kind, seed=1))


def test_every_set_has_a_bed_and_rain_adds_to_it():
    dry, wet = room_tone(2, "street", seed=1), room_tone(2, "street", seed=1, weather="rain")
    assert strength_db(wet) > strength_db(dry) + 1
    assert set(BEDS) == set(get_args(SetKind))


def test_weather_is_loud_outside_and_dull_inside():
    outside, inside = [room_tone(3, kind, seed=1, weather="rain") for kind in ("plaza", "bedroom")]
    assert loudness_lufs(outside, RATE) > loudness_lufs(inside, RATE) + 4
    assert _above_2khz(outside) > 4 * _above_2khz(inside)


def _above_2khz(samples):
    power = np.abs(np.fft.rfft(samples[:, 0])) ** 2
    return power[np.fft.rfftfreq(len(samples), 1 / RATE) > 2000].sum() / power.sum()


@pytest.mark.parametrize(
    ("kind", "weather", "time"),
    [("living_room", "clear", "day"), ("street", "storm", "night"), ("garden", "clear", "night"),
     ("car", "rain", "dusk"), ("church", "storm", "day")],
)  # fmt: skip
def test_no_bed_is_ever_silent_or_loud(kind, weather, time):
    """Half a second is the shortest gap between two lines in which a hole would be heard."""
    bed = room_tone(6, kind, seed=4, weather=weather, time=time)
    halves = [strength_db(bed[at : at + RATE // 2]) for at in range(RATE, 5 * RATE, RATE // 2)]
    assert min(halves) > -66
    assert -57 < loudness_lufs(bed, RATE) < -36


async def test_room_tone_is_written_as_long_as_asked(tmp_path):
    samples, _ = heard(await render_room_tone(33.5, "office", seed=2, into=tmp_path))
    assert len(samples) == round(33.5 * RATE)
    seconds = [strength_db(samples[at * RATE : (at + 1) * RATE]) for at in range(1, 32)]
    assert max(seconds) - min(seconds) < 4


def _chroma(samples):
    """How strong each of the twelve tones is, whatever its octave."""
    power = np.abs(np.fft.rfft(samples.mean(axis=1) * np.hanning(len(samples)))) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
    used = (hertz > 60) & (hertz < 1500)
    tones = np.round(12 * np.log2(hertz[used] / 440)).astype(int) % 12
    sums = np.sqrt(np.bincount(tones, power[used], minlength=12))
    return sums / np.linalg.norm(sums)


def _onsets(samples, *, hop=240, width=1024):
    """How suddenly the sound grows, every 5 ms: the summed rise of its spectrum."""
    frames = np.lib.stride_tricks.sliding_window_view(samples.mean(axis=1), width)[::hop]
    spectra = np.abs(np.fft.rfft(frames * np.hanning(width), axis=1))
    return np.maximum(0, np.diff(spectra, axis=0)).sum(axis=1)


def test_moods_are_in_other_keys():
    """The same bars of one series in each mood have other tones."""
    marks = {}
    for mood in ("warm", "tense", "sad", "playful", "romantic"):
        samples = mixed(
            composed(some_music(duration_s=12.0, theme_seed=9, cues=[MusicCue(start_s=0, mood=mood)]))
        )
        marks[mood] = _chroma(samples[: 10 * RATE])
    apart = [1 - float(marks[one] @ marks[other]) for one, other in itertools.combinations(marks, 2)]
    assert min(apart) > 0.05


@pytest.mark.parametrize("at_s", [5.503, 6.91])
def test_the_blow_of_a_turn_is_heard_within_fifty_milliseconds_of_it(at_s):
    samples = mixed(composed(some_music(mood="romantic", hits=[MusicHit(at_s=at_s, kind="turn")])))
    around = samples[int((at_s - 2) * RATE) : int((at_s + 2) * RATE)]
    strongest = int(np.argmax(_onsets(around))) * 240 / RATE + 600 / RATE
    assert strongest - 2.0 == pytest.approx(0.0, abs=0.05)


@pytest.mark.parametrize("mood", ["sad", "triumphant"])
def test_the_last_moment_dies_away(mood):
    samples = mixed(composed(some_music(mood=mood, hits=[MusicHit(at_s=12.0, kind="end")])))
    steps = [
        strength_db(samples[at : at + RATE // 20])
        for at in range(len(samples) - RATE * 3 // 10, len(samples), RATE // 20)
    ]
    assert steps[-1] < steps[0] - 10
    assert all(after < before + 1 for before, after in itertools.pairwise(steps))
