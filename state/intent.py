"""What a person wants from one message (S5-092)."""

from enum import StrEnum

from pydantic import BaseModel, Field

from state.script import Language


class Intent(StrEnum):
    """Three intents; what is none of them is a chat."""

    CHAT = "CHAT"
    VIDEO_NEEDS_INPUT = "VIDEO_NEEDS_INPUT"
    VIDEO_READY = "VIDEO_READY"


class IntentInput(BaseModel, frozen=True):
    """A message and what is known beside it."""

    message: str
    history: list[str] = Field(default_factory=list)
    """What was said before, oldest first."""
    avatar: str = ""
    """Who presents, where somebody was chosen."""
    product: str = ""
    """What is known about the product."""
    language: Language = "en"


class IntentAnswer(BaseModel, frozen=True):
    """What a model said, word for word: only an exact intent counts."""

    intent: str
