"""A scene that is changed, not written anew: its shots stay, except for what the advice names."""

from state.script import Scene, Shot
from state.writing import ReviseShotInput, WriteSceneInput
from tools.models.offline.brief.story import Story
from tools.models.offline.revision import compose_revision, understands


def rewritten(input: WriteSceneInput, story: Story, *, longest_s: float) -> Scene | None:
    """The draft with the advice applied to every shot it fits; None when it must be written anew.

    Advice about parameters names nothing that is seen, so the shots stay as they are.
    """
    draft = input.draft
    if draft is None or not draft.shots or max(shot.duration_s for shot in draft.shots) > longest_s:
        return None
    shots = [_changed(shot, draft, input, story) for shot in draft.shots]
    first = shots[0].staging
    return draft.model_copy(update={"shots": shots, "time": first.time, "mood": first.mood})


def _changed(shot: Shot, draft: Scene, input: WriteSceneInput, story: Story) -> Shot:
    asked = ReviseShotInput(
        shot=shot,
        note=input.advice,
        scene=draft,
        cast=input.plan.cast,
        places=input.plan.places,
        language=story.language,
    )
    return compose_revision(asked).shot if input.advice and understands(asked) else shot
