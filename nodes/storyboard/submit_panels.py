"""Order every panel that is missing or was sent back."""

from langgraph.runtime import Runtime

from nodes.parallel import in_parallel
from nodes.reporting import production_id, progress
from nodes.storyboard.panel_orders import given_panel, panel_order, shots_to_draw
from state.context import RunContext
from state.errors import GreenlightError
from state.film import StoryboardState
from state.script import Shot
from state.take import Panel
from tools.orders.failures import failure_of
from tools.orders.pricing import submit_priced
from tools.registry import toolbox


async def submit_panels(state: StoryboardState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Hand in one order per panel; tickets go into state before anybody waits for a picture.

    A panel that a person brought is used as it is: nothing is ordered.
    """
    tools = await toolbox()
    route = tools.route("image", state.look.image_model)
    shots = shots_to_draw(state)

    async def hand_in(shot: Shot) -> Panel:
        given = given_panel(state, shot, production_id(runtime))
        if given is not None:
            return given
        order = panel_order(state, shot, production_id(runtime), route)
        try:
            ticket = await submit_priced(tools.orders, order, route=route)
        except GreenlightError as exc:
            return Panel(slate=shot.slate, call_key=order.call_key, number=1, failure=failure_of(exc, order))
        return Panel(slate=shot.slate, call_key=order.call_key, number=ticket.take_number, ticket=ticket)

    progress(runtime, "storyboard", f"drawing {len(shots)} panels", total=len(shots))
    panels = await in_parallel(shots, hand_in, at_once=runtime.context.max_parallel_takes)
    return {"panels": {str(panel.slate): panel.model_dump(mode="json") for panel in panels}}
