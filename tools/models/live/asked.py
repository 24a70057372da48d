"""What is asked of a vendor's model in one exchange, and what came of it, in nobody's dialect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from state.order import Usage
from tools.models.base import Finish, Listener, Picture, Tool
from tools.models.catalog import Effort

__all__ = ["Asked", "Listener", "Reply", "ToolCall", "ToolResult", "Turn"]


@dataclass(frozen=True, kw_only=True)
class ToolCall:
    """A model asks for one of the tools."""

    id: str
    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One whole answer of a vendor."""

    text: str
    finish: Finish
    usage: Usage
    tool_calls: tuple[ToolCall, ...] = ()
    thoughts: str = ""
    """What it said of its reasoning, where the vendor shows that."""
    reason: str = ""
    """Why it was refused or blocked, in the vendor's words."""
    native: Any = None
    """The vendor's own message: some must be sent back as they were."""


@dataclass(frozen=True, kw_only=True)
class ToolResult:
    """What a tool said, for the model that asked for it."""

    call: ToolCall
    text: str


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One step of the conversation after the first words: an answer, and what was said to it."""

    reply: Reply
    results: tuple[ToolResult, ...] = ()
    text: str = ""
    """What is said to the answer, where it asked for no tool."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One exchange."""

    system: str
    text: str
    max_tokens: int
    """How much the answer may hold, thoughts not counted."""
    temperature: float | None = None
    top_p: float | None = None
    effort: Effort | None = None
    shape: type[BaseModel] | None = None
    """What the answer must be the JSON of; None asks for words."""
    tools: Sequence[Tool] = ()
    pictures: Sequence[Picture] = ()
    turns: Sequence[Turn] = field(default_factory=tuple)
