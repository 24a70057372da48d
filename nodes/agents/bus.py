"""The agents' bus: send, request, broadcast, subscribe (S1-18, S1-19).

Message ids are made from where a message stands in its conversation, so a node that
runs again writes the same messages and the store keeps one of each.
"""

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from state.errors import GreenlightError
from state.messages import AgentMessage, AgentName, MessageContent, MessageMetadata, MessageType
from tools.clock import Clock
from tools.redaction import REDACT

ID_SPACE = uuid.UUID("5f1c8f4e-6a0b-5a1e-9a53-0d6f0f3b7c11")
Emit = Callable[[AgentMessage], None]
Listener = Callable[[AgentMessage], None]
Responder = Callable[[AgentMessage], Awaitable[dict[str, Any]]]


class NobodyAnswers(LookupError):
    """A request went to an agent that was not put on the bus."""


class Conversation:
    """One conversation on the bus. Every message goes through `emit` before anybody reads it."""

    def __init__(
        self,
        *,
        production_id: str,
        name: str,
        emit: Emit,
        clock: Clock,
        novela_id: str | None = None,
        scene_number: int | None = None,
        part: str = "",
    ) -> None:
        """Several nodes may talk in one conversation: each names its `part`, so that no two ids are equal."""
        self.production_id = production_id
        self.id = f"{production_id}:{name}"
        self._part = part
        self._emit, self._clock = emit, clock
        self._novela_id, self._scene_number = novela_id, scene_number
        self._sent = 0
        self._responders: dict[AgentName, Responder] = {}
        self._listeners: dict[str, list[Listener]] = {}

    def join(self, agent: AgentName, responder: Responder) -> None:
        """Put an agent on the bus: `responder` answers the requests sent to it."""
        self._responders[agent] = responder

    def on(self, event: MessageType | str, listener: Listener) -> None:
        """Call `listener` for every message of this type or action from now on."""
        self._listeners.setdefault(event, []).append(listener)

    def send(
        self,
        *,
        sender: AgentName,
        to: AgentName | None,
        kind: MessageType,
        action: str,
        payload: dict[str, Any],
        response_to: str | None = None,
    ) -> AgentMessage:
        """Write one message and tell the subscribers. Returns the message as stored."""
        message = AgentMessage(
            id=self._next_id(action),
            from_agent=sender,
            to_agent=to,
            message_type=kind,
            content=MessageContent(action=action, data=payload, metadata=self._metadata()),
            conversation_id=self.id,
            timestamp=self._clock.now(),
            response_to=response_to,
        )
        self._emit(message)
        for event in (kind, action):
            for listener in self._listeners.get(event, []):
                listener(message)
        return message

    def broadcast(self, *, sender: AgentName, action: str, payload: dict[str, Any]) -> AgentMessage:
        """Tell everybody."""
        return self.send(sender=sender, to=None, kind="broadcast", action=action, payload=payload)

    async def request(
        self, *, sender: AgentName, to: AgentName, action: str, payload: dict[str, Any]
    ) -> dict[str, Any]:
        """Ask an agent and wait for its answer; both are messages. A failure is an `error` message.

        Raises:
            NobodyAnswers: `to` is not on the bus.
        """
        if to not in self._responders:
            raise NobodyAnswers(f"{to} is not on the bus")
        asked = self.send(sender=sender, to=to, kind="request", action=action, payload=payload)
        try:
            answer = await self._responders[to](asked)
        except GreenlightError as exc:
            told = REDACT.value({"code": exc.code, "message": exc.message, "userAction": exc.user_action})
            self._answer(asked, kind="error", payload=told)
            raise
        self._answer(asked, kind="response", payload=answer)
        return answer

    def _answer(self, asked: AgentMessage, *, kind: MessageType, payload: dict[str, Any]) -> None:
        self.send(
            sender=asked.to_agent or asked.from_agent,
            to=asked.from_agent,
            kind=kind,
            action=asked.content.action,
            payload=payload,
            response_to=asked.id,
        )

    def _next_id(self, action: str) -> str:
        # The ordinal counts all messages of the conversation, so that the order can be read back.
        self._sent += 1
        return str(uuid.uuid5(ID_SPACE, f"{self.id}/{self._part}/{self._sent}/{action}"))

    def _metadata(self) -> MessageMetadata:
        return MessageMetadata(
            novelaId=self._novela_id, sceneNumber=self._scene_number, timestamp=self._clock.now()
        )
