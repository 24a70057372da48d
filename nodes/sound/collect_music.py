"""Wait for the music. An episode without it is still delivered, with a warning."""

from functools import partial

from langgraph.runtime import Runtime

from nodes.parallel import NOT_AS_APPROVED
from nodes.reporting import production_id, progress, report
from nodes.sound.music_order import ITEM, STAGE, approval_used_up, music_order
from nodes.standing_in import brought_home, chained, failed, tell_stood_in
from state.context import RunContext
from state.errors import GreenlightError
from state.film import FinishingState
from state.order import OrderFailure, decision_of
from tools.orders.chain import Chain
from tools.registry import Toolbox, toolbox_for


async def collect_music(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Bring the music home; when it failed, say so and go on without."""
    if state.music_ticket is None:
        why = f": {state.music_failure.message}" if state.music_failure else ""
        report(runtime, "warning", text=f"the music could not be made{why}; the episode has none")
        return {"music": None}
    tools = await toolbox_for(runtime.context.user_id)
    try:
        made = await brought_home(state.music_ticket, _chain(state, tools, runtime), tools)
    except NOT_AS_APPROVED as refused:
        return _without(approval_used_up(refused, state.music_ticket), runtime)
    except GreenlightError as exc:
        return _without(failed(exc, state.music_ticket, runtime, item=ITEM), runtime)
    tell_stood_in(made, runtime, stage=STAGE, item=ITEM)
    progress(runtime, "finishing", "music is there")
    return {
        "music": made.delivery.media.model_dump(mode="json"), "music_key": decision_of(made.ticket.call_key),
        "music_ticket": None, "music_failure": None, "music_calls": [],
    }  # fmt: skip


def _without(failure: OrderFailure, runtime: Runtime[RunContext]) -> dict[str, object]:
    report(runtime, "warning", text=f"the music could not be made: {failure.message}")
    return {"music": None, "music_ticket": None, "music_failure": failure.model_dump(mode="json")}


def _chain(state: FinishingState, tools: Toolbox, runtime: Runtime[RunContext]) -> Chain | None:
    """As it was handed in; None where nobody else may play it."""
    if not state.music_calls:
        return None
    order_of = partial(music_order, state, production_id=production_id(runtime))
    return chained(state.music_calls, order_of, tools=tools, context=runtime.context)
