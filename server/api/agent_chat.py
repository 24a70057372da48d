"""Talk to the fallback handler: ask, hear it answer, read what was said (S1-58, S1-66, S1-74)."""

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import ConfigDict, Field
from sse_starlette import EventSourceResponse

from server.api.wire import ERRORS, Answer, Body, Page, Turn, Wire, turn
from server.chat.facts import Facts, Subject
from server.chat.turns import LONGEST_MESSAGE, Heard, Question, Reply, begin, opened_session, speak
from server.deps import EXAMPLE_ID, House, HouseDep, UserDep, read_id
from server.limits.classes import counts_as
from server.limits.guard import COUNTED
from server.problems import problem_of
from server.records import chats
from server.sse import Frame, event_stream
from state.errors import GreenlightError

router = APIRouter(prefix="/api/agent/chat", tags=["agents"], responses=ERRORS, dependencies=COUNTED)
EVENTS = "text/event-stream"
EXAMPLE = {
    "type": "agent:text",
    "payload": {"text": "It waits for you. "},
    "timestamp": "2026-01-01",
    "id": 2,
}
STREAMED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "`agent:thinking` says what is being done, `agent:text` is the next piece of the"
        " answer, `agent:anew` that the pieces before it do not count and the answer begins again,"
        " `agent:stand_in` that another model answers than the one that was asked for,"
        " `agent:response` the whole of it, `error` why there is none. A comment comes every 5 s,"
        " `end` last.",
        "content": {EVENTS: {"example": f"id: 2\nevent: agent:text\ndata: {json.dumps(EXAMPLE)}\n\n"}},
    }
}


class ChatContext(Body):
    """What the message is about; all of it may be left out."""

    novela_id: str | None = Field(default=None, description="The novela.", examples=[EXAMPLE_ID])
    production_id: str | None = Field(default=None, description="The production.", examples=[EXAMPLE_ID])
    video_id: str | None = Field(default=None, description="The scene's video.", examples=[EXAMPLE_ID])
    error_code: str = Field(
        default="", max_length=100, description="The code of an error that was shown.",
        examples=["budget_exceeded"],
    )  # fmt: skip


class ChatBody(Body):
    """A message to the fallback handler."""

    message: str = Field(
        min_length=1,
        max_length=LONGEST_MESSAGE,
        description="What you want to say.",
        examples=["Why did it stop?"],
    )
    context: ChatContext = Field(default_factory=ChatContext, description="What it is about.")
    session_id: str | None = Field(
        default=None, max_length=36, description="Go on in this session; left out, a new one begins.",
        examples=[EXAMPLE_ID],
    )  # fmt: skip
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "message": "Why did it stop?",
                    "context": {"productionId": EXAMPLE_ID, "errorCode": "budget_exceeded"},
                }
            ]
        }
    )


class ActionView(Wire):
    """Something you can do next. Nothing of it has been done."""

    name: str = Field(description="A stable word for programs.", examples=["resume"])
    title: str = Field(description="What to write on a button.", examples=["Resume"])
    method: Literal["GET", "POST"] = Field(description="How to send it.")
    path: str = Field(description="Where to send it.", examples=["/api/productions/7c4a8d09/resume"])
    body: dict[str, Any] | None = Field(default=None, description="What to send.")
    fill: list[str] = Field(description="Fields of the body that you still have to write.")
    price: str | None = Field(default=None, description="Dollars that doing it approves.", examples=["9.75"])


class StandInView(Wire):
    """Who answered instead of the model that was asked for: that one could not be had."""

    provider: str = Field(description="Whose model answered.", examples=["google"])
    model: str = Field(description="The model that answered.", examples=["gemini-2.5-flash"])
    instead_of: str = Field(description="The model that was asked for.", examples=["gpt-5"])
    text: str = Field(description="The same in a sentence, in the language of the answer.")


class ChatView(Wire):
    """The answer to a message."""

    message_id: str = Field(description="The answer's id.")
    response: str = Field(description="The answer, in the language of the message.")
    agent: Literal["fallback_handler"] = Field(default="fallback_handler", description="Who answers.")
    actions: list[ActionView] = Field(description="What you can do next, what fits best first.")
    session_id: str = Field(description="Send it along to go on.")
    conversation_id: str = Field(description="Question and answer as the agents' messages.")
    stand_in: StandInView | None = Field(
        default=None, description="Set where another model answered than the one that was asked for."
    )


class SessionView(Wire):
    """One talk."""

    session_id: str = Field(description="The session's id.")
    first_message: str = Field(description="What it began with.")
    messages: int = Field(description="How many messages it has.")
    novela_id: str | None = Field(description="The novela that it was about last.")
    begun_at: datetime = Field(description="When it began.")
    last_at: datetime = Field(description="When something was said last.")


class ChatMessageView(Wire):
    """One message of a talk."""

    id: str = Field(description="The message's id.")
    role: Literal["user", "assistant"] = Field(description="Who said it.")
    content: str = Field(description="What was said.")
    agent_role: str | None = Field(description="Which agent, where one answered.")
    error_context: dict[str, Any] = Field(description="What was known when it was said.")
    created_at: datetime = Field(description="When it was said.")


class TalkView(Wire):
    """A part of a talk."""

    session_id: str = Field(description="The session's id.")
    messages: list[ChatMessageView] = Field(description="The newest messages, oldest of them first.")
    next_cursor: str | None = Field(
        description="Send it as `cursor` for what was said before; null at the beginning."
    )


@router.post("", summary="Ask the fallback handler", responses=STREAMED)
@counts_as("refine")
async def chat(body: ChatBody, request: Request, house: HouseDep, user_id: UserDep) -> Answer[ChatView]:
    """Answer a question about a novela, a production or a scene. Nothing is changed.

    Nothing is spent, except where the production names a language model of its own: its tokens are paid.

    With `Accept: text/event-stream` the answer comes in pieces, as at `/api/agent/chat/stream`.
    """
    question, facts = await _begun(body, house, user_id)
    if EVENTS in request.headers.get("accept", ""):
        return _streamed(house, question, facts)  # type: ignore[return-value]  # FastAPI sends it as it is
    async with aclosing(speak(house, question, facts)) as parts:
        async for said in parts:
            if isinstance(said, Reply):
                return Answer(data=_view(said))
    raise GreenlightError("The fallback handler gave no answer.")


@router.post(
    "/stream", summary="Hear the fallback handler", response_class=EventSourceResponse, responses=STREAMED
)
@counts_as("refine")
async def chat_stream(body: ChatBody, house: HouseDep, user_id: UserDep) -> Response:
    """Answer in pieces, as they are written. Whoever hangs up stops the work; the question is kept."""
    question, facts = await _begun(body, house, user_id)
    return _streamed(house, question, facts)


@router.get("/sessions", summary="List your talks")
async def list_chat_sessions(
    house: HouseDep, user_id: UserDep, wanted: Annotated[Turn, Depends(turn)]
) -> Page[SessionView]:
    """Your talks with the fallback handler, the newest first."""
    rows, total = await chats.list_sessions(
        house.database, user_id=user_id, limit=wanted.limit, offset=wanted.offset
    )
    return Page(data=[_session(row) for row in rows], pagination=wanted.of(total))


@router.get("/sessions/{session_id}", summary="Read a talk")
async def read_chat_session(
    session_id: Annotated[str, Path(max_length=100, description="The session's id.", examples=[EXAMPLE_ID])],
    house: HouseDep,
    user_id: UserDep,
    limit: Annotated[int, Query(ge=1, le=100, description="How many messages.", examples=[20])] = 20,
    cursor: Annotated[
        UUID | None, Query(description="The `nextCursor` of the page before.", examples=[EXAMPLE_ID])
    ] = None,
) -> Answer[TalkView]:
    """The newest messages of a talk; the cursor leads to those before."""
    await chats.check_session(house.database, session_id, user_id=user_id)
    rows = await chats.read_chat(house.database, session_id, user_id=user_id, limit=limit + 1, before=cursor)
    shown = rows[-limit:]
    before = str(shown[0]["id"]) if len(rows) > limit else None
    return Answer(
        data=TalkView(session_id=session_id, messages=[_message(row) for row in shown], next_cursor=before)
    )


async def _begun(body: ChatBody, house: House, user_id: str) -> tuple[Question, Facts]:
    about = body.context
    ids = {name: _id(getattr(about, name)) for name in ("novela_id", "production_id", "video_id")}
    session = await opened_session(house, body.session_id, user_id=user_id)
    subject = Subject(**ids, error_code=about.error_code)
    question = Question(message=body.message, session_id=session, subject=subject, user_id=user_id)
    return question, await begin(house, question)


def _id(text: str | None) -> str | None:
    return read_id(text) if text else None


def _streamed(house: House, question: Question, facts: Facts) -> EventSourceResponse:
    return event_stream(_frames(house, question, facts), after=0, limits=house.limits)


async def _frames(house: House, question: Question, facts: Facts) -> AsyncGenerator[Frame, None]:
    number = 0
    async with aclosing(_told(house, question, facts)) as told:
        async for kind, payload in told:
            number += 1
            yield Frame(id=number, type=kind, payload=payload, at=datetime.now(UTC))


async def _told(
    house: House, question: Question, facts: Facts
) -> AsyncGenerator[tuple[str, dict[str, Any]], None]:
    try:
        async with aclosing(speak(house, question, facts)) as parts:
            async for said in parts:
                if isinstance(said, Heard):
                    yield said.name, said.payload
                else:
                    yield "agent:response", _view(said).model_dump(mode="json")
    except GreenlightError as exc:
        yield "error", problem_of(exc).model_dump(mode="json", exclude_none=True)


def _view(reply: Reply) -> ChatView:
    return ChatView(
        message_id=reply.message_id, response=reply.response, session_id=reply.session_id,
        conversation_id=reply.conversation_id, actions=[ActionView(**asdict(one)) for one in reply.actions],
        stand_in=StandInView.model_validate(reply.stand_in) if reply.stand_in else None,
    )  # fmt: skip


def _session(row: dict[str, Any]) -> SessionView:
    novela = str(row["novela_id"]) if row["novela_id"] else None
    return SessionView.model_validate(
        {**row, "first_message": row["first_message"] or "", "novela_id": novela}
    )


def _message(row: dict[str, Any]) -> ChatMessageView:
    return ChatMessageView.model_validate(
        {**row, "id": str(row["id"]), "error_context": row["error_context"] or {}}
    )
