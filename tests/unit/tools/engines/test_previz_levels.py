"""Our loudness meter against another one, and what the levels promise."""

import math

import numpy as np
import pytest

from tools.engines.previz.levels import cut_out, faded, levelled, resampled, silences, voiced_bounds
from tools.engines.previz.loudness import loudness_lufs


def tone(hertz, seconds, rate, *, strength=0.3):
    return (strength * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)).astype(np.float32)


@pytest.mark.breadth(3)
@pytest.mark.parametrize("rate", [24_000, 48_000])
@pytest.mark.parametrize("hertz", [50, 400, 1000, 6000])
def test_the_meter_agrees_with_another(rate, hertz):
    # Here: it brings all of scipy along, which each worker would load to collect.
    import pyloudnorm

    sound = np.concatenate([tone(hertz, 12.3, rate), tone(hertz, 9, rate, strength=0.01)])
    assert loudness_lufs(sound, rate) == pytest.approx(
        pyloudnorm.Meter(rate).integrated_loudness(sound.astype(float)), abs=0.1
    )


def test_the_meter_adds_channels():
    one = tone(1000, 3, 48_000)
    both = np.stack([one, one], axis=1)
    assert loudness_lufs(both, 48_000) == pytest.approx(loudness_lufs(one, 48_000) + 3.01, abs=0.02)


def test_silence_has_no_loudness_and_stays_silent():
    nothing = np.zeros(48_000, dtype=np.float32)
    assert loudness_lufs(nothing, 48_000) == -math.inf
    assert not levelled(nothing, 48_000, lufs=-20).any()


def test_peaks_are_bent_below_one_decibel_under_full_scale():
    spiky = tone(300, 2, 48_000, strength=0.01)
    spiky[1000] = 0.9
    assert np.abs(levelled(spiky, 48_000, lufs=-20)).max() < 0.891


def test_a_sound_is_cut_out_with_silence_around_it():
    sound = np.concatenate([np.zeros(2400), tone(300, 0.5, 24_000), np.zeros(4800)]).astype(np.float32)
    first, last = voiced_bounds(sound, 24_000)
    assert (first, last) == (2400, 2400 + 12_000)
    assert len(cut_out(sound, first - 5000, last=last + 100)) == 12_000 + 5100
    assert not cut_out(sound, first - 5000, last=last)[:4900].any()


def test_silences_are_found():
    sound = np.concatenate([tone(300, 0.5, 24_000), np.zeros(4800), tone(300, 0.5, 24_000)]).astype(
        np.float32
    )
    [(start, end)] = silences(sound, 24_000)
    assert (start, end) == (pytest.approx(0.5, abs=0.01), pytest.approx(0.7, abs=0.01))


def test_a_higher_sound_is_shorter():
    higher = resampled(tone(300, 1, 24_000), 1.25)
    spectrum = np.abs(np.fft.rfft(higher))
    assert len(higher) == 19_200
    assert np.argmax(spectrum) * 24_000 / len(higher) == pytest.approx(375, abs=1)


def test_edges_are_silent_after_a_fade():
    sound = faded(np.ones(4800, dtype=np.float32), 24_000)
    assert sound[0] == sound[-1] == 0
    assert sound[2400] == 1
