"""What the agents say to each other (S1-18). Stored, and read back as a conversation."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

AgentName = Literal["script_writer", "system_integrator", "fallback_handler", "user"]
MessageType = Literal["request", "response", "broadcast", "error"]


class MessageMetadata(BaseModel, frozen=True):
    """Where in the work a message belongs."""

    # Camel case: the mission fixes these two names on the wire.
    novelaId: str | None = None
    sceneNumber: int | None = None
    timestamp: datetime


class MessageContent(BaseModel, frozen=True):
    """What is asked or answered."""

    action: str
    data: dict[str, Any] = Field(default_factory=dict)
    metadata: MessageMetadata


class AgentMessage(BaseModel, frozen=True):
    """One message on the agents' bus. `to_agent` None is a broadcast."""

    id: str
    from_agent: AgentName
    to_agent: AgentName | None = None
    message_type: MessageType
    content: MessageContent
    conversation_id: str
    timestamp: datetime
    response_to: str | None = None
