"""Every prompt as a model gets it: reviewed word for word, and short enough to be paid for."""

import re

import pytest

from tests.unit.prompts.rendered import FOLDER, RENDERED, rendered

TOKENS = 4
"""Letters that are about one token."""


@pytest.mark.parametrize("name", RENDERED)
def test_a_prompt_is_the_one_that_was_reviewed(name: str):
    """A changed prompt is a decision: `python -m tests.unit.prompts.rendered`, and read the difference."""
    assert rendered(name) == (FOLDER / f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", RENDERED)
def test_a_prompt_has_no_holes(name: str):
    assert re.findall(r"\{\{|\}\} |None\b", rendered(name)) == []


@pytest.mark.parametrize("name", RENDERED)
def test_a_prompt_with_its_schema_is_no_longer_than_it_must_be(name: str):
    """Before, a plan took 3,504 tokens, a scene 5,503 and a note 5,636; that is paid for each call."""
    assert len(rendered(name)) / TOKENS < 3500


@pytest.mark.parametrize("name", ["scene", "second_scene"])
@pytest.mark.parametrize(
    "said",
    [
        "Characters", "Setting", "time of day, light, weather, mood", "Action and emotion", "Camera",
        "Continuity", "Brazilian, Latin American or international", "180-degree rule",
        "150 words per minute", "At most 15 words",
    ],
)  # fmt: skip
def test_the_writer_is_told_what_the_mission_asks_of_a_prompt(name: str, said: str):
    """S1-09."""
    assert said in rendered(name)


def test_the_second_scene_is_told_what_the_first_one_left():
    """S1-46."""
    assert "Ana has the key and does not give it back." in rendered("second_scene")
    assert "Ana has the key and does not give it back." not in rendered("scene")


def test_the_second_plan_knows_cast_and_open_threads():
    assert "olive skin" in rendered("second_plan")
    assert "What does the key open?" in rendered("second_plan")
