"""What the catalogue and the price book say about a scene: facts that no model may change."""

from decimal import Decimal

from state.cost import ZERO
from state.writing import CheckSceneInput, SceneFacts
from tools.engines.catalog import validate_parameters
from tools.orders.quote import planned_call


def scene_facts(input: CheckSceneInput) -> SceneFacts:
    """Errors of the parameters, and what the scene's takes cost with them, one line per shot."""
    errors = validate_parameters(input.model_id, input.parameters)
    if errors:
        return SceneFacts(errors=errors)
    calls = [
        planned_call(
            stage="take", item=str(shot.slate), model_id=input.model_id,
            units=Decimal(str(shot.duration_s)), parameters=input.parameters,
        )
        for shot in input.scene.shots
    ]  # fmt: skip
    total = sum((call.price for call in calls), ZERO)
    return SceneFacts(
        estimated=f"{total.as_usd():.6f}".rstrip("0").rstrip("."),
        breakdown={call.item: str(call.price.as_usd()) for call in calls},
    )
