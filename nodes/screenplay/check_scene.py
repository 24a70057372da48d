"""Have the integrator validate and price the scene that was just written (S1-20)."""

from decimal import Decimal

from langgraph.runtime import Runtime

from nodes.agents.crew import crew_of
from nodes.reporting import production_id, tell
from state.context import RunContext
from state.events import ScenePlanned, conversation_id
from state.novela import NovelaState
from state.script import Scene
from state.writing import IntegratorReport
from tools.orders.planned import as_made


async def check_scene(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """The writer asks, the integrator answers; both messages are stored as one conversation."""
    crew = await crew_of(runtime, cause=state.base_cause)
    written = next(scene for scene in state.film.scenes if scene.number == state.writing)
    scene = as_made(written, runtime.context.tier)
    answer = await crew.validate_and_cost(scene, attempt=state.repairs)
    update: dict[str, object] = {"reports": {str(scene.number): answer.model_dump(mode="json")}}
    if not answer.validation.isValid:
        return update
    tell(runtime, _planned(state, scene, answer, production_id(runtime)))
    return {**update, "writing": state.writing + 1, "repairs": 0, "advice": "", "fixes": {}}


def _planned(state: NovelaState, scene: Scene, answer: IntegratorReport, production: str) -> ScenePlanned:
    return ScenePlanned(
        episode=state.episode_number,
        scene=scene.number,
        title=scene.title,
        prompt=scene.prompt,
        model_id=scene.model_id,
        parameters=scene.parameters,
        estimated_usd=Decimal(answer.cost.estimated),
        conversation_id=conversation_id(production, scene.number),
    )
