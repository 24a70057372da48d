"""The facts of a scene: what the catalogue refuses and what the price book asks, worked out by code."""

from collections.abc import Mapping
from decimal import Decimal
from math import ceil

from state.cost import ZERO, Money, PlannedCall
from state.errors import BudgetError, ProviderMisconfigured
from state.script import Shot
from state.writing import CheckSceneInput, SceneFacts
from tools.engines.catalog import model_card, validate_parameters
from tools.ledger.pricing import newest_edition
from tools.orders.quote import planned_call


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


def allowed_parameters(model_id: str) -> dict[str, list[str | int | float]]:
    """What a model accepts, for whoever has to mend a refused parameter.

    Raises:
        ProviderMisconfigured: no such model.
    """
    card = model_card(model_id)
    lengths = card.durations_s
    seconds: list[str | int | float] = []
    if lengths is not None:
        whole = range(ceil(lengths.shortest), int(lengths.longest) + 1)
        seconds = [int(one) for one in lengths.only] or list(whole)
    return {
        "duration": seconds,
        "resolution": list(card.resolutions),
        "aspect_ratio": list(card.aspect_ratios),
    }


def clip_seconds(model_id: str, seconds: float) -> int:
    """The shortest clip of whole seconds that covers a shot; the longest there is when none does."""
    lengths = [int(one) for one in allowed_parameters(model_id)["duration"]]
    covering = [length for length in lengths if length >= seconds]
    return min(covering) if covering else max(lengths, default=ceil(seconds))


def planned_clip(
    shot: Shot, *, model_id: str, parameters: Mapping[str, str | int | float | bool]
) -> PlannedCall:
    """The paid call of one shot's take: as many whole seconds as the model must make for it."""
    return planned_call(
        stage="take",
        item=str(shot.slate),
        model_id=model_id,
        units=clip_seconds(model_id, shot.duration_s),
        parameters=parameters,
    )
