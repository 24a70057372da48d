"""Put the scene's takes out for review: a thumbnail each, and the scene's record."""

import tempfile
from pathlib import Path

from langgraph.runtime import Runtime

from nodes.reporting import production_id, progress, report
from state.context import RunContext
from state.film import ShootingState
from state.take import Take
from tools.post.stills import thumbnail
from tools.registry import Toolbox, toolbox


async def show_dailies(state: ShootingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Make the thumbnails that are missing and report the scene as shot, or as failed."""
    tools = await toolbox()
    takes = {str(shot.slate): state.takes[str(shot.slate)] for shot in state.scene.shots}
    shown = {slate: await _with_thumbnail(take, tools, runtime) for slate, take in takes.items()}
    missing = [slate for slate, take in shown.items() if take.status != "done"]
    report(runtime, "scene_failed" if missing else "scene_done", **_record(state, shown, runtime))
    progress(runtime, "shooting", f"scene {state.scene_number} is ready to look at")
    return {"takes": {slate: take.model_dump(mode="json") for slate, take in shown.items()}}


async def _with_thumbnail(take: Take, tools: Toolbox, runtime: Runtime[RunContext]) -> Take:
    if take.media is None or take.thumbnail is not None:
        return take
    source = await tools.media.get(take.media.key)
    with tempfile.TemporaryDirectory(prefix="greenlight-thumb-") as folder:
        picture = await thumbnail(source, at_s=take.duration_s / 2, into=Path(folder))
        stored = await tools.media.put(picture, user_id=runtime.context.user_id)
    return take.model_copy(update={"thumbnail": stored})


def _record(state: ShootingState, takes: dict[str, Take], runtime: Runtime[RunContext]) -> dict[str, object]:
    """The facts of a scene's row in the novela's timeline (S1-29)."""
    done = [take for take in takes.values() if take.media]
    scene, first = state.scene, done[0] if done else None
    failures = [take.failure.model_dump(mode="json") for take in takes.values() if take.failure]
    return {
        "scene": scene.number,
        "title": scene.title,
        "prompt": scene.prompt,
        "model_id": scene.model_id or state.look.video_model,
        "parameters": scene.parameters,
        "call_key": first.call_key if first else "",
        "media": first.media.model_dump(mode="json") if first and first.media else None,
        "thumbnail": first.thumbnail.model_dump(mode="json") if first and first.thumbnail else None,
        "takes": [take.model_dump(mode="json") for take in done],
        "duration_s": sum(take.duration_s for take in done),
        "size_bytes": sum(take.media.size_bytes for take in done if take.media),
        "actual_micros": sum(take.cost.micros for take in done),
        "take": max((take.slate.take or 1 for take in done), default=1),
        "conversation_id": f"{production_id(runtime)}:scene-{scene.number}",
        "created_by": "script_writer",
        "validated_by": "system_integrator",
        "failures": failures,
    }
