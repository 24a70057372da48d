"""A person's question to the fallback handler and what comes of it."""

from typing import Any

from pydantic import BaseModel, Field

from state.script import Language
from state.writing import FallbackAdvice


class AdviceInput(BaseModel):
    """What a person asks, with what the system knows about it (S1-23)."""

    message: str
    turn_id: str
    """Names this question; message ids on the bus come from it."""
    conversation: str
    """Which conversation it belongs to; with the prefix `chat:` it is the conversation's id."""
    error_code: str = ""
    language: Language = "en"
    context: dict[str, Any] = Field(default_factory=dict)


class AdviceState(AdviceInput):
    """The question, then its answer too."""

    advice: FallbackAdvice | None = None


class AdviceOutput(BaseModel):
    """The whole answer."""

    advice: FallbackAdvice | None = None
