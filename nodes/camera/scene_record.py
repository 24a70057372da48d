"""The facts of a scene's row in the novela's timeline (S1-29)."""

import hashlib
from decimal import Decimal

from nodes.agents.scene_check import check_scene
from state.cost import ZERO
from state.events import SceneDone, SceneFailed, conversation_id
from state.film import ShootingState
from state.media import MediaRef
from state.take import Take
from state.tier import Tier
from state.writing import CheckSceneInput
from tools.orders.planned import take_model


def scene_event(
    state: ShootingState,
    takes: dict[str, Take],
    reel: MediaRef | None,
    production: str,
    *,
    tier: Tier = "final",
) -> SceneDone | SceneFailed:
    """What is told about the scene: done with its reel, or failed with the first reason."""
    if reel is None:
        return _failed(state, takes, production)
    scene = state.scene
    paid = _paid(state, takes)
    first = takes[str(scene.shots[0].slate)]
    return SceneDone(
        episode=state.episode_number,
        scene=scene.number,
        title=scene.title,
        prompt=scene.prompt,
        model_id=take_model(state, scene, tier),
        parameters=scene.parameters,
        call_key=scene_job(state, production),
        media=reel,
        thumbnail=first.thumbnail,
        duration_s=sum(take.duration_s for take in takes.values()),
        estimated_usd=_estimate(state, tier),
        actual_usd=paid,
        conversation_id=conversation_id(production, scene.number),
        take=max(take.slate.take or 1 for take in takes.values()),
        engines_used=list(dict.fromkeys(take.engine_used for take in takes.values() if take.engine_used)),
        fallback_triggered=any(take.fallback_triggered for take in takes.values()),
    )


def scene_job(state: ShootingState, production: str) -> str:
    """The name of the scene's job: another one as soon as any shot is ordered for another reason."""
    causes = [state.cause("take", str(shot.slate)) for shot in state.scene.shots]
    reason = "first"
    if set(causes) != {"first"}:
        reason = hashlib.sha256("|".join(causes).encode()).hexdigest()[:12]
    return f"{production}:scene:{state.scene_number}:{reason}"


def _paid(state: ShootingState, takes: dict[str, Take]) -> Decimal:
    """The takes that were not shown before: what is kept was counted with the job that bought it."""
    new = (take for slate, take in takes.items() if state.takes[slate].thumbnail is None)
    return sum((take.cost for take in new), ZERO).as_usd()


def _failed(state: ShootingState, takes: dict[str, Take], production: str) -> SceneFailed:
    failure = next((take.failure for take in takes.values() if take.failure), None)
    return SceneFailed(
        episode=state.episode_number,
        scene=state.scene_number,
        code=failure.kind if failure else "bad_output",
        message=failure.message if failure else "a shot has no take",
        user_action=failure.user_action if failure else "Regenerate the scene.",
        call_key=scene_job(state, production),
        actual_usd=_paid(state, takes),
    )


def _estimate(state: ShootingState, tier: Tier) -> Decimal:
    """What the scene's takes cost on the model that makes them in this tier: the integrator's own sum."""
    scene = state.scene
    model = take_model(state, scene, tier)
    facts = check_scene(CheckSceneInput(scene=scene, model_id=model, parameters=scene.parameters))
    return Decimal(facts.estimated)
