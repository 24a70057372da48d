"""The novela's agents at work: every question a node may ask, with its conversation and its record.

Nodes talk to agents through the crew and never to a model. What the agents say to each
other is emitted as messages, one conversation per scene; answers are recorded under
`production:stage:item:cause`, so a node that runs again asks nobody.
"""

from typing import Any

from langgraph.runtime import Runtime
from pydantic import BaseModel

from nodes.agents.agent import TextKey
from nodes.agents.bus import Conversation
from nodes.agents.facts import check_facts
from nodes.agents.fallback_handler import FallbackHandler
from nodes.agents.script_writer import SceneWriter, SeriesPlanner, ShotReviser
from nodes.agents.system_integrator import SystemIntegrator
from nodes.reporting import production_id, tell
from state.context import RunContext
from state.events import MessageSent, conversation_id
from state.messages import AgentMessage, AgentName
from state.writing import (
    CheckSceneInput,
    FallbackAdvice,
    FallbackInput,
    IntegratorReport,
    PlanSeriesInput,
    ReviseShotInput,
    RevisedShot,
    SceneDraft,
    SeriesPlan,
    WriteSceneInput,
)
from tools.models.choose import chat_model
from tools.registry import Toolbox, toolbox


class Crew:
    """Script writer, system integrator and fallback handler for one node's work."""

    def __init__(self, tools: Toolbox, runtime: Runtime[RunContext]) -> None:
        model, orders = chat_model(runtime.context.text_model), tools.orders
        self._clock = tools.clock
        self._runtime = runtime
        self._production = production_id(runtime)
        self._planner = SeriesPlanner(model, orders)
        self._writer = SceneWriter(model, orders)
        self._reviser = ShotReviser(model, orders)
        self._integrator = SystemIntegrator(model, orders, check=check_facts)
        self._fallback = FallbackHandler(model, orders)

    async def plan_series(self, question: PlanSeriesInput) -> SeriesPlan:
        """The plan of the whole series; asked once per production."""
        return await self._planner.run(question, key=self._key("plan", "series"))

    async def write_scene(self, question: WriteSceneInput, *, attempt: int) -> SceneDraft:
        """One scene; `attempt` counts how often it was sent back."""
        key = self._key("script", f"scene-{question.outline.number}", _attempt(attempt))
        return await self._writer.run(question, key=key)

    async def revise_shot(self, question: ReviseShotInput, *, item: str, cause: str) -> RevisedShot:
        """One shot as a person noted."""
        return await self._reviser.run(question, key=self._key("revise", item, cause))

    async def validate_and_cost(self, question: CheckSceneInput, *, attempt: int) -> IntegratorReport:
        """The writer asks the integrator (S1-20)."""
        scene = question.scene.number
        key = self._key("check", f"scene-{scene}", _attempt(attempt))

        async def answered(_: AgentMessage) -> dict[str, Any]:
            return _json(await self._integrator.run(question, key=key))

        payload = {
            "modelId": question.model_id,
            "parameters": question.parameters,
            "prompt": question.scene.prompt,
        }
        answer = await self._talk(
            "script_writer",
            "system_integrator",
            "validate_and_cost",
            payload,
            answered,
            scene=scene,
            part=key.cause,
        )
        return IntegratorReport.model_validate(answer)

    async def fix_validation(self, question: FallbackInput, *, scene: int, attempt: int) -> FallbackAdvice:
        """The writer asks the fallback handler about a scene that cannot be sent (S1-21)."""
        key = self._key("advice", f"scene-{scene}", _attempt(attempt))
        return await self._advice(question, key, asks="script_writer", scene=scene)

    async def fix_provider_error(
        self, question: FallbackInput, *, scene: int, item: str, cause: str
    ) -> FallbackAdvice:
        """The integrator asks the fallback handler about a take that failed (S1-22)."""
        return await self._advice(
            question, self._key("advice", item, cause), asks="system_integrator", scene=scene
        )

    async def _advice(
        self, question: FallbackInput, key: TextKey, *, asks: AgentName, scene: int
    ) -> FallbackAdvice:
        async def answered(_: AgentMessage) -> dict[str, Any]:
            return _json(await self._fallback.run(question, key=key))

        payload = {"errors": question.errors, "prompt": question.prompt, "context": question.context}
        part = f"{key.item}/{key.cause}"
        answer = await self._talk(
            asks, "fallback_handler", question.action, payload, answered, scene=scene, part=part
        )
        return FallbackAdvice.model_validate(answer)

    async def _talk(
        self, asks: AgentName, answers: AgentName, action: str, payload: dict[str, Any], responder: Any,
        *, scene: int, part: str,
    ) -> dict[str, Any]:  # fmt: skip
        conversation = Conversation(
            production_id=self._production,
            conversation_id=conversation_id(self._production, scene),
            part=f"{action}/{part}",
            emit=self._emit,
            clock=self._clock,
            scene_number=scene,
        )
        conversation.join(answers, responder)
        return await conversation.request(sender=asks, to=answers, action=action, payload=payload)

    def _emit(self, message: AgentMessage) -> None:
        tell(self._runtime, MessageSent(message=message))

    def _key(self, stage: str, item: str, cause: str = "first") -> TextKey:
        return TextKey(production_id=self._production, stage=stage, item=item, cause=cause)


async def crew_of(runtime: Runtime[RunContext]) -> Crew:
    """The crew for the node that is running."""
    return Crew(await toolbox(), runtime)


def _attempt(number: int) -> str:
    return f"repair-{number}" if number else "first"


def _json(answer: BaseModel) -> dict[str, Any]:
    return answer.model_dump(mode="json")
