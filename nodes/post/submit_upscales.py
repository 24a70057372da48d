"""Order the larger copy of every take that is smaller than the film."""

from langgraph.runtime import Runtime

from nodes.parallel import in_parallel
from nodes.post.upscale_orders import Larger, to_upscale, upscale_order
from nodes.reporting import production_id, progress, report
from state.context import RunContext
from state.errors import GreenlightError, NotApproved, QuoteChanged
from state.film import FinishingState
from state.take import Take
from tools.orders.failures import failure_of
from tools.orders.pricing import submit_priced
from tools.registry import toolbox_for

NOT_AS_APPROVED = (NotApproved, QuoteChanged)


async def submit_upscales(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Hand in one order per take; only what a person kept is made larger, and only at an approved price.

    What cannot be ordered stays as it was made, with a warning: a film that waits for it would be no better.
    """
    tools = await toolbox_for(runtime.context.user_id)
    waiting = to_upscale(state)

    async def hand_in(larger: Larger) -> tuple[str, Take | None]:
        shot, take, planned = larger
        order = upscale_order(state, shot, take, planned, production_id=production_id(runtime))
        try:
            ticket = await submit_priced(tools.orders, order, planned, use_cache=runtime.context.use_cache)
        except NOT_AS_APPROVED:
            tell_left(order.item, "nobody approved its price", runtime)
            return order.item, None
        except GreenlightError as exc:
            tell_left(order.item, failure_of(exc, order).message, runtime)
            return order.item, None
        return order.item, take.model_copy(update={"upscaling": ticket})

    progress(runtime, "finishing", f"{len(waiting)} takes are made larger", total=len(waiting))
    ordered = await in_parallel(waiting, hand_in, at_once=runtime.context.max_parallel_takes)
    return {"takes": {item: take.model_dump(mode="json") for item, take in ordered if take is not None}}


def tell_left(item: str, why: str, runtime: Runtime[RunContext]) -> None:
    """Tell that the cut has a take in the size in which it was filmed."""
    report(
        runtime, "warning", text=f"{item} is not made larger ({why.rstrip('.')}); the film has it as it is."
    )
