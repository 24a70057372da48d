"""The facts of a scene's row in the novela's timeline (S1-29)."""

from decimal import Decimal

from state.cost import ZERO
from state.events import SceneDone, SceneFailed, conversation_id
from state.film import ShootingState
from state.media import MediaRef
from state.take import Take
from tools.orders.quote import planned_call


def scene_event(
    state: ShootingState, takes: dict[str, Take], reel: MediaRef | None, production: str
) -> SceneDone | SceneFailed:
    """What is told about the scene: done with its reel, or failed with the first reason."""
    if reel is None:
        return _failed(state, takes)
    scene = state.scene
    first = takes[str(scene.shots[0].slate)]
    return SceneDone(
        episode=state.episode_number,
        scene=scene.number,
        title=scene.title,
        prompt=scene.prompt,
        model_id=scene.model_id or state.look.video_model,
        parameters=scene.parameters,
        call_key=first.call_key,
        media=reel,
        thumbnail=first.thumbnail,
        duration_s=sum(take.duration_s for take in takes.values()),
        estimated_usd=_estimate(state),
        actual_usd=sum((take.cost for take in takes.values()), ZERO).as_usd(),
        conversation_id=conversation_id(production, scene.number),
        take=max(take.slate.take or 1 for take in takes.values()),
    )


def _failed(state: ShootingState, takes: dict[str, Take]) -> SceneFailed:
    failure = next((take.failure for take in takes.values() if take.failure), None)
    return SceneFailed(
        episode=state.episode_number,
        scene=state.scene_number,
        code=failure.kind if failure else "bad_output",
        message=failure.message if failure else "a shot has no take",
        user_action=failure.user_action if failure else "Regenerate the scene.",
        call_key=failure.call_key if failure else "",
        actual_usd=sum((take.cost for take in takes.values()), ZERO).as_usd(),
    )


def _estimate(state: ShootingState) -> Decimal:
    """What the scene's takes cost on the model the brief asks for."""
    model = state.scene.model_id or state.look.video_model
    parameters = {**state.scene.parameters, "resolution": state.look.resolution}
    prices = [
        planned_call(
            stage="take", item=str(shot.slate), model_id=model, units=Decimal(str(shot.duration_s)),
            parameters=parameters,
        ).price
        for shot in state.scene.shots
    ]  # fmt: skip
    return sum(prices, ZERO).as_usd()
