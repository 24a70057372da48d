"""The agents' functions (S1-07, S1-11, S1-14) as tools that a model may call on its way to an answer.

None of them spends, orders or reads anything beyond what the agent was given. Arguments come from a model:
bad ones are answered in words that it can read, and nothing it sends raises.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nodes.agents.agent import wrong_fields
from state.errors import GreenlightError
from tools.models.base import Tool

A = TypeVar("A", bound=BaseModel)


def _untitled(schema: dict[str, Any]) -> None:
    for part in (schema, *schema.get("properties", {}).values()):
        for noise in ("title", "default", "description"):
            part.pop(noise, None)


class Arguments(BaseModel):
    """What a function is called with. Other fields than its own are not looked at."""

    model_config = ConfigDict(frozen=True, json_schema_extra=_untitled)


@dataclass(frozen=True)
class Function(Generic[A]):
    """One function, as agents are described with it."""

    name: str
    description: str
    arguments: type[A]

    @cached_property
    def parameters(self) -> dict[str, Any]:
        """The JSON schema of its arguments, worked out once: it is told in every question."""
        return self.arguments.model_json_schema()

    def told(self) -> dict[str, Any]:
        """Name, description and parameters, as the mission writes them down."""
        return {
            "name": self.name,
            "description": self.description,
            "parameters": self.parameters,
        }

    def tool(self, run: Callable[[A], Awaitable[Mapping[str, Any]]]) -> Tool:
        """The function for one question; whatever is wrong with a call is its result."""

        async def called(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
            try:
                return await run(self.arguments.model_validate(arguments))
            except ValidationError as exc:
                return {"error": "; ".join(wrong_fields(exc))}
            except GreenlightError as exc:
                return {"error": exc.message}

        return Tool(
            name=self.name, description=self.description,
            parameters=self.parameters, run=called,
        )  # fmt: skip


class ScenePromptArguments(Arguments):
    """Of `generate_scene_prompt`."""

    sceneNumber: int
    sceneDescription: str
    characters: list[str] = Field(default_factory=list)
    previousScenes: list[str] = Field(default_factory=list)
    modelId: str


class LambdaArguments(Arguments):
    """Of `call_lambda_api`."""

    endpoint: Literal["generateMedia", "getStatus"]
    method: Literal["GET", "POST"]
    payload: dict[str, Any] = Field(default_factory=dict)


class CostArguments(Arguments):
    """Of `calculate_cost`."""

    modelId: str
    parameters: dict[str, Any]


class ErrorArguments(Arguments):
    """Of `analyze_error`."""

    errorCode: str
    errorMessage: str
    context: dict[str, Any] = Field(default_factory=dict)


class SearchArguments(Arguments):
    """Of `search_documentation`."""

    query: str = Field(min_length=1, max_length=500)
    modelId: str = ""


GENERATE_SCENE_PROMPT = Function(
    "generate_scene_prompt",
    "What a scene's prompt must keep to: the video model's rules, the fixed words for its people, what "
    "earlier scenes left, and how many words can be spoken.",
    ScenePromptArguments,
)
CALL_LAMBDA_API = Function(
    "call_lambda_api",
    "Ask the media service: `getStatus` says how the scene stands. `generateMedia` is refused here.",
    LambdaArguments,
)
CALCULATE_COST = Function(
    "calculate_cost",
    "What one generation costs by the price book, or why it cannot be made.",
    CostArguments,
)
ANALYZE_ERROR = Function(
    "analyze_error",
    "What is known of an error: its cause, what it affects, and the fixed answer to it.",
    ErrorArguments,
)
SEARCH_DOCUMENTATION = Function("search_documentation", "Look a model's documentation up.", SearchArguments)
