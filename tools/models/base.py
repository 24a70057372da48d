"""The seam to text models: a rendered prompt in, JSON of a known shape out.

A model neither retries nor repairs nor records; the agent does, once for all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from pydantic import BaseModel

from state.order import Usage


class PromptText(Protocol):
    """What a rendered prompt offers; `prompts.RenderedPrompt` fits by shape."""

    @property
    def text(self) -> str:
        """The task, with every field filled."""

    @property
    def system(self) -> str:
        """Who the agent is."""

    @property
    def digest(self) -> str:
        """SHA-256 of both, hexadecimal."""


@dataclass(frozen=True, kw_only=True)
class ModelAnswer:
    """What a model said, not yet checked against the wanted shape."""

    content: Mapping[str, Any]
    usage: Usage = field(default_factory=Usage)


class ChatModel(Protocol):
    """One text model."""

    name: str

    async def answer(
        self,
        prompt: PromptText,
        *,
        output: type[BaseModel],
        input: BaseModel,
        temperature: float,
        max_tokens: int,
    ) -> ModelAnswer:
        """Ask once. `input` is what the prompt was rendered from; models that read prompts ignore it.

        Raises:
            ProviderError: with its failure kind; an answer that is no JSON object has kind `bad_output`.
        """
