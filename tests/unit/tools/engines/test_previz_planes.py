"""Frames reach the encoder with the colours they were drawn in."""

import cv2
import numpy as np
import pytest

from tools.engines.previz.planes import Planes
from tools.engines.previz.raster import Pixels

COLOURS = [(0, 0, 0), (255, 255, 255), (0, 0, 255), (0, 255, 0), (255, 0, 0), (60, 120, 200)]
BT709 = [(16, 128, 128), (235, 128, 128), (63, 102, 240), (173, 42, 26), (32, 240, 118)]
"""Y, Cb, Cr of black, white, red, green and blue as the standard gives them."""


def planes_of(frame: Pixels) -> list[np.ndarray]:  # type: ignore[type-arg]  # bytes
    planes = Planes(frame.shape[1], frame.shape[0])
    return [np.frombuffer(bytes(plane), np.uint8) for plane in planes.of(frame)]


@pytest.mark.parametrize(("bgr", "expected"), list(zip(COLOURS, BT709, strict=False)))
def test_pure_colours_are_those_of_the_standard(
    bgr: tuple[int, int, int], expected: tuple[int, int, int]
) -> None:
    frame = np.full((8, 8, 3), bgr, np.uint8)
    got = [int(plane[0]) for plane in planes_of(frame)]
    assert np.abs(np.array(got) - expected).max() <= 1


def test_a_quarter_of_the_colour_and_all_of_the_light_is_kept() -> None:
    sizes = [plane.size for plane in planes_of(np.zeros((18, 32, 3), np.uint8))]
    assert sizes == [18 * 32, 9 * 16, 9 * 16]


def test_odd_sides_are_completed_by_their_edge() -> None:
    frame = cv2.resize(np.arange(27, dtype=np.uint8).reshape(3, 3, 3) * 9, (3, 3))
    luma = planes_of(np.asarray(frame, np.uint8))[0].reshape(4, 4)
    assert (luma[3] == luma[2]).all()
    assert (luma[:, 3] == luma[:, 2]).all()
