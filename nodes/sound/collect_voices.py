"""Wait for the recorded lines, then time the shots to them."""

from typing import Any

from langgraph.runtime import Runtime

from nodes.parallel import in_parallel
from nodes.reporting import progress
from nodes.sound.voice_orders import placed, voice_item, whole_frames
from state.context import RunContext
from state.errors import GreenlightError
from state.film import ShootingState
from state.take import VoiceTrack
from tools.orders.failures import failure_of
from tools.registry import toolbox


async def collect_voices(state: ShootingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Bring the lines home and make every shot long enough for what is said in it."""
    tools = await toolbox()

    async def bring_home(track: VoiceTrack) -> VoiceTrack:
        if track.ticket is None:
            return track
        try:
            delivery = await tools.orders.collect(track.ticket)
        except GreenlightError as exc:
            failure = failure_of(exc, track.ticket)
            return track.model_copy(update={"ticket": None, "failure": failure})
        seconds = delivery.media.duration_s or 0.0
        return track.model_copy(update={"ticket": None, "media": delivery.media, "duration_s": seconds})

    mine = [track for track in state.voices.values() if track.slate.scene == state.scene_number]
    recorded = await in_parallel(mine, bring_home, at_once=runtime.context.max_parallel_takes)
    progress(runtime, "voices", f"scene {state.scene_number}: {len(recorded)} lines recorded")
    return _timed(state, {f"{track.slate}/{track.line}": track for track in recorded})


def _timed(state: ShootingState, tracks: dict[str, VoiceTrack]) -> dict[str, object]:
    voices, seconds = dict[str, Any](), dict[str, float]()
    for shot in state.scene.shots:
        items = [voice_item(shot, number) for number in range(1, len(shot.lines) + 1)]
        heard = [tracks[item] for item in items if item in tracks and tracks[item].media]
        in_place, length = placed(shot, heard)
        seconds[str(shot.slate)] = whole_frames(length, state.look.fps)
        voices |= {f"{track.slate}/{track.line}": track.model_dump(mode="json") for track in in_place}
    failed = {item: track.model_dump(mode="json") for item, track in tracks.items() if track.failure}
    return {"voices": {**voices, **failed}, "shot_seconds": seconds}
