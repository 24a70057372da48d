"""Over a shoulder: what a hand does is seen, and does not end behind the head that we look past."""

import numpy as np
import pytest

from state.order import Style
from state.script import Blocking, Gesture, Look, Place, Staging
from tools.engines.previz.people import arms
from tools.engines.previz.picture import Picture, PictureSize

SEEN = Look(presentation="woman", skin="#20ff20", garment="coat", hair_style="short")
BACK = Look(presentation="man", hair_style="curly")
REACHING: tuple[Gesture, ...] = ("reaching_out", "pointing", "shrug", "arms_open")
HIDDEN = 0.035
"""How much of somebody's skin a back may cover: a hand is a tenth of it."""


def hidden(gesture: Gesture, size: tuple[int, int]) -> float:
    """The share of green skin that the shoulder covers."""
    people = [
        Blocking(character="Ana", look=SEEN, position="right", facing="left", gesture=gesture),
        Blocking(character="Luis", look=BACK, position="left", facing="right"),
    ]
    staging = Staging(place=Place(name="x", kind="office"), size="over_shoulder", people=people)
    picture = Picture(staging, Style(), PictureSize(width=size[0], height=size[1]), seed=1)
    with_back = green(picture)
    picture._near = []
    return 1 - with_back / green(picture)


def green(picture: Picture) -> int:
    blue, lush, red = np.moveaxis(picture.at(0.0, 0.0).astype(int), 2, 0)
    return int(((lush > 1.5 * red) & (lush > 1.5 * blue)).sum())


@pytest.mark.breadth(4)
@pytest.mark.parametrize("size", [(320, 180), (180, 320), (240, 240)])
@pytest.mark.parametrize("gesture", [*REACHING, "raised_hand", "waving"])
def test_a_hand_is_seen_past_the_shoulder(gesture: Gesture, size: tuple[int, int]) -> None:
    assert hidden(gesture, size) < HIDDEN


@pytest.mark.parametrize("gesture", REACHING)
def test_without_drawing_the_arm_in_the_hand_is_behind_the_head(
    gesture: Gesture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control, in a tall picture, where two stand closest."""
    monkeypatch.setattr(arms, "drawn_in", lambda person, limb: limb)
    assert hidden(gesture, (180, 320)) > HIDDEN


def test_where_nobody_is_in_the_way_an_arm_reaches_as_far_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    def drawn(size: str) -> bytes:
        one = Blocking(character="Ana", look=SEEN, facing="left", gesture="reaching_out")
        staging = Staging(place=Place(name="x", kind="office"), size=size, people=[one])  # type: ignore[arg-type]
        return Picture(staging, Style(), PictureSize(width=180, height=320), seed=1).at(0.0, 0.0).tobytes()

    ours = [drawn(size) for size in ("medium", "wide")]
    monkeypatch.setattr(arms, "drawn_in", lambda person, limb: limb)
    assert [drawn(size) for size in ("medium", "wide")] == ours
