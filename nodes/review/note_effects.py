"""What a note does to the script: which shots it means, and how they are changed."""

import re

from nodes.agents.crew import Crew
from nodes.screenplay.given_pictures import with_kept_pictures
from state.film import FilmState
from state.review import Note, TrafficLight
from state.script import Scene, Script, Shot
from state.writing import ReviseShotInput

SLATE = re.compile(r"\b(\d{1,2}[A-Z]{1,2})\b")


def scene_of(script: Script, slate: str) -> Scene:
    """The scene that a shot is part of."""
    return next(scene for scene in script.scenes for shot in scene.shots if str(shot.slate) == slate)


def shot_of(script: Script, slate: str) -> Shot:
    """The shot with this slate."""
    return next(shot for shot in scene_of(script, slate).shots if str(shot.slate) == slate)


def with_shot(script: Script, changed: Shot) -> Script:
    """The script with one shot replaced and everything else as it was."""
    slate = changed.slate
    scenes = [
        scene.model_copy(update={"shots": [changed if shot.slate == slate else shot for shot in scene.shots]})
        for scene in script.scenes
    ]
    return script.model_copy(update={"scenes": scenes})


def with_model(script: Script, number: int, note: Note) -> Script:
    """The script with the note's model and parameters on one scene (S1-40, S1-48)."""
    if note.model_override is None and not note.parameters_override:
        return script
    scenes = []
    for scene in script.scenes:
        if scene.number == number:
            parameters = {**scene.parameters, **note.parameters_override}
            model = note.model_override or scene.model_id
            scene = scene.model_copy(update={"model_id": model, "parameters": parameters})
        scenes.append(scene)
    return script.model_copy(update={"scenes": scenes})


def slates_meant(note: Note, scene: Scene) -> list[str]:
    """The shots a note is about: the one it is on, those its words name, or the whole scene."""
    slates = [str(shot.slate) for shot in scene.shots]
    if note.item in slates:
        return [note.item]
    named = [slate for slate in SLATE.findall(note.text) if slate in slates]
    return list(dict.fromkeys(named)) or slates


async def revised(
    state: FilmState, script: Script, slate: str, note: Note, crew: Crew
) -> tuple[Shot, list[str]]:
    """The shot as the note wants it, and in words what was changed. RED changes nothing but the seed."""
    shot = shot_of(script, slate)
    if note.light is not TrafficLight.YELLOW:
        return shot, []
    answer = await crew.revise_shot(
        ReviseShotInput(
            shot=shot, note=note.text, scene=scene_of(script, slate), cast=script.cast, places=script.places,
            history=state.history.get(slate, []), language=script.language,
            narrator=script.narrator.name if script.narrator else "",
        ),
        item=slate, cause=note.cause,
    )  # fmt: skip
    return with_kept_pictures(answer.shot, shot, script), answer.changes
