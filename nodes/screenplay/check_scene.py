"""Have the integrator validate and price the scene that was just written (S1-20)."""

from langgraph.runtime import Runtime

from nodes.agents.crew import crew_of
from nodes.reporting import report
from state.context import RunContext
from state.novela import NovelaState
from state.script import Scene
from state.writing import CheckSceneInput, IntegratorReport


async def check_scene(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """The writer asks, the integrator answers; both messages are stored as one conversation."""
    crew = await crew_of(runtime)
    scene = next(scene for scene in state.film.scenes if scene.number == state.writing)
    check = CheckSceneInput(scene=scene, model_id=scene.model_id, parameters=scene.parameters)
    answer = await crew.validate_and_cost(check, attempt=state.repairs)
    update: dict[str, object] = {"reports": {str(scene.number): answer.model_dump(mode="json")}}
    if not answer.validation.isValid:
        return update
    report(runtime, "scene_planned", **_planned(scene, answer))
    return {**update, "writing": state.writing + 1, "repairs": 0, "advice": ""}


def _planned(scene: Scene, answer: IntegratorReport) -> dict[str, object]:
    return {
        "scene": scene.number, "title": scene.title, "prompt": scene.prompt, "model_id": scene.model_id,
        "parameters": scene.parameters, "estimated_usd": answer.cost.estimated,
    }  # fmt: skip
