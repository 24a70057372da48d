"""Order every line of the scene that is not recorded yet."""

from langgraph.runtime import Runtime

from nodes.parallel import in_parallel
from nodes.reporting import production_id, progress
from nodes.sound.voice_orders import STAGE, lines_of, voice_item, voice_order
from state.context import RunContext
from state.errors import GreenlightError
from state.film import ShootingState
from state.script import Line, Shot
from state.take import VoiceTrack
from tools.engines.routing import OFFLINE_MODELS
from tools.orders.failures import failure_of
from tools.orders.planned import on_route, planned_voice
from tools.orders.pricing import submit_priced
from tools.registry import toolbox


async def submit_voices(state: ShootingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Hand in one order per line; a line keeps its recording until its words change."""
    tools = await toolbox()
    route = tools.route("voice", OFFLINE_MODELS["voice"])
    wanted = [entry for entry in lines_of(state.scene) if not _is_recorded(state, entry[0], entry[1])]

    async def hand_in(entry: tuple[Shot, int, Line]) -> VoiceTrack:
        shot, number, line = entry
        order = voice_order(state, shot, number, production_id=production_id(runtime), route=route)
        track = VoiceTrack(slate=shot.slate, line=number, speaker=line.speaker, call_key=order.call_key)
        try:
            planned = on_route(planned_voice(state, f"{shot.slate}/{number}"), route)
            ticket = await submit_priced(tools.orders, order, planned, use_cache=runtime.context.use_cache)
        except GreenlightError as exc:
            return track.model_copy(update={"failure": failure_of(exc, order)})
        return track.model_copy(update={"ticket": ticket})

    progress(runtime, "voices", f"scene {state.scene_number}: {len(wanted)} lines", total=len(wanted))
    tracks = await in_parallel(wanted, hand_in, at_once=runtime.context.max_parallel_takes)
    return {"voices": {f"{track.slate}/{track.line}": track.model_dump(mode="json") for track in tracks}}


def _is_recorded(state: ShootingState, shot: Shot, number: int) -> bool:
    item = voice_item(shot, number)
    track = state.voices.get(item)
    return track is not None and track.call_key.endswith(f":{state.cause(STAGE, item)}")
