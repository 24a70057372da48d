"""What the lens was set on is found where only that is sharp, and nowhere else."""

import cv2
import numpy as np
import pytest

from tools.post.in_focus import in_focus

SHAPE = (36, 64)


def a_picture(*, middle: float, blur: float) -> np.ndarray:
    """Shelves behind a figure that is as dark as they are; the figure is sharp."""
    dice = np.random.default_rng(3)
    behind = np.kron(dice.uniform(60, 200, (18, 32)), np.ones((15, 15)))
    if blur:
        behind = cv2.GaussianBlur(behind, (0, 0), blur)
    left = round(middle * 480) - 40
    behind[60:, left : left + 80] = np.kron(dice.uniform(80, 150, (42, 16)), np.ones((5, 5)))
    return np.asarray(behind, np.uint8)


def middle_of(found: np.ndarray) -> float:
    return float(found.sum(axis=0) @ (np.arange(64) + 0.5) / 64 / found.sum())


@pytest.mark.parametrize("middle", [0.2, 0.5, 0.8])
def test_who_is_in_focus_is_seen_before_a_soft_background(middle):
    found = in_focus(a_picture(middle=middle, blur=5), SHAPE)
    assert found.sum() > 0.8
    assert middle_of(found) == pytest.approx(middle, abs=0.03)


def test_where_all_is_as_sharp_it_says_little():
    assert in_focus(a_picture(middle=0.8, blur=0), SHAPE).sum() < 0.1


def test_where_nothing_is_sharp_it_says_nothing():
    soft = cv2.GaussianBlur(a_picture(middle=0.8, blur=0), (0, 0), 6)
    assert in_focus(soft, SHAPE).sum() == 0
