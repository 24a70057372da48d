"""Everybody who is framed is framed whole: heads inside, out of each other's way, above the captions."""

from itertools import combinations, product
from typing import get_args

import pytest

from state.script import Blocking, Look, Place, ShotSize, Staging
from tools.engines.previz.framing import CAPTIONS, CHIN, HEAD_HALF, Framing, Mark, crown_of, frame

RATIOS = {"16:9": (1920, 1080), "9:16": (1080, 1920), "1:1": (1080, 1080)}
LOOKS = (
    Look(presentation="woman", hair_style="bun"),
    Look(presentation="man", accessory="hat", hair_style="afro"),
    Look(presentation="man", age="child"), Look(presentation="woman", age="elder", hair_style="long"),
    Look(presentation="man"),
    Look(presentation="woman"),
)  # fmt: skip
SPOTS = ("left", "right", "centre", "left", "right", "centre")
CASES = [
    (size, ratio, n)
    for size, ratio, n in product(get_args(ShotSize), RATIOS, (1, 2, 3, 4, 6))
    if size != "insert"
]


def framed(size: ShotSize, ratio: str, count: int, facing: str = "camera") -> Framing:
    people = [
        Blocking(character=str(i), look=LOOKS[i], position=SPOTS[i], facing=facing)  # type: ignore[arg-type]
        for i in range(count)
    ]
    staging = Staging(place=Place(name="x", kind="office"), size=size, people=people)
    return frame(staging, *RATIOS[ratio])


def seen(framing: Framing) -> list[Mark]:
    return [mark for mark in framing.marks if not mark.from_behind]


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("size", "ratio", "count"), CASES)
@pytest.mark.parametrize("facing", ["left", "camera", "right"])
def test_every_head_is_inside_the_frame_and_above_the_captions(
    size: ShotSize, ratio: str, count: int, facing: str
) -> None:
    framing = framed(size, ratio, count, facing)
    assert seen(framing)
    for mark in seen(framing):
        assert mark.x - HEAD_HALF * mark.scale >= 0
        assert mark.x + HEAD_HALF * mark.scale <= framing.width
        assert mark.y - crown_of(mark.blocking) * mark.scale >= 0
        assert mark.y + CHIN * mark.scale <= framing.height * CAPTIONS


@pytest.mark.parametrize(("size", "ratio", "count"), CASES)
def test_no_face_hides_another(size: ShotSize, ratio: str, count: int) -> None:
    for one, other in combinations(framed(size, ratio, count).marks, 2):
        assert abs(one.x - other.x) > 44 * (one.scale + other.scale)


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("size", ["two_shot", "over_shoulder"])
def test_two_people_face_each_other_and_keep_their_sides(size: ShotSize, ratio: str) -> None:
    """The 180-degree line: who stands on the left stays there, whoever is seen from behind."""
    left, right = sorted(framed(size, ratio, 2).marks, key=lambda mark: mark.x)
    assert (left.facing, right.facing) == ("right", "left")
    assert (left.blocking.position, right.blocking.position) == ("left", "right")


@pytest.mark.parametrize("ratio", RATIOS)
def test_children_and_short_people_are_lower_in_a_shared_frame(ratio: str) -> None:
    marks = {mark.blocking.look.age: mark for mark in framed("two_shot", ratio, 4).marks}
    assert marks["child"].y > marks["adult"].y + 40


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("size", ["wide", "two_shot", "medium"])
def test_nobody_of_a_large_group_is_left_out(size: ShotSize, ratio: str) -> None:
    assert len(framed(size, ratio, 6).marks) == 6


@pytest.mark.parametrize("count", [2, 3, 4, 6])
@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("size", ["wide", "two_shot", "medium"])
def test_nobody_is_cut_at_the_edge_of_a_shared_frame(size: ShotSize, ratio: str, count: int) -> None:
    framing = framed(size, ratio, count)
    for mark in framing.marks:
        assert mark.x - 112 * mark.scale >= 0
        assert mark.x + 112 * mark.scale <= framing.width
