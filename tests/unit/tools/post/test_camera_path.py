"""The path of a window: it stands, goes over in one movement, and never hurries."""

import numpy as np
import pytest

from tools.post.camera_path import FASTEST, best_path

RATE = 4.0
WINDOW = 0.316


def bumps(places: list[float], *, strength: float = 0.9, width: float = 0.05) -> np.ndarray:
    """A profile for each picture: what is to be seen lies about one place."""
    at = (np.arange(64) + 0.5) / 64
    made = np.exp(-(((at[None] - np.array(places)[:, None]) / width) ** 2) / 2)
    return strength * made / made.sum(axis=1, keepdims=True)


def path(places: list[float], **more: float) -> np.ndarray:
    return best_path(bumps(places, **more), window=WINDOW, rate=RATE)


def moves(found: np.ndarray) -> int:
    """How often it sets out."""
    going = np.concatenate([[0], np.abs(np.diff(found)) > 1e-6])
    return int((np.diff(going.astype(int)) == 1).sum())


@pytest.mark.parametrize("place", [0.2, 0.5, 0.77])
def test_over_what_stands_it_stands_with_it_in_its_middle(place):
    assert path([place] * 16) == pytest.approx([place] * 16, abs=0.03)


def test_without_anything_to_see_it_stands_in_the_middle():
    assert best_path(np.zeros((16, 64)), window=WINDOW, rate=RATE) == pytest.approx([0.5] * 16)
    everywhere = np.full((16, 64), 1 / 64)
    assert best_path(everywhere, window=WINDOW, rate=RATE) == pytest.approx([0.5] * 16, abs=0.02)


def test_it_does_not_tremble_with_what_trembles():
    """Less than the window shows at ease is no reason to move; without a price on it, it would."""
    dice = np.random.default_rng(3)
    places = list(0.5 + dice.normal(0, 0.03, 40))
    assert moves(path(places)) == 0
    assert len({round(place, 2) for place in places}) > 8


def test_it_goes_over_in_one_movement_no_faster_than_it_may():
    found = path([0.2] * 12 + [0.8] * 12)
    assert moves(found) == 1
    assert (found[0], found[-1]) == pytest.approx((0.2, 0.8), abs=0.05)
    assert np.abs(np.diff(found)).max() <= FASTEST / RATE + 1e-9


def test_it_sets_out_before_the_subject_has_left_it():
    """It knows what comes: so it is there in time, as somebody who has seen the scene before."""
    walk = [0.2] * 6 + list(np.linspace(0.2, 0.8, 8)) + [0.8] * 6
    assert np.abs(path(walk) - np.array(walk)).max() < WINDOW / 2


def test_what_is_gone_in_a_moment_is_not_followed():
    assert moves(path([0.3] * 12 + [0.8] + [0.3] * 12)) == 0


def test_nobody_is_cut_through_where_one_of_two_can_be_seen_whole():
    both = (bumps([0.3] * 16, strength=0.5) + bumps([0.7] * 16, strength=0.4)) / 1.0
    found = best_path(both, window=WINDOW, rate=RATE)
    assert found == pytest.approx([0.3] * 16, abs=0.05)


def test_the_slowest_it_goes_is_a_movement_and_no_drift():
    slow = list(np.linspace(0.4, 0.55, 40))
    steps = np.abs(np.diff(path(slow)))
    assert (steps[steps > 0] >= 0.15 * FASTEST / RATE).all()
