"""Order every panel that is missing or was sent back."""

from langgraph.runtime import Runtime

from nodes.parallel import in_parallel
from nodes.reporting import production_id, progress, tell
from nodes.review.confirm_approval import voided
from nodes.storyboard.panel_orders import given_panel, panel_order, panel_told, shots_to_draw
from state.context import RunContext
from state.errors import GreenlightError, NotApproved, QuoteChanged
from state.film import StoryboardState
from state.script import Shot
from state.take import Panel
from tools.orders.failures import failure_of
from tools.orders.planned import on_route, planned_panel
from tools.orders.pricing import submit_priced
from tools.registry import toolbox_for

NOT_AS_APPROVED = (NotApproved, QuoteChanged)
"""The budget is asked about again: what was bought by then is kept."""


async def submit_panels(state: StoryboardState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Hand in one order per panel; tickets go into state before anybody waits for a picture.

    A panel that a person brought is used as it is: nothing is ordered.
    """
    tools, tier = await toolbox_for(runtime.context.user_id), runtime.context.tier
    route = tools.route("image", state.look.image_model, tier=tier)
    shots, refused = shots_to_draw(state), list[str]()

    async def hand_in(shot: Shot) -> Panel | None:
        given = given_panel(state, shot, production_id(runtime))
        if given is not None:
            return given
        planned = on_route(planned_panel(state, shot, tier=tier), route)
        order = panel_order(state, shot, production_id(runtime), planned)
        less = panel_told(shot, planned)
        try:
            ticket = await submit_priced(
                tools.orders, order, planned, route=route, use_cache=runtime.context.use_cache,
                fewer_references=less is not None,
            )  # fmt: skip
        except NOT_AS_APPROVED:
            refused.append(order.item)
            return None
        except GreenlightError as exc:
            return Panel(slate=shot.slate, call_key=order.call_key, number=1, failure=failure_of(exc, order))
        if less is not None:
            tell(runtime, less)
        return Panel(slate=shot.slate, call_key=order.call_key, number=ticket.take_number, ticket=ticket)

    progress(runtime, "storyboard", f"drawing {len(shots)} panels", total=len(shots))
    panels = await in_parallel(shots, hand_in, at_once=runtime.context.max_parallel_takes)
    handed_in = {str(panel.slate): panel.model_dump(mode="json") for panel in panels if panel}
    return {"panels": handed_in, "requoted": voided(refused, "", runtime) if refused else ""}
