"""Ask the fallback handler about takes that failed, and order them again as it advises (S1-22)."""

import hashlib

from langgraph.runtime import Runtime

from nodes.agents.crew import crew_of
from nodes.reporting import progress
from nodes.review.note_effects import shot_of, with_shot
from state.context import RunContext
from state.film import ShootingState
from state.order import OrderFailure
from state.take import Take

MISHAP_LIMIT = 2
"""How often one shot is tried again by ourselves; after that a person decides."""


def failed_takes(state: ShootingState) -> dict[str, Take]:
    """Takes of this scene that failed and may still be tried again.

    Not where a job may be there: what a person gave up, or nobody could ask about, only a person buys anew;
    nor where a whole chain of engines has failed.
    """
    shots = {str(shot.slate): shot for shot in state.scene.shots}
    takes = {slate: state.takes[slate] for slate in shots if slate in state.takes}
    return {
        slate: take
        for slate, take in takes.items()
        if take.status == "failed"
        and state.is_ordered(shots[slate])  # one that has been asked about waits to be ordered again
        and not (take.failure and (take.failure.kind == "ambiguous" or take.failure.tried))
        and state.mishaps.get(slate, 0) < MISHAP_LIMIT
    }


async def fix_takes(state: ShootingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """The new order is caused by the one it replaces, so it is the same however often this node runs."""
    crew = await crew_of(runtime, cause=state.base_cause)
    script, causes, mishaps = state.film, {}, {}
    for slate, take in failed_takes(state).items():
        shot = shot_of(script, slate)
        failure = take.failure or _unexplained(take)
        advice = await crew.fix_provider_error(
            failure, prompt=shot.prompt, scene=state.scene_number, item=slate, cause=redo_of(take),
            language=script.language,
        )  # fmt: skip
        script = with_shot(script, shot.model_copy(update={"prompt": advice.prompt or shot.prompt}))
        causes[f"take/{slate}"] = redo_of(take)
        mishaps[slate] = state.mishaps.get(slate, 0) + 1
        progress(runtime, "shooting", f"{slate}: {advice.userMessage}")
    return {"script": script.model_dump(mode="json"), "causes": causes, "mishaps": mishaps}


def redo_of(take: Take) -> str:
    """The cause of an automatic redo: the order it replaces."""
    return "redo-" + hashlib.sha256(take.call_key.encode()).hexdigest()[:16]


def _unexplained(take: Take) -> OrderFailure:
    return OrderFailure(
        call_key=take.call_key, provider=take.provider, model=take.model, kind="bad_output",
        message="the take ended without a reason",
    )  # fmt: skip
