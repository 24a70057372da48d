"""The system integrator: checks parameters and prices before anything paid is sent."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from nodes.agents.agent import Agent, AgentDefinition, Capability, TextKey, TextRecorder
from nodes.agents.functions import CALCULATE_COST, CALL_LAMBDA_API
from nodes.agents.integrator_tools import integrator_tools
from nodes.agents.scene_check import check_scene
from nodes.agents.told import as_json, as_name, as_words, schema
from prompts import RenderedPrompt, render
from state.writing import CheckSceneInput, IntegratorReport, SceneFacts
from tools.models.base import ChatModel, Tool

INTEGRATOR = AgentDefinition(
    id="system-integrator",
    name="System Integrator",
    role="system_integrator",
    system_prompt="novela/system_integrator",
    temperature=0.3,
    max_tokens=1500,
    capabilities=(
        Capability(
            name="check_and_price",
            description="Validates the parameters of a generation and says what it costs.",
            functions=(CALL_LAMBDA_API.told(), CALCULATE_COST.told()),
        ),
    ),
)


class SceneCheck(Protocol):
    """Works out the facts of a scene from the catalogue and the price book, without any model."""

    def __call__(self, input: CheckSceneInput) -> SceneFacts:
        """Errors and price of these parameters on this model."""


class SystemIntegrator(Agent[CheckSceneInput, IntegratorReport]):
    """Validates and prices one scene."""

    definition = INTEGRATOR
    output = IntegratorReport

    def __init__(self, model: ChatModel, recorder: TextRecorder, *, check: SceneCheck = check_scene) -> None:
        super().__init__(model, recorder)
        self.check = check

    async def run(self, input: CheckSceneInput, *, key: TextKey) -> IntegratorReport:
        """Check by code first; the model words the report over facts it cannot change."""
        facts = input.facts or self.check(input)
        return await super().run(input.model_copy(update={"facts": facts}), key=key)

    def prompt(self, input: CheckSceneInput) -> RenderedPrompt:
        """Render the check with its facts."""
        return render(
            "novela/system_integrator_check",
            system=INTEGRATOR.system_prompt,
            purpose=input.purpose,
            model_id=as_name(input.model_id),
            parameters=as_json(input.parameters),
            scene_number=str(input.scene.number),
            prompt=as_words(input.scene.prompt),
            # In full: a figure that is not there cannot be repeated.
            facts=as_json(input.facts.model_dump(mode="json") if input.facts else None),
            schema=schema(IntegratorReport),
        )

    def tools(self, input: CheckSceneInput) -> Sequence[Tool]:
        """The status of this scene, and what any generation costs."""
        return integrator_tools(input)

    def complete(self, input: CheckSceneInput, answer: Mapping[str, Any]) -> Mapping[str, Any]:
        """The report with the facts' breakdown and what would be sent, which a model need not copy."""
        facts = input.facts or SceneFacts()
        told = answer.get("cost")
        cost = dict(told) if isinstance(told, Mapping) else {"estimated": told}
        cost = {"estimated": _dollars(cost.get("estimated"), facts), "breakdown": facts.breakdown}
        return {**answer, "parameters": {"modelId": input.model_id, **input.parameters}, "cost": cost}

    def problems(self, input: CheckSceneInput, output: IntegratorReport) -> list[str]:
        """A report may not contradict the facts."""
        facts, found = input.facts or SceneFacts(), []
        if output.validation.isValid != (not facts.errors):
            found.append(f"validation.isValid must be {not facts.errors}")
        if output.validation.errors != facts.errors:
            found.append("validation.errors must be the facts' errors, word for word")
        if output.cost.estimated != facts.estimated:
            found.append(f"cost.estimated must be {facts.estimated}")
        if facts.errors and output.action != "validate":
            found.append("action must be validate: the scene cannot be made as it is")
        return found


def _dollars(told: object, facts: SceneFacts) -> str:
    """The figure as the facts write it, where it is the same: `$1.5` for `1.50`."""
    said = str(told).strip().removeprefix("$").removesuffix("USD").strip()
    try:
        return facts.estimated if Decimal(said) == Decimal(facts.estimated) else said
    except InvalidOperation:
        return said
