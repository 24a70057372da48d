"""One turn of a talk: what is known is gathered, the advice graph answers, both sides are kept.

Nothing is bought here and no action is done. Closing a turn closes its graph.
"""

import uuid
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from graphs.advice import advice as advice_graph
from server.chat.actions import Action, actions_of, chosen
from server.chat.facts import Facts, Subject, gather
from server.deps import House
from server.records import chats, messages
from server.records.chats import ChatMessage
from state.context import RunContext
from state.events import MessageSent
from state.messages import AgentMessage
from state.writing import FallbackAdvice

LONGEST_MESSAGE = 2000
"""Letters."""
HISTORY_TURNS, HISTORY_LETTERS = 6, 500
"""So much of the earlier talk is told along: so many questions with their answers, each cut short."""
TOLD_ALONG = (
    "text_model",
    "text_models",
    "text_fallbacks",
    "text_allowance_usd",
    "substitution",
    "tier",
    "documentation",
)
"""What a talk takes over from the production's run context."""
NOT_KEPT = ("history", "videoModels", "possibleActions")
"""What is told along with a question and need not be kept with it."""
STEPS = 10
STAND_IN, ANEW = "agent:stand_in", "agent:anew"


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a person asks in a session."""

    message: str
    session_id: str
    subject: Subject
    user_id: str
    turn_id: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass(frozen=True, kw_only=True)
class Heard:
    """Said before the answer is whole: `agent:thinking`, `agent:text`, `agent:anew` or `agent:stand_in`."""

    name: str
    payload: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Reply:
    """The whole answer, as it is kept."""

    message_id: str
    session_id: str
    conversation_id: str
    response: str
    actions: list[Action]
    advice: FallbackAdvice
    stand_in: dict[str, Any] | None = None
    """Who answered instead of the model that was asked for, as `agent:stand_in` told it."""


async def opened_session(house: House, session_id: str | None, *, user_id: str) -> str:
    """The session that is meant, or a new one.

    Raises:
        RecordNotFound: it is not there, or is another user's.
    """
    if session_id is None:
        return str(uuid.uuid4())
    await chats.check_session(house.database, session_id, user_id=user_id)
    return session_id


async def begin(house: House, question: Question) -> Facts:
    """Gather what is known and keep the question.

    Raises:
        RunNotFound, RecordNotFound: something that was named is not there; nothing was kept.
    """
    facts = await gather(house, question.subject, question.message, user_id=question.user_id)
    facts.known["history"] = await _history(house, question)
    facts.known["possibleActions"] = list(actions_of(facts))
    await _keep(house, question, facts, role="user", content=question.message)
    return facts


async def speak(house: House, question: Question, facts: Facts) -> AsyncGenerator[Heard | Reply, None]:
    """Answer: what is heard on the way, then the whole reply.

    Raises:
        ProviderError: the model failed; the question is kept and can be sent again.
    """
    asked = {
        "message": question.message, "turn_id": question.turn_id, "conversation": question.session_id,
        "error_code": facts.error_code, "language": facts.language, "context": facts.known,
    }  # fmt: skip
    answered: dict[str, Any] = {}
    stand_in: dict[str, Any] | None = None
    async with aclosing(_running(asked, _context(facts, question))) as parts:
        async for mode, part in parts:
            if mode == "values":
                answered = part
            elif part["name"] == MessageSent.name:
                await _tell_bus(house, question, facts, part["payload"])
            else:
                stand_in = {STAND_IN: part["payload"], ANEW: None}.get(part["name"], stand_in)
                yield Heard(name=part["name"], payload=part["payload"])
    advice = FallbackAdvice.model_validate(answered["advice"])
    yield await _kept_reply(house, question, facts, advice, stand_in)


async def _running(
    asked: dict[str, Any], context: RunContext
) -> AsyncGenerator[tuple[str, dict[str, Any]], None]:
    """The graph at work: custom events as they come, its state at the end."""
    said: Any = advice_graph.astream(
        asked, context=context, config={"recursion_limit": STEPS}, stream_mode=["custom", "values"]
    )
    async with aclosing(said) as parts:
        async for mode, part in parts:
            yield mode, part


def _context(facts: Facts, question: Question) -> RunContext:
    known = {one.name for one in fields(RunContext)}
    taken = {name: facts.context[name] for name in TOLD_ALONG if name in known and name in facts.context}
    return RunContext(user_id=question.user_id, **taken)


async def _history(house: House, question: Question) -> list[dict[str, str]]:
    """The newest turns of this session, oldest first, cut short."""
    rows = await chats.read_chat(
        house.database, question.session_id, user_id=question.user_id, limit=2 * HISTORY_TURNS
    )
    return [{"role": row["role"], "content": row["content"][:HISTORY_LETTERS]} for row in rows]


async def _tell_bus(house: House, question: Question, facts: Facts, sent: dict[str, Any]) -> None:
    production = facts.known.get("production") or {}
    where = {
        "user": question.user_id, "novela": facts.novela_id, "production": production.get("id"),
        "episode": None,
    }  # fmt: skip
    message = AgentMessage.model_validate(sent)
    async with house.database.transaction() as connection:
        await messages.write_message(connection, where, message)


async def _kept_reply(
    house: House, question: Question, facts: Facts, advice: FallbackAdvice, stand_in: dict[str, Any] | None
) -> Reply:
    actions = chosen(advice.suggestedActions, actions_of(facts))
    reply = Reply(
        message_id=str(uuid.uuid4()), session_id=question.session_id, response=advice.userMessage,
        conversation_id=f"chat:{question.session_id}", actions=actions, advice=advice,
        stand_in=stand_in,
    )  # fmt: skip
    more: dict[str, Any] = {
        "actions": [asdict(one) for one in actions], "errorAnalysis": advice.errorAnalysis.model_dump(),
    }  # fmt: skip
    if stand_in is not None:
        more["standIn"] = stand_in
    await _keep(
        house, question, facts, role="assistant", content=reply.response, message_id=reply.message_id, **more
    )
    return reply


async def _keep(
    house: House,
    question: Question,
    facts: Facts,
    *,
    role: Any,
    content: str,
    message_id: str | None = None,
    **more: Any,
) -> None:
    context = {name: each for name, each in facts.known.items() if name not in NOT_KEPT}
    message = ChatMessage(
        id=message_id or question.turn_id, session_id=question.session_id, role=role, content=content,
        error_context={"errorCode": facts.error_code, **context, **more}, novela_id=facts.novela_id,
        agent_role="fallback_handler" if role == "assistant" else None,
    )  # fmt: skip
    await chats.write_chat(house.database, message, user_id=question.user_id)
