"""How scenes join says what happened between them."""

import pytest

from nodes.post.cut_list import join_of
from state.script import Scene


def a_scene(number: int, *, time="day", mood="warm") -> Scene:
    return Scene(number=number, title="t", summary="s", place="Kitchen", time=time, mood=mood)


@pytest.mark.parametrize(
    ("genre", "mood", "join"),
    [
        ("drama", "tense", "dissolve"),
        ("romance", "warm", "dissolve"),
        ("comedy", "playful", "cut"),
        ("thriller", "tense", "cut"),
        ("thriller", "sad", "dissolve"),
    ],
)
def test_the_genre_decides_while_the_hour_stays(genre, mood, join):
    assert join_of(a_scene(1), a_scene(2, mood=mood), genre) == join


@pytest.mark.parametrize("genre", ["drama", "comedy", "thriller"])
def test_time_that_passes_goes_through_black(genre):
    assert join_of(a_scene(1), a_scene(2, time="night"), genre) == "dip"


def test_the_first_scene_dissolves_out_of_the_title():
    assert join_of(None, a_scene(1), "comedy") == "dissolve"
