"""Order a take of every shot of the scene that needs one."""

from functools import partial

from langgraph.runtime import Runtime

from nodes.camera.scene_record import scene_job
from nodes.camera.take_orders import (
    goes_on_from,
    kept_seed,
    numbered,
    speeches_in,
    take_conditions,
    take_order,
    tell_conditions,
)
from nodes.camera.window import free_places, fresh_shots, hand_in
from nodes.parallel import NOT_AS_APPROVED
from nodes.reporting import production_id, progress, tell
from nodes.review.confirm_approval import voided
from nodes.standing_in import called, calls_of, chained, failed
from state.context import RunContext
from state.errors import GreenlightError
from state.events import SceneStarted
from state.film import ShootingState
from state.script import Shot
from state.take import Take
from state.tier import Tier
from tools.engines.routing import OFFLINE
from tools.orders.planned import on_route, planned_take, take_model
from tools.registry import Toolbox, toolbox_for


async def submit_takes(state: ShootingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Hand in the scene's orders; tickets go into state before anybody waits for a take."""
    tools, tier = await toolbox_for(runtime.context.user_id), runtime.context.tier
    shots, refused = shots_of_this_pass(state, tools, runtime.context), list[str]()
    if _begins(state, shots):
        tell(runtime, _started(state, production_id(runtime), tier))

    async def ordered(shot: Shot) -> Take | None:
        route = tools.route("video", state.scene.model_id or state.look.video_model, tier=tier)
        speeches = await speeches_in(state, shot, tools.orders)
        seconds = state.shot_seconds.get(str(shot.slate))
        planned = on_route(planned_take(state, state.scene, shot, tier=tier, seconds=seconds), route)
        told = take_conditions(state, shot, planned)
        order_of = partial(take_order, state, shot, production_id=production_id(runtime), speeches=speeches)
        order, length = order_of(planned), seconds or shot.duration_s
        calls = await calls_of(planned, order, tools=tools, context=runtime.context, seconds=length)
        chain = chained(
            calls, order_of, tools=tools, context=runtime.context, route=route,
            fewer_references=bool(told.left_out),
        )  # fmt: skip
        try:
            handed = await chain.place()
        except NOT_AS_APPROVED:
            refused.append(order.item)
            return None
        except GreenlightError as exc:
            failure = failed(exc, order, runtime, item=order.item)
            return Take(slate=shot.slate, call_key=order.call_key, status="failed", failure=failure)
        ticket, call = handed.ticket, called(calls, handed.ticket)
        return Take(
            slate=numbered(shot.slate, ticket.take_number), call_key=order.call_key, ticket=ticket,
            provider=ticket.provider, model=ticket.model, seed=kept_seed(call, order.request.seed),
            anchors=tell_conditions(state, shot, call, runtime).anchors, began_with=goes_on_from(state, shot),
            calls=calls if len(calls) > 1 else [],
        )  # fmt: skip

    progress(runtime, "shooting", f"scene {state.scene_number}: {len(shots)} takes ordered", total=len(shots))
    handed_in = await hand_in(shots, ordered, state=state, context=runtime.context)
    takes = {slate: take.model_dump(mode="json") for slate, take in handed_in.items()}
    return {"takes": takes, "requoted": voided(refused, "", runtime) if refused else ""}


def shots_of_this_pass(state: ShootingState, tools: Toolbox, context: RunContext) -> list[Shot]:
    """As many as there are places for; those that nobody has ordered yet come before those that failed.

    The offline engine has a queue of its own: it gets all of them.
    """
    waiting, fresh = state.shots_to_order(chained=context.chain_shots), fresh_shots(state, context)
    model = state.scene.model_id or state.look.video_model
    if tools.route("video", model, tier=context.tier).provider == OFFLINE:
        coming = [shot for shot in waiting if _is_on_its_way(state, shot)]
        return [shot for shot in waiting if shot not in coming] or waiting
    return fresh[: free_places(state, context)] if fresh else waiting[: context.max_parallel_takes]


def _is_on_its_way(state: ShootingState, shot: Shot) -> bool:
    take = state.takes.get(str(shot.slate))
    return take is not None and take.ticket is not None and state.is_ordered(shot)


def _begins(state: ShootingState, shots: list[Shot]) -> bool:
    """Whether the scene's job begins: not with every shot that follows one that has made room for it."""
    again = any(str(shot.slate) in state.takes for shot in shots)
    return again or not any(_is_on_its_way(state, shot) for shot in state.scene.shots)


def _started(state: ShootingState, production: str, tier: Tier) -> SceneStarted:
    return SceneStarted(
        episode=state.episode_number,
        scene=state.scene_number,
        call_key=scene_job(state, production),
        model_id=take_model(state, state.scene, tier),
        parameters=state.scene.parameters,
    )
