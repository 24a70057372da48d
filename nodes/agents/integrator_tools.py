"""`call_lambda_api` and `calculate_cost`: answered from facts and the price book; nothing is sent (S1-11)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from nodes.agents.functions import CALCULATE_COST, CALL_LAMBDA_API, CostArguments, LambdaArguments
from state.writing import CheckSceneInput, SceneFacts
from tools.engines.catalog import model_card, validate_parameters
from tools.ledger.pricing import newest_edition
from tools.models.base import Tool
from tools.orders.quote import planned_call

NOT_HERE = (
    "generateMedia: nothing is ordered from here. A scene is ordered when its price has been approved by a "
    "person; report whether it is valid and what it costs."
)
METHODS = {"getStatus": "GET", "generateMedia": "POST"}


def integrator_tools(input: CheckSceneInput) -> Sequence[Tool]:
    """The tools for one check."""

    async def call(asked: LambdaArguments) -> Mapping[str, Any]:
        if asked.method != METHODS[asked.endpoint]:
            return {"error": f"method: {asked.endpoint} is called with {METHODS[asked.endpoint]}"}
        return {"error": NOT_HERE} if asked.endpoint == "generateMedia" else _status(input)

    return CALL_LAMBDA_API.tool(call), CALCULATE_COST.tool(cost_of)


async def cost_of(asked: CostArguments) -> Mapping[str, Any]:
    """The price book's figure for one generation, or the refusal's words."""
    card = model_card(asked.modelId)
    if errors := validate_parameters(card.id, asked.parameters):
        return {"error": "; ".join(errors)}
    units: object = asked.parameters.get("duration", None if card.durations_s else 1)
    if not isinstance(units, int | float):
        return {"error": f"parameters.duration: say how many seconds; allowed are {card.durations_s}"}
    plain = {name: one for name, one in asked.parameters.items() if isinstance(one, str | int | float | bool)}
    call = planned_call(stage="take", item="", model_id=card.id, units=units, parameters=plain)
    return {
        "modelId": card.id,
        "estimated": str(call.price.as_usd().quantize(Decimal("0.01"))),
        "breakdown": {
            "exact": str(call.price.as_usd()), "unit": call.unit, "units": str(call.units),
            "resolution": str(plain.get("resolution", "")), "edition": newest_edition(),
        },
    }  # fmt: skip


def _status(input: CheckSceneInput) -> dict[str, Any]:
    """How the scene stands, from what the agent was given."""
    facts = input.facts or SceneFacts()
    return {
        "sceneNumber": input.scene.number,
        "status": "not_ordered",
        "validation": {"isValid": not facts.errors, "errors": facts.errors},
        "cost": {"estimated": facts.estimated},
    }
