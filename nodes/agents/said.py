"""What a person hears of an answer: what is being done, the words as they come, and the whole at the end."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Literal, Protocol

from nodes.agents.agent import TextKey
from state.writing import FallbackAdvice, FallbackInput


@dataclass(frozen=True)
class Thinking:
    """What is being done now."""

    doing: Literal["reading", "looking_up", "without_model"]


@dataclass(frozen=True)
class Piece:
    """The next piece of the answer. All since the last `TakenBack` are the whole `userMessage`."""

    text: str


@dataclass(frozen=True)
class TakenBack:
    """What was said so far is no part of the answer: it begins again."""


@dataclass(frozen=True)
class StandIn:
    """Who answers instead of the model that was asked for."""

    provider: str
    model: str
    instead_of: str


Told = Thinking | Piece | TakenBack | StandIn
"""What is told on the way."""
Said = Told | FallbackAdvice
"""What a source says; the advice is the last of it, and there is exactly one."""


class AdviceSource(Protocol):
    """Answers a person while it thinks."""

    def advise(self, asked: FallbackInput, *, key: TextKey) -> AsyncGenerator[Said, None]:
        """Say the answer in pieces, then give the whole advice.

        Raises:
            ProviderError: the model failed; what was said so far is no answer.
        """
