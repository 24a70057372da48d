"""The facts of a scene: what the catalogue refuses and what the price book asks, worked out by code."""

from decimal import Decimal

from state.cost import ZERO, Money
from state.errors import BudgetError, ProviderMisconfigured
from state.writing import CheckSceneInput, SceneFacts
from tools.engines.catalog import validate_parameters
from tools.ledger.pricing import newest_edition
from tools.orders.planned import planned_clip


def check_scene(input: CheckSceneInput) -> SceneFacts:
    """Errors and price of a scene on its model: one clip per shot, as long as the model must make it."""
    errors = validate_parameters(input.model_id, input.parameters)
    try:
        clips = [
            planned_clip(shot, model_id=input.model_id, parameters=input.parameters)
            for shot in input.scene.shots
        ]
    except (ProviderMisconfigured, BudgetError) as exc:
        return SceneFacts(errors=errors or [exc.message])
    total: Money = sum((clip.price for clip in clips), ZERO)
    return SceneFacts(
        errors=errors,
        estimated=str(total.as_usd().quantize(Decimal("0.01"))),
        breakdown={
            "model": input.model_id,
            "resolution": str(input.parameters.get("resolution", "")),
            "edition": newest_edition(),
            "clips": [
                {"shot": clip.item, "seconds": str(clip.units), "price": str(clip.price.as_usd())}
                for clip in clips
            ],
        },
    )
