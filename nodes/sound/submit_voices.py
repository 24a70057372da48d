"""Order every line of the scene that is not recorded yet."""

from functools import partial

from langgraph.runtime import Runtime

from nodes.parallel import NOT_AS_APPROVED, as_far_as_now
from nodes.reporting import production_id, progress
from nodes.review.confirm_approval import voided
from nodes.sound.voice_orders import lines_to_record, voice_order
from nodes.standing_in import calls_of, chained, failed
from state.context import RunContext
from state.errors import GreenlightError
from state.film import ShootingState
from state.script import Line, Shot
from state.take import VoiceTrack
from tools.orders.planned import on_route
from tools.orders.planned_sound import planned_voice
from tools.registry import toolbox_for


async def submit_voices(state: ShootingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Hand in one order per line; a line keeps its recording until its words change.

    A line that would cost something else than was approved is not ordered: the budget is asked about. Where
    the run has to pause for one, those that were bought come home first: no provider keeps them for long.
    """
    tools, tier, refused = await toolbox_for(runtime.context.user_id), runtime.context.tier, list[str]()
    route = tools.route("voice", state.look.voice_model, tier=tier)
    wanted = lines_to_record(state)

    async def hand_in(entry: tuple[Shot, int, Line]) -> VoiceTrack | None:
        shot, number, line = entry
        order_of = partial(voice_order, state, shot, number, production_id=production_id(runtime))
        planned = on_route(planned_voice(state, shot, number, tier=tier), route)
        order = order_of(planned)
        track = VoiceTrack(slate=shot.slate, line=number, speaker=line.speaker, call_key=order.call_key)
        calls = await calls_of(planned, order, tools=tools, context=runtime.context)
        chain = chained(calls, order_of, tools=tools, context=runtime.context, route=route)
        try:
            handed = await chain.place()
        except NOT_AS_APPROVED:
            refused.append(order.item)
            return None
        except GreenlightError as exc:
            return track.model_copy(update={"failure": failed(exc, order, runtime, item=order.item)})
        return track.model_copy(update={"ticket": handed.ticket, "calls": calls if len(calls) > 1 else []})

    progress(runtime, "voices", f"scene {state.scene_number}: {len(wanted)} lines", total=len(wanted))
    tracks, blocked = await as_far_as_now(wanted, hand_in, at_once=runtime.context.max_parallel_takes)
    if blocked and not any(one and one.ticket for one in tracks):
        raise blocked
    handed_in = {f"{one.slate}/{one.line}": one.model_dump(mode="json") for one in tracks if one}
    return {"voices": handed_in, "requoted": voided(refused, "", runtime) if refused else ""}
