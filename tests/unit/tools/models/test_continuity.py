"""Continuity notes against what is staged: every sentence of them is a fact of the shots."""

import re

import pytest

from state.brief import NovelaBrief
from state.script import Language, Scene, Shot, Staging
from tests.scripts import a_novela_brief, story_briefs, write_episode
from tools.models.offline.shooting.continuity import continuity_notes
from tools.models.offline.things.things import left_by, name_thing
from tools.models.offline.words.appearance import worn_words
from tools.models.offline.words.bank import bank

BRIEFS = story_briefs()
NAMES = [brief.title for brief in BRIEFS]


def first_blocks(scene: Scene) -> dict[str, object]:
    return {one.character: one for shot in reversed(scene.shots) for one in reversed(shot.staging.people)}


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=NAMES)
def test_sides_and_clothes_are_those_of_the_shots(brief: NovelaBrief):
    words = bank(brief.language)["words"]
    template = bank(brief.language)["stage"]["notes"]["present"]
    for scene in write_episode(brief).scenes:
        for shot in scene.shots:
            for one in shot.staging.people:
                side = {"right": "left", "left": "right", "camera": "centre"}[one.facing]
                worn = worn_words(one.look, brief.language)
                told = template.format(name=one.character, side=words["sides"][side], garment=worn)
                start = told.split(",")[0] if brief.language == "en" else told.split(" ")[0]
                assert worn in scene.continuity_notes
                assert start in scene.continuity_notes
                assert one.position in (side, "centre")


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=NAMES)
def test_light_time_and_weather_hold_for_the_whole_scene(brief: NovelaBrief):
    words = bank(brief.language)["words"]
    for scene in write_episode(brief).scenes:
        skies = {(shot.staging.time, shot.staging.weather, shot.staging.mood) for shot in scene.shots}
        assert len(skies) == 1
        time, weather, _ = skies.pop()
        opening = f"{scene.place}, {words['times'][time]}, {words['weathers'][weather]}."
        assert scene.continuity_notes.startswith(opening)


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=NAMES)
def test_what_is_held_or_lying_is_said_and_nothing_else(brief: NovelaBrief):
    for scene in write_episode(brief).scenes:
        for thing, where in left_by([scene]).items():
            name = name_thing(thing, brief.language).the
            assert name.casefold() in scene.continuity_notes.casefold()
            if where.holder:
                assert re.search(
                    rf"{re.escape(where.holder)}\b[^.]*{re.escape(name)}", scene.continuity_notes
                )
        if not left_by([scene]):
            bare = re.sub(r"[\"«][^\"»]*[\"»]", "", scene.continuity_notes)
            held = bank(brief.language)["stage"]["notes"]["held"].split("{thing}")[1]
            assert held not in bare


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=NAMES)
def test_nobody_holds_what_somebody_else_took_along(brief: NovelaBrief):
    """A thing goes from hand to hand only over a table."""
    for scene in write_episode(brief).scenes:
        holder = ""
        for shot in scene.shots:
            if shot.staging.size == "insert":
                holder = ""
            now = [one.character for one in shot.staging.people if one.gesture == "holding"]
            assert len(now) <= 1
            assert not now or holder in ("", now[0])
            holder = now[0] if now else holder


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=NAMES)
def test_who_knows_what_is_quoted_from_the_lines(brief: NovelaBrief):
    for scene in write_episode(brief).scenes:
        lines = {line.text for shot in scene.shots for line in shot.lines}
        quoted = re.findall(r"[\"«]([^\"»]+)[\"»]", scene.continuity_notes)
        assert set(quoted) <= lines


def test_the_next_scene_is_told_all_of_it():
    written = write_episode(a_novela_brief())
    for before, draft in zip(written.scenes, written.drafts[1:], strict=False):
        assert before.continuity_notes in draft.prompt


def test_a_moved_prop_is_noticed():
    """The control: with the insert gone, the note no longer says that the thing lies there."""
    shot = write_episode(a_novela_brief()).scenes[0].shots[0]
    scene = write_episode(a_novela_brief()).scenes[0]
    thing = name_thing("suitcase", "en").the
    assert thing in continuity_notes(_with_insert(scene, shot, "suitcase"), "en").lower()
    assert thing not in continuity_notes(_with_insert(scene, shot, ""), "en").lower()


def _with_insert(scene: Scene, shot: Shot, thing: str) -> Scene:
    staging = Staging(place=shot.staging.place, size="insert", subject=thing)
    insert = shot.model_copy(update={"staging": staging, "lines": []})
    return scene.model_copy(update={"shots": [shot, insert]})


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
def test_the_same_words_describe_a_person_in_every_scene_prompt(language: Language):
    brief = next(one for one in BRIEFS if one.language == language)
    written = write_episode(brief)
    for person in written.plan.cast:
        blocks = {
            found
            for draft in written.drafts
            for found in re.findall(rf"{re.escape(person.name)}: [^;.\n]+", draft.prompt.split("\n")[0])
        }
        assert len(blocks) <= 1


@pytest.mark.parametrize(("language", "cue"), [
    ("en", "Latin American"), ("es", "latinoamerican"), ("pt-BR", "brasileir"),
])  # fmt: skip
def test_every_scene_prompt_names_the_culture_light_and_mood(language: Language, cue: str):
    words = bank(language)["words"]
    for brief in (one for one in BRIEFS if one.language == language):
        for draft in write_episode(brief).drafts:
            setting = draft.prompt.split("\n")[1]
            assert cue in setting
            assert words["lights"][draft.scene.mood] in setting
            assert words["moods"][draft.scene.mood] in setting
            assert words["times"][draft.scene.time] in setting
