"""Record what is heard beside voices and music: the room of every scene, the effects of every shot."""

from itertools import pairwise
from pathlib import Path

from langgraph.runtime import Runtime

from nodes.parallel import in_parallel
from nodes.post.cut_list import effects_of, lay_out, room_item, scene_seconds
from nodes.reporting import progress
from state.context import RunContext
from state.film import FinishingState
from state.script import Scene
from state.seeds import seed_for
from tools.engines.previz.effects.catalog import render_effect
from tools.engines.previz.room_tone import render_room_tone
from tools.registry import toolbox
from tools.work_folder import work_folder

SPARE_S = 2.0
"""A bed is longer than its scene, so that it can flow into the next one."""


async def record_sounds(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Make room tones and effects; the same script gives the same sounds."""
    tools = await toolbox()
    made: dict[str, Path] = {}
    async with work_folder("sounds") as folder:
        made |= await _room_tones(state, folder)
        made |= await _effects(state, folder)

        async def stored(item: str) -> tuple[str, object]:
            media = await tools.media.put(made[item], user_id=runtime.context.user_id)
            return item, media.model_dump(mode="json")

        sounds = await in_parallel(list(made), stored, at_once=runtime.context.max_parallel_takes)
    rooms = len(state.film.scenes)
    progress(runtime, "finishing", f"{rooms} room tones and {len(made) - rooms} effects")
    return {"sounds": dict(sounds)}


async def _room_tones(state: FinishingState, folder: Path) -> dict[str, Path]:
    timeline = lay_out(state, {})
    starts = scene_seconds(state, timeline)
    borders = [0.0, *starts[1:], timeline.duration_s]
    return {
        room_item(scene): await _room_tone(state, scene, after - before + SPARE_S, folder)
        for scene, (before, after) in zip(state.film.scenes, pairwise(borders), strict=True)
    }


async def _room_tone(state: FinishingState, scene: Scene, seconds: float, folder: Path) -> Path:
    staging = scene.shots[0].staging
    # A place keeps its sound when the story comes back to it.
    seed = seed_for(state.look.master_seed, "room", staging.place.name)
    return await render_room_tone(
        seconds, staging.place.kind, seed=seed, into=folder, weather=staging.weather, time=staging.time
    )


async def _effects(state: FinishingState, folder: Path) -> dict[str, Path]:
    shots = [shot for scene in state.film.scenes for shot in scene.shots]
    return {
        item: await render_effect(effect.kind, seed=state.seed("effect", item), into=folder)
        for shot in shots
        for item, effect in effects_of(shot)
    }
