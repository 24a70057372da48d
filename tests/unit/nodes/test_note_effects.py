"""Which shots a note is about."""

from nodes.review.note_effects import slates_meant, with_model, with_shot
from state.review import Note, TrafficLight
from state.script import Place, Scene, Script, Shot, Slate, Staging


def a_shot(letter: str) -> Shot:
    staging = Staging(place=Place(name="x", kind="kitchen"))
    return Shot(slate=Slate(scene=2, shot=letter), description=letter, duration_s=2, staging=staging)


SCENE = Scene(number=2, title="t", summary="s", place="x", shots=[a_shot("A"), a_shot("B"), a_shot("C")])
SCRIPT = Script(title="t", logline="l", scenes=[SCENE])


def note(item: str, text: str = "") -> Note:
    return Note(item=item, light=TrafficLight.YELLOW, text=text)


def test_a_note_on_a_shot_means_that_shot():
    assert slates_meant(note("2B", "like 2A"), SCENE) == ["2B"]


def test_a_note_on_the_scene_means_the_shots_it_names():
    assert slates_meant(note("scene-2", "2C is too dark, and 2A too; 9Z is fine"), SCENE) == ["2C", "2A"]


def test_a_note_that_names_no_shot_means_the_whole_scene():
    assert slates_meant(note("scene-2", "slower"), SCENE) == ["2A", "2B", "2C"]


def test_changing_one_shot_leaves_the_others_as_they_are():
    changed = with_shot(SCRIPT, a_shot("B").model_copy(update={"prompt": "new"}))
    assert [shot.prompt for shot in changed.scenes[0].shots] == ["", "new", ""]


def test_an_override_changes_the_scene_it_is_on():
    override = Note(
        item="scene-2", light=TrafficLight.RED, model_override="veo-3.1", parameters_override={"duration": 6}
    )
    scene = with_model(SCRIPT, 2, override).scenes[0]
    assert (scene.model_id, scene.parameters) == ("veo-3.1", {"duration": 6})
    assert with_model(SCRIPT, 1, override).scenes[0] == SCENE
