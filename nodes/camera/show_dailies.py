"""Put the scene's takes out for review: a thumbnail each, one reel with sound, and the scene's record."""

from pathlib import Path

from langgraph.runtime import Runtime

from nodes.camera.scene_record import scene_event
from nodes.reporting import production_id, progress, tell
from nodes.sound.voice_orders import lines_of, voice_item
from state.context import RunContext
from state.film import ShootingState
from state.media import MediaRef
from state.take import Take
from tools.post.dailies import scene_reel
from tools.post.stills import thumbnail
from tools.registry import Toolbox, toolbox
from tools.work_folder import work_folder


async def show_dailies(state: ShootingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Make what a person needs to decide and report the scene as shot, or as failed."""
    tools = await toolbox()
    slates = [str(shot.slate) for shot in state.scene.shots]
    # One that waited for a take that failed was never ordered.
    takes = {slate: state.takes[slate] for slate in slates if slate in state.takes}
    shown = {slate: await _with_thumbnail(take, tools, runtime) for slate, take in takes.items()}
    reel = await _reel(state, shown, tools, runtime)
    tier = runtime.context.tier
    tell(runtime, scene_event(state, shown, reel, production_id(runtime), tier=tier))
    progress(runtime, "shooting", f"scene {state.scene_number} is ready to look at")
    return {
        "takes": {slate: take.model_dump(mode="json") for slate, take in shown.items()},
        "reels": {str(state.scene_number): reel.model_dump(mode="json") if reel else None},
    }


async def _with_thumbnail(take: Take, tools: Toolbox, runtime: Runtime[RunContext]) -> Take:
    if take.media is None or take.thumbnail is not None:
        return take
    source = await tools.media.get(take.media.key)
    async with work_folder("thumbnail") as folder:
        picture = await thumbnail(source, at_s=take.duration_s / 2, into=folder / "thumbnail.jpg")
        stored = await tools.media.put(picture, user_id=runtime.context.user_id)
    return take.model_copy(update={"thumbnail": stored})


async def _reel(
    state: ShootingState, takes: dict[str, Take], tools: Toolbox, runtime: Runtime[RunContext]
) -> MediaRef | None:
    """The scene's takes in order with their voices; None while one is missing."""
    clips = [await tools.media.get(take.media.key) for take in takes.values() if take.media]
    if len(clips) < len(state.scene.shots):
        return None
    voices = await _voices(state, takes, tools)
    async with work_folder("dailies") as folder:
        reel = await scene_reel(clips, voices, into=folder / "reel.mp4")
        return await tools.media.put(reel, user_id=runtime.context.user_id)


async def _voices(state: ShootingState, takes: dict[str, Take], tools: Toolbox) -> list[tuple[Path, float]]:
    starts, at = {}, 0.0
    for slate, take in takes.items():
        starts[slate] = at
        at += take.duration_s
    heard = []
    for shot, number, _ in lines_of(state.scene):
        track = state.voices.get(voice_item(shot, number))
        if track and track.media:
            heard.append((await tools.media.get(track.media.key), starts[str(shot.slate)] + track.start_s))
    return heard
