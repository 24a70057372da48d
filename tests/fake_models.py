"""Stand-ins for the agents' two neighbours: a chat model that repeats, a recorder that remembers."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from state.cost import Money
from state.order import TextAnswer, TextOrder, Usage
from tools.models.base import UNBOOKED, Booking, ModelAnswer, Picture, PromptText, Tool


class Recorder:
    """Keeps answers per key, as the ledger does."""

    def __init__(self) -> None:
        self.orders: list[TextOrder] = []
        self.answers: dict[str, TextAnswer] = {}

    async def ask(
        self,
        order: TextOrder,
        call: Callable[[Booking], Awaitable[TextAnswer]],
        *,
        allowance: Money | None = None,
    ) -> TextAnswer:
        self.orders.append(order)
        if order.call_key not in self.answers:
            self.answers[order.call_key] = await call(UNBOOKED)
        return self.answers[order.call_key]


class Parrot:
    """A chat model that says what it was given, in order, and remembers what it was asked."""

    name = "parrot"
    provider = "offline"

    def __init__(self, *answers: dict[str, Any] | ModelAnswer) -> None:
        self.answers = list(answers)
        self.prompts: list[str] = []
        self.settings: list[tuple[float, int]] = []
        self.shapes: list[type[BaseModel]] = []

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
        self.prompts.append(prompt.text)
        self.settings.append((temperature, max_tokens))
        self.shapes.append(output)
        answer, usage = self.answers.pop(0), Usage(prompt_tokens=10, completion_tokens=5)
        if isinstance(answer, ModelAnswer):
            return replace(answer, usage=usage)
        return ModelAnswer(content=answer, usage=usage)
