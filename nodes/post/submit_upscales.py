"""Order the larger copy of every take that is smaller than the film."""

from collections.abc import Sequence

import structlog
from langgraph.runtime import Runtime

from nodes.parallel import in_parallel, is_for_later
from nodes.post.left_copies import NOT_MADE_THEN, as_it_is, left_copy
from nodes.post.upscale_orders import Larger, to_upscale, upscale_order
from nodes.reporting import production_id, progress
from state.context import RunContext
from state.errors import GreenlightError, LeaseLost
from state.film import FinishingState
from state.order import Ticket
from state.take import Take
from tools.orders.pricing import submit_priced
from tools.registry import Toolbox, toolbox_for

log = structlog.get_logger(__name__)


async def submit_upscales(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Hand in one order per take; only what a person kept is made larger, and only at an approved price.

    What cannot be ordered stays as it was made, with a warning: a film that waits for it would be no better.
    """
    tools = await toolbox_for(runtime.context.user_id)
    waiting, asked = to_upscale(state), dict[str, Take]()

    async def hand_in(larger: Larger) -> None:
        shot, take, planned = larger
        order = upscale_order(state, shot, take, planned, production_id=production_id(runtime))
        if not await tools.orders.is_recorded(order):
            asked[order.item] = as_it_is(order.item, take, NOT_MADE_THEN, runtime)
            return
        try:
            ticket = await submit_priced(tools.orders, order, planned, use_cache=runtime.context.use_cache)
        except GreenlightError as exc:
            left = await left_copy(exc, order, tools, runtime)
            asked[order.item] = as_it_is(order.item, take, left, runtime)
        else:
            asked[order.item] = take.model_copy(update={"upscaling": ticket})

    progress(runtime, "finishing", f"{len(waiting)} takes are made larger", total=len(waiting))
    try:
        await in_parallel(waiting, hand_in, at_once=runtime.context.max_parallel_takes)
    except GreenlightError as error:
        if is_for_later(error):
            tickets = [take.upscaling for take in asked.values() if take.upscaling]
            await _bring_home(tickets, tools, runtime.context)
        raise
    return {"takes": {item: take.model_dump(mode="json") for item, take in asked.items()}}


async def _bring_home(tickets: Sequence[Ticket], tools: Toolbox, context: RunContext) -> None:
    """Before the run pauses what is paid is fetched: a provider may not keep it until somebody comes back.

    It is found done next time; so is what became of one that failed.
    """

    async def fetch(ticket: Ticket) -> None:
        try:
            await tools.orders.collect(ticket)
        except LeaseLost:
            raise
        except GreenlightError as error:
            log.info("copy_not_home", call_key=ticket.call_key, problem=error.message)

    await in_parallel(tickets, fetch, at_once=context.max_parallel_takes)
