"""The novela's agents at work: every question a node may ask, with its conversation and its record.

Nodes talk to agents through the crew and never to a model. What the agents say to each
other is emitted as messages, one conversation per scene; answers are recorded under
`production:stage:item:cause`, so a node that runs again asks nobody.
"""

from functools import partial

from langgraph.runtime import Runtime

from nodes.agents import patterns
from nodes.agents.agent import Role, TextKey
from nodes.agents.bus import Conversation
from nodes.agents.fallback_handler import FallbackHandler
from nodes.agents.look_up import look_up
from nodes.agents.scene_check import check_scene
from nodes.agents.script_writer import SceneWriter, SeriesPlanner, ShotReviser
from nodes.agents.system_integrator import SystemIntegrator
from nodes.agents.wanted_models import wanted_models
from nodes.reporting import production_id, tell
from state.context import RunContext
from state.cost import Money
from state.events import MessageSent, ModelStoodIn
from state.messages import AgentMessage
from state.order import FIRST, OrderFailure, TextAnswer
from state.script import Language, Scene
from state.writing import (
    FallbackAdvice,
    IntegratorReport,
    PlanSeriesInput,
    RevisedShot,
    ReviseShotInput,
    SceneDraft,
    SeriesPlan,
    WriteSceneInput,
)
from tools.orders.failures import error_of
from tools.orders.planned import allowed_parameters
from tools.registry import Toolbox, toolbox


class Crew:
    """Script writer, system integrator and fallback handler for one node's work."""

    def __init__(self, tools: Toolbox, runtime: Runtime[RunContext], *, cause: str = FIRST) -> None:
        context, orders = runtime.context, tools.orders
        model = partial(
            tools.models.for_role, "novela", wanted=wanted_models(context), user_id=context.user_id
        )
        writer, integrator, fallback = (
            model(role) for role in ("script_writer", "system_integrator", "fallback_handler")
        )
        self._clock = tools.clock
        self._runtime = runtime
        self._cause = cause
        self._production = production_id(runtime)
        self._allowance = Money.usd(context.text_allowance_usd)
        self._planner = SeriesPlanner(writer, orders)
        self._writer = SceneWriter(writer, orders)
        self._reviser = ShotReviser(writer, orders)
        self._integrator = SystemIntegrator(integrator, orders, check=check_scene)
        search = look_up if context.documentation else None
        self._fallback = FallbackHandler(fallback, orders, search=search)
        for agent in (self._planner, self._writer, self._reviser, self._integrator, self._fallback):
            agent.on_stand_in = self._stood_in

    async def plan_series(self, question: PlanSeriesInput) -> SeriesPlan:
        """The plan of the whole series; asked once per production."""
        return await self._planner.run(question, key=self._key("plan", "series"))

    async def write_scene(self, question: WriteSceneInput, *, attempt: int) -> SceneDraft:
        """One scene; `attempt` counts how often it was sent back."""
        key = self._key("script", f"scene-{question.outline.number}", self._attempt(attempt))
        return await self._writer.run(question, key=key)

    async def revise_shot(self, question: ReviseShotInput, *, item: str, cause: str) -> RevisedShot:
        """One shot as a person noted."""
        return await self._reviser.run(question, key=self._key("revise", item, cause))

    async def validate_and_cost(self, scene: Scene, *, attempt: int) -> IntegratorReport:
        """The writer asks the integrator (S1-20)."""
        key = self._key("check", f"scene-{scene.number}", self._attempt(attempt))
        conversation = self._conversation(scene.number, key)
        return await patterns.validate_and_cost(conversation, self._integrator, draft_of(scene), key=key)

    async def fix_validation(
        self, scene: Scene, report: IntegratorReport, *, language: Language, attempt: int
    ) -> FallbackAdvice:
        """The writer asks the fallback handler about a scene that cannot be sent (S1-21)."""
        key = self._key("advice", f"scene-{scene.number}", self._attempt(attempt))
        conversation = self._conversation(scene.number, key)
        return await patterns.fix_validation(
            conversation, self._fallback, draft_of(scene), report,
            key=key, language=language, allowed=allowed_parameters(scene.model_id),
        )  # fmt: skip

    async def fix_provider_error(
        self, failure: OrderFailure, *, prompt: str, scene: int, item: str, cause: str, language: Language
    ) -> FallbackAdvice:
        """The integrator asks the fallback handler about a take that failed (S1-22)."""
        key = self._key("advice", item, cause)
        error = error_of(failure.kind, failure.message, provider=failure.provider, model=failure.model)
        return await patterns.fix_provider_error(
            self._conversation(scene, key), self._fallback, error,
            prompt=prompt, key=key, language=language, context={"slate": item},
        )  # fmt: skip

    def _conversation(self, scene: int, key: TextKey) -> Conversation:
        return Conversation(
            production_id=self._production, name=f"scene-{scene}", part=f"{key.stage}/{key.item}/{key.cause}",
            emit=self._emit, clock=self._clock, scene_number=scene,
        )  # fmt: skip

    def _emit(self, message: AgentMessage) -> None:
        tell(self._runtime, MessageSent(message=message))

    def _stood_in(self, role: Role, answer: TextAnswer) -> None:
        tell(
            self._runtime,
            ModelStoodIn(
                role=role, provider=answer.provider, model=answer.model, instead_of=answer.instead_of
            ),
        )

    def _key(self, stage: str, item: str, cause: str | None = None) -> TextKey:
        key = self._cause if cause is None else cause
        return TextKey(
            production_id=self._production, stage=stage, item=item, cause=key, allowance=self._allowance
        )

    def _attempt(self, number: int) -> str:
        """The cause of a scene's draft: what it was begun for, and how often it was sent back."""
        if not number:
            return self._cause
        return f"repair-{number}" if self._cause == FIRST else f"{self._cause}/repair-{number}"


async def crew_of(runtime: Runtime[RunContext], *, cause: str) -> Crew:
    """The crew for the node that is running; `cause` is the state's `base_cause`."""
    return Crew(await toolbox(), runtime, cause=cause)


def draft_of(scene: Scene) -> SceneDraft:
    """A scene of the script as the draft that the agents pass around."""
    return SceneDraft(
        sceneNumber=scene.number, prompt=scene.prompt,
        duration=round(sum(shot.duration_s for shot in scene.shots)),
        modelRecommendation=scene.model_id, parameters=scene.parameters,
        continuityNotes=scene.continuity_notes, scene=scene,
    )  # fmt: skip
