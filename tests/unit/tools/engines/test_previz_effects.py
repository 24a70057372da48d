"""Effects as sound: exact beginnings, their level, and that no two seeds give the same."""

from functools import lru_cache
from itertools import pairwise
from typing import get_args

import numpy as np
import pytest

from state.script import EffectKind
from tests.sound_files import heard
from tools.engines.previz.effects.catalog import LOUDNESS_LUFS, MAKERS, effect, render_effect
from tools.engines.previz.effects.sources import RATE
from tools.engines.previz.loudness import loudness_lufs

KINDS = get_args(EffectKind)
SWELLING = {"car", "wave", "whoosh"}
"""What comes nearer: it has no first moment."""


@lru_cache(maxsize=64)
def made(kind, seed):
    """An effect, made once for all tests that only listen to it."""
    sound = effect(kind, seed=seed)
    sound.flags.writeable = False
    return sound


def _onset_s(sound):
    level = np.abs(sound).max(axis=1)
    return int(np.flatnonzero(level > 0.1 * level.max())[0]) / RATE


def test_every_effect_of_the_vocabulary_can_be_made():
    assert set(MAKERS) == set(LOUDNESS_LUFS) == set(KINDS)


@pytest.mark.breadth(3)
@pytest.mark.parametrize("kind", KINDS)
def test_an_effect_is_clean_and_at_its_level(kind):
    sound = made(kind, 2)
    assert loudness_lufs(sound, RATE) == pytest.approx(LOUDNESS_LUFS[kind], abs=1.0)
    assert np.abs(sound).max() < 0.9
    assert abs(float(sound.mean())) < 2e-3
    assert np.abs(sound[[0, -1]]).max() < 1e-3
    assert 0.15 < len(sound) / RATE < 7


@pytest.mark.breadth(3)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in SWELLING])
def test_what_strikes_begins_at_once(kind):
    assert _onset_s(made(kind, 2)) < 0.02


@pytest.mark.parametrize("kind", sorted(SWELLING))
def test_what_passes_comes_nearer(kind):
    assert 0.1 < _onset_s(made(kind, 2)) < 1.2


@pytest.mark.breadth(3)
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_is_the_same_sound_and_another_is_another(kind):
    first, again, other = made(kind, 1), effect(kind, seed=1), made(kind, 2)
    assert np.array_equal(first, again)
    shared = min(len(first), len(other))
    assert not np.allclose(first[:shared], other[:shared], atol=1e-3)


def test_all_kinds_sound_different():
    """Where the energy lies and how long it lasts tells any two apart."""
    marks = {kind: _mark(made(kind, 1)) for kind in KINDS}
    pairs = [(a, b) for at, a in enumerate(KINDS) for b in KINDS[at + 1 :]]
    assert min(np.abs(marks[a] - marks[b]).sum() for a, b in pairs) > 0.25


def _mark(sound):
    power = np.abs(np.fft.rfft(sound.mean(axis=1))) ** 2
    edges = np.searchsorted(np.fft.rfftfreq(len(sound), 1 / RATE), np.geomspace(40, 20_000, 13))
    bands = np.array([power[a:b].sum() for a, b in pairwise(edges)])
    return np.append(np.sqrt(bands / bands.sum()), len(sound) / RATE / 8)


async def test_an_effect_is_written_as_stereo(tmp_path):
    samples, rate = heard(await render_effect("knock", seed=1, into=tmp_path))
    assert (rate, samples.shape[1]) == (RATE, 2)
