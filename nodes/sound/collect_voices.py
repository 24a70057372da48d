"""Wait for the recorded lines, then time the shots to them."""

from functools import partial
from typing import Any

from langgraph.runtime import Runtime

from nodes.parallel import in_parallel
from nodes.reporting import production_id, progress
from nodes.sound.voice_orders import STAGE, placed, voice_item, voice_order, whole_frames
from nodes.standing_in import brought_home, chained, failed, made_by, tell_stood_in
from state.context import RunContext
from state.errors import GreenlightError
from state.film import ShootingState
from state.take import VoiceTrack
from tools.orders.chain import Chain, Made
from tools.registry import Toolbox, toolbox_for


async def collect_voices(state: ShootingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Bring the lines home and make every shot long enough for what is said in it."""
    tools = await toolbox_for(runtime.context.user_id)

    async def bring_home(track: VoiceTrack) -> VoiceTrack:
        if track.ticket is None:
            return track
        item = f"{track.slate}/{track.line}"
        try:
            made = await brought_home(track.ticket, _chain(state, track, tools, runtime), tools)
        except GreenlightError as exc:
            failure = failed(exc, track.ticket, runtime, item=item)
            return track.model_copy(update={"ticket": None, "failure": failure, "calls": []})
        tell_stood_in(made, runtime, stage=STAGE, item=item)
        return _recorded(track, made)

    mine = [track for track in state.voices.values() if track.slate.scene == state.scene_number]
    recorded = await in_parallel(mine, bring_home, at_once=runtime.context.max_parallel_takes)
    progress(runtime, "voices", f"scene {state.scene_number}: {len(recorded)} lines recorded")
    return _timed(state, {f"{track.slate}/{track.line}": track for track in recorded})


def _chain(
    state: ShootingState, track: VoiceTrack, tools: Toolbox, runtime: Runtime[RunContext]
) -> Chain | None:
    """As it was handed in; None where nobody else may speak it, or where it is said no more."""
    shot = next((one for one in state.scene.shots if one.slate == track.slate), None)
    if shot is None or track.line > len(shot.lines) or not track.calls:
        return None
    order_of = partial(voice_order, state, shot, track.line, production_id=production_id(runtime))
    return chained(track.calls, order_of, tools=tools, context=runtime.context)


def _recorded(track: VoiceTrack, made: Made) -> VoiceTrack:
    """The line with its file and who spoke it."""
    delivery = made.delivery
    # A branch has what its parent ordered under the parent's name.
    own = track.call_key.partition(":")[2] == delivery.call_key.partition(":")[2]
    return track.model_copy(
        update={
            "ticket": None, "failure": None, "media": delivery.media, "calls": [],
            "duration_s": delivery.media.duration_s or 0.0, "made_as": "" if own else delivery.call_key,
            **made_by(made),
        }
    )  # fmt: skip


def _timed(state: ShootingState, tracks: dict[str, VoiceTrack]) -> dict[str, object]:
    voices, seconds = dict[str, Any](), dict[str, float]()
    for shot in state.scene.shots:
        items = [voice_item(shot, number) for number in range(1, len(shot.lines) + 1)]
        heard = [tracks[item] for item in items if item in tracks and tracks[item].media]
        in_place, length = placed(shot, heard)
        seconds[str(shot.slate)] = whole_frames(length, state.look.fps)
        voices |= {f"{track.slate}/{track.line}": track.model_dump(mode="json") for track in in_place}
    failed_ones = {item: track.model_dump(mode="json") for item, track in tracks.items() if track.failure}
    return {"voices": {**voices, **failed_ones}, "shot_seconds": seconds}
