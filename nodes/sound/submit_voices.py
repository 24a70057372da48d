"""Order every line of the scene that is not recorded yet."""

from functools import partial

from langgraph.runtime import Runtime

from nodes.parallel import in_parallel
from nodes.reporting import production_id, progress
from nodes.review.confirm_approval import confirmed, voided
from nodes.sound.voice_orders import STAGE, lines_of, voice_item, voice_order
from nodes.standing_in import calls_of, chained, failed
from state.context import RunContext
from state.errors import GreenlightError, NotApproved, QuoteChanged
from state.film import ShootingState
from state.script import Line, Shot
from state.take import VoiceTrack
from tools.engines.catalog import model_card
from tools.engines.routing import OFFLINE
from tools.orders.planned import on_route
from tools.orders.planned_sound import planned_voice
from tools.registry import toolbox_for

NOT_AS_APPROVED = (NotApproved, QuoteChanged)
"""The budget is asked about again: what was bought by then is kept."""


async def submit_voices(state: ShootingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Hand in one order per line; a line keeps its recording until its words change.

    Lines that would cost something else than was approved are not ordered: the budget is asked about.
    """
    tools, tier, refused = await toolbox_for(runtime.context.user_id), runtime.context.tier, list[str]()
    route = tools.route("voice", state.look.voice_model, tier=tier)
    wanted = [entry for entry in lines_of(state.scene) if not _is_recorded(state, entry[0], entry[1])]
    planned = {
        voice_item(shot, number): on_route(planned_voice(state, shot, number, tier=tier), route)
        for shot, number, _ in wanted
    }
    # What is made here and was never to be paid for needs no approval.
    paid = model_card(state.look.voice_model).provider != OFFLINE
    asked = await confirmed(state, list(planned.values()) if paid else [], tools, runtime)
    if asked["requoted"]:
        return asked

    async def hand_in(entry: tuple[Shot, int, Line]) -> VoiceTrack | None:
        shot, number, line = entry
        order_of = partial(voice_order, state, shot, number, production_id=production_id(runtime))
        first = planned[voice_item(shot, number)]
        order = order_of(first)
        track = VoiceTrack(slate=shot.slate, line=number, speaker=line.speaker, call_key=order.call_key)
        calls = await calls_of(first, order, tools=tools, context=runtime.context)
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
    tracks = await in_parallel(wanted, hand_in, at_once=runtime.context.max_parallel_takes)
    handed_in = {f"{one.slate}/{one.line}": one.model_dump(mode="json") for one in tracks if one}
    return {"voices": handed_in, "requoted": voided(refused, "", runtime) if refused else ""}


def _is_recorded(state: ShootingState, shot: Shot, number: int) -> bool:
    item = voice_item(shot, number)
    track = state.voices.get(item)
    return track is not None and track.call_key.endswith(f":{state.cause(STAGE, item)}")
