"""Close the scene that was approved and go on."""

from langgraph.runtime import Runtime

from nodes.reporting import report
from state.context import RunContext
from state.novela import NovelaState


async def next_scene(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Count the scene as done; the next one that is not is shot, or the episode is cut.

    After a re-shoot the scenes behind it were approved long ago: nobody is asked again.
    """
    report(runtime, "scene_approved", scene=state.scene_number)
    done = [*state.scenes_done, *({state.scene_number} - set(state.scenes_done))]
    return {"scenes_done": done, "scene_number": following(state, done)}


def following(state: NovelaState, done: list[int]) -> int:
    """The first scene that is not done, or the number after the last."""
    numbers = [scene.number for scene in state.film.scenes]
    return next((number for number in numbers if number not in done), max(numbers, default=0) + 1)
