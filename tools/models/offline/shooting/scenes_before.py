"""What the scenes before one have shown, which its own pictures go on from."""

from state.script import ShotSize, Staging
from state.writing import WriteSceneInput
from tools.models.offline.shooting.angles import WITHIN


def latest_pictures(input: WriteSceneInput) -> tuple[Staging, ...]:
    """The last pictures of the scenes before."""
    stagings = [shot.staging for scene in input.previous_scenes[-2:] for shot in scene.shots]
    return tuple(stagings[-WITHIN:])


def scenes_here(input: WriteSceneInput) -> int:
    """How many scenes in a row before this one play in its place."""
    places = [scene.place for scene in reversed(input.previous_scenes)]
    return next((at for at, place in enumerate(places) if place != input.outline.place), len(places))


def put_on_glasses(input: WriteSceneInput) -> frozenset[str]:
    """Who has put on glasses that they did not have at first."""
    first = {one.name: (one.look.glasses, one.look.glasses_colour) for one in input.plan.cast}
    blocks = (who for scene in input.previous_scenes for shot in scene.shots for who in shot.staging.people)
    now = ((one.character, (one.look.glasses, one.look.glasses_colour)) for one in blocks)
    return frozenset(name for name, look in now if name in first and look[0] and look != first[name])


def framed_before(input: WriteSceneInput) -> tuple[tuple[ShotSize, frozenset[str]], ...]:
    """Wide pictures of this place in the scene before and its last one, and who was in them."""
    scenes = [scene for scene in input.previous_scenes[-1:] if scene.place == input.outline.place]
    stagings = [shot.staging for scene in scenes for shot in scene.shots if shot.staging.size == "wide"]
    stagings += [scene.shots[-1].staging for scene in scenes if scene.shots]
    return tuple((one.size, frozenset(who.character for who in one.people)) for one in stagings)


def framed_lately(input: WriteSceneInput) -> tuple[tuple[ShotSize, frozenset[str]], ...]:
    """The last pictures before this scene, as many as one may not come back in."""
    here = [one if one.place.name == input.outline.place else None for one in latest_pictures(input)]
    return tuple(
        (one.size, frozenset(who.character for who in one.people)) if one else ("insert", frozenset())
        for one in here[1:]
    )


def shown_close(input: WriteSceneInput) -> tuple[str, ...]:
    """What the inserts of the scenes before have shown."""
    shots = (shot for scene in input.previous_scenes for shot in scene.shots)
    return tuple(shot.staging.subject for shot in shots if shot.staging.size == "insert")
