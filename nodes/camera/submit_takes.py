"""Order a take of every shot of the scene that needs one."""

from langgraph.runtime import Runtime

from nodes.camera.scene_record import scene_job
from nodes.camera.take_orders import kept_seed, speech_in_shot, take_conditions, take_order
from nodes.parallel import in_parallel
from nodes.reporting import production_id, progress, report, tell
from nodes.review.confirm_approval import voided
from state.context import RunContext
from state.errors import GreenlightError, NotApproved, QuoteChanged
from state.events import SceneStarted
from state.film import ShootingState
from state.order import Speech
from state.script import Shot, Slate
from state.take import Take
from state.tier import Tier
from tools.orders.failures import failure_of
from tools.orders.planned import on_route, planned_take, take_model
from tools.orders.pricing import submit_priced
from tools.registry import Toolbox, toolbox_for

NOT_AS_APPROVED = (NotApproved, QuoteChanged)
"""The budget is asked about again: what was bought by then is kept."""


async def submit_takes(state: ShootingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Hand in the scene's orders; tickets go into state before anybody waits for a take."""
    tools, tier = await toolbox_for(runtime.context.user_id), runtime.context.tier
    shots, refused = state.shots_to_take(), list[str]()
    tell(runtime, _started(state, production_id(runtime), tier))

    async def hand_in(shot: Shot) -> Take | None:
        route = tools.route("video", state.scene.model_id or state.look.video_model, tier=tier)
        speeches = await _speeches(state, shot, tools)
        seconds = state.shot_seconds.get(str(shot.slate))
        planned = on_route(planned_take(state, state.scene, shot, tier=tier, seconds=seconds), route)
        told = take_conditions(state, shot, planned)
        order = take_order(
            state, shot, production_id=production_id(runtime), planned=planned, speeches=speeches,
            conditions=told,
        )  # fmt: skip
        try:
            ticket = await submit_priced(
                tools.orders, order, planned, route=route, use_cache=runtime.context.use_cache,
                fewer_references=bool(told.left_out),
            )  # fmt: skip
        except NOT_AS_APPROVED:
            refused.append(order.item)
            return None
        except GreenlightError as exc:
            failure = failure_of(exc, order)
            return Take(slate=shot.slate, call_key=order.call_key, status="failed", failure=failure)
        for anchor in told.anchors:
            report(runtime, "warning", text=anchor.told(order.item, planned.model))
        if (less := told.told(stage=order.stage, item=order.item, model=planned.model)) is not None:
            tell(runtime, less)
        return Take(
            slate=_numbered(shot.slate, ticket.take_number), call_key=order.call_key, ticket=ticket,
            provider=ticket.provider, model=ticket.model, seed=kept_seed(planned, order.request.seed),
            anchors=told.anchors,
        )  # fmt: skip

    progress(runtime, "shooting", f"scene {state.scene_number}: {len(shots)} takes ordered", total=len(shots))
    takes = await in_parallel(shots, hand_in, at_once=runtime.context.max_parallel_takes)
    handed_in = {str(_unnumbered(take.slate)): take.model_dump(mode="json") for take in takes if take}
    return {"takes": handed_in, "requoted": voided(refused, "", runtime) if refused else ""}


def _started(state: ShootingState, production: str, tier: Tier) -> SceneStarted:
    return SceneStarted(
        episode=state.episode_number,
        scene=state.scene_number,
        call_key=scene_job(state, production),
        model_id=take_model(state, state.scene, tier),
        parameters=state.scene.parameters,
    )


async def _speeches(state: ShootingState, shot: Shot, tools: Toolbox) -> list[Speech]:
    speeches = []
    for number, line in enumerate(shot.lines, start=1):
        track = state.voices.get(f"{shot.slate}/{number}")
        delivery = await tools.orders.delivered(track.call_key) if track and track.media else None
        # Nobody in the picture moves their lips to a voice over it.
        if track and delivery and not line.voice_over:
            speeches.append(speech_in_shot(track, delivery, line.expression))
    return speeches


def _numbered(slate: Slate, take: int) -> Slate:
    return slate.model_copy(update={"take": take})


def _unnumbered(slate: Slate) -> Slate:
    return slate.model_copy(update={"take": None})
