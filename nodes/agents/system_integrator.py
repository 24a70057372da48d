"""The system integrator: checks parameters and prices before anything paid is sent."""

from typing import Protocol

from nodes.agents.agent import Agent, AgentDefinition, Capability, TextKey, TextRecorder
from nodes.agents.scene_check import check_scene
from nodes.agents.told import as_json, as_words, schema
from prompts import RenderedPrompt, render
from state.writing import CheckSceneInput, IntegratorReport, SceneFacts
from tools.models.base import ChatModel

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
            functions=(
                {
                    "name": "call_lambda_api",
                    "description": "Call the media service.",
                    "parameters": {
                        "type": "object",
                        "properties": {
                            "endpoint": {"type": "string", "enum": ["generateMedia", "getStatus"]},
                            "method": {"type": "string", "enum": ["GET", "POST"]},
                            "payload": {"type": "object"},
                        },
                        "required": ["endpoint", "method"],
                    },
                },
                {
                    "name": "calculate_cost",
                    "description": "Work out what a generation costs.",
                    "parameters": {
                        "type": "object",
                        "properties": {"modelId": {"type": "string"}, "parameters": {"type": "object"}},
                        "required": ["modelId", "parameters"],
                    },
                },
            ),
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
            model_id=input.model_id,
            parameters=as_json(input.parameters),
            scene_number=str(input.scene.number),
            prompt=as_words(input.scene.prompt),
            facts=as_json(input.facts),
            schema=schema(IntegratorReport),
        )

    def problems(self, input: CheckSceneInput, output: IntegratorReport) -> list[str]:
        """A report may not contradict the facts."""
        facts, found = input.facts or SceneFacts(), []
        if output.validation.isValid != (not facts.errors):
            found.append(f"validation.isValid must be {not facts.errors}")
        if output.validation.errors != facts.errors:
            found.append("validation.errors must be the facts' errors, word for word")
        if output.cost.estimated != facts.estimated:
            found.append(f"cost.estimated must be {facts.estimated}")
        return found
