"""The frame with which a take ends, for the take that goes on from it."""

from langgraph.runtime import Runtime

from state.context import RunContext
from state.film import ShootingState
from state.take import Take
from tools.engines.routing import OFFLINE
from tools.post.stills import frame_at
from tools.registry import Toolbox
from tools.work_folder import work_folder


async def with_tail(
    state: ShootingState, take: Take, item: str, tools: Toolbox, runtime: Runtime[RunContext]
) -> Take:
    """The take with the last frame of it that is seen, where another shot of its scene follows.

    The same frame of the same file is the same picture: whoever asks again asks for the same. The offline
    engine draws every shot anew, so nothing goes on from what it drew.

    Raises:
        FfmpegFailed: the take shows nothing at its end.
    """
    slates = [str(shot.slate) for shot in state.scene.shots]
    if take.media is None or take.provider == OFFLINE or item not in slates[:-1]:
        return take
    shown = min(state.shot_seconds.get(item, take.duration_s), take.duration_s)
    source = await tools.media.get(take.media.key)
    async with work_folder("tail") as folder:
        picture = await frame_at(source, max(0.0, shown - 1 / state.look.fps), folder / "tail.png")
        stored = await tools.media.put(picture, user_id=runtime.context.user_id)
    return take.model_copy(update={"tail": stored})
