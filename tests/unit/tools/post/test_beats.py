"""Beats that are found against beats that were played: S4-049, and issue 8's 40 ms of a synthesised song."""

import numpy as np
import pytest
from numpy.typing import NDArray

from tests import other_songs, songs
from tests.songs import RATE_HZ, clicks, compared, song
from tools.post.beats import CERTAIN, Rhythm, find_rhythm
from tools.post.beats import RATE_HZ as HEARD_AT_HZ

GOOD = 0.95
"""The share of true beats within 40 ms, and of told beats that are true."""
Sound = NDArray[np.float32]


def heard(samples: NDArray[np.floating], rate_hz: int = RATE_HZ) -> Rhythm:
    return find_rhythm(np.asarray(samples, np.float32), rate_hz)


def noise(seconds: float, *, seed: int = 1, level: float = 0.2) -> Sound:
    count = round(seconds * RATE_HZ)
    return np.asarray(level * np.random.default_rng(seed).standard_normal(count), np.float32)


def taps(at_s: NDArray[np.float64], seconds: float) -> Sound:
    """A knock at each of these moments."""
    out = np.zeros(round(seconds * RATE_HZ) + RATE_HZ)
    at = np.arange(RATE_HZ // 20) / RATE_HZ
    knock = 0.5 * np.sin(2 * np.pi * 800 * at) * np.exp(-at * 80)
    for moment in at_s[at_s < seconds]:
        first = round(moment * RATE_HZ)
        out[first : first + len(knock)] += knock
    return np.asarray(out[: round(seconds * RATE_HZ)], np.float32)


def assert_found(rhythm: Rhythm, true_s: NDArray[np.float64], *, good: float = GOOD) -> None:
    hits = compared(np.array(rhythm.beats_s), true_s)
    assert min(hits.recall, hits.precision) >= good, (hits, rhythm.tempo_bpm, rhythm.confidence)


def test_clicks_at_120_are_found_within_50_ms() -> None:
    played = clicks(120, 15)
    rhythm = heard(played.samples)
    away = [np.min(np.abs(np.array(rhythm.beats_s) - beat)) for beat in played.beats_s]
    assert max(away) < 0.05
    assert rhythm.tempo_bpm == pytest.approx(120, abs=1)


@pytest.mark.parametrize("bpm", [40, 60, 75, 100, 150, 180, 220])
def test_clicks_of_any_tempo_are_found(bpm: float) -> None:
    played = clicks(bpm, 24)
    assert_found(heard(played.samples), played.beats_s, good=0.92)


@pytest.mark.parametrize("pattern", sorted(songs.PATTERNS))
def test_the_beats_of_a_song_are_found(pattern: str) -> None:
    played = song(1001, seconds=20, pattern=pattern)
    assert_found(heard(played.samples), played.beats_s)


@pytest.mark.parametrize("bpm", [60, 90, 180])
def test_at_slow_and_fast_tempi_too(bpm: float) -> None:
    played = song(1003, seconds=20, bpm=bpm, pattern="rock")
    assert_found(heard(played.samples), played.beats_s)


@pytest.mark.parametrize("seed", [1100, 1102])
def test_loud_hats_between_the_beats_are_not_taken_for_them(seed: int) -> None:
    played = song(seed, seconds=15, pattern="four on the floor")
    assert_found(heard(played.samples), played.beats_s)


@pytest.mark.parametrize("seed", [900, 901, 902, 903])
def test_songs_that_nothing_was_tuned_on(seed: int) -> None:
    played = other_songs.other_song(seed, seconds=20)
    assert_found(heard(played.samples, other_songs.RATE_HZ), played.beats_s)


@pytest.mark.nightly
@pytest.mark.parametrize(("swing", "drift"), [(0.0, 0.0), (0.33, 0.0), (0.0, 0.08)])
def test_95_of_100_beats_of_forty_such_songs(swing: float, drift: float) -> None:
    """Straight, swung, and with a tempo that bends by 8 %."""
    told = []
    for seed in range(1000, 1040):
        played = other_songs.other_song(seed, swing=swing, drift=drift)
        hits = compared(np.array(heard(played.samples, other_songs.RATE_HZ).beats_s), played.beats_s)
        told.append((hits.recall, hits.precision))
    assert np.mean(told, axis=0).min() >= GOOD


def test_a_tempo_that_changes_is_followed() -> None:
    slow, fast = song(11, bpm=90, pattern="rock", seconds=20), song(12, bpm=132, pattern="rock", seconds=20)
    both = np.concatenate([slow.samples, fast.samples])
    assert_found(heard(both), np.concatenate([slow.beats_s, fast.beats_s + 20]))


def test_a_fade_in_and_a_quiet_song_lose_no_beats() -> None:
    played = song(13, bpm=110, pattern="rock", seconds=30)
    assert_found(heard(played.samples * np.linspace(0, 1, len(played.samples)) ** 2), played.beats_s)
    assert_found(heard(played.samples * 0.003), played.beats_s)


def test_beats_go_on_through_a_break() -> None:
    played = song(13, bpm=110, pattern="rock", seconds=30)
    with_break = played.samples.copy()
    with_break[12 * RATE_HZ : 15 * RATE_HZ] = 0
    assert_found(heard(with_break), played.beats_s)


def test_what_precedes_the_music_has_no_beats() -> None:
    """Silence none at all; noise none until the music is near: it is judged in windows of ten seconds."""
    played = song(13, bpm=110, pattern="rock", seconds=25)
    after_silence = heard(np.concatenate([np.zeros(20 * RATE_HZ, np.float32), played.samples]))
    after_noise = heard(np.concatenate([noise(20, level=0.05), played.samples]))
    assert_found(after_silence, played.beats_s + 20)
    assert min(after_noise.beats_s) > 15


def test_slow_clicks_are_not_filled_up() -> None:
    """At 40 a minute the likely tempo is three times that; two of three such beats would be invented."""
    assert heard(clicks(40, 24).samples).tempo_bpm == pytest.approx(40, abs=1)


@pytest.mark.parametrize("seconds", [3, 5, 10, 30])
def test_noise_has_no_beats(seconds: float) -> None:
    for seed in range(4):
        rhythm = heard(noise(seconds, seed=seed))
        assert (rhythm.beats_s, rhythm.tempo_bpm) == ([], None)
        assert rhythm.confidence < CERTAIN


def test_knocks_at_random_have_onsets_and_no_beats() -> None:
    for seed in range(4):
        at_s = np.cumsum(np.random.default_rng(seed).uniform(0.2, 0.9, 60))
        rhythm = heard(taps(at_s, 25))
        assert rhythm.beats_s == []
        assert rhythm.confidence < CERTAIN
        knocked = at_s[at_s < 24.9]
        away = [np.min(np.abs(np.array(rhythm.onsets_s) - moment)) for moment in knocked]
        assert np.mean(np.array(away) < 0.03) > 0.95
        assert len(rhythm.onsets_s) <= len(knocked) * 1.1


def test_the_same_knocks_in_time_have_beats() -> None:
    """The control of the test above."""
    beats = np.arange(0.3, 25, 0.55)
    assert_found(heard(taps(beats, 25)), beats[beats < 25])


def test_held_tones_begin_once_and_have_no_beats() -> None:
    at = np.arange(20 * RATE_HZ) / RATE_HZ
    tones = (
        0.3 * np.sin(2 * np.pi * 440 * at),
        0.3 * np.sin(2 * np.pi * 440 * at + 20 * np.sin(10 * np.pi * at)),
    )
    for tone in tones:
        rhythm = heard(tone)
        assert (rhythm.beats_s, len(rhythm.onsets_s)) == ([], 1)


def test_a_tone_behind_some_knocks_has_no_beats() -> None:
    """What is hardly uneven would repeat perfectly if it were judged by itself alone."""
    at = np.arange(20 * RATE_HZ) / RATE_HZ
    knocks = taps(np.cumsum(np.random.default_rng(2).uniform(0.2, 0.9, 6)), 20)
    assert heard(0.3 * np.sin(2 * np.pi * 440 * at) + knocks).beats_s == []


@pytest.mark.parametrize("count", [0, 1, 100, RATE_HZ, 2 * RATE_HZ])
def test_silence_and_very_short_sounds_have_no_beats(count: int) -> None:
    assert heard(np.zeros(count)).beats_s == []
    assert heard(np.ones(count) * 0.4).beats_s == []
    assert heard(clicks(120, 2).samples[:count]).confidence < CERTAIN


def test_the_same_beats_at_every_rate() -> None:
    played = clicks(120, 10)
    for step in (1, 2):
        rhythm = heard(played.samples[::step], RATE_HZ // step)
        assert_found(rhythm, played.beats_s, good=0.94)
    assert HEARD_AT_HZ == RATE_HZ


def test_a_long_sound_is_heard_in_blocks_and_does_not_slip() -> None:
    """Five minutes of the same half minute: the last beats are as near as the first."""
    played = song(15, bpm=120, pattern="rock", seconds=30)
    beats = played.beats_s[0] % 0.5 + np.arange(0, 299, 0.5)
    rhythm = heard(np.tile(played.samples, 10))
    assert_found(rhythm, beats, good=0.98)
    late = np.array(rhythm.beats_s[-40:])
    assert np.abs((late - beats[0] + 0.25) % 0.5 - 0.25).max() < 0.04


def test_stereo_and_telephone_sound_are_refused() -> None:
    with pytest.raises(ValueError, match="one channel"):
        find_rhythm(np.zeros((100, 2), np.float32), RATE_HZ)
    with pytest.raises(ValueError, match="8 kHz"):
        find_rhythm(np.zeros(100, np.float32), 4000)


def test_twice_the_tempo_is_the_same_rhythm_and_the_offbeat_alone_is_not() -> None:
    """The measure itself: what it lets pass and what not."""
    true = np.arange(0, 20, 0.5)
    assert compared(np.arange(0, 20, 0.25), true).recall > GOOD
    assert compared(true[::2], true).recall == 1
    for wrong in (true + 0.25, np.arange(0, 20, 0.75), true + 0.06, np.zeros(0)):
        hits = compared(wrong, true)
        assert min(hits.recall, hits.precision) < 0.6
