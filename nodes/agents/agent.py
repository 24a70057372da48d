"""The one seam to every agent: `await agent.run(input, key=key)`.

The prompt is rendered and its digest recorded whatever model answers, also the offline
writer. An answer of the wrong shape gets one repair try that shows what is wrong with
it; a second wrong answer is a typed failure. Recording sits around all of it, so a
node that runs again gets the first valid answer back and asks nobody.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from prompts import RenderedPrompt, load
from state.errors import ProviderFailed
from state.messages import AgentName
from state.order import TextAnswer, TextOrder, Usage
from tools.models.base import ChatModel, ModelAnswer

I = TypeVar("I", bound=BaseModel)  # noqa: E741  # input and output, as the seam calls them
O = TypeVar("O", bound=BaseModel)  # noqa: E741  # input and output: the names of the field


@dataclass(frozen=True, kw_only=True)
class TextKey:
    """Under which key an answer is recorded: stable over re-runs, new with a new decision."""

    production_id: str
    stage: str
    item: str
    cause: str = "first"


class TextRecorder(Protocol):
    """Records answers per key. `tools.orders` fits by shape."""

    async def ask(self, order: TextOrder, call: Callable[[], Awaitable[TextAnswer]]) -> TextAnswer:
        """Return the recorded answer of this key, or make the call and record it."""


@dataclass(frozen=True, kw_only=True)
class Capability:
    """One thing an agent can do, with the tool schemas it does it with (S1-06)."""

    name: str
    description: str
    functions: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True)
class AgentDefinition:
    """Who an agent is (S1-06)."""

    id: str
    name: str
    role: AgentName | Literal["intent_reader"]
    """Who speaks on the bus; the intent reader never does."""
    system_prompt: str
    """Name of the prompt file that says who the agent is."""
    temperature: float
    max_tokens: int
    capabilities: tuple[Capability, ...]

    def as_json(self) -> dict[str, Any]:
        """The definition in the mission's field names, with the system prompt's words."""
        return {
            "id": self.id,
            "name": self.name,
            "role": self.role,
            "systemPrompt": load(self.system_prompt).text,
            "temperature": self.temperature,
            "maxTokens": self.max_tokens,
            "capabilities": [
                {"name": one.name, "description": one.description, "functions": list(one.functions)}
                for one in self.capabilities
            ],
        }


class Agent(Generic[I, O]):
    """A prompt, an input model and an output model. Subclasses say which."""

    definition: ClassVar[AgentDefinition]
    output: type[O]

    def __init__(self, model: ChatModel, recorder: TextRecorder) -> None:
        self.model = model
        self.recorder = recorder

    def prompt(self, input: I) -> RenderedPrompt:
        """Render what the model is told for this input."""
        raise NotImplementedError

    def problems(self, input: I, output: O) -> list[str]:
        """What is wrong with an answer of the right shape; empty when it can be used."""
        return []

    async def run(self, input: I, *, key: TextKey) -> O:
        """Answer, from the record when this key was answered before.

        Raises:
            ProviderError: the model failed, or gave two answers that cannot be used.
        """
        prompt = self.prompt(input)
        order = TextOrder(
            production_id=key.production_id,
            stage=key.stage,
            item=key.item,
            cause=key.cause,
            agent=self.definition.role,
            model=self.model.name,
            prompt=f"{prompt.system}\n\n{prompt.text}",
            prompt_digest=prompt.digest,
        )
        answer = await self.recorder.ask(order, lambda: self._ask(input, prompt))
        return self.output.model_validate(answer.content)

    async def _ask(self, input: I, prompt: RenderedPrompt) -> TextAnswer:
        first = await self._call(input, prompt)
        output, wrong = self._read(input, first)
        if output is not None:
            return _recorded(output, first.usage)
        second = await self._call(input, _with_repair(prompt, wrong))
        output, wrong = self._read(input, second)
        if output is None:
            raise ProviderFailed(
                f"The {self.definition.role} gave two answers that cannot be used: {wrong}",
                model=self.model.name,
                kind="bad_output",
                details={"agent": self.definition.role, "wrong": wrong},
            )
        return _recorded(output, _sum(first.usage, second.usage))

    async def _call(self, input: I, prompt: RenderedPrompt) -> ModelAnswer:
        return await self.model.answer(
            prompt,
            output=self.output,
            input=input,
            temperature=self.definition.temperature,
            max_tokens=self.definition.max_tokens,
        )

    def _read(self, input: I, answer: ModelAnswer) -> tuple[O | None, str]:
        try:
            output = self.output.model_validate(answer.content)
        except ValidationError as exc:
            return None, "; ".join(
                f"{'.'.join(str(part) for part in error['loc']) or 'answer'}: {error['msg']}"
                for error in exc.errors()[:8]
            )
        wrong = self.problems(input, output)
        return (None, "; ".join(wrong[:8])) if wrong else (output, "")


def _with_repair(prompt: RenderedPrompt, wrong: str) -> RenderedPrompt:
    text = (
        f"{prompt.text}\n\nYour last answer could not be used: {wrong}\nAnswer again, complete and corrected."
    )
    return RenderedPrompt(text=text, digest=prompt.digest, system=prompt.system)


def _recorded(output: BaseModel, usage: Usage) -> TextAnswer:
    return TextAnswer(content=output.model_dump(mode="json"), usage=usage)


def _sum(one: Usage, two: Usage) -> Usage:
    return Usage(
        prompt_tokens=one.prompt_tokens + two.prompt_tokens,
        completion_tokens=one.completion_tokens + two.completion_tokens,
    )
