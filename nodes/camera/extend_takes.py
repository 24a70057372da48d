"""Order what makes a take as long as its shot is, where its model sells no clip that is so long."""

from functools import partial

from langgraph.runtime import Runtime

from nodes.camera.take_orders import speeches_in, take_order
from nodes.camera.window import free_places, hand_in
from nodes.conditions import Conditions
from nodes.parallel import NOT_AS_APPROVED
from nodes.reporting import production_id, progress
from nodes.review.confirm_approval import voided
from nodes.standing_in import failed
from state.context import RunContext
from state.cost import PlannedCall
from state.errors import GreenlightError
from state.film import ShootingState
from state.order import Order, VideoRequest
from state.script import Shot
from state.take import Take
from tools.engines.routing import OFFLINE
from tools.orders.planned import EXTENSION, planned_extensions, planned_take
from tools.orders.pricing import submit_priced
from tools.registry import Toolbox, toolbox_for


def to_extend(state: ShootingState) -> list[Shot]:
    """Shots of this scene whose take is there and has to be made longer still."""
    return [shot for shot in state.scene.shots if _next_piece(state, shot) is not None]


def _next_piece(state: ShootingState, shot: Shot) -> PlannedCall | None:
    take = state.takes.get(str(shot.slate))
    if take is None or take.status != "done" or take.provider in ("", OFFLINE) or not state.is_ordered(shot):
        return None
    seconds = state.shot_seconds.get(str(shot.slate), shot.duration_s)
    # By the model that has made it: a draft's, or one that stood in.
    made = planned_take(state, state.scene, shot, tier="final", seconds=seconds)
    made = made.model_copy(update={"provider": take.provider, "model": take.model})
    return next(iter(planned_extensions(made, seconds)[take.extended :]), None)


async def extend_takes(state: ShootingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Hand in the next piece of every take that is too short; the take is waited for as before.

    Each piece is an order of its own, caused by what caused the take.
    """
    tools = await toolbox_for(runtime.context.user_id)
    shots, refused = to_extend(state)[: free_places(state, runtime.context)], list[str]()

    async def ordered(shot: Shot) -> Take | None:
        take, piece = state.takes[str(shot.slate)], _next_piece(state, shot)
        assert piece is not None  # noqa: S101 - these are the shots that have one
        order = await extension_order(state, shot, piece, tools=tools, production=production_id(runtime))
        submit = partial(submit_priced, tools.orders, order, piece, use_cache=runtime.context.use_cache)
        try:
            ticket = await submit()
        except NOT_AS_APPROVED:
            refused.append(order.item)
            return None
        except GreenlightError as exc:
            failure = failed(exc, order, runtime, item=order.item)
            return take.model_copy(update={"status": "failed", "failure": failure, "media": None})
        return take.model_copy(update={"status": "submitted", "ticket": ticket})

    progress(runtime, "shooting", f"scene {state.scene_number}: {len(shots)} takes are made longer")
    handed_in = await hand_in(shots, ordered, state=state, context=runtime.context)
    takes = {slate: take.model_dump(mode="json") for slate, take in handed_in.items()}
    return {"takes": takes, "requoted": voided(refused, "", runtime) if refused else ""}


async def extension_order(
    state: ShootingState, shot: Shot, piece: PlannedCall, *, tools: Toolbox, production: str
) -> Order:
    """The take as it is so far, gone on with: the same words and seed, and no other picture beside it."""
    item, take = str(shot.slate), state.takes[str(shot.slate)]
    made = take_order(
        state, shot, piece, production_id=production, speeches=await speeches_in(state, shot, tools.orders),
        conditions=Conditions(extends=take.media),
    )  # fmt: skip
    assert isinstance(made.request, VideoRequest)  # noqa: S101 - so is every take
    seconds = state.shot_seconds.get(item, shot.duration_s)
    request = made.request.model_copy(
        update={
            "duration_s": min(seconds, take.duration_s + float(piece.units)),
            "parameters": dict(piece.parameters),
        }
    )
    return Order(
        production_id=production, stage=EXTENSION, item=piece.item, cause=state.cause("take", item),
        request=request,
    )  # fmt: skip
