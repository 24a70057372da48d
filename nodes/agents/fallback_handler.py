"""The fallback handler: says what went wrong and the smallest step that mends it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from nodes.agents.agent import Agent, AgentDefinition, Capability, TextKey, TextRecorder
from nodes.agents.fallback_tools import DocumentationSearch, fallback_tools, fixed_advice
from nodes.agents.functions import ANALYZE_ERROR, SEARCH_DOCUMENTATION
from nodes.agents.told import as_json, as_words, schema
from prompts import RenderedPrompt, render
from state.writing import FallbackAdvice, FallbackInput
from tools.models.base import ChatModel, Tool

FALLBACK = AgentDefinition(
    id="fallback-handler",
    name="Fallback Handler",
    role="fallback_handler",
    system_prompt="novela/fallback_handler",
    temperature=0.5,
    max_tokens=2000,
    capabilities=(
        Capability(
            name="recover",
            description="Analyses failures and complaints and proposes what to do.",
            functions=(ANALYZE_ERROR.told(), SEARCH_DOCUMENTATION.told()),
        ),
    ),
)


class FallbackHandler(Agent[FallbackInput, FallbackAdvice]):
    """Advises on failures, refused parameters and complaints."""

    definition = FALLBACK
    output = FallbackAdvice

    def __init__(
        self, model: ChatModel, recorder: TextRecorder, *, search: DocumentationSearch | None = None
    ) -> None:
        super().__init__(model, recorder)
        self.search = search

    async def run(self, input: FallbackInput, *, key: TextKey) -> FallbackAdvice:
        """Advise; when the advice asks for documentation and a search is on, look once and advise again."""
        advice = await self.first(input, key=key)
        found = await self.documentation(input, advice)
        return await self.documented(input, found, key=key) if found else advice

    async def first(self, input: FallbackInput, *, key: TextKey) -> FallbackAdvice:
        """Advise on what is known already."""
        return await super().run(input, key=key)

    def wants_documentation(self, advice: FallbackAdvice) -> bool:
        """Whether something would be looked up for this advice."""
        return advice.needsInternetSearch and self.search is not None

    async def documentation(self, input: FallbackInput, advice: FallbackAdvice) -> list[str]:
        """What the advice asks for, looked up; empty when it asks for nothing or nothing was found."""
        if self.search is None or not advice.needsInternetSearch:
            return []
        model_id = input.context.get("askedModelId") or input.context.get("modelId")
        return await self.search(_question(input, advice), str(model_id or ""))

    async def documented(self, input: FallbackInput, found: list[str], *, key: TextKey) -> FallbackAdvice:
        """Advise again with what was looked up, from the same money; nothing more is looked up for it."""
        told = input.model_copy(update={"context": {**input.context, "documentation": found}})
        return await super().run(told, key=replace(key, item=f"{key.item}/documented"))

    def prompt(self, input: FallbackInput) -> RenderedPrompt:
        """Render the failure with everything known about it."""
        return render(
            "novela/fallback_handler_advise",
            system=FALLBACK.system_prompt,
            action=input.action,
            error_code=as_words(input.error_code),
            errors=_as_data(input.errors),
            prompt=as_words(input.prompt),
            context=_as_data(input.context),
            language=input.language,
            schema=schema(FallbackAdvice),
        )

    def tools(self, input: FallbackInput) -> Sequence[Tool]:
        """What is known of errors, and the documentation where a search is on."""
        return fallback_tools(input, self.search)

    def complete(self, input: FallbackInput, answer: Mapping[str, Any]) -> Mapping[str, Any]:
        """A known failure keeps its fixed answer, in the model's words."""
        return fixed_advice(input, answer)


def _question(input: FallbackInput, advice: FallbackAdvice) -> str:
    """What to look up: what was found and asked, and the codes that it goes by."""
    codes = (input.error_code, str(input.context.get("kind") or ""))
    said = str(input.context.get("message") or "")
    return " ".join(
        part for part in (advice.errorAnalysis.rootCause, said, *input.errors[:3], *codes) if part
    )


def _as_data(value: Any) -> str:
    """JSON that cannot end the mark it stands in: `<` is written as its code."""
    return as_json(value).replace("<", "\\u003c")
