"""The noun of a film's title is seen once where the story tells of it."""

from itertools import pairwise

import pytest

from state.brief import CharacterBrief, NovelaBrief
from state.script import Scene
from state.writing import PlanSeriesInput, WriteSceneInput
from tools.models.offline import scene as scene_writer
from tools.models.offline.plan import compose_plan
from tools.models.offline.scene import compose_scene
from tools.models.offline.shooting import staging
from tools.models.offline.things.titled import shown_in, titled_things, unseen_titled

PADLOCK = NovelaBrief(
    title="The Padlock",
    description=(
        "Rosa and her son Ivan live in an alley of Leeds, ten days without water. Rosa puts a huge padlock "
        "on their tank because somebody steals a bucket every night. Ivan swears that it is the neighbour. "
        "That night he keeps watch with a stick. He hears splashing and lights the lamp: it is his mother "
        "with a full bucket. He looks at the bucket for a long time. Then he carries it across the street."
    ),
    language="en",
    characters=[CharacterBrief(name="Rosa", role="40"), CharacterBrief(name="Ivan", role="19")],
    target_episodes=1, scenes_per_episode=3, episode_seconds=40, shots_per_scene=3,
)  # fmt: skip


def scenes_of(brief: NovelaBrief) -> list[Scene]:
    plan = compose_plan(PlanSeriesInput(brief=brief))
    scenes: list[Scene] = []
    for outline in plan.episodes[0].scenes:
        asked = WriteSceneInput(
            brief=brief, plan=plan, outline=outline, previous_scenes=list(scenes), seconds=13, shots=3
        )
        scenes.append(compose_scene(asked).scene)
    return scenes


def test_the_titles_noun_is_seen() -> None:
    scenes = scenes_of(PADLOCK)
    assert titled_things(PADLOCK) == ("padlock",)
    assert unseen_titled(PADLOCK, scenes, ()) == []
    sizes = [shot.staging.size for scene in scenes for shot in scene.shots]
    assert "insert" in sizes
    assert all(pair != ("insert", "insert") for pair in pairwise(sizes))


def test_without_the_rule_it_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scene_writer, "with_titled", lambda setups, *_: list(setups))
    monkeypatch.setattr(scene_writer, "with_keys", lambda setups, *_, **__: list(setups))
    monkeypatch.setattr(scene_writer, "with_revealed", lambda setups, *_: list(setups))
    monkeypatch.setattr(staging, "_heavy_told", lambda *_: [])
    monkeypatch.setattr(staging, "_in_hand", lambda *_: {})
    monkeypatch.setattr(staging, "told_of", lambda *_, **__: [])
    monkeypatch.setattr(staging, "in_free_hand", lambda staged, *_: staged)
    assert unseen_titled(PADLOCK, scenes_of(PADLOCK), ()) == ["padlock"]


def test_a_title_that_the_story_never_tells_of_adds_nothing() -> None:
    named = PADLOCK.model_copy(update={"title": "The Anchor"})
    assert titled_things(named) == ("anchor",)
    shown = {name for scene in scenes_of(named) for shot in scene.shots for name in shown_in(shot.staging)}
    assert "anchor" not in shown


@pytest.mark.parametrize("title", ["The Last Car Down", "The Mountain", "The Ferry"])
def test_no_place_or_other_sense_is_owed_a_picture(title: str) -> None:
    told = PADLOCK.model_copy(
        update={"title": title, "description": "Rosa greases the cables of a funicular."}
    )
    assert titled_things(told) == ()
