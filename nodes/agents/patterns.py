"""The three ways the agents work together, as plain functions that graph nodes call.

Each asks over the bus, so every question and answer is a stored message of one
conversation. Retrying is the graph's: these functions ask once.
"""

from typing import Protocol

from nodes.agents.agent import TextKey
from nodes.agents.bus import Conversation
from nodes.agents.fallback_handler import FallbackHandler
from nodes.agents.system_integrator import SystemIntegrator
from state.errors import ProviderError
from state.messages import AgentMessage
from state.script import Language
from state.writing import (
    CheckSceneInput,
    FallbackAdvice,
    FallbackInput,
    IntegratorReport,
    SceneDraft,
    WriteSceneInput,
)


class Advises(Protocol):
    """Whoever answers as the fallback handler: the agent itself, or one that is heard while it speaks."""

    async def run(self, input: FallbackInput, *, key: TextKey) -> FallbackAdvice:
        """Answer the question."""


async def validate_and_cost(
    conversation: Conversation, integrator: SystemIntegrator, draft: SceneDraft, *, key: TextKey
) -> IntegratorReport:
    """The writer sends a scene to the integrator and learns whether it can be made and at what price."""

    async def answer(message: AgentMessage) -> dict[str, object]:
        asked = CheckSceneInput.model_validate(message.content.data)
        return (await integrator.run(asked, key=key)).model_dump(mode="json")

    conversation.join("system_integrator", answer)
    asked = CheckSceneInput(
        scene=draft.scene, model_id=draft.modelRecommendation, parameters=draft.parameters
    )
    told = await conversation.request(
        sender="script_writer",
        to="system_integrator",
        action="validate_and_cost",
        payload=asked.model_dump(mode="json"),
    )
    return IntegratorReport.model_validate(told)


async def fix_validation(
    conversation: Conversation,
    fallback: FallbackHandler,
    draft: SceneDraft,
    report: IntegratorReport,
    *,
    key: TextKey,
    language: Language = "en",
    allowed: dict[str, list[str | int | float]] | None = None,
) -> FallbackAdvice:
    """The writer asks the fallback handler how to mend a scene that was not valid.

    `allowed` lists what the model accepts per parameter, so that the advice can name values.
    """
    asked = FallbackInput(
        action="fix_validation",
        error_code="invalid",
        errors=report.validation.errors,
        prompt=draft.prompt,
        context={
            "modelId": draft.modelRecommendation,
            "parameters": draft.parameters,
            "allowed": allowed or {},
        },
        language=language,
    )
    return await _ask_fallback(conversation, fallback, asked, sender="script_writer", key=key)


async def fix_provider_error(
    conversation: Conversation,
    fallback: FallbackHandler,
    error: ProviderError,
    *,
    prompt: str,
    key: TextKey,
    language: Language = "en",
    context: dict[str, object] | None = None,
) -> FallbackAdvice:
    """The integrator asks the fallback handler what to do about a provider's failure."""
    asked = FallbackInput(
        action="fix_provider_error",
        error_code=error.code,
        errors=[error.message],
        prompt=prompt,
        context={"modelId": error.model, "provider": error.provider, "kind": error.kind, **(context or {})},
        language=language,
    )
    return await _ask_fallback(conversation, fallback, asked, sender="system_integrator", key=key)


async def answer_complaint(
    conversation: Conversation,
    fallback: Advises,
    message: str,
    *,
    key: TextKey,
    error_code: str = "",
    language: Language = "en",
    context: dict[str, object] | None = None,
) -> FallbackAdvice:
    """A person's complaint reaches the fallback handler with what the system knows (S1-23)."""
    asked = FallbackInput(
        action="answer_complaint",
        error_code=error_code,
        context={"message": message, **(context or {})},
        language=language,
    )
    return await _ask_fallback(conversation, fallback, asked, sender="user", key=key)


def with_advice(input: WriteSceneInput, draft: SceneDraft, advice: FallbackAdvice) -> WriteSceneInput:
    """The writer's next task: the same scene with the advice, and with corrected parameters when given."""
    fields = {"resolution", "aspect_ratio", "duration"}
    better = {name: value for name, value in advice.parameters.items() if name in fields}
    brief = type(input.brief).model_validate({**input.brief.model_dump(), **better})
    return input.model_copy(
        update={"brief": brief, "draft": draft.scene, "advice": advice.solution.immediate}
    )


async def _ask_fallback(
    conversation: Conversation,
    fallback: Advises,
    asked: FallbackInput,
    *,
    sender: str,
    key: TextKey,
) -> FallbackAdvice:
    async def answer(message: AgentMessage) -> dict[str, object]:
        told = FallbackInput.model_validate(message.content.data)
        return (await fallback.run(told, key=key)).model_dump(mode="json")

    conversation.join("fallback_handler", answer)
    told = await conversation.request(
        sender=sender,  # type: ignore[arg-type]  # one of the agents' names
        to="fallback_handler",
        action=asked.action,
        payload=asked.model_dump(mode="json"),
    )
    return FallbackAdvice.model_validate(told)
