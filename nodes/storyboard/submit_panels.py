"""Order every panel that is missing or was sent back."""

from functools import partial

from langgraph.runtime import Runtime

from nodes.parallel import NOT_AS_APPROVED, as_far_as_now
from nodes.reporting import production_id, progress, tell
from nodes.review.confirm_approval import voided
from nodes.standing_in import called, calls_of, chained, failed
from nodes.storyboard.panel_orders import given_panel, panel_order, panel_told, shots_to_draw
from state.context import RunContext
from state.errors import GreenlightError
from state.film import StoryboardState
from state.script import Shot
from state.take import Panel
from tools.orders.planned import on_route, planned_panel
from tools.registry import toolbox_for


async def submit_panels(state: StoryboardState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Hand in one order per panel; tickets go into state before anybody waits for a picture.

    A panel that a person brought is used as it is: nothing is ordered. Where the run has to pause for one,
    those that were bought come home first: a provider keeps them for an hour, and a person may take a day.
    """
    tools, tier = await toolbox_for(runtime.context.user_id), runtime.context.tier
    route = tools.route("image", state.look.image_model, tier=tier)
    shots, refused = shots_to_draw(state), list[str]()

    async def hand_in(shot: Shot) -> Panel | None:
        given = given_panel(state, shot, production_id(runtime))
        if given is not None:
            return given
        planned = on_route(planned_panel(state, shot, tier=tier), route)
        order_of = partial(panel_order, state, shot, production_id=production_id(runtime))
        order = order_of(planned)
        calls = await calls_of(planned, order, tools=tools, context=runtime.context)
        chain = chained(
            calls, order_of, tools=tools, context=runtime.context, route=route,
            fewer_references=panel_told(shot, planned) is not None,
        )  # fmt: skip
        try:
            ticket = (await chain.place()).ticket
        except NOT_AS_APPROVED:
            refused.append(order.item)
            return None
        except GreenlightError as exc:
            failure = failed(exc, order, runtime, item=order.item)
            return Panel(slate=shot.slate, call_key=order.call_key, number=1, failure=failure)
        if (less := panel_told(shot, called(calls, ticket))) is not None:
            tell(runtime, less)
        return Panel(
            slate=shot.slate, call_key=order.call_key, number=ticket.take_number, ticket=ticket,
            provider=ticket.provider, model=ticket.model, calls=calls if len(calls) > 1 else [],
        )  # fmt: skip

    progress(runtime, "storyboard", f"drawing {len(shots)} panels", total=len(shots))
    panels, blocked = await as_far_as_now(shots, hand_in, at_once=runtime.context.max_parallel_takes)
    if blocked and not any(panel and panel.ticket for panel in panels):
        raise blocked
    handed_in = {str(panel.slate): panel.model_dump(mode="json") for panel in panels if panel}
    return {"panels": handed_in, "requoted": voided(refused, "", runtime) if refused else ""}
