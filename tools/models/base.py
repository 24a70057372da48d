"""The seam to text models: a rendered prompt in, JSON of a known shape out.

A model neither repairs nor records; the agent does, once for all of them. Before each
request leaves, it is written down with `Booking.begin`, and what it took with `Booking.end`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from pydantic import BaseModel

from state.order import FailureKind, Usage

Finish = Literal["stop", "tool_calls", "length", "refused", "blocked", "empty"]
"""How an answer ended: whole, asking for tools, cut at the limit, refused by the model, blocked by
the vendor's filter, or with nothing in it."""


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
class Tool:
    """Something a model may ask us to do on its way to the answer. None of them spends."""

    name: str
    description: str
    parameters: Mapping[str, Any]
    """A JSON schema."""
    run: Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any]]]


@dataclass(frozen=True)
class Picture:
    """A picture that a model is shown."""

    content: bytes
    mime: str


@dataclass(frozen=True, kw_only=True)
class TextCall:
    """One request to a vendor, as it is written down before it is sent."""

    provider: str
    model: str
    """The catalogue's id."""
    most: Usage
    """The most tokens it can take: what is reserved for it."""
    own_key: bool = False
    """Whether it leaves with a key of the user's own: then it is on the user's bill, not on the house's."""


@dataclass(frozen=True, kw_only=True)
class TextEnd:
    """What became of a request."""

    outcome: Literal["done"] | FailureKind
    usage: Usage | None = None
    """What it took; None when nobody knows and it may have been billed."""
    detail: str = ""


class Booking(Protocol):
    """Where requests are written down. `tools.orders` fits by shape."""

    async def begin(self, call: TextCall) -> None:
        """Reserve what the request may cost; only then it may leave.

        Raises:
            BudgetError: it must not leave.
            LeaseLost: somebody else works for this production now.
        """

    def end(self, ended: TextEnd) -> None:
        """What became of the request that was begun last."""


class Unbooked:
    """For calls that cost nothing, or that no production pays."""

    async def begin(self, call: TextCall) -> None:
        """Nothing is reserved."""

    def end(self, ended: TextEnd) -> None:
        """Nothing is kept."""


UNBOOKED = Unbooked()


class Listener:
    """Hears an answer while it comes; this one ignores it."""

    def hear(self, piece: str) -> None:
        """The next piece of it, as it is written: of a wanted shape, pieces of its JSON."""

    def anew(self) -> None:
        """What was heard of this answer does not count: it begins again."""


current_listener: ContextVar[Listener | None] = ContextVar("current_listener", default=None)
"""Set by whoever wants to hear an answer while it comes; models that know the whole at once tell nobody."""


def heard_anew() -> None:
    """Tell whoever listens that what was heard of the answer so far is no part of it."""
    if (listener := current_listener.get()) is not None:
        listener.anew()


@dataclass(frozen=True, kw_only=True)
class ModelAnswer:
    """What a model said, not yet checked against the wanted shape."""

    content: Mapping[str, Any]
    """Empty when there was no JSON object in it; then `wrong` says so."""
    usage: Usage = field(default_factory=Usage)
    provider: str = "offline"
    model: str = ""
    instead_of: str = ""
    """The model that was asked first, where this one stood in for it."""
    wrong: str = ""
    """Why there is no content, in words that the model can mend its answer by."""
    cut: bool = False
    """It ended at the limit of tokens: with more room it may be whole."""


class ChatModel(Protocol):
    """One text model."""

    name: str
    """The catalogue's id."""
    provider: str

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
        """Ask once. `input` is what the prompt was rendered from; models that read prompts ignore it.

        Raises:
            ProviderError: with its failure kind.
            BudgetError: the request must not be sent.
        """
