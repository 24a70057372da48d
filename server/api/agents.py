"""What the agents said: one conversation in order, and the debugging view of a novela (S1-24, S1-59)."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from pydantic import Field

from server.api.wire import ERRORS, Answer, Page, Turn, Wire, turn
from server.deps import HouseDep, NovelaId, UserDep
from server.limits.guard import COUNTED
from server.records import messages, novelas
from state.messages import AgentName

router = APIRouter(tags=["agents"], responses=ERRORS, dependencies=COUNTED)


class MessageView(Wire):
    """One message between agents."""

    id: str = Field(description="The message's id.")
    conversation_id: str = Field(description="Where it was said.")
    from_agent: str = Field(description="Who said it.")
    to_agent: str | None = Field(description="To whom; empty for everybody.")
    message_type: str = Field(description="request, response, broadcast or error.")
    action: str = Field(description="What is asked or answered.")
    content: dict[str, Any] = Field(description="The question or the answer.")
    metadata: dict[str, Any] = Field(description="The scene it is about.")
    novela_id: str | None = Field(description="The novela; empty when that was deleted.")
    video_id: str | None = Field(description="The scene's video.")
    production_id: str | None = Field(description="The episode's production.")
    response_to: str | None = Field(description="The request that this answers.")
    response_received: bool = Field(description="Whether this request was answered.")
    created_at: datetime = Field(description="When it was said.")


class ConversationView(Wire):
    """A whole conversation."""

    conversation_id: str = Field(description="The conversation's id.")
    messages: list[MessageView] = Field(description="Everything that was said, oldest first.")


@router.get("/api/agent/conversations/{conversation_id}", summary="Read a conversation")
async def read_conversation(
    conversation_id: Annotated[
        str,
        Path(
            max_length=300,
            description="The conversation's id.",
            examples=["7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f:scene-2"],
        ),
    ],
    house: HouseDep,
    user_id: UserDep,
) -> Answer[ConversationView]:
    """All messages in the order they were sent."""
    rows = await messages.read_conversation(house.database, conversation_id, user_id=user_id)
    return Answer(
        data=ConversationView(conversation_id=conversation_id, messages=[_view(row) for row in rows])
    )


@router.get("/api/novelas/{novela_id}/messages", summary="Read a novela's agents")
async def list_messages(
    novela_id: NovelaId,
    house: HouseDep,
    user_id: UserDep,
    wanted: Annotated[Turn, Depends(turn)],
    agent: Annotated[AgentName | None, Query(description="Only what this agent sent or received.")] = None,
) -> Page[MessageView]:
    """Every message about a novela over all its conversations, for finding out what went wrong."""
    await novelas.get_novela(house.database, novela_id, user_id=user_id)
    rows, total = await messages.list_messages(
        house.database, novela_id, user_id=user_id, limit=wanted.limit, offset=wanted.offset, agent=agent
    )
    return Page(data=[_view(row) for row in rows], pagination=wanted.of(total))


def _view(row: dict[str, Any]) -> MessageView:
    names = ("id", "novela_id", "video_id", "production_id", "response_to")
    return MessageView.model_validate(
        {**row, **{name: str(row[name]) if row[name] else None for name in names}}
    )
