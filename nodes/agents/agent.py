"""The one seam to every agent: `await agent.run(input, key=key)`.

The prompt is rendered and its digest recorded whatever model answers, also the offline
writer. An answer of the wrong shape gets one repair try that shows what is wrong with
it, with twice the room when it was cut off; a second wrong answer is a typed failure.
Recording sits around all of it, so a node that runs again gets the first valid answer
back and asks nobody.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from nodes.agents.letters import holdable
from prompts import RenderedPrompt, load
from state.cost import Money
from state.errors import AnswerUnusable
from state.messages import AgentName
from state.order import TextAnswer, TextOrder, Usage
from tools.models.base import Booking, ChatModel, ModelAnswer, Tool, heard_anew

I = TypeVar("I", bound=BaseModel)  # noqa: E741  # input and output, as the seam calls them
O = TypeVar("O", bound=BaseModel)  # noqa: E741  # input and output: the names of the field


class Unfitting(ValueError):
    """An answer that cannot be completed. The model is told every reason and asked once more."""

    def __init__(self, reasons: Sequence[str], completed: Mapping[str, Any] | None = None) -> None:
        """`completed` is what could be made of it all the same, to see what else is wrong."""
        super().__init__("; ".join(reasons))
        self.reasons, self.completed = list(reasons), completed


MOST_NAMED = 8
"""So many faults of an answer are told to the model at once."""

Role = AgentName | Literal["intent_reader"]
"""What an agent is there for; the intent reader is in no conversation of agents."""


@dataclass(frozen=True, kw_only=True)
class TextKey:
    """Under which key an answer is recorded: stable over re-runs, new with a new decision."""

    production_id: str
    stage: str
    item: str
    cause: str = "first"
    allowance: Money | None = None
    """What all text of the production may cost; None is the house's own limit."""


class TextRecorder(Protocol):
    """Records answers per key. `tools.orders` fits by shape."""

    async def ask(
        self, order: TextOrder, call: Callable[[Booking], Awaitable[TextAnswer]], *, allowance: Money | None
    ) -> TextAnswer:
        """Return the recorded answer of this key, or make the call and record it with what it cost."""


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
    role: Role
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
    asked_for: ClassVar[type[BaseModel] | None] = None
    """The shape a model is asked for, where that is less than the output; `complete` adds the rest."""

    def __init__(self, model: ChatModel, recorder: TextRecorder) -> None:
        self.model = model
        self.recorder = recorder
        self.on_stand_in: Callable[[Role, TextAnswer], None] | None = None
        """Told when another model than the one that was asked has answered."""

    def prompt(self, input: I) -> RenderedPrompt:
        """Render what the model is told for this input."""
        raise NotImplementedError

    def tools(self, input: I) -> Sequence[Tool]:
        """What the model may ask us for on its way to the answer."""
        return ()

    def complete(self, input: I, answer: Mapping[str, Any]) -> Mapping[str, Any]:
        """The answer with what everybody knows and the model need not say.

        Raises:
            Unfitting: what was said cannot be completed.
        """
        return answer

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
            provider=self.model.provider,
            model=self.model.name,
            prompt=f"{prompt.system}\n\n{prompt.text}",
            prompt_digest=prompt.digest,
        )
        asked = partial(self._ask, input, prompt)
        answer = await self.recorder.ask(order, asked, allowance=key.allowance)
        if answer.instead_of and self.on_stand_in is not None:
            self.on_stand_in(self.definition.role, answer)
        return self.output.model_validate(answer.content)

    async def _ask(self, input: I, prompt: RenderedPrompt, booking: Booking) -> TextAnswer:
        limit = self.definition.max_tokens
        first = await self._call(input, prompt, booking, limit)
        output, wrong = self._read(input, first)
        if output is not None:
            return _recorded(output, first, first.usage)
        # What was cut off gets room; what the model itself can write at most is the catalogue's to know.
        room = 2 * limit if first.cut else limit
        heard_anew()
        second = await self._call(input, _with_repair(prompt, wrong), booking, room)
        output, wrong = self._read(input, second)
        if output is None:
            provider, model = second.provider, second.model or self.model.name
            raise AnswerUnusable(
                f"As {self.definition.role}, {model} at {provider or self.model.provider} gave two answers"
                f" that cannot be used: {wrong}",
                provider=provider or self.model.provider,
                model=model,
                kind="bad_output",
                details={"agent": self.definition.role, "wrong": wrong},
            )
        return _recorded(output, second, first.usage + second.usage)

    async def _call(self, input: I, prompt: RenderedPrompt, booking: Booking, max_tokens: int) -> ModelAnswer:
        return await self.model.answer(
            prompt,
            output=self.asked_for or self.output,
            input=input,
            temperature=self.definition.temperature,
            max_tokens=max_tokens,
            tools=self.tools(input),
            booking=booking,
        )

    def _read(self, input: I, answer: ModelAnswer) -> tuple[O | None, str]:
        if answer.wrong:
            return None, answer.wrong
        try:
            content, wrong = self.complete(input, holdable(answer.content)), list[str]()
        except Unfitting as exc:
            content, wrong = exc.completed or {}, exc.reasons
            if exc.completed is None:
                return None, _listed(wrong)
        try:
            output = self.output.model_validate(content)
        except ValidationError as exc:
            return None, _listed([*wrong, *wrong_fields(exc)])
        wrong += self.problems(input, output)
        return (None, _listed(wrong)) if wrong else (output, "")


def wrong_fields(error: ValidationError) -> list[str]:
    """What is wrong with an answer's shape, one sentence per field."""
    return [
        f"{'.'.join(str(part) for part in one['loc']) or 'answer'}: {one['msg']}" for one in error.errors()
    ]


def _listed(wrong: Sequence[str]) -> str:
    return "; ".join(list(dict.fromkeys(wrong))[:MOST_NAMED])


def _with_repair(prompt: RenderedPrompt, wrong: str) -> RenderedPrompt:
    text = (
        f"{prompt.text}\n\nYour last answer could not be used: {wrong}\nAnswer again, complete and corrected."
    )
    return RenderedPrompt(text=text, digest=prompt.digest, system=prompt.system)


def _recorded(output: BaseModel, answer: ModelAnswer, usage: Usage) -> TextAnswer:
    return TextAnswer(
        content=output.model_dump(mode="json"), usage=usage,
        provider=answer.provider, model=answer.model, instead_of=answer.instead_of,
    )  # fmt: skip
