"""A model with others behind it: the next one answers when the one before cannot be had.

Here and nowhere else a text model is replaced, and the answer names both.
"""

from collections.abc import Sequence
from dataclasses import replace

import structlog
from pydantic import BaseModel

from state.errors import ModelUnknown, ProviderError
from tools.models.base import (
    UNBOOKED,
    Booking,
    ChatModel,
    ModelAnswer,
    Picture,
    PromptText,
    Tool,
    heard_anew,
)

log = structlog.get_logger(__name__)
NOT_TO_BE_HAD = frozenset({"not_sent", "throttled", "ambiguous", "auth", "no_credit", "internal"})
"""Kinds that say nothing of what was asked: another model may well answer it."""


class InTurn:
    """Models in order; its name is that of the first."""

    def __init__(self, models: Sequence[ChatModel]) -> None:
        self._models = tuple(models)
        self.name = self._models[0].name
        self.provider = self._models[0].provider

    async def answer(
        self,
        prompt: PromptText,
        *,
        output: type[BaseModel],
        input: BaseModel,
        temperature: float,
        max_tokens: int,
        tools: Sequence[Tool] = (),
        pictures: Sequence[Picture] = (),
        booking: Booking = UNBOOKED,
    ) -> ModelAnswer:
        """Ask the first, and the next one when it cannot be had. Raises what the last one raised."""
        for number, model in enumerate(self._models):
            try:
                answer = await model.answer(
                    prompt, output=output, input=input, temperature=temperature,
                    max_tokens=max_tokens, tools=tools, pictures=pictures, booking=booking,
                )  # fmt: skip
            except ProviderError as error:
                if not _may_be_replaced(error) or model is self._models[-1]:
                    raise
                log.warning("model_replaced", model=model.name, kind=error.kind, problem=error.message)
                heard_anew()
            else:
                return replace(answer, instead_of=self.name) if number else answer
        raise AssertionError("the last one answers or raises")


def _may_be_replaced(error: ProviderError) -> bool:
    return error.kind in NOT_TO_BE_HAD or isinstance(error, ModelUnknown)
