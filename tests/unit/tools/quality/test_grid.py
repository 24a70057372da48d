"""Means of fields, as a scaler would give them."""

import numpy as np
import pytest

from tools.quality.grid import grid


@pytest.mark.parametrize("shape", [(18, 32), (120, 213), (90, 161), (5, 7), (640, 360)])
def test_every_sample_counts_in_one_field(shape):
    samples = np.random.default_rng(1).integers(0, 256, shape, np.uint8)
    means = grid(shape, (32, 18)).means(samples)
    assert (means.shape, means.dtype) == ((18, 32), np.float32)
    if shape[0] % 18 == 0 and shape[1] % 32 == 0:
        whole = samples.reshape(18, shape[0] // 18, 32, shape[1] // 32).mean(axis=(1, 3))
        np.testing.assert_allclose(means, whole, atol=1e-3)
    assert means.mean() == pytest.approx(samples.mean(), abs=6)


def test_less_than_a_level_is_not_rounded_away():
    samples = np.zeros((180, 320), np.uint8)
    samples[::4, ::4] = 1
    assert grid((180, 320), (16, 9)).means(samples)[4, 8] == pytest.approx(1 / 16)
