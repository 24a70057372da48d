"""What a stand-in was asked and what it says, in words that no vendor owns."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.standins.model_vendors.signals import BeforePiece

VendorName = Literal["openai", "google", "deepseek"]
Finish = Literal["stop", "length", "filtered", "blocked", "empty"]
Json = Mapping[str, Any]


@dataclass(frozen=True)
class ToolCall:
    """A tool that the model wants called; arguments as text are sent as they are, valid or not."""

    name: str
    arguments: Json | str = field(default_factory=dict)
    id: str = ""

    @property
    def text(self) -> str:
        return self.arguments if isinstance(self.arguments, str) else json.dumps(self.arguments)


@dataclass(frozen=True)
class Turn:
    """One message of the conversation, the system's left out."""

    role: Literal["user", "assistant", "tool"]
    text: str = ""
    pictures: int = 0
    calls: tuple[ToolCall, ...] = ()


@dataclass(frozen=True)
class Tool:
    name: str
    description: str
    parameters: Json


@dataclass(frozen=True)
class Asked:
    """One request for an answer."""

    vendor: VendorName
    model: str
    turns: tuple[Turn, ...]
    body: Json
    """As it was sent."""
    key: str
    system: str = ""
    schema: Json | None = None
    """What the answer must fit; {} for any JSON object."""
    tools: tuple[Tool, ...] = ()
    tool_choice: str = "auto"
    """`auto`, `none`, `required`, or the name of the one tool that must be called."""
    stream: bool = False
    max_output_tokens: int | None = None
    temperature: float | None = None
    path: str = ""
    thinks: bool = False
    """Whether the model reasons before this answer."""

    @property
    def pictures(self) -> int:
        return sum(turn.pictures for turn in self.turns)

    @property
    def last(self) -> Turn:
        return self.turns[-1]

    @property
    def text(self) -> str:
        """All that was sent as words: what the prompt's tokens are counted on."""
        said = [self.system, *(turn.text for turn in self.turns)]
        called = [call.name + call.text for turn in self.turns for call in turn.calls]
        offered = [tool.name + tool.description + json.dumps(tool.parameters) for tool in self.tools]
        return "".join([*said, *called, *offered, json.dumps(self.schema) if self.schema else ""])


@dataclass(frozen=True)
class Tokens:
    """What a brain wants booked; what it leaves open is counted."""

    prompt: int | None = None
    cached: int = 0
    completion: int | None = None
    """Without the reasoning."""
    reasoning: int | None = None


@dataclass(frozen=True)
class Said:
    """One answer."""

    text: str = ""
    calls: tuple[ToolCall, ...] = ()
    reasoning: str = ""
    refusal: str = ""
    finish: Finish = "stop"
    """`filtered` ends the answer, `blocked` means that the prompt was refused."""
    reason: str = ""
    """The vendor's own word for it, such as RECITATION or PROHIBITED_CONTENT."""
    tokens: Tokens = Tokens()
    pieces: tuple[str, ...] | None = None
    """How the text leaves in a stream; together they must be the text."""
    before_piece: BeforePiece | None = None


Brain = Callable[[Asked], Said | Awaitable[Said]]
