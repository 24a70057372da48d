"""Order the episode's music, exactly as long as its picture."""

from functools import partial

from langgraph.runtime import Runtime

from nodes.parallel import NOT_AS_APPROVED
from nodes.post.cut_list import lay_out
from nodes.reporting import production_id, progress, report
from nodes.review.confirm_approval import voided
from nodes.sound.music_order import (
    ITEM,
    approval_used_up,
    music_order,
    music_request,
)
from nodes.standing_in import calls_of, chained, failed
from state.context import RunContext
from state.errors import GreenlightError
from state.film import FinishingState
from tools.orders.planned import on_route
from tools.orders.planned_sound import planned_music
from tools.registry import toolbox_for

SHORTER_S = 1.0
"""So much shorter than the cut music may be before people are told."""


async def submit_music(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Hand in the one music order; it marks the turn of the story and ends with the picture.

    Music that would cost something else than was approved is not ordered: the budget is asked about. Where
    its own job has used the approval up and came to nothing, that is its end: no answer would change it.
    """
    tools, context = await toolbox_for(runtime.context.user_id), runtime.context
    seconds = lay_out(state, {}).duration_s
    route = tools.route("music", state.look.music_model, tier=context.tier)
    planned = on_route(planned_music(state, tier=context.tier, seconds=seconds), route)
    order_of = partial(music_order, state, production_id=production_id(runtime))
    order = order_of(planned)
    calls = await calls_of(planned, order, tools=tools, context=context)
    progress(runtime, "finishing", f"music for {seconds:.0f} s")
    try:
        handed = await chained(calls, order_of, tools=tools, context=context, route=route).place()
    except NOT_AS_APPROVED as refused:
        if not await tools.orders.placed([order.call_key]):
            return {"music_ticket": None, "requoted": voided([ITEM], "", runtime)}
        used_up = approval_used_up(refused, order).model_dump(mode="json")
        return {"music_failure": used_up, "music_ticket": None, "requoted": ""}
    except GreenlightError as exc:
        failure = failed(exc, order, runtime, item=ITEM)
        return {"music_failure": failure.model_dump(mode="json"), "music_ticket": None, "requoted": ""}
    _tell_short(state, seconds, handed.engine_used, runtime)
    kept = [call.model_dump(mode="json") for call in calls] if len(calls) > 1 else []
    ticket = handed.ticket.model_dump(mode="json")
    return {"music_ticket": ticket, "music_calls": kept, "requoted": ""}


def _tell_short(state: FinishingState, seconds: float, model: str, runtime: Runtime[RunContext]) -> None:
    made_s = music_request(state, model=model).duration_s
    if made_s < seconds - SHORTER_S:
        missing = f"the last {seconds - made_s:.0f} s of the episode have none"
        report(runtime, "warning", text=f"{model} makes {made_s:.0f} s of music at most; {missing}")
