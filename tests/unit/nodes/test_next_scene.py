"""After the last open scene comes the cut, also when an earlier one was shot again."""

import pytest

from nodes.screenplay.next_scene import following
from state.novela import NovelaState
from state.script import Scene, Script

SCENES = [Scene(number=number, title="t", summary="s", place="p") for number in (1, 2)]


@pytest.mark.parametrize(("done", "next_one"), [([1], 2), ([2], 1), ([1, 2], 3), ([], 1)])
def test_the_first_scene_that_is_not_done_comes_next(done: list[int], next_one: int):
    script = Script(title="t", logline="l", scenes=SCENES)
    assert following(NovelaState(script=script), done) == next_one
