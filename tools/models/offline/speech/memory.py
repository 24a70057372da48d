"""What a scene may use of the plan: its facts, all that was said before, and what to come back to."""

from state.script import Line
from state.writing import WriteSceneInput
from tools.models.offline.facts import Fact


def facts_for(input: WriteSceneInput) -> tuple[Fact, ...]:
    """The facts this scene tells."""
    return ()


def said_before(input: WriteSceneInput) -> frozenset[str]:
    """Every line of the earlier scenes and of the earlier episodes."""
    here = (line.text for scene in input.previous_scenes for shot in scene.shots for line in shot.lines)
    there = (line.text for episode in input.plan.told for line in episode.said)
    return frozenset((*here, *there))


def remembered(input: WriteSceneInput) -> tuple[Line, ...]:
    """What was said in the episode before, for the first scene of the next one."""
    if input.previous_scenes or not input.plan.told:
        return ()
    earlier = [one for one in input.plan.told if one.number < input.brief.episode_number]
    return tuple(earlier[-1].said) if earlier else ()
