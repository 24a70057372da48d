"""Time the panels to the script, so that the storyboard can be judged as a film."""

from langgraph.runtime import Runtime

from nodes.reporting import progress, tell
from nodes.storyboard.boards import board_of, panel_path
from state.context import RunContext
from state.events import MediaStored
from state.film import StoryboardState
from tools.post.animatic import Board
from tools.post.animatic import cut_animatic as cut
from tools.registry import Toolbox, toolbox
from tools.work_folder import work_folder

ANIMATIC = "animatic.mp4"


async def cut_animatic(state: StoryboardState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Every panel for as long as its shot is planned, with its slate and its lines; no sound yet."""
    tools, look = await toolbox(), state.look
    boards = await _boards(state, tools)
    async with work_folder("storyboard") as folder:
        made = await cut(boards, size=(look.width, look.height), into=folder / ANIMATIC)
        stored = await tools.media.put(made, user_id=runtime.context.user_id)
    tell(runtime, MediaStored(media=stored, title="Animatic", call_key=""))
    progress(runtime, "storyboard", f"animatic of {sum(board.seconds for board in boards):.0f} s")
    return {"animatic": stored.model_dump(mode="json")}


async def _boards(state: StoryboardState, tools: Toolbox) -> list[Board]:
    return [
        board_of(
            state, scene, shot, picture=await panel_path(state.panels, shot, tools), seconds=shot.duration_s
        )
        for scene in state.film.scenes
        for shot in scene.shots
    ]
