"""The briefs that the page offers are written by the offline writer, whatever its vocabulary is today."""

import json
from pathlib import Path

import pytest

from server.api.graphs import EXAMPLES
from state.brief import NovelaBrief
from tests.scripts import write_episode


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.json")), ids=lambda file: file.stem)
def test_an_example_becomes_a_script(file: Path):
    brief = NovelaBrief.model_validate(json.loads(file.read_text("utf-8")))
    script = write_episode(brief)
    assert len(script.scenes) == brief.scenes_per_episode
    named = {character.name for character in script.plan.cast}
    assert {character.name for character in brief.characters} <= named
