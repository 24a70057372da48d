"""Whatever is sent as a brief is either planned or refused in one sentence that names the field."""

from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from nodes.agents.script_checks import plan_problems
from server.briefs import read_brief
from server.cli.make import load_json, with_script_file
from state.brief import NovelaBrief
from state.errors import BriefIncomplete
from state.writing import PlanSeriesInput
from tests.scripts import write_episode
from tools.screenplay.own_material import own_material
from tools.screenplay.seconds import brings_shots, scene_seconds

STORY = {"title": "The Key", "description": "Ana finds a key in Bruno's coat. He says it opens nothing."}
WOMEN = [{"name": f"Person {n}", "look": {"presentation": "woman"}} for n in range(12)]
WORD = {"speaker": "Ana", "text": "Yes."}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"characters": [{"name": f"Person {n}"} for n in range(13)]}, "brief.characters"),
    ({"characters": [{"name": f"Person {n}"} for n in range(40)]}, "brief.characters"),
    ({"characters": WOMEN}, "brief.characters"),
    ({"characters": [{"name": "Ana"}, {"name": " ana "}]}, "brief"),
    ({"characters": [{"name": " \t "}]}, "brief.characters.0.name"),
    ({"characters": [{"name": "\u200b"}]}, "brief.characters.0.name"),
    ({"characters": [{"name": "A\x00na"}]}, "brief.characters.0.name"),
    ({"characters": [{"name": "x" * 61}]}, "brief.characters.0.name"),
    ({"characters": [{"name": "Ana", "age": 9}]}, "brief.characters.0.age"),
    ({"description": "word " * 20_000}, "brief.description"),
    ({"description": "half \ud83d"}, "brief.description"),
    ({"title": " \n "}, "brief.title"),
    ({"title": "a\x9fb"}, "brief.title"),
    ({"genre": "opera"}, "brief.genre"),
    ({"genre": ["drama", "comedy"]}, "brief.genre"),
    ({"language": "xx"}, "brief.language"),
    ({"episode_seconds": 5}, "brief.episode_seconds"),
    ({"episode_seconds": "long"}, "brief.episode_seconds"),
    ({"scenes_per_episode": 13}, "brief.scenes_per_episode"),
    ({"master_seed": -1}, "brief.master_seed"),
    ({"colour": "red"}, "brief.colour"),
    ({"places": [{"name": "Roof", "kind": "moon"}]}, "brief.places.0.kind"),
    ({"product": {"description": "a lamp"}}, "brief.product.name"),
    ({"scenes": [{"number": 1}]}, "brief.scenes.0"),
    ({"scenes": [{"number": 1, "description": "x"}] * 2}, "brief"),
    ({"scenes": [{"number": 1, "lines": [{"speaker": "Ana"}]}]}, "brief.scenes.0.lines.0.text"),
    ({"scenes": [{"number": 1, "lines": [{**WORD, "text": " "}]}]}, "brief.scenes.0.lines.0.text"),
    ({"scenes": [{"number": 1, "lines": [WORD], "shots": [{"description": "x"}]}]}, "brief.scenes.0"),
    ({"scenes": [{"number": 1, "shots": [{"size": "huge"}]}]}, "brief.scenes.0.shots.0.size"),
    ({"scenes": [{"number": 1, "shots": [{"description": "x"}] * 27}]}, "brief.scenes.0.shots"),
    ({"script": "INT. KITCHEN - DAY\n\nANA\n\nShe leaves."}, "brief.script"),
    ({"script": "She leaves."}, "brief.script"),
    ({"script": "x\x00"}, "brief.script"),
]
EXAMPLES = Path(__file__).parents[3] / "examples"
OWN = {"own-script": {1, 2}, "own-scenes": {2, 3}}
"""Scenes that an example brings."""
TWELVE = "Ana Bruno Carla Diego Elena Franco Gina Hugo Irma Juan Karen Luis"
GOOD: dict[str, dict[str, Any]] = {
    "no characters": {"characters": []},
    "twelve characters": {"characters": [{"name": name} for name in TWELVE.split()]},
    "Chinese": {"description": "李娜找到一封信。", "characters": [{"name": "李娜"}, {"name": "王伟"}]},
    "Arabic": {"description": "ليلى تجد رسالة.", "characters": [{"name": "ليلى"}, {"name": "عمر"}]},
    "Cyrillic": {"description": "Анна находит письмо.", "characters": [{"name": "Анна"}]},
    "emoji": {"description": "🎬 Ana 😀 finds a 🔑.", "characters": [{"name": "Ana 😀"}, {"name": "🐉"}]},
    "one word": {"description": "Love"},
    "no word": {"description": "!!! ???"},
    "as long as it may be": {"description": ("Ana finds a key and Bruno hides it at night. " * 500)[:20_000]},
    "contradictory genre": {"description": "A widow weeps at her son's grave.", "genre": "comedy"},
    "a name over two lines": {"characters": [{"name": "Ana\nMaría"}]},
}  # fmt: skip


@pytest.mark.parametrize(("fields", "field"), WRONG, ids=[f"{n}-{row[1]}" for n, row in enumerate(WRONG)])
def test_what_cannot_be_used_is_one_sentence_with_its_field_and_fix(fields: dict[str, Any], field: str):
    with pytest.raises(BriefIncomplete) as caught:
        read_brief("novela", {**STORY, **fields})
    assert caught.value.message.startswith(f"{field}: "), caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.user_action


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("name", "language"), list(zip(GOOD, cycle(["en", "es", "pt-BR"]), strict=False)))
def test_what_is_unusual_is_planned_all_the_same(name: str, language: str):
    brief = read_brief("novela", {**STORY, "language": language, **GOOD[name]})
    assert isinstance(brief, NovelaBrief)
    written = write_episode(brief)
    assert plan_problems(PlanSeriesInput(brief=brief), written.plan) == []
    assert all(scene.shots for scene in written.scenes)
    assert {one.name for one in brief.characters} <= {one.name for one in written.plan.cast}


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.json")), ids=lambda file: file.stem)
def test_every_example_can_be_made(file: Path):
    """As the guide shows them: read, planned, written, and said word for word."""
    sent = with_script_file(load_json(file), file.parent)
    brief = read_brief("novela", sent)
    assert isinstance(brief, NovelaBrief)
    whole = own_material(brief)
    assert {scene.number for scene in whole.scenes if brings_shots(scene)} == OWN.get(file.stem, set())
    assert sum(scene_seconds(whole).values()) == pytest.approx(whole.episode_seconds, rel=0.3)


def test_an_open_length_is_settled_before_it_is_stored():
    """What is stored says how long the film is, and the planning step finds that it fits."""
    brief = read_brief("novela", {**STORY, "script": "INT. KITCHEN - DAY\n\nANA\nYes. No. Perhaps."})
    assert isinstance(brief, NovelaBrief)
    assert (brief.episode_seconds, brief.scenes_per_episode) == (6, 1)
    assert brief.script
    again = read_brief("novela", brief.model_dump(mode="json"))
    assert again == brief
